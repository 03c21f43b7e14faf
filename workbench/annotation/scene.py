"""What an article tells about a name in it: who else is named, who held which office."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from workbench.annotation.lexicon import Actor, Found
from workbench.annotation.offices import Held
from workbench.annotation.usage import POSSESSIVES

SURE_USES = {"full", "short", "place"}
PEOPLES = {"state", "demonym", "capital"}


@dataclasses.dataclass(frozen=True)
class Mention:
    """One place that names an actor: tokens `start` to `end` of the Doc.

    Attributes:
        actor: who is named; `actor_id` None where nobody on the list.
        role: the office or offices held on the article's date, `; ` between them.
        method: how it was found (`schemas.MENTION_METHODS`).
    """

    start: int
    end: int
    actor: Actor
    role: str | None
    method: str


class Scene:
    """What the rest of the article tells about a name in it.

    Attributes:
        settled: the mentions found so far, in order.
        named_people: persons on the list whom the article names in full.
    """

    def __init__(
        self, doc: Doc, listed: Sequence[Found], strangers: Sequence[Mention], held: Held
    ) -> None:
        self.in_office, self.holders, self.is_dated = held.roles, held.holders, held.day_is_known
        self.settled: Sequence[Mention] = ()
        named = [*_named(listed), *self._introduced(doc, listed)]
        self._named = sorted(named, key=lambda found: found[0])
        self.named_people = {actor for _, actor in named if actor.actor_type == "person"}
        people = [s for s in strangers if s.actor.actor_type == "person" and s.end - s.start > 1]
        self.strangers_by_surname = {doc[s.end - 1].text: s.actor for s in reversed(people)}
        self._people_at = {found.start: _people(found) for found in listed}
        self._people_at |= {stranger.start: [stranger.actor] for stranger in people}

    def nearest_named(self, actors: Sequence[Actor], start: int) -> Actor | None:
        """The one of `actors` that the article names in full, nearest before `start` or at all."""
        places = [(i, actor) for i, actor in self._named if actor in actors]
        before = [actor for i, actor in places if i <= start]
        return before[-1] if before else places[0][1] if places else None

    def who_held(self, offices: Iterable[tuple[str, str]]) -> list[str]:
        """The actor_ids of those who held any of some offices on the article's day, else ever."""
        return sorted({i for office in offices for i in self.holders.get(office, ())})

    def bearer_behind(self, end: int, holders: Sequence[Actor]) -> Actor | None:
        """The person named right behind a title that ends at `end`; a holder if it may be one."""
        people = self._people_at.get(end, [])
        fitting = [actor for actor in people if actor in holders] or people
        return fitting[0] if len(fitting) == 1 else None

    def role_of(self, actor: Actor) -> str | None:
        """The offices that an actor held on the article's date."""
        return self.in_office.get(actor.actor_id or "")

    def _introduced(self, doc: Doc, listed: Sequence[Found]) -> Iterator[tuple[int, Actor]]:
        """Surnames of several people that the words before them tell apart."""
        ends = {found.end: found for found in listed}
        for found in listed:
            people, start = _people(found), found.start
            if len(people) < 2 or start == 0:
                continue
            before = ends.get(start - 1 if doc[start - 1].text in POSSESSIVES else start)
            fitting = self._holders_among(people, doc, start, before) or _on_side(people, before)
            if len(fitting) == 1:
                yield start, fitting[0]

    def _holders_among(
        self, people: Sequence[Actor], doc: Doc, start: int, before: Found | None
    ) -> list[Actor]:
        """Those whose office stands before the name: "Foreign Minister Kuleba"."""
        words = f" {doc[max(start - 4, 0) : start].text.lower()}"
        offices = {sense.office for sense in before.senses if sense.office} if before else set()
        offices |= {key for key in self.holders if words.endswith(f" {key[0].lower()}")}
        ids = {i for office in offices for i in self.holders.get(office, ())}
        return [actor for actor in people if actor.actor_id in ids]


def _named(listed: Sequence[Found]) -> Iterator[tuple[int, Actor]]:
    """Actors whose names leave no doubt, by the token at which these start."""
    for found in listed:
        sure = [sense for sense in found.senses if sense.use in SURE_USES]
        if len(sure) == 1:
            yield found.start, sure[0].actor


def _people(found: Found) -> list[Actor]:
    """The persons whom a name found may mean."""
    actors = (sense.actor for sense in found.senses if sense.use != "title")
    return [actor for actor in dict.fromkeys(actors) if actor.actor_type == "person"]


def _on_side(people: Sequence[Actor], before: Found | None) -> list[Actor]:
    """Those of the state named right before: "Britain's Johnson"."""
    states = [s.actor for s in before.senses if s.use in PEOPLES] if before else []
    return [actor for actor in people if states and actor.side == states[0].side]
