"""The codebook's names as token patterns: every spelling a text may use, and whom it may mean."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

import polars as pl
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from workbench.annotation.layout import without_line_breaks
from workbench.codebook import Codebook

SPELLINGS = (
    ("Defence", "Defense"), ("defence", "defense"), ("Centre", "Center"), ("centre", "center"),
    ("secretary-general", "secretary general"), ("Secretary-General", "Secretary General"),
    ("Organisation", "Organization"), ("Labour", "Labor"), ("Programme", "Program"),
)  # fmt: skip
MINISTRY = re.compile(
    r"^(?P<what>Ministry|Department|Secretariat) (?:of|for) (?P<field>.+?)"
    r" of (?:the )?(?P<state>.+)$"
)
BODY_OF = re.compile(r"^(?P<body>Navy|Government|Parliament|\S+ .+?) of (?:the )?(?P<state>.+)$")
LOWER = {"Parliament", "Armed Forces", "General Staff", "Supreme Court", "Constitutional Court"}
OF_MANY_STATES = {"ministry", "military", "legislature", "court"}
SHORTER = (("United States ", "US "), ("US ", "U.S. "), ("UN ", "U.N. "), ("UK ", "U.K. "))


@dataclasses.dataclass(frozen=True)
class Actor:
    """Whom a name means."""

    actor_id: str | None
    name: str
    actor_type: str
    side: str


@dataclasses.dataclass(frozen=True)
class Sense:
    """One thing that a name may mean.

    Attributes:
        actor: whom.
        use: how far the name can be trusted (`schemas.ALIAS_USES`), `state` for the own name of
            what has a demonym, `generic` for what many states have ("defence ministry"), `body`
            for what some have, with capitals ("Security Service"), `title` for an office, whose
            holder the date decides.
        office: for titles, the office and its body.
    """

    actor: Actor
    use: str
    office: tuple[str, str] | None = None


@dataclasses.dataclass(frozen=True)
class Found:
    """A name found: tokens `start` to `end`, and what it may mean."""

    start: int
    end: int
    senses: tuple[Sense, ...]


class Lexicon:
    """The codebook's actors, by name and by id, ready to be found in a Doc."""

    def __init__(self, nlp: Language, codebook: Codebook) -> None:
        self.actors = {
            row[0]: Actor(*row)
            for row in codebook.actors.select("actor_id", "name", "actor_type", "side").iter_rows()
        }
        people = [a for a in self.actors.values() if a.actor_type == "person"]
        self.first_names = {a.name.partition(" ")[0] for a in people if " " in a.name}
        self.states = {a.actor_id: a for a in self.actors.values() if a.actor_type == "state"}
        self.demonyms: Mapping[str, list[str]] = _demonyms(codebook)
        self._senses: dict[str, tuple[Sense, ...]] = _collect(codebook, self.actors)
        self._exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._any_case = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._lower: dict[str, tuple[Sense, ...]] = {}
        self._listed_lower = {name for name in self._senses if name.islower()}
        for name, doc in zip(self._senses, map(nlp.make_doc, self._senses), strict=True):
            if _case_matters(doc):
                self._exact.add(name, [doc])
            else:
                key = name.lower()
                self._any_case.add(key, [doc])
                both = (*self._lower.get(key, ()), *self._senses[name])
                self._lower[key] = tuple(dict.fromkeys(both))

    def find(self, doc: Doc) -> list[Found]:
        """Return every name in the Doc, longest first where they overlap, in order."""
        plain, places = without_line_breaks(doc)
        return longest(
            Found(places[start], places[end - 1] + 1, senses)
            for start, end, senses in self._hits(plain)
            if not _is_cut_by_hyphen(plain, end)
        )

    def named(self, name: str) -> Actor | None:
        """Whom a full name means, where it means one."""
        full = [sense.actor for sense in self._senses.get(name, ()) if sense.use == "full"]
        return full[0] if len(full) == 1 else None

    def _hits(self, doc: Doc) -> Iterator[tuple[int, int, tuple[Sense, ...]]]:
        strings = doc.vocab.strings
        for key, start, end in self._exact(doc):
            yield start, end, self._senses[strings[key]]
        for key, start, end in self._any_case(doc):
            senses = self._lower[strings[key]]
            capital = any(t.text[:1].isupper() for t in doc[start:end])
            lower = strings[key] in self._listed_lower or _may_be_lower(senses, end - start)
            if capital or lower:
                yield start, end, senses


def _is_cut_by_hyphen(doc: Doc, end: int) -> bool:
    """Whether a name's last word belongs to a longer one: "Russian state-owned"."""
    if not doc[end - 1].is_lower or doc[end : end + 1].text != "-":
        return False
    return not (doc[end - 1].whitespace_ or doc[end].whitespace_)


class Ranged(Protocol):
    """Anything that covers tokens `start` to `end`."""

    @property
    def start(self) -> int:
        """First token."""

    @property
    def end(self) -> int:
        """Token behind the last."""


R = TypeVar("R", bound=Ranged)


def longest(found: Iterable[R]) -> list[R]:
    """Return the ranges that no longer or earlier one overlaps, in order of the text."""
    taken: set[int] = set()
    kept: list[R] = []
    for hit in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if taken.isdisjoint(range(hit.start, hit.end)):
            taken.update(range(hit.start, hit.end))
            kept.append(hit)
    return sorted(kept, key=lambda f: f.start)


def _may_be_lower(senses: tuple[Sense, ...], tokens: int) -> bool:
    """Whether a name is one without a capital: titles, "defence ministry", long official names."""
    uses = {sense.use for sense in senses}
    return bool(uses & {"title", "generic"}) or (tokens > 2 and "full" in uses)


def _case_matters(doc: Doc) -> bool:
    return len(doc) == 1 or len(doc.text) < 6 or doc[0].lower_ == "the"


def _collect(codebook: Codebook, actors: Mapping[str, Actor]) -> dict[str, tuple[Sense, ...]]:
    """Every spelling -> its senses."""
    senses: dict[str, dict[Sense, None]] = defaultdict(dict)
    demonyms = _demonyms(codebook)
    for name, sense in _listed(codebook, actors, demonyms):
        for spelling in _spellings(name):
            senses[spelling].setdefault(sense)
    return {name: tuple(found) for name, found in senses.items()}


def _listed(
    codebook: Codebook, actors: Mapping[str, Actor], demonyms: Mapping[str, list[str]]
) -> Iterator[tuple[str, Sense]]:
    words = set(codebook.word_list("acronym_like_word"))
    for actor in actors.values():
        own = Sense(actor, "state" if actor.name in demonyms else "full")
        yield from ((form, own) for form in _cased(actor.name, own, words))
        yield from _derived(actor, actor.name, demonyms)
    for actor_id, alias, use in codebook.aliases.select("actor_id", "alias", "use").iter_rows():
        actor = actors[actor_id]
        use = "state" if actor.actor_type == "state" and use in ("full", "short") else use
        sense = Sense(actor, use)
        yield from ((form, sense) for form in _cased(alias, sense, words))
        if use == "full":
            yield from _derived(actor, alias, demonyms)
    yield from _titles(codebook, actors, demonyms)
    yield from _outlets(codebook, actors)


def _outlets(codebook: Codebook, actors: Mapping[str, Actor]) -> Iterator[tuple[str, Sense]]:
    """Outlets that are no actors, where the name is no common word: "EUobserver", "The Hindu"."""
    known = {actor.name for actor in actors.values()} | set(codebook.aliases["alias"])
    countries = dict(codebook.actors.select("actor_id", "country").iter_rows())
    sides = {countries[a.actor_id]: a.side for a in actors.values() if a.actor_type == "state"}
    common = set(codebook.word_list("not_actor"))
    for outlet, country in codebook.outlets.select("outlet", "country").iter_rows():
        name = outlet.removeprefix("The ")
        odd = " " in name or not (name.istitle() or name.isupper() or name.islower())
        if odd and "(" not in name and known.isdisjoint((name, outlet)) and name not in common:
            side = sides.get(country, "other")
            yield outlet, Sense(Actor(None, outlet, "media", side), "full")


def _cased(name: str, sense: Sense, words: Container[str]) -> list[str]:
    """A name, and how else the press prints it: "Nato", in headlines "PUTIN" and "RUSSIA".

    "KYIV" and "SHELL" are left out: those are datelines and words; and so are "Pace", "Shape".
    """
    if len(name) < 4 or not name.isalpha():
        return [name]
    if name.isupper():
        return [name] if name in words else [name, name.capitalize()]
    in_headlines = sense.actor.actor_type in ("person", "state") and sense.use != "capital"
    return [name, name.upper()] if in_headlines else [name]


def _demonyms(codebook: Codebook) -> dict[str, list[str]]:
    """State's name -> its adjectives ("Russian"), plurals left out."""
    rows = codebook.aliases.filter(use="demonym").join(codebook.actors, on="actor_id")
    out: dict[str, list[str]] = defaultdict(list)
    for name, alias in rows.select("name", "alias").iter_rows():
        if not alias.endswith("s") or alias.endswith("ss"):
            out[name].append(alias)
    return out


def _derived(
    actor: Actor, name: str, demonyms: Mapping[str, list[str]]
) -> Iterator[tuple[str, Sense]]:
    """The forms of a state's bodies that follow from one of their names."""
    if match := MINISTRY.match(name):
        what, field, state = match["what"], match["field"], match["state"]
        bodies = [f"{what} of {field}", f"{field} {what}"]
        if field == "Foreign Affairs":
            bodies += ["Foreign Ministry"]
        if field == "Internal Affairs":
            bodies += ["Interior Ministry"]
    elif (match := BODY_OF.match(name)) and match["state"] in demonyms:
        bodies, state = [match["body"]], match["state"]
    else:
        return
    lower = match.re is MINISTRY or match["body"] in LOWER
    for body in bodies:
        if body != "Government" and actor.actor_type in OF_MANY_STATES:
            yield body, Sense(actor, "generic" if lower else "body")
        for owner in (*demonyms.get(state, ()), *_possessive(state)):
            yield f"{owner} {body}", Sense(actor, "full")


def _titles(
    codebook: Codebook, actors: Mapping[str, Actor], demonyms: Mapping[str, list[str]]
) -> Iterator[tuple[str, Sense]]:
    """ "the Ukrainian president", "Kremlin spokesman": offices under their body's names."""
    short = codebook.aliases.filter(pl.col("use").is_in(("short", "place", "full")))
    names: dict[str, list[str]] = defaultdict(list)
    for actor_id, alias in short.select("actor_id", "alias").iter_rows():
        names[actor_id].append(alias)
    other_words, shared = _other_words(codebook), set(codebook.word_list("shared_office"))
    offices = set(codebook.roles.select("office", "body").iter_rows())
    for office, body in sorted(o for o in offices if o[0] not in shared):
        owner = actors[body]
        owned = [owner.name, *names[body]]
        for word in (office, *other_words.get(office, ())):
            forms = [f"{d} {word}" for d in demonyms.get(owner.name, ())]
            forms += [f"{name} {word}" for name in owned]
            forms += [f"{p} {word}" for name in owned for p in _possessive(name)]
            forms += [f"{word} of {the}{name}" for name in owned for the in ("", "the ")]
            for form in forms:
                yield form, Sense(owner, "title", (office, body))


def _other_words(codebook: Codebook) -> dict[str, list[str]]:
    """Office -> the other words for it, such as "premier" for a prime minister."""
    out: dict[str, list[str]] = defaultdict(list)
    for word, office in codebook.word_list("office").items():
        out[office or ""].append(word)
    return out


def _possessive(name: str) -> list[str]:
    return [f"{name}'s", f"{name}’s"] if not name.endswith("s") else [f"{name}'", f"{name}’"]


def _spellings(name: str) -> set[str]:
    """British and American spelling, straight and curly apostrophe, with and without "the"."""
    out = {name}
    for long, short in SHORTER:
        out |= {short + form.removeprefix(long) for form in out if form.startswith(long)}
    for british, american in SPELLINGS:
        out |= {form.replace(british, american) for form in out if british in form}
    out |= {form.replace("'", "’") for form in out} | {form.replace("’", "'") for form in out}
    return out
