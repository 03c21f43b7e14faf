"""Bodies that a text calls by a common noun: "the defence ministry", "police", "the militants".

Whose they are is told by the state, person or body that the text names nearest before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from spacy.attrs import LOWER
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from workbench.annotation.lexicon import Actor, Lexicon
from workbench.annotation.scene import Mention
from workbench.annotation.usage import Usage
from workbench.codebook import Codebook
from workbench.schemas import ACTOR_TYPES, WAR_SIDES

OWNERS = {"person", "state", "ministry", "military", "legislature", "court"}
DESCRIBES = {"amod", "compound", "nmod"}
SUBJECTS = {"nsubj", "nsubjpass"}
REACH = 4


class Owner(NamedTuple):
    """Whose a body is: a country where it is known, and a side."""

    country: str | None
    side: str


class Bodies:
    """The bodies of states, by kind and by the common nouns that stand for them."""

    def __init__(self, nlp: Language, lexicon: Lexicon, codebook: Codebook, usage: Usage) -> None:
        self._usage, self._lexicon = usage, lexicon
        self._countries = dict(codebook.actors.select("actor_id", "country").iter_rows())
        self._forces = _forces(lexicon, self._countries)
        self._states = _states(lexicon, self._countries)
        self._nouns = _by_last_word(codebook.word_list("nameless"))
        self._keys = np.array([nlp.vocab.strings.add(w) for w in self._nouns], dtype=np.uint64)
        self._places = dict(codebook.places.select("place", "country").iter_rows())
        self._places |= _capitals(codebook, self._countries)
        states = {a.name: self._countries[i or ""] for i, a in lexicon.states.items()}
        self._places, self._state_names = self._places | states, states.keys()
        self._front = set(codebook.word_list("front"))
        self._spies = set(codebook.word_list("spies"))

    def of_state(self, state: Actor, kind: str, phrase: Span) -> Actor:
        """The body of a state that a phrase names: its armed forces, else one off the list."""
        if kind == "state":
            return state
        words = _plain(phrase)
        rebels = self._nouns.get(phrase[-1].lower_, [((), "")])[-1][1]
        if rebels in self._lexicon.actors and state.side in WAR_SIDES:  # "Ukraine rebels"
            return self._lexicon.actors[rebels]
        forces = kind == "military" and self._spies.isdisjoint(words.lower().split())
        listed = self._forces.get(self._countries.get(state.actor_id or "")) if forces else None
        return listed or Actor(None, words, kind, state.side)

    def owned(self, actors: Sequence[Actor], span: Span, mentions: Sequence[Mention]) -> Actor:
        """Who of `actors`, the same body of several states, is meant at `span`."""
        kinds = {actor.actor_type for actor in actors}
        kind = kinds.pop() if len(kinds) == 1 else "other"
        countries = {self._countries[actor.actor_id or ""] for actor in actors}
        owner = self._owner(span, mentions, among=countries if kind == "military" else None)
        if not any(m.start < span.start for m in mentions):
            owner = self._owner_of_place(span) or owner
        fitting = [a for a in actors if owner and self._countries[a.actor_id or ""] == owner[0]]
        if len(fitting) == 1:
            return fitting[0]
        return Actor(None, _plain(span), kind, owner.side if owner else "none")

    def _owner(
        self,
        span: Span,
        mentions: Sequence[Mention],
        *,
        among: Collection[str | None] | None = None,
    ) -> Owner | None:
        """Whose a body named at `span` is.

        Of whom the words before are about, sentence by sentence: the subject, else who is named
        nearest; where there is nobody before, of whom the text names most often.
        """
        known = [(m, owner) for m in mentions if (owner := self._owner_in(m.actor)) is not None]
        found = [(m, o) for m, o in known if among is None or o.country in among]
        before = [(m, owner) for m, owner in found if m.start < span.start]
        if not before:
            most = Counter(owner for _, owner in found).most_common(1)
            return most[0][0] if most else None
        sentence = span.sent if before[-1][0].start >= span.sent.start else None
        near = sentence or span.doc[before[-1][0].start].sent
        inside = [(m, owner) for m, owner in before if m.start >= near.start]
        subjects = [o for m, o in inside if span.doc[m.start : m.end].root.dep_ in SUBJECTS]
        return subjects[0] if subjects else before[-1][1]

    def _owner_in(self, actor: Actor) -> Owner | None:
        if actor.actor_type not in OWNERS or actor.actor_id is None:
            return None
        country = self._countries[actor.actor_id]
        state = self._states.get(country)
        return Owner(country, actor.side) if state and state.side == actor.side else None

    def find(self, doc: Doc, mentions: Sequence[Mention]) -> list[Mention]:
        """Return the mentions by a common noun alone, where no other mention stands."""
        taken = {i for m in mentions for i in range(m.start, m.end)}
        if not any(m.actor.side in WAR_SIDES for m in mentions):
            return []
        at_front = not self._front.isdisjoint(token.lower_ for token in doc)
        found: list[Mention] = []
        for noun, meant in self._nouns_in(doc):
            phrase = self._phrase(noun)
            if taken.isdisjoint(range(phrase.start, phrase.end)):
                known = [*mentions, *found]
                actor = self._meant(noun, meant, phrase, known, at_front=at_front)
                if actor is not None:
                    found.append(Mention(phrase.start, phrase.end, actor, None, "codebook"))
        return found

    def _nouns_in(self, doc: Doc) -> Iterator[tuple[Span, str]]:
        """The words for bodies, and what is meant by them."""
        for i in map(int, np.flatnonzero(np.isin(doc.to_array(LOWER), self._keys))):
            for words, meant in self._nouns[doc[i].lower_]:
                noun = doc[max(i + 1 - len(words), 0) : i + 1]
                if tuple(token.lower_ for token in noun) == words:
                    yield noun, meant
                    break

    def _phrase(self, noun: Span) -> Span:
        """A noun with what describes it: "local militants", "enemy troops"."""
        doc, last, start, end = noun.doc, noun[-1], noun.start, noun.end
        head = last.head
        if last.dep_ in DESCRIBES and 0 < head.i - last.i <= 2 and self._is_group(head):
            end = head.i + 1
        while start and noun.start - start < REACH and _describes(doc[start - 1], end - 1):
            start -= 1
        while doc[start].is_punct:
            start += 1
        return doc[start:end]

    def _is_group(self, token: Token) -> bool:
        return token.lower_ in self._usage.groups

    def _meant(
        self, noun: Span, meant: str, phrase: Span, mentions: Sequence[Mention], *, at_front: bool
    ) -> Actor | None:
        grows = phrase.end > noun.end
        if noun[-1].dep_ in DESCRIBES and noun[-1].head.i > noun[-1].i and not grows:
            return None  # "police station"
        if meant not in ACTOR_TYPES:
            alone = noun.text.lower() == "enemy" and (_is_the(phrase) or _begins(phrase))
            plural = noun.text.lower().endswith(("s", "y")) and noun.text.lower() != "enemy"
            fits = at_front and (grows or plural or alone)
            return self._lexicon.actors[meant] if fits else None
        if not self._usage.acts(phrase.root) and not (meant == "legislature" and _is_the(phrase)):
            return None
        words = phrase[-1].lower_
        same = [
            m for m in mentions if m.start < phrase.start and _last_word(phrase.doc, m) == words
        ]
        if same:  # "pro-Russian protesters ... the protesters"
            return same[-1].actor
        owner = self._owner_of_place(phrase) or self._most_named(mentions)
        if owner is None:
            return Actor(None, _plain(phrase), meant, "none")
        return self._called(noun.text, owner) or Actor(None, _plain(phrase), meant, owner.side)

    def _most_named(self, mentions: Sequence[Mention]) -> Owner | None:
        """The party to the war whose state and people the text names most often."""
        owners = [owner for m in mentions if (owner := self._owner_in(m.actor)) is not None]
        parties = [owner for owner in owners if owner.side in WAR_SIDES]
        return max(parties, key=parties.count, default=None)

    def _owner_of_place(self, phrase: Span) -> Owner | None:
        """The state in which the sentence takes place, by the city or region that it names."""
        places = [token for token in phrase.sent if self._is_place(token)]
        if not places:
            return None
        country = self._places[min(places, key=lambda token: abs(token.i - phrase.start)).text]
        state = self._states.get(country)
        return Owner(country, state.side) if state else None

    def _is_place(self, token: Token) -> bool:
        """Whether a city or region is named, or a state as a place: "in Ukraine"."""
        if token.text not in self._places:
            return False
        before = token.doc[token.i - 1].lower_ if token.i else ""
        return token.text not in self._state_names or before in self._usage.place_prepositions

    def _called(self, noun: str, owner: Owner) -> Actor | None:
        """Who on the list is "the Ukrainian police", where it is Ukraine's."""
        state = self._states[owner.country]
        names = (f"{adjective} {noun}" for adjective in self._lexicon.demonyms.get(state.name, ()))
        return next((a for name in names if (a := self._lexicon.named(name))), None)


def _by_last_word(words: Mapping[str, str | None]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Last word -> all words and the value of the entries that end in it, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entry, value in sorted(words.items(), key=lambda item: -len(item[0])):
        parts = tuple(entry.replace("-", " - ").split())
        found.setdefault(parts[-1], []).append((parts, str(value)))
    return found


def _begins(phrase: Span) -> bool:
    """Whether a sentence is about its first word, as in headlines: "Enemy shells Kharkiv"."""
    return bool(phrase[0].is_sent_start and phrase[0].is_title and phrase.root.dep_ == "nsubj")


def _is_the(phrase: Span) -> bool:
    return phrase.start > 0 and phrase.doc[phrase.start - 1].lower_ == "the"


def _last_word(doc: Doc, mention: Mention) -> str:
    named = mention.actor.actor_id is not None and mention.end - mention.start == 1
    return "" if named else doc[mention.end - 1].lower_


def _describes(token: Token, last: int) -> bool:
    if token.is_punct:
        return token.text == "-"
    return token.dep_ in DESCRIBES and token.i < token.head.i <= last


def _plain(span: Span) -> str:
    return " ".join(span.text.split())


def _capitals(codebook: Codebook, countries: Mapping[str, str | None]) -> dict[str, str | None]:
    capitals = codebook.aliases.filter(use="capital").select("alias", "actor_id").iter_rows()
    return {alias: countries[actor_id] for alias, actor_id in capitals}


def _states(lexicon: Lexicon, countries: Mapping[str, str | None]) -> dict[str | None, Actor]:
    """Country -> its state; states within another's borders left out."""
    found: dict[str | None, Actor] = {}
    for actor_id, actor in lexicon.states.items():
        if actor.name in lexicon.demonyms and countries[actor_id or ""]:
            found.setdefault(countries[actor_id or ""], actor)
    return found


def _forces(lexicon: Lexicon, countries: Mapping[str, str | None]) -> dict[str | None, Actor]:
    """Country -> its armed forces."""
    forces = [
        (countries[actor.actor_id or ""], actor)
        for actor in lexicon.actors.values()
        if actor.actor_type == "military" and "Armed Forces" in actor.name
    ]
    shortest = sorted(forces, key=lambda item: -len(item[1].name))
    return {country: actor for country, actor in shortest if "General Staff" not in actor.name}
