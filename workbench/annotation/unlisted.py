"""People and organisations off the list: name from the model, type and side from the text."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from spacy.tokens import Doc, Span

from workbench.annotation.lexicon import Actor, Found, Lexicon
from workbench.annotation.scene import Mention
from workbench.annotation.usage import POSSESSIVES
from workbench.codebook import Codebook

CUES_BEFORE, CUES_AFTER, EARLIER = 10, 14, 60
NAME_USES = {"full", "short", "place", "state", "demonym", "capital", "title"}
PART_USES = {"state", "demonym", "capital", "surname"}
ARTICLES = {"The", "the"}
TITLES = ARTICLES | {
    "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.", "Sir", "Lord", "Lady", "Gen", "Gen.",
    "General", "Lt.", "Col.", "Colonel", "Maj.", "Major", "Capt.", "Captain", "President", "Prime",
    "Minister", "Senator", "Sen.", "Rep.", "Professor", "Prof.", "Secretary", "Ambassador",
    "Governor", "Mayor", "PM", "MP", "MEP", "Chancellor", "Chief", "Head", "Commander",
    "Sergeant", "Lieutenant", "Admiral", "Patriarch",
}  # fmt: skip
BEHIND_NAMES = {"of", "for", "on", "in", "against"}
LOWER_IN_NAMES = {"al", "bin", "da", "de", "del", "der", "di", "du", "el", "la", "of", "van", "von"}


class UnlistedFinder:
    """Finds named people and organisations that the codebook does not know."""

    def __init__(self, lexicon: Lexicon, codebook: Codebook) -> None:
        self.first_names = lexicon.first_names
        self.places = set(codebook.places["place"])
        self.not_actors = set(codebook.word_list("not_actor"))
        words = codebook.word_list("organisation")
        self.organisation_words = {word: str(kind) for word, kind in words.items()}
        place_nouns = {noun.title() for noun in codebook.word_list("place_noun")}
        self.place_nouns = place_nouns - set(self.organisation_words)
        self.person_titles = TITLES | {p.title() for p in codebook.word_list("place_preposition")}
        self.place_sides = _place_sides(lexicon, codebook)

    def find(self, doc: Doc, listed: Sequence[Found]) -> list[Mention]:
        """Return mentions of people and organisations that no listed name covers."""
        covered = {i: found for found in listed for i in range(found.start, found.end)}
        cues = dict(self._side_cues(doc, listed))
        people = [m for e in doc.ents if (m := self._person(e, covered, cues))]
        organisations = [m for e in doc.ents if (m := self._organisation(e, covered, cues))]
        return [*people, *self._surnames(doc, people, covered), *organisations]

    def _person(
        self, entity: Span, covered: Mapping[int, Found], cues: Mapping[int, str]
    ) -> Mention | None:
        name = _bare(entity, self.person_titles)
        if entity.label_ != "PERSON" and not self._looks_like_a_person(name):
            return None
        if not self._may_be_a_person(name) or name[0].i in covered:
            return None
        inside = [covered[t.i] for t in name if t.i in covered]
        if any(sense.use in NAME_USES for found in inside for sense in found.senses):
            return None
        return _mention(name, "person", cues)

    def _may_be_a_person(self, name: Span) -> bool:
        if len(name) < 2 or not _is_name(name) or self._ends_like_an_organisation(name):
            return False
        if any(t.is_lower and t.text not in LOWER_IN_NAMES for t in name):
            return False
        return not self._holds_no_actor(name) and self.places.isdisjoint(t.text for t in name)

    def _looks_like_a_person(self, name: Span) -> bool:
        """Two or three names of which the first is a listed person's first name."""
        named = 2 <= len(name) <= 3 and name[0].text in self.first_names and name.text.istitle()
        return named and not self._ends_like_an_organisation(name)

    def _surnames(
        self, doc: Doc, people: Sequence[Mention], covered: Mapping[int, Found]
    ) -> Iterator[Mention]:
        """Later mentions of those people by their last name alone."""
        by_surname = {doc[m.end - 1].text: m.actor for m in reversed(people)}
        taken = {i for m in people for i in range(m.start, m.end)}
        for token in doc:
            actor = by_surname.get(token.text)
            if actor is not None and token.i not in taken and token.i not in covered:
                yield Mention(token.i, token.i + 1, actor, None, "ner")

    def _organisation(
        self, entity: Span, covered: Mapping[int, Found], cues: Mapping[int, str]
    ) -> Mention | None:
        name = _bare(entity, ARTICLES)
        if not self._may_be_an_organisation(entity.label_, name):
            return None
        actor_type = self._type_of(name)
        if not _is_name(name, numbered=actor_type == "military") or actor_type is None:
            return None
        if actor_type == "other" and not self._may_be_anything(name):
            return None
        inside = {covered[t.i] for t in name if t.i in covered}
        if inside and (actor_type == "other" or not all(_is_part(f, name) for f in inside)):
            return None
        return _mention(name, actor_type, cues)

    def _may_be_an_organisation(self, label: str, name: Span) -> bool:
        if not len(name) or name.text in self.not_actors or self._is_a_place(name):
            return False
        if label == "PERSON":  # "Andrei Sakharov Foundation"
            return self._ends_like_an_organisation(name)
        return label == "ORG" and not self._looks_like_a_person(name)

    def _may_be_anything(self, name: Span) -> bool:
        """Whether a name that tells no type is an actor's: no title, weapon or list of places."""
        places = all(t.text in self.places for t in name if t.is_alpha)
        lower = name[-1].is_lower or name[0].text in TITLES
        return not (places or lower or self._holds_no_actor(name))

    def _holds_no_actor(self, name: Span) -> bool:
        return self._is_a_place(name) or any(t.text in self.not_actors for t in name)

    def _is_a_place(self, name: Span) -> bool:
        return name.text in self.places or name[-1].text in self.place_nouns

    def _ends_like_an_organisation(self, name: Span) -> bool:
        least = 3 if name[0].text in self.first_names else 2  # "Frank Church" is a person
        return len(name) >= least and name[-1].text in self.organisation_words

    def _type_of(self, name: Span) -> str | None:
        """By the last telling word before "of" or "for", else by the last one behind it.

        An acronym or bare name tells nothing: None; several such words are `other`.
        """
        if len(name) == 1:
            return self.organisation_words.get(name.text)
        cut = next((i for i, t in enumerate(name) if t.text in BEHIND_NAMES), len(name))
        words = [*(t.text for t in reversed(name[:cut])), *(t.text for t in reversed(name[cut:]))]
        kinds = map(self.organisation_words.get, [*words, name[-1].text.title()])
        return next((kind for kind in kinds if kind is not None), "other")

    def _side_cues(self, doc: Doc, listed: Sequence[Found]) -> Iterator[tuple[int, str]]:
        """Tokens that tell a side: names of states, their bodies, their cities."""
        for found in listed:
            sides = {sense.actor.side for sense in found.senses}
            if len(sides) == 1 and not any(s.use == "surname" for s in found.senses):
                yield found.start, sides.pop()
        for token in doc:
            if token.text in self.place_sides:
                yield token.i, self.place_sides[token.text]


def _place_sides(lexicon: Lexicon, codebook: Codebook) -> dict[str, str]:
    """Place -> the side of the state that it lies in."""
    countries = dict(codebook.actors.select("actor_id", "country").iter_rows())
    sides = {countries[i]: actor.side for i, actor in lexicon.states.items()}
    places = codebook.places.select("place", "country").iter_rows()
    return {place: sides[country] for place, country in places if country in sides}


def _mention(name: Span, actor_type: str, cues: Mapping[int, str]) -> Mention:
    actor = Actor(None, " ".join(name.text.split()), actor_type, _nearest(cues, name) or "other")
    return Mention(name.start, name.end, actor, None, "ner")


def _bare(entity: Span, unwanted: Container[str]) -> Span:
    """An entity without unwanted words at its start, and without possessives at its end."""
    start, end = entity.start, entity.end
    while start < end and (
        entity.doc[start].text in unwanted or not entity.doc[start].text[0].isalnum()
    ):
        start += 1
    while end > start and (
        entity.doc[end - 1].text in POSSESSIVES or not entity.doc[end - 1].text[-1].isalnum()
    ):
        end -= 1
    return entity.doc[start:end]


def _is_part(found: Found, name: Span) -> bool:
    """Whether a listed name only begins or fills a longer one: "Ukrainian Rescue Foundation"."""
    uses = {sense.use for sense in found.senses}
    rest = len(name) - (found.end - found.start)
    within = name.start <= found.start and found.end <= name.end
    return within and uses <= PART_USES and rest >= (1 if uses == {"surname"} else 2)


def _is_name(span: Span, *, numbered: bool = False) -> bool:
    """Whether a span reads as a name; a `numbered` one may begin as "93rd Brigade" does."""
    dash = any(t.text in "-–—" and span.doc[t.i - 1].whitespace_ for t in span[1:])
    if dash or any(t.text in '"“”|/:' or t.is_sent_start for t in span[1:]):
        return False
    numbers = [t.like_num for t in span]
    return (span.text[0].isupper() and not any(numbers)) or (numbered and sum(numbers) == 1)


def _nearest(cues: Mapping[int, str], name: Span) -> str | None:
    """The side told nearest to a name: inside it, in its sentence, else in those before."""
    inside = [i for i in cues if name.start <= i < name.end]
    if inside:
        return cues[inside[0]]
    sentence = name[0].sent
    before = [i for i in cues if max(sentence.start, name.start - CUES_BEFORE) <= i < name.start]
    after = [i for i in cues if name.end <= i < min(sentence.end, name.end + CUES_AFTER)]
    ranked = sorted(
        (*((name.start - i, i) for i in before), *((i - name.end + 2, i) for i in after))
    )
    if ranked:
        return cues[ranked[0][1]]
    earlier = [i for i in cues if name.start - EARLIER <= i < name.start]
    return cues[max(earlier)] if earlier else None
