"""From annotated Docs to the annotation tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import dataframely as dy
import polars as pl
from spacy.tokens import Doc, Span

from workbench.annotation.layout import is_cut, place_of, trimmed
from workbench.schemas import Mentions, Sentences
from workbench.words import count_words


def sentence_rows(doc: Doc) -> Iterator[dict[str, Any]]:
    """One row of `sentences` per sentence that is more than white space and boilerplate."""
    for number, sentence in enumerate(sentences_of(doc)):
        part, start, end = place_of(doc, sentence.start_char, sentence.end_char)
        yield {
            "article_id": doc._.article_id,
            "part": part,
            "sentence_id": number,
            "start": start,
            "end": end,
            "words": count_words(sentence.text),
        }


def mention_rows(doc: Doc) -> Iterator[dict[str, Any]]:
    """One row of `mentions` per mention outside boilerplate."""
    numbers = {t.i: n for n, sentence in enumerate(sentences_of(doc)) for t in sentence}
    for mention in doc._.mentions:
        span = doc[mention.start : mention.end]
        if is_cut(span):
            continue
        part, start, end = place_of(doc, span.start_char, span.end_char)
        yield {
            "article_id": doc._.article_id,
            "part": part,
            "sentence_id": numbers[span.start],
            "start": start,
            "end": end,
            "surface": span.text,
            "actor_id": mention.actor.actor_id,
            "actor": mention.actor.name,
            "actor_type": mention.actor.actor_type,
            "side": mention.actor.side,
            "role": mention.role,
            "method": mention.method,
        }


def sentences_of(doc: Doc) -> list[Span]:
    """The Doc's sentences without white space around them; empty ones and cut ones left out.

    Where the parser cuts a name in two, the sentences on both sides are one.
    """
    inside_names = {i for name in doc._.mentions for i in range(name.start + 1, name.end)}
    starts = [s.start for s in doc.sents if s.start not in inside_names]
    whole = (doc[start:end] for start, end in pairwise([*starts, len(doc)]))
    filled = [sentence for sentence in map(trimmed, whole) if sentence is not None]
    return [sentence for sentence in filled if not is_cut(sentence)]


def sentences_frame(docs: Sequence[Doc]) -> dy.DataFrame[Sentences]:
    """The table `sentences` of some Docs."""
    rows = [row for doc in docs for row in sentence_rows(doc)]
    return Sentences.validate(pl.DataFrame(rows, schema=Sentences.create_empty().schema))


def mentions_frame(docs: Sequence[Doc]) -> dy.DataFrame[Mentions]:
    """The table `mentions` of some Docs."""
    rows = [row for doc in docs for row in mention_rows(doc)]
    return Mentions.validate(pl.DataFrame(rows, schema=Mentions.create_empty().schema))
