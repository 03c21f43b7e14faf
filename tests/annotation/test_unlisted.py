"""People and organisations off the list: found by the model, typed and sided by the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from workbench.annotation.mentions import ActorMentions

Parse = Callable[..., Doc]
Listing = Callable[..., list[str]]
Case = tuple[str, list[str]]

PETRENKO = "(Olena Petrenko) | person | ukraine | -"
MARCHENKO = "(Oleh Marchenko) | person | ukraine | -"
TINDALL = "(Rob Tindall) | person | other | -"

PEOPLE: list[Case] = [
    (
        "Ukrainian lawyer Olena Petrenko said no. Petrenko left.",
        [
            f"Ukrainian lawyer | {PETRENKO}",
            f"Olena Petrenko | {PETRENKO}",
            f"Petrenko | {PETRENKO}",
        ],
    ),
    (
        "Olena Petrenko is a Ukrainian lawyer. Petrenko’s brother left.",
        [f"Olena Petrenko | {PETRENKO}", f"Petrenko | {PETRENKO}"],
    ),
    ("Olena Petrenko of Kharkiv said no.", [f"Olena Petrenko | {PETRENKO}"]),
    ("Olena Petrenko, a teacher from Kharkiv, wept.", [f"Olena Petrenko | {PETRENKO}"]),
    (
        "A bomb hit Oleh Marchenko, a retired teacher of Kharkiv. Marchenko survived.",
        [f"Oleh Marchenko | {MARCHENKO}", f"Marchenko | {MARCHENKO}"],
    ),
    (
        "The British teacher Amelia Thornbury left.",
        ["Amelia Thornbury | (Amelia Thornbury) | person | europe | -"],
    ),
    (
        "Major Rob Tindall said no. Tindall left.",
        [f"Major | {TINDALL}", f"Rob Tindall | {TINDALL}", f"Tindall | {TINDALL}"],
    ),
    ("Tindall said no.", []),
]

ORGANISATIONS: list[Case] = [
    (
        "The Black Sea Research Institute reported.",
        ["Black Sea Research Institute | (Black Sea Research Institute) | think_tank | other | -"],
    ),
    (
        "The Centre for Air Power published a report.",
        ["Centre for Air Power | (Centre for Air Power) | think_tank | other | -"],
    ),
    (
        "The Ukrainian Rescue Foundation sent buses.",
        ["Ukrainian Rescue Foundation | (Ukrainian Rescue Foundation) | ngo | ukraine | -"],
    ),
    (
        "The Lviv Relief Foundation sent buses.",
        ["Lviv Relief Foundation | (Lviv Relief Foundation) | ngo | ukraine | -"],
    ),
    (
        "A Ukrainian charity, the Green Harvest Foundation, sent buses.",
        ["Green Harvest Foundation | (Green Harvest Foundation) | ngo | ukraine | -"],
    ),
    (
        "The Andrei Sakharov Foundation was closed.",
        ["Andrei Sakharov Foundation | (Andrei Sakharov Foundation) | ngo | other | -"],
    ),
    (
        "The Warsaw Maritime University said so.",
        ["Warsaw Maritime University | (Warsaw Maritime University) | university | europe | -"],
    ),
    (
        "The Kharkiv Court of Appeal ruled.",
        ["Kharkiv Court of Appeal | (Kharkiv Court of Appeal) | court | ukraine | -"],
    ),
    (
        "The Sea Breeze Times reported it.",
        ["Sea Breeze Times | (Sea Breeze Times) | media | other | -"],
    ),
    ("Polar Star Bank closed.", ["Polar Star Bank | (Polar Star Bank) | company | other | -"]),
    (
        "The 93rd Brigade held the line.",
        ["93rd Brigade | (93rd Brigade) | military | other | -"],
    ),
]

ENTITIES: list[tuple[str, str, str, list[str]]] = [
    # what the model may take for a person or an organisation, wrongly
    ("Kyiv burned.", "Kyiv", "PERSON", []),
    ("Captured Mariupol burned.", "Captured Mariupol", "PERSON", []),
    ("Chasiv Yar burned.", "Chasiv Yar", "PERSON", []),
    ("Soledar, Bakhmut burned.", "Soledar, Bakhmut", "ORG", []),
    ("Donbas burned.", "Donbas", "ORG", []),
    ("Zaporizhzhia NPP burned.", "Zaporizhzhia NPP", "ORG", []),
    ("Shahed Catchers burned.", "Shahed Catchers", "PERSON", []),
    ("HIMARS fired.", "HIMARS", "ORG", []),
    ("Trafalgar Square burned.", "Trafalgar Square", "PERSON", []),
    ("Odd spirits burned.", "Odd spirits", "PERSON", []),
    ("Odd spirits burned.", "Odd spirits", "ORG", []),
    ("Prime Minister Falk left.", "Prime Minister Falk", "PERSON", []),
    # and rightly
    ("Dr Ilse Falk left.", "Dr Ilse Falk", "PERSON", ["Ilse Falk | person"]),
    ("Inside Ilse Falk's head.", "Inside Ilse Falk's", "PERSON", ["Ilse Falk | person"]),
    ("Ilse van Falk left.", "Ilse van Falk", "PERSON", ["Ilse van Falk | person"]),
    ("Frank Church left.", "Frank Church", "PERSON", ["Frank Church | person"]),
    ("Falk Relief Trust left.", "Falk Relief Trust", "PERSON", ["Falk Relief Trust | ngo"]),
    ("Falk and Sons left.", "Falk and Sons", "ORG", ["Falk and Sons | other"]),
    ("Falk left.", "Falk", "ORG", []),
    ("Falk university left.", "Falk university", "ORG", ["Falk university | university"]),
    ("Institute of Falk Energy left.", "Institute of Falk Energy", "ORG",
     ["Institute of Falk Energy | think_tank"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PEOPLE)
def test_mentions_of_unknown_people(mentions: Listing, text: str, expected: list[str]) -> None:
    assert mentions(text) == expected


@pytest.mark.parametrize(("text", "expected"), ORGANISATIONS)
def test_mentions_of_unknown_organisations(
    mentions: Listing, text: str, expected: list[str]
) -> None:
    assert mentions(text) == expected


def test_mentions_of_unknown_people_come_from_the_model(parse: Parse) -> None:
    doc = parse("Olena Petrenko of Kharkiv met Putin. Petrenko left.")
    assert [m.method for m in doc._.mentions] == ["ner", "codebook", "ner"]


@pytest.mark.parametrize(("text", "entity", "label", "expected"), ENTITIES)
def test_find_what_the_model_takes_for_an_entity(
    finder: ActorMentions, nlp: Language, text: str, entity: str, label: str, expected: list[str]
) -> None:
    doc = nlp.make_doc(text)
    doc.set_ents([doc.char_span(0, len(entity), label=label)])
    doc[0].is_sent_start = True
    for token in doc[1:]:
        token.is_sent_start = False
    found = finder.unlisted.find(doc, finder.lexicon.find(doc))
    assert [f"{doc[m.start : m.end].text} | {m.actor.actor_type}" for m in found] == expected


def test_find_tells_the_nearest_side(finder: ActorMentions, parse: Parse) -> None:
    doc = parse("Olena Petrenko of Kharkiv met the Russian envoy Ilya Fomenkov in Moscow.")
    found = finder.unlisted.find(doc, finder.lexicon.find(doc))
    sides = {mention.actor.name: mention.actor.side for mention in found}
    assert sides == {"Olena Petrenko": "ukraine", "Ilya Fomenkov": "russia"}
