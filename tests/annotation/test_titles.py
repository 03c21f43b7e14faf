"""Offices beside a name are mentions of the person, too: examples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Listing = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Foreign Minister Sergei Lavrov left.", ["Foreign Minister", "Sergei Lavrov"]),
        ("Ukraine leader Petro Poroshenko left.", ["Ukraine leader", "Petro Poroshenko"]),
        (
            "The former Ukrainian president Viktor Yanukovych left.",
            ["former Ukrainian president", "Viktor Yanukovych"],
        ),
        (
            "Ukraine's ambassador to the EU, Olena Petrenko, left.",
            ["Ukraine's ambassador to the EU", "Olena Petrenko"],
        ),
        ("President Vladimir Putin left.", ["Vladimir Putin"]),  # a form of address
        ("Mr Sergei Lavrov left.", ["Sergei Lavrov"]),
        ("A spokesman for Sergei Lavrov left.", ["Sergei Lavrov"]),
        ("Chatham House analyst Keir Giles left.", ["Chatham House", "analyst", "Keir Giles"]),
        ("His adviser Sergei Glazyev left.", ["adviser", "Sergei Glazyev"]),
    ],
)
def test_mentions_of_offices_beside_names(
    mentions: Listing, text: str, surfaces: list[str]
) -> None:
    assert [line.partition(" | ")[0] for line in mentions(text)] == surfaces


def test_mentions_of_an_office_are_of_the_person(mentions: Listing) -> None:
    """The office is told as of the article's date, whatever the article calls it."""
    title, name = mentions("Former ambassador to NATO Dmitry Rogozin left.", "2016-03-01")
    assert title.partition(" | ")[2] == name.partition(" | ")[2]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The Polish PM spoke. Donald Tusk left.", "donald-tusk"),
        ("The Polish PM spoke.", "(Polish PM)"),
        ("The Polish PM spoke. Donald Tusk met Mateusz Morawiecki.", "(Polish PM)"),
    ],
)
def test_mentions_of_titles_without_a_date(mentions: Listing, text: str, actor: str) -> None:
    """Of all who ever held an office, the one whom the article names."""
    assert mentions(text, None)[0].split(" | ")[1] == actor


def test_mentions_of_a_title_before_another_name(mentions: Listing) -> None:
    """Regression: a headline ended in a title, and the next sentence began with a name."""
    found = mentions("Time to act, says Kazakh President Lavrov added that all is well.")
    assert not any(line.startswith("Kazakh President | sergei-lavrov") for line in found)
