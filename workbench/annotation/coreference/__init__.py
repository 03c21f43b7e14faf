"""The spaCy component that resolves "he", "the minister", "the institute" to an actor named before.

Rules only: a wrong source is worse than none, so what is in doubt stays unresolved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from workbench.annotation.coreference.anaphora import AnaphoraFinder
from workbench.annotation.coreference.known import Known, Vocabulary
from workbench.annotation.coreference.reading import Reading, introduced_by
from workbench.annotation.coreference.resolving import Referent, Resolver
from workbench.annotation.scene import Mention
from workbench.codebook import load_codebook

METHOD = "coreference"


@Language.factory(
    "coreference",
    requires=["doc._.mentions", "doc.ents", "token.dep", "token.head", "doc.sents"],
    assigns=["doc._.mentions"],
    default_config={"overlay": None},
)
def make_coreference(nlp: Language, name: str, overlay: str | None) -> Coreference:
    """Factory of the component; `overlay` is a folder laid over the codebook's lists."""
    return Coreference(nlp, overlay)


class Coreference:
    """Adds to `doc._.mentions` those of method `coreference`."""

    def __init__(self, nlp: Language, overlay: str | None = None) -> None:
        codebook = load_codebook(overlay, language=str(nlp.lang))
        self.vocabulary = Vocabulary(codebook)
        self.finder = AnaphoraFinder(nlp, self.vocabulary)

    def __call__(self, doc: Doc) -> Doc:
        """Find, then set."""
        found = self.find(doc)
        taken = {i for mention in found for i in range(mention.start, mention.end)}
        kept = (m for m in doc._.mentions if taken.isdisjoint(range(m.start, m.end)))
        doc._.mentions = tuple(sorted((*kept, *found), key=lambda mention: mention.start))
        return doc

    def find(self, doc: Doc) -> list[Mention]:
        """Return mentions by pronoun or description of actors that the Doc names."""
        mentions = [m for m in doc._.mentions if not self._is_description(doc, m)]
        reading = Reading(doc, self.vocabulary.speech_verbs)
        known = Known(doc, mentions, self.vocabulary)
        anaphora = self.finder.find(reading, mentions)
        named = [*_named(mentions, reading, known), *_strangers(mentions, reading, known)]
        return [
            Mention(anaphor.start, anaphor.end, referent.actor, referent.role, METHOD)
            for anaphor, referent in Resolver(reading, known).resolve(named, anaphora)
            if referent.actor is not None
        ]

    def _is_description(self, doc: Doc, mention: Mention) -> bool:
        """Whether a mention is of nobody in particular so far: "the Institute", off the list."""
        words = doc[mention.start : mention.end].text.lower()
        return mention.actor.actor_id is None and words in self.vocabulary.nouns


def mention_at(doc: Doc, start: int, end: int) -> Mention | None:
    """Return the mention that the words from token `start` to `end` are about.

    That is who is introduced or named at their head, by whatever method it was found: Lavrov for
    "the foreign minister, Sergei Lavrov". None where the head names nobody: "a friend of Putin".
    """
    head = doc[start:end].root
    within = [m for m in doc._.mentions if m.start < end and start < m.end]
    introduced = [m for m in within if introduced_by(doc[m.start : m.end]).i == head.i]
    at_head = [m for m in within if m.start <= head.i < m.end]
    return next(iter((*_people(introduced), *at_head)), None)


def _people(mentions: Iterable[Mention]) -> list[Mention]:
    return [mention for mention in mentions if mention.actor.actor_type == "person"]


def _named(mentions: Sequence[Mention], reading: Reading, known: Known) -> Iterator[Referent]:
    """Who is named outside quotation marks; a title before a name is no one else."""
    doc = reading.doc
    people = _people(mentions)
    starts = {person.start for person in people}
    heads = {introduced_by(doc[person.start : person.end]).i for person in people}
    for mention in mentions:
        span = doc[mention.start : mention.end]
        title = mention.end in starts or (span.root.i in heads and span[-1].is_lower)
        if not (title and mention in people) and not reading.quoted[span.start]:
            yield _referent(span, mention, reading, known)


def _referent(span: Span, mention: Mention, reading: Reading, known: Known) -> Referent:
    actor = mention.actor
    person = actor.actor_type == "person"
    return Referent(
        at=span.root.i,
        actor=actor,
        role=mention.role,
        noun=None,
        person=person,
        gender=known.gender(actor) if person else None,
        several=not person and _is_plural(span),
        rank=reading.rank_of_name(span) if person else reading.rank(span.root),
        sentence=reading.sentence[span.start],
    )


def _is_plural(span: Span) -> bool:
    word = span[-1].text
    return word.endswith("s") and not word.endswith("ss") and (span[-1].is_lower or len(span) == 1)


def _strangers(mentions: Sequence[Mention], reading: Reading, known: Known) -> Iterator[Referent]:
    """People whom the model names and no mention covers: they may be meant, but are no actors."""
    covered = {i for m in mentions for i in range(m.start, m.end)}
    for entity in reading.doc.ents:
        if entity.label_ != "PERSON" or not covered.isdisjoint(range(entity.start, entity.end)):
            continue
        if not reading.quoted[entity.start]:
            yield Referent(
                at=entity.root.i,
                actor=None,
                role=None,
                noun=None,
                person=True,
                gender=known.gender_at(entity.start, entity.end),
                several=False,
                rank=reading.rank_of_name(entity),
                sentence=reading.sentence[entity.start],
            )
