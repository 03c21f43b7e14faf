"""Bodies without a name: whose ministry, police or fighters a text means."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Listing = Callable[..., list[str]]

SEPARATISTS = "pro-russian-separatists | military | russia"
RUSSIAN_FORCES = "russian-armed-forces | military | russia"
UKRAINIAN_POLICE = "national-police-of-ukraine | ministry | ukraine"

EXAMPLES = [
    # the one that the words before are about, not who is named nearest
    (
        "Armenia regrets the violence in Ukraine, the Foreign Ministry said.",
        "Foreign Ministry | (Foreign Ministry) | ministry | other",
    ),
    (
        "Russia rejects what Ukraine wants, the Foreign Ministry said.",
        "Foreign Ministry | ministry-of-foreign-affairs-russia | ministry | russia",
    ),
    # with nobody before, by the place
    (
        "The Prosecutor General's Office counts the dead in Kharkiv, Russia said.",
        "Prosecutor General's Office | prosecutor-generals-office-of-ukraine | court | ukraine",
    ),
    (
        "Poland was shocked when police beat people in Kyiv. Ukraine said no.",
        f"police | {UKRAINIAN_POLICE}",
    ),
    # those who fight
    ("The militants left Donetsk, Kyiv said.", f"militants | {SEPARATISTS}"),
    ("Ukraine rebels left Donetsk.", f"Ukraine rebels | {SEPARATISTS}"),
    ("Pro-Russian gunmen left Donetsk.", f"Pro-Russian gunmen | {SEPARATISTS}"),
    ("Rebel fighters left Donetsk, Kyiv said.", f"Rebel fighters | {SEPARATISTS}"),
    ("Ukraine said the enemy left Bakhmut.", f"enemy | {RUSSIAN_FORCES}"),
    ("Enemy drives Ukrainian units out of Bakhmut.", f"Enemy | {RUSSIAN_FORCES}"),
    ("Ukraine said enemy troops left Bakhmut.", f"enemy troops | {RUSSIAN_FORCES}"),
    ("Ukraine said the occupiers left Bakhmut.", f"occupiers | {RUSSIAN_FORCES}"),
    # as the text called them before
    (
        "Pro-Russian protesters met in Kyiv. The protesters left.",
        "protesters | (Pro-Russian protesters) | other | russia",
    ),
    # of states and their organisations
    ("NATO troops left.", "NATO troops | (NATO troops) | military | europe"),
    ("EU envoys left.", "EU envoys | (EU envoys) | igo | europe"),
    (
        "Russian intelligence knew it.",
        "Russian intelligence | (Russian intelligence) | military | russia",
    ),
    ("The leadership of Belarus left.", "leadership of Belarus | belarus | state | belarus"),
]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_mentions_of_bodies_without_a_name(mentions: Listing, text: str, expected: str) -> None:
    assert f"{expected} | -" in mentions(text)


@pytest.mark.parametrize(
    "text",
    [
        "The militants left Aleppo, Syrians said.",
        "The police station in Lviv burnt, Ukraine said.",
        "Panic is our worst enemy, Ukraine said.",
        "The rebel stronghold near Donetsk burnt, Ukraine said.",
        "Pro-EU leaders left.",
        "Ukraine - intelligence is scarce.",
    ],
)
def test_mentions_of_no_body(mentions: Listing, text: str) -> None:
    kinds = {line.split(" | ")[2] for line in mentions(text)}
    assert kinds.isdisjoint({"military", "ministry", "igo"})
