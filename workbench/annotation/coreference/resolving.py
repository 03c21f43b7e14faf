"""Whom a pronoun or description stands for: the nearest that fits, where no other is about equal.

The order of preference follows centering (Grosz, Joshi & Weinstein 1995): subjects of the latest
sentence first; a quotation's source goes on speaking.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from workbench.annotation.coreference.anaphora import Anaphor
from workbench.annotation.coreference.known import Known, Noun
from workbench.annotation.coreference.reading import MAIN, SUBJECT, SUBJECTS, Reading, clause_of
from workbench.annotation.lexicon import Actor

PRONOUN_REACH, DESCRIPTION_REACH = 3, 6  # sentences outside quotation marks
BODY_REACH, TOPIC_REACH = 2, 1


@dataclasses.dataclass(frozen=True)
class Referent:
    """Somebody in the article, named or not, whose head word is the token `at`.

    Attributes:
        actor: None for somebody who is not named.
        role: the actor's offices that day.
        noun: what somebody not named is called.
        person: whether that is a person.
        gender: `male`, `female`, None where unknown.
        several: whether the words are a plural.
        rank: how prominent in the sentence (`reading`).
        sentence: number outside quotation marks.
    """

    at: int
    actor: Actor | None
    role: str | None
    noun: Noun | None
    person: bool
    gender: str | None
    several: bool
    rank: int
    sentence: int

    def may_be(self, gender: str | None) -> bool:
        """Whether nothing tells against a gender."""
        return gender is None or self.gender in (None, gender)


class Resolver:
    """Resolves the anaphora of one article."""

    def __init__(self, reading: Reading, known: Known) -> None:
        self._doc, self._reading, self._known = reading.doc, reading, known

    def resolve(
        self, named: Iterable[Referent], anaphora: Iterable[Anaphor]
    ) -> Iterator[tuple[Anaphor, Referent]]:
        """Yield the anaphora that plainly stand for an actor, each with who that is."""
        things: list[Referent | Anaphor] = sorted([*named, *anaphora], key=lambda t: t.at)
        before: list[Referent] = []
        for i, thing in enumerate(things):
            if isinstance(thing, Referent):
                before.append(thing)
                continue
            found = self._antecedent(thing, before, [*self._rest(things, i)])
            before.append(self._as_referent(thing, found))
            if found is not None and found.actor is not None:
                yield thing, found

    def _antecedent(
        self, anaphor: Anaphor, before: Sequence[Referent], rest: Sequence[Referent | Anaphor]
    ) -> Referent | None:
        if not anaphor.definite:
            return None
        if anaphor.noun is not None:
            return self._described(anaphor, anaphor.noun, before)
        if anaphor.pronoun in {"one", "several"}:
            return self._topic(anaphor, before)
        later = [r for r in rest if isinstance(r, Referent) and r.person]
        found = self._person(anaphor, before, later)
        return None if found and self._is_announced(anaphor, found, later) else found

    def _person(
        self, anaphor: Anaphor, before: Sequence[Referent], later: Sequence[Referent]
    ) -> Referent | None:
        """ "He", "her": a man or a woman near by whom grammar lets it stand for."""
        near = self._within(anaphor, before, PRONOUN_REACH)
        people = [r for r in near if r.person and r.may_be(anaphor.pronoun)]
        others = {r.actor for r in later if r.actor and self._is_above(anaphor, r)}
        fitting = [r for r in people if r.actor not in others and self._may_be_same(anaphor, r)]
        return most_prominent(fitting, speaks=anaphor.speaks)

    def _described(
        self, anaphor: Anaphor, noun: Noun, before: Sequence[Referent]
    ) -> Referent | None:
        """Near by, whoever fits; further off, only who is called so or has the noun as a name."""
        told = noun.person or anaphor.speaks
        near = self._within(anaphor, before, DESCRIPTION_REACH if told else BODY_REACH)
        fitting = [referent for referent in near if self._fits(anaphor, noun, referent)]
        if fitting or not told:
            return most_prominent(fitting, speaks=anaphor.speaks, described=True)
        return only([r for r in before if self._fits(anaphor, noun, r, closely=True)])

    def _fits(
        self, anaphor: Anaphor, noun: Noun, referent: Referent, *, closely: bool = False
    ) -> bool:
        if referent.actor is None:
            return referent.noun is not None and referent.noun.word in noun.kinds
        if referent.person != noun.person or referent.actor.actor_type == "state":
            return False
        if noun.person:
            agrees = referent.may_be(noun.gender)
            return agrees and self._known.is_called(referent.actor, noun, anaphor.modifiers)
        named = self._known.is_named(referent.actor, noun, anaphor.modifiers)
        told = not closely and (anaphor.speaks or noun.word == referent.actor.actor_type)
        return named or (told and self._known.is_kind(referent.actor, noun, anaphor.modifiers))

    def _topic(self, anaphor: Anaphor, before: Sequence[Referent]) -> Referent | None:
        """ "It said": the body that the sentence before was about."""
        several = anaphor.pronoun == "several"
        sentence = self._reading.sentence[anaphor.at]
        fitting = [
            r
            for r in self._within(anaphor, before, TOPIC_REACH)
            if r.rank == MAIN and not r.person and r.several == several and r.sentence < sentence
        ]
        return only(fitting)

    def _within(self, anaphor: Anaphor, before: Sequence[Referent], reach: int) -> list[Referent]:
        first = self._reading.sentence[anaphor.at] - reach
        return [*before[bisect_left(before, first, key=lambda referent: referent.sentence) :]]

    def _rest(self, things: Sequence[Referent | Anaphor], i: int) -> Iterator[Referent | Anaphor]:
        """What comes behind the `i`-th in the same sentence."""
        parsed = self._reading.parsed
        for k in range(i + 1, len(things)):
            if parsed[things[k].at] != parsed[things[i].at]:
                return
            yield things[k]

    def _may_be_same(self, anaphor: Anaphor, referent: Referent) -> bool:
        """Whether grammar lets a pronoun stand for somebody: not within one clause."""
        if self._reading.parsed[referent.at] != self._reading.parsed[anaphor.at]:
            return True
        return clause_of(self._doc[referent.at]).i != clause_of(self._doc[anaphor.at]).i

    def _is_above(self, anaphor: Anaphor, later: Referent) -> bool:
        """Whether a name depends on what a pronoun does: in "he said Putin lied", they differ."""
        head = self._doc[anaphor.at]
        governs = head.dep_ in SUBJECTS and head.head in self._doc[later.at].ancestors
        return governs and clause_of(head).i == head.head.i

    def _is_announced(self, anaphor: Anaphor, found: Referent, later: Iterable[Referent]) -> bool:
        """Whether a pronoun may be somebody named later: "When he left, Johnson said"."""
        above = {token.i for token in clause_of(self._doc[anaphor.at]).ancestors}
        main = [r for r in later if r.rank == MAIN and r.may_be(anaphor.pronoun)]
        others = [r for r in main if r.actor != found.actor]
        return any(clause_of(self._doc[r.at]).i in above for r in others)

    def _as_referent(self, anaphor: Anaphor, found: Referent | None) -> Referent:
        """What an anaphor is for those after it."""
        head = self._doc[anaphor.at]
        gender = anaphor.pronoun if anaphor.pronoun in {"male", "female"} else None
        noun, person = anaphor.noun, gender is not None
        if noun is not None:
            gender, person = noun.gender, noun.person
        return Referent(
            at=anaphor.at,
            actor=found.actor if found else None,
            role=found.role if found else None,
            noun=noun,
            person=found.person if found else person,
            gender=gender or (found.gender if found else None),
            several=anaphor.pronoun == "several",
            rank=self._reading.rank(head),
            sentence=self._reading.sentence[anaphor.at],
        )


def most_prominent(
    fitting: Sequence[Referent], *, speaks: bool, described: bool = False
) -> Referent | None:
    """Return the only one that stands out in the latest sentence; None in doubt.

    Somebody who is no subject there is taken only if no other subject comes before; a source goes
    on speaking, whoever else is named in between. A description that fits two in one sentence is
    of neither. A pronoun that nobody could resolve leaves those behind it in doubt, too.
    """
    found = _standing_out(fitting, speaks=speaks, described=described)
    unclear = [r.at for r in fitting if r.actor is None and r.noun is None]
    return None if found and any(at > found.at for at in unclear) else found


def _standing_out(fitting: Sequence[Referent], *, speaks: bool, described: bool) -> Referent | None:
    aside: Referent | None = None
    for _, group in groupby(reversed(fitting), key=lambda referent: referent.sentence):
        referents = list(group)
        subjects = [r for r in referents if r.rank >= SUBJECT]
        if subjects:
            chosen = only(referents) if described else _subject(subjects, speaks=speaks)
            same = aside is None or chosen is None or aside.actor == chosen.actor
            return chosen if same or speaks else None
        if aside is None:
            aside = only(referents)
            if aside is None and not speaks:
                return None
    return aside


def _subject(subjects: Sequence[Referent], *, speaks: bool) -> Referent | None:
    """The only subject; among several, a source is that of the main clause."""
    main = [referent for referent in subjects if referent.rank == MAIN]
    return only(subjects) or (only(main) if speaks else None)


def only(referents: Sequence[Referent]) -> Referent | None:
    """Return the latest of some referents if all are one actor, none unnamed."""
    actors = {referent.actor for referent in referents}
    return max(referents, key=lambda r: r.at) if len(actors) == 1 and None not in actors else None
