"""Pronouns and descriptions that may stand for somebody named elsewhere in the article."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Span, Token

from workbench.annotation.coreference.known import BASED, Noun, Vocabulary, Words, words_in
from workbench.annotation.coreference.reading import Reading, introduced_by
from workbench.annotation.lexicon import longest
from workbench.annotation.scene import Mention

OBJECTS = {"dobj", "pobj", "dative", "iobj"}
NARROWS = {"of", "for", "at", "in", "from", "with", "who", "which", "that", "behind", "whose"}
NOT_MEANT = {"attr", "appos", "compound", "nmod", "amod", "oprd"}
PLACED = {"as", "at", "in", "inside", "into", "near", "outside"}  # "in the center"
MODIFIERS = 4


@dataclasses.dataclass(frozen=True)
class Anaphor:
    """Words that may stand for an actor: tokens `start` to `end`, of which `at` is the head.

    Attributes:
        pronoun: `male`, `female`, `one` or `several`; None for a description.
        noun: of a description.
        modifiers: what a description says beside the noun: "Ukrainian", "foreign".
        speaks: whether it is the source of what is said.
        definite: whether it has "the"; others stand for nobody named.
    """

    start: int
    end: int
    at: int
    pronoun: str | None
    noun: Noun | None
    modifiers: Words
    speaks: bool
    definite: bool


class AnaphoraFinder:
    """Finds pronouns and descriptions outside quotation marks."""

    def __init__(self, nlp: Language, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        keys = [nlp.vocab.strings.add(word) for word in vocabulary.pronouns]
        self._pronouns = np.array(keys, dtype=np.uint64)
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        for word in vocabulary.nouns:
            self._matcher.add(word, [nlp.make_doc(word)])

    def find(self, reading: Reading, mentions: Sequence[Mention]) -> list[Anaphor]:
        """Return what is outside quotation marks and mentions, in no certain order."""
        pronouns = reading.told(self._pronouns)
        found = [a for token in pronouns if (a := self._pronoun(token, reading))]
        return [*found, *self._descriptions(reading, mentions)]

    def _pronoun(self, token: Token, reading: Reading) -> Anaphor | None:
        meant, speaks = self._vocabulary.pronouns[token.lower_], reading.speaks(token)
        if meant in {"one", "several"} and not (speaks and token.dep_ == "nsubj"):
            return None
        if token.lower_ == "her" and token.dep_ not in OBJECTS:
            return None
        return Anaphor(token.i, token.i + 1, token.i, meant, None, (), speaks, definite=True)

    def _descriptions(self, reading: Reading, mentions: Sequence[Mention]) -> Iterator[Anaphor]:
        doc = reading.doc
        covered = {i for m in mentions for i in range(m.start, m.end)}
        people = [doc[m.start : m.end] for m in mentions if m.actor.actor_type == "person"]
        introducing = {introduced_by(name).i for name in people}
        for span in longest(self._matcher(doc, as_spans=True)):
            head = span.root
            if reading.quoted[span.start] or not covered.isdisjoint(range(span.start, span.end)):
                continue
            if head.i in introducing or _is_about_a_name(head) or _stands_before_a_name(span):
                continue
            yield self._description(span, head, reading, covered)

    def _description(self, span: Span, head: Token, reading: Reading, covered: set[int]) -> Anaphor:
        doc, noun = span.doc, self._noun(span)
        article = next((t.i for t in head.lefts if t.dep_ == "det"), span.start)
        definite = doc[article].lower_ == "the" and _is_plain(span, article, covered)
        start = article if definite else span.start
        modifiers = words_in(BASED.sub("", doc[start + 1 : span.start].text)) if definite else ()
        speaks = reading.speaks(head)
        return Anaphor(start, span.end, head.i, None, noun, modifiers, speaks, definite)

    def _noun(self, span: Span) -> Noun:
        return self._vocabulary.nouns[span.text.lower()]


def _is_plain(span: Span, article: int, covered: set[int]) -> bool:
    """Whether nothing but words before the noun narrows what a description stands for."""
    doc, after = span.doc, span.doc[span.end : span.end + 1].text.lower()
    near = 0 < span.start - article <= MODIFIERS and covered.isdisjoint(range(article, span.start))
    tied = after == "-" and not doc[span.end - 1].whitespace_
    return near and not tied and after not in NARROWS and doc[article - 1].lower_ not in PLACED


def _is_about_a_name(head: Token) -> bool:
    """Whether a noun only says what somebody is: "Lavrov, a diplomat", "party leader Ivanov"."""
    while head.dep_ == "conj":
        head = head.head
    return head.dep_ in NOT_MEANT


def _stands_before_a_name(span: Span) -> bool:
    """Whether somebody named follows: "the general Ivanov"."""
    return bool(span.doc[span.end : span.end + 1].text) and span.doc[span.end].ent_type_ == "PERSON"
