"""People and organisations off the list: name from the model, type and side from the text."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from spacy.tokens import Doc, Span

from workbench.annotation.lexicon import Actor, Found, Lexicon, Sense
from workbench.annotation.scene import Mention
from workbench.annotation.sides import Cues, Sides
from workbench.annotation.spellings import Spellings
from workbench.annotation.usage import POSSESSIVES
from workbench.codebook import Codebook

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

    def __init__(self, lexicon: Lexicon, codebook: Codebook, office_words: set[str]) -> None:
        self.first_names = lexicon.first_names | set(codebook.word_list("first_name"))
        self.places = set(codebook.places["place"])
        self.not_actors = set(codebook.word_list("not_actor"))
        words = codebook.word_list("organisation")
        self.organisation_words = {word: str(kind) for word, kind in words.items()}
        place_nouns = {noun.title() for noun in codebook.word_list("place_noun")}
        self.place_nouns = place_nouns - set(self.organisation_words)
        self.person_titles = TITLES | {p.title() for p in codebook.word_list("place_preposition")}
        self.sides, self.spellings = Sides(lexicon, codebook, office_words), Spellings(lexicon)

    def find(self, doc: Doc, listed: Sequence[Found]) -> list[Mention]:
        """Return mentions of people and organisations that no listed name covers."""
        covered = {i: found for found in listed for i in range(found.start, found.end)}
        cues = self.sides.cues(doc, listed)
        names = [name for entity in doc.ents if (name := self._person(entity, covered))]
        names += self._overlooked(doc, names, covered)
        people = self._people(names, cues)
        organisations = [m for e in doc.ents if (m := self._organisation(e, covered, cues))]
        return [*people, *self._surnames(doc, people, covered), *organisations]

    def variants(self, doc: Doc, listed: Sequence[Found]) -> list[Found]:
        """Return listed people under spellings off the list, and their surnames behind that."""
        covered = {i: found for found in listed for i in range(found.start, found.end)}
        names = [name for entity in doc.ents if (name := self._person(entity, covered))]
        known = [(name, a) for name in names if (a := self.spellings.person(name.text))]
        full = [Found(n.start, n.end, (Sense(actor, "full"),)) for n, actor in known]
        taken = covered.keys() | {i for found in full for i in range(found.start, found.end)}
        surnames = {name[-1].text: Sense(actor, "surname") for name, actor in known}
        alone = [t.i for t in doc if t.text in surnames and t.i not in taken]
        return [*full, *(Found(i, i + 1, (surnames[doc[i].text],)) for i in alone)]

    def _people(self, names: Sequence[Span], cues: Cues) -> list[Mention]:
        """The mentions of people: parts of a longer name mean its bearer, on one side."""
        texts = {_plain(name): name for name in reversed(names)}
        actors = {
            text: Actor(None, text, "person", self.sides.of_person(name, cues) or "other")
            for text, name in texts.items()
        }
        whole = {text: max((t for t in texts if _is_end_of(text, t)), key=len) for text in texts}
        return [Mention(n.start, n.end, actors[whole[_plain(n)]], None, "ner") for n in names]

    def _overlooked(
        self, doc: Doc, names: Sequence[Span], covered: Mapping[int, Found]
    ) -> list[Span]:
        """First name and surname, where the model sees no entity: "Tigran Balayan spoke"."""
        taken = {i for name in names for i in range(name.start, name.end)} | covered.keys()
        found = []
        for i in range(len(doc) - 1):
            first, last = doc[i], doc[i + 1]
            if first.text not in self.first_names or not (last.is_title and last.is_alpha):
                continue
            name, after = doc[i : i + 2], doc[i + 2 : i + 3].text
            free = taken.isdisjoint((i, i + 1)) and not (first.ent_type_ or last.ent_type_)
            whole = first.whitespace_ and not (after.istitle() or after == "-")
            if free and whole and not last.is_sent_start and self._may_be_a_person(name):
                found.append(name)
        return found

    def _person(self, entity: Span, covered: Mapping[int, Found]) -> Span | None:
        name = _bare(entity, self.person_titles)
        if entity.label_ != "PERSON" and not self._looks_like_a_person(name):
            return None
        if not self._may_be_a_person(name) or name[0].i in covered:
            return None
        inside = [covered[t.i] for t in name if t.i in covered]
        if any(sense.use in NAME_USES for found in inside for sense in found.senses):
            return None
        return name

    def _may_be_a_person(self, name: Span) -> bool:
        if " " not in _plain(name) or not _is_name(name) or self._ends_like_an_organisation(name):
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
        surnames = {doc[m.end - 1].text: (_surname(doc, m), m.actor) for m in reversed(people)}
        taken = {i for m in people for i in range(m.start, m.end)} | covered.keys()
        for token in doc:
            if token.text in surnames and token.i not in taken:
                surname, actor = surnames[token.text]
                start = token.i + 1 - len(surname)
                if doc[max(start, 0) : token.i + 1].text == surname.text:
                    yield Mention(start, token.i + 1, actor, None, "ner")

    def _organisation(
        self, entity: Span, covered: Mapping[int, Found], cues: Cues
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
        side = self.sides.of_organisation(name, cues) or "other"
        return Mention(
            name.start, name.end, Actor(None, _plain(name), actor_type, side), None, "ner"
        )

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


def _plain(name: Span) -> str:
    return " ".join(name.text.split())


def _is_end_of(part: str, name: str) -> bool:
    return name == part or name.endswith(f" {part}")


def _surname(doc: Doc, person: Mention) -> Span:
    """The last name, with what a hyphen ties to it."""
    start = person.end - 1
    while start > person.start and not doc[start - 1].whitespace_:
        start -= 1
    return doc[start : person.end]


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
