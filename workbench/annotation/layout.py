"""An article as one spaCy Doc and back: title and text in one piece, offsets told per part."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

GAP = "\n\n"
BREAK = re.compile(r"\n\s*")
WRAP_WIDTH = range(50, 101)
WRAPPED_FROM_LINES = 5
ENDS = tuple(".!?…:;\"'”’»)")

for _name in ("article_id", "published"):
    Doc.set_extension(_name, default=None, force=True)
Doc.set_extension("text_start", default=0, force=True)
Doc.set_extension("cuts", default=(), force=True)


class Place(NamedTuple):
    """Part of an article, and a half-open range of characters in it."""

    part: str
    start: int
    end: int


def make_doc(nlp: Language, article: dict[str, Any]) -> Doc:
    """Return the tokenised Doc of an article, without annotation.

    Args:
        nlp: whose tokenizer to use.
        article: `article_id`, `text`, and where there are any `title`, `published` and `cuts`
            (each with `part`, `start` and `end`).
    """
    whole, text_start = joined(article)
    doc = nlp.make_doc(whole)
    doc._.article_id, doc._.text_start = article.get("article_id"), text_start
    doc._.cuts = tuple(Place(**cut) for cut in article.get("cuts") or ())
    published = article.get("published")
    doc._.published = published.date() if isinstance(published, dt.datetime) else published
    return doc


def joined(article: Mapping[str, Any]) -> tuple[str, int]:
    """Return an article's title and text in one piece, and where in it the text begins."""
    title, text = article.get("title") or "", article.get("text") or ""
    if title and text:
        return f"{title}{GAP}{text}", len(title) + len(GAP)
    return title or text, len(title)


def place_of(doc: Doc, start: int, end: int) -> Place:
    """Return where a range of the Doc's characters lies in the article."""
    offset = doc._.text_start
    return (
        Place("text", start - offset, end - offset)
        if start >= offset
        else Place("title", start, end)
    )


def is_cut(span: Span) -> bool:
    """Whether a span lies wholly inside boilerplate."""
    place = place_of(span.doc, span.start_char, span.end_char)
    return any(
        cut.part == place.part and cut.start <= place.start and place.end <= cut.end
        for cut in span.doc._.cuts
    )


def trimmed(span: Span) -> Span | None:
    """Return a span without white space at its ends; None where nothing is left."""
    start, end = span.start, span.end
    while start < end and span.doc[start].is_space:
        start += 1
    while end > start and span.doc[end - 1].is_space:
        end -= 1
    return span.doc[start:end] if start < end else None


@Language.component("paragraphs", assigns=["token.is_sent_start"])
def paragraphs(doc: Doc) -> Doc:
    """A component: sentences begin where paragraphs do."""
    starts = set(paragraph_starts(doc.text, doc._.text_start))
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
    return doc


def paragraph_starts(text: str, text_start: int = 0) -> list[int]:
    """Return the offsets at which paragraphs begin, in order.

    Lines end a paragraph, unless the text is wrapped at a fixed width, where blank lines do.
    """
    wrapped = _is_wrapped(text[text_start:])
    starts = {0, text_start}
    for match in BREAK.finditer(text):
        if not wrapped or match.group().count("\n") > 1:
            starts.add(match.end())
    return sorted(start for start in starts if start < len(text))


def _is_wrapped(text: str) -> bool:
    """Whether most lines have about one width and stop in mid-sentence."""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()][:200]
    if len(lines) < WRAPPED_FROM_LINES:
        return False
    broken = sum(len(line) in WRAP_WIDTH and not line.endswith(ENDS) for line in lines)
    return broken >= 0.6 * len(lines)


def without_line_breaks(doc: Doc) -> tuple[Doc, list[int]]:
    """The Doc's tokens without white space inside sentences, and where each of them stands."""
    last = len(doc) - 1
    places = [t.i for t in doc if not t.is_space or t.i == last or doc[t.i + 1].is_sent_start]
    if len(places) == len(doc):
        return doc, places
    kept = [doc[i] for i in places]
    return Doc(doc.vocab, [t.text for t in kept], [bool(t.whitespace_) for t in kept]), places
