"""Offices that stand beside a name: "NATO's then secretary general, Anders Fogh Rasmussen"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from workbench.annotation.scene import Mention
from workbench.annotation.usage import POSSESSIVES
from workbench.codebook import Codebook

BESIDE = {"amod", "compound", "nmod", "poss", "nummod", "case"}
BELOW = {"of", "for", "to", "on", "at", "in"}
JOINS = {"the", "and", "&", "-", "'s", "’s"}
POSSESSIVE = {"his", "her", "its", "their", "our", "my", "your"}
REACH = 12
SWALLOWED = {"state", "igo"}


class TitleFinder:
    """Finds the words that tell a named person's office, as mentions of that person."""

    def __init__(self, codebook: Codebook, office_words: set[str]) -> None:
        self._heads = office_words | set(codebook.word_list("person_title"))
        self._address = set(codebook.word_list("form_of_address"))
        self._formerly = set(codebook.word_list("not_in_office"))

    def find(self, doc: Doc, mentions: Sequence[Mention]) -> list[Mention]:
        """Return what `mentions` become when offices beside names count, too.

        States and organisations of states within an office are part of it ("Ukraine's ambassador
        to the EU"); other bodies are named in their own right, and cut it short.
        """
        at = {i: m for m in mentions for i in range(m.start, m.end)}
        names = [m for m in mentions if self._is_a_name(doc, m)]
        titles = [title for name in names if (title := self._before(doc, name, at))]
        inside = {i for title in titles for i in range(title.start, title.end)}
        kept = [m for m in mentions if inside.isdisjoint(range(m.start, m.end))]
        return [*kept, *titles]

    def _is_a_name(self, doc: Doc, mention: Mention) -> bool:
        is_title = doc[mention.end - 1].lower_ in self._heads
        return mention.actor.actor_type == "person" and not is_title

    def _before(self, doc: Doc, person: Mention, at: Mapping[int, Mention]) -> Mention | None:
        end = person.start
        if end and doc[end - 1].text == "," and _is_apposed(doc, person):
            end -= 1
        head = self._head(doc, end, at)
        if head is None:
            return None
        start = self._start(doc, head, at)
        if doc[start:end].text.lower() in self._address:
            return None
        return Mention(start, end, person.actor, person.role, person.method)

    def _head(self, doc: Doc, end: int, at: Mapping[int, Mention]) -> int | None:
        """The token of the office: that before `end`, or one with "of" and names behind it."""
        for i in range(end - 1, max(end - REACH, 0) - 1, -1):
            token = doc[i]
            if i in at and not _may_be_inside(at[i]):
                return None
            ends = i == end - 1 or doc[i + 1].lower_ in BELOW
            if ends and token.lower_ in self._heads:
                return i
            below = token.lower_ in BELOW and i < end - 1  # no "spokesman for Putin"
            if token.is_sent_start or not (_is_in_a_name(token) or below):
                return None
        return None

    def _start(self, doc: Doc, head: int, at: Mapping[int, Mention]) -> int:
        """The first token of what describes the office: "former German" chancellor."""
        start = head
        while start and not doc[start].is_sent_start and self._describes(doc[start - 1], at):
            start -= 1
        while start < head and not doc[start].text[0].isalnum():
            start += 1
        return start

    def _describes(self, token: Token, at: Mapping[int, Mention]) -> bool:
        if token.i in at:
            return _may_be_inside(at[token.i])
        if token.is_punct:
            return token.text == "-"
        if token.lower_ in self._formerly or token.text in POSSESSIVES:
            return True
        return token.dep_ in BESIDE and token.head.i > token.i and token.lower_ not in POSSESSIVE


def _may_be_inside(mention: Mention) -> bool:
    return mention.actor.actor_type in SWALLOWED


def _is_in_a_name(token: Token) -> bool:
    return token.text[:1].isupper() or token.lower_ in JOINS or token.text in POSSESSIVES


def _is_apposed(doc: Doc, person: Mention) -> bool:
    """Whether a name behind a comma says who that is: "the minister, Ivan Petrov, said"."""
    after = doc[person.end : person.end + 1].text
    return doc[person.start : person.end].root.dep_ == "appos" or after == ","
