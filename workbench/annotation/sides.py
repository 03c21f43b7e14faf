"""Which side somebody off the list is on: by his office, by what stands behind his name, nearby."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span

from workbench.annotation.lexicon import Found, Lexicon
from workbench.annotation.usage import POSSESSIVES
from workbench.codebook import Codebook

BEFORE, AFTER, BEHIND_COMMA, EARLIER = 10, 14, 16, 60
UNSURE = {"surname", "ambiguous", "generic", "body"}
INSIDE_TITLES = {"of", "for", "to", "at", "in", "the", "and", "&", "-", ","} | POSSESSIVES
MODIFIES = {"amod", "compound", "nmod", "poss"}
OPENING = {",", "(", "-", "–", "—"}
RELATIVE = {"who", "whose", "which"}
LOCAL = {"russia", "ukraine", "belarus"}


class Cue(NamedTuple):
    """A word that tells a side; `body` where it names an organisation rather than a state."""

    side: str
    body: bool


Cues = Mapping[int, Cue]


class Sides:
    """Tells sides from the names of states, their bodies and their cities."""

    def __init__(self, lexicon: Lexicon, codebook: Codebook, office_words: set[str]) -> None:
        self._office_words = office_words
        self._places = _place_sides(lexicon, codebook)
        self._endings = tuple(codebook.word_list("slavic_ending"))

    def cues(self, doc: Doc, listed: Sequence[Found]) -> dict[int, Cue]:
        """Token -> what it tells about a side."""
        return dict(self._cues(doc, listed))

    def of_person(self, name: Span, cues: Cues) -> str | None:
        """The side of a person: by office or apposition, else by what is named near.

        Reports from the war name Russia and Ukraine everywhere, so that these count without an
        office or an apposition only for names that sound so, and for these first.
        """
        told = _told(self._office(name, cues), cues) or _told(_apposition(name, cues), cues)
        if told is not None:
            return told
        local = self._sounds_local(name)
        likely = {i: cue for i, cue in cues.items() if (cue.side in LOCAL) == local}
        return _nearest(likely, name) or (_nearest(cues, name) if local else None)

    def of_organisation(self, name: Span, cues: Cues) -> str | None:
        """The side of an organisation: by its name, else by what is named near."""
        inside = [i for i in cues if name.start <= i < name.end]
        return cues[inside[0]].side if inside else _nearest(cues, name)

    def _office(self, name: Span, cues: Cues) -> list[int]:
        """The cues in the words right before a name that may belong to it."""
        doc, start = name.doc, name.start
        while start and name.start - start < BEFORE and not doc[start].is_sent_start:
            word = doc[start - 1]
            inside = word.dep_ in MODIFIES or word.lower_ in INSIDE_TITLES | self._office_words
            if not (inside or word.text.istitle() or start - 1 in cues):
                break
            start -= 1
        return [i for i in range(start, name.start) if i in cues]

    def _sounds_local(self, name: Span) -> bool:
        return name[-1].lower_.endswith(self._endings)

    def _cues(self, doc: Doc, listed: Sequence[Found]) -> Iterator[tuple[int, Cue]]:
        for token in doc:
            if token.text in self._places:
                yield token.i, Cue(self._places[token.text], body=False)
        for found in listed:
            sides = {sense.actor.side for sense in found.senses}
            side = sides.pop() if len(sides) == 1 else "none"
            if side != "none" and all(sense.use not in UNSURE for sense in found.senses):
                kind = found.senses[0].actor.actor_type
                yield found.start, Cue(side, body=kind not in {"state", "igo", "person"})


def _place_sides(lexicon: Lexicon, codebook: Codebook) -> dict[str, str]:
    """Place -> the side of the state that it lies in."""
    countries = dict(codebook.actors.select("actor_id", "country").iter_rows())
    sides = {countries[i]: actor.side for i, actor in lexicon.states.items()}
    places = codebook.places.select("place", "country").iter_rows()
    return {place: sides[country] for place, country in places if country in sides}


def _told(places: Sequence[int], cues: Cues) -> str | None:
    """The side told by a phrase: that of a body ("Russia expert at Chatham House"), else the first
    that is named ("Ukraine's ambassador to the EU").
    """
    bodies = [i for i in places if cues[i].body]
    return cues[(bodies or places)[0]].side if places else None


def _apposition(name: Span, cues: Cues) -> list[int]:
    """The cues in what a comma or bracket adds to a name: "Petrenko, a teacher from Kharkiv,"."""
    doc, i = name.doc, name.end
    if doc[i : i + 1].text == "of":
        return [j for j in range(i, min(i + 4, len(doc))) if j in cues]
    if i >= len(doc) or doc[i].text not in OPENING:
        return []
    found: list[int] = []
    for j in range(i + 1, min(i + BEHIND_COMMA, len(doc))):
        if doc[j].is_sent_start or (doc[j].dep_ in {"ROOT", "ccomp"} and doc[j].i > i + 1):
            break
        if doc[j].lower_ in RELATIVE or (doc[j].text in {",", ")"} and found):
            break
        if j in cues:
            found.append(j)
    return found


def _nearest(cues: Cues, name: Span) -> str | None:
    """The side told nearest to a name: in its sentence, else in those before."""
    sentence = name[0].sent
    before = [i for i in cues if max(sentence.start, name.start - BEFORE) <= i < name.start]
    after = [i for i in cues if name.end <= i < min(sentence.end, name.end + AFTER)]
    near = [*((name.start - i, i) for i in before), *((i - name.end + 2, i) for i in after)]
    if near:
        return cues[min(near)[1]].side
    earlier = [i for i in cues if name.start - EARLIER <= i < name.start]
    return cues[max(earlier)].side if earlier else None
