"""What an article tells about those it names: man or woman, offices, words that describe them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from workbench.annotation.coreference.reading import introduced_by
from workbench.annotation.lexicon import Actor
from workbench.annotation.scene import Mention
from workbench.codebook import Codebook

WORD = re.compile(r"[^\W\d_]+")
PARTS = re.compile(r",|;| and | who | whose | which | that ")
BELOW = re.compile(r" (?:of|for|to|at|in|on|from|with|under|against) ")
BASED = re.compile(r"\S+ ?- ?based")
BE = {"is", "was", "became", "remains"}
LEFT, RIGHT = 8, 14  # how many tokens around a name may describe it
FEMALE_ENDINGS = ("ova", "yeva", "skaya", "ska", "ckaya")

Words = tuple[str, ...]


def words_in(text: str) -> Words:
    """Return the words of a text in lower case, without hyphens and figures."""
    return tuple(WORD.findall(text.lower()))


@dataclasses.dataclass(frozen=True)
class Noun:
    """A noun that may stand for an actor.

    Attributes:
        word: as listed.
        person: whether it names a person or else a body.
        kinds: the noun, and what else its bearer may be called, be of type, or have as id.
        gender: `male`, `female`, or None where it tells neither.
    """

    word: str
    person: bool
    kinds: tuple[str, ...]
    gender: str | None


class Vocabulary:
    """The word lists behind coreference.

    Attributes:
        nouns: word in lower case -> noun.
        pronouns: pronoun -> `male`, `female`, `one` or `several`.
        speech_verbs: forms of verbs of speaking.
    """

    def __init__(self, codebook: Codebook) -> None:
        lists = codebook.word_list
        self.pronouns = {word: str(value) for word, value in lists("pronoun").items()}
        self.speech_verbs = set(lists("speech_verb"))
        self.not_in_office = set(lists("not_in_office"))
        self.genders = lists("gendered")
        self.first_names = lists("first_name")
        self.states = _states_by_adjective(codebook)
        self.nouns = {noun.word: noun for noun in self._nouns(lists("body_noun"), person=False)}
        self.nouns |= {noun.word: noun for noun in self._nouns(lists("person_noun"), person=True)}

    def _nouns(self, listed: dict[str, str | None], *, person: bool) -> Iterator[Noun]:
        for word, value in listed.items():
            kinds = (word, *(value or "").split("|")) if value else (word,)
            yield Noun(word, person, kinds, self.genders.get(word.split()[-1]))


class Known:
    """What one article tells about those it names; worked out when first asked for."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], vocabulary: Vocabulary) -> None:
        self._doc, self._vocabulary = doc, vocabulary
        self._mentions: dict[Actor, list[Mention]] = {}
        for mention in mentions:
            self._mentions.setdefault(mention.actor, []).append(mention)
        self._genders: dict[Actor, str | None] = {}
        self._phrases: dict[Actor, list[str]] = {}

    def gender(self, actor: Actor) -> str | None:
        """Return `male` or `female`, None where the article and the lists don't tell."""
        if actor not in self._genders:
            told = {self._gender_before(m.start) for m in self._mentions[actor]} - {None}
            gender = told.pop() if len(told) == 1 else None
            self._genders[actor] = gender or self._gender_of_name(actor.name)
        return self._genders[actor]

    def gender_at(self, start: int, end: int) -> str | None:
        """Return the gender of somebody named once, from the title before and the first name."""
        name = self._doc[start:end].text
        return self._gender_before(start) or self._gender_of_name(name)

    def is_called(self, actor: Actor, noun: Noun, modifiers: Words) -> bool:
        """Whether the article, or the office held that day, calls a person by a noun."""
        phrases = self._described(actor)
        named = {word for phrase in phrases for word in words_in(phrase)}
        if not all(word in named or self._is_of(word, named) for word in modifiers):
            return False
        kinds = [words_in(kind) for kind in noun.kinds]
        return any(
            head[-len(kind) :] == kind
            and self._vocabulary.not_in_office.intersection(head) <= {*modifiers, *kind}
            for head in _heads(phrases)
            for kind in kinds
        )

    def is_named(self, actor: Actor, noun: Noun, modifiers: Words) -> bool:
        """Whether a noun, or one of its kind, is part of a body's name: "the institute"."""
        named = self._name_words(actor)
        if not all(word in named or self._is_of(word, named) for word in modifiers):
            return False
        return any(_is_in_name(words_in(kind), named) for kind in noun.kinds)

    def is_kind(self, actor: Actor, noun: Noun, modifiers: Words) -> bool:
        """Whether a body is of the type that a noun tells: "the think tank"."""
        named = self._name_words(actor)
        of_kind = actor.actor_type in noun.kinds or actor.actor_id in noun.kinds
        return of_kind and all(word in named or self._is_of(word, named) for word in modifiers)

    def _is_of(self, word: str, named: Collection[str]) -> bool:
        return self._vocabulary.states.get(word) in named

    def _name_words(self, actor: Actor) -> set[str]:
        surfaces = {self._doc[m.start : m.end].text for m in self._mentions[actor]}
        return {word for name in (actor.name, *surfaces) for word in words_in(name)}

    def _described(self, actor: Actor) -> list[str]:
        if actor not in self._phrases:
            found = (p for m in self._mentions[actor] for p in _phrases(self._doc, m))
            self._phrases[actor] = list(dict.fromkeys(found))
        return self._phrases[actor]

    def _gender_before(self, start: int) -> str | None:
        if start == 0:
            return None
        word = self._doc[start - 1].text
        return self._vocabulary.genders.get(word)

    def _gender_of_name(self, name: str) -> str | None:
        first, *rest = name.split() or [""]
        names = self._vocabulary.first_names
        told = names.get(first) or names.get(first.partition("-")[0])
        if told is None and rest and rest[-1].endswith(FEMALE_ENDINGS):
            return "female"
        return told


def _is_in_name(kind: Words, named: Iterable[str]) -> bool:
    """Whether a name has the words, the last perhaps as the end of one: "Sberbank"."""
    if not kind:
        return False
    *before, last = kind
    ends = any(word == last or (len(last) > 3 and word.endswith(last)) for word in named)
    return ends and all(word in named for word in before)


def _heads(phrases: Iterable[str]) -> Iterator[Words]:
    """What a person is called, without what it is of: "foreign minister", "press secretary"."""
    for phrase in phrases:
        for part in PARTS.split(phrase):
            yield words_in(BELOW.split(f"{part} ")[0])


def _phrases(doc: Doc, mention: Mention) -> Iterator[str]:
    """The words around a name that say who that is: office, title, apposition, predicate."""
    name = doc[mention.start : mention.end]
    root, noun = name.root, introduced_by(name)
    yield from (mention.role or "").split("; ")
    yield name.text
    yield _text(doc, max(root.left_edge.i, mention.start - LEFT), mention.start)
    if noun.i < mention.start:
        yield _text(doc, max(noun.left_edge.i, mention.start - RIGHT), mention.start)
    for token in (*root.children, *_predicates(root)):
        if token.dep_ in {"appos", "attr"}:
            yield _text(doc, token.left_edge.i, min(token.right_edge.i + 1, token.i + RIGHT))


def _predicates(root: Token) -> Iterator[Token]:
    if root.dep_ == "nsubj" and root.head.lower_ in BE:
        yield from (child for child in root.head.children if child.dep_ == "attr")


def _text(doc: Doc, start: int, end: int) -> str:
    return " ".join(doc[start:end].text.split()) if start < end else ""


def _states_by_adjective(codebook: Codebook) -> dict[str, str]:
    """ "ukrainian" -> "ukraine": one word each."""
    rows = codebook.aliases.filter(use="demonym").join(codebook.actors, on="actor_id")
    return {
        alias.lower(): words_in(name)[-1]
        for name, alias in rows.select("name", "alias").iter_rows()
    }
