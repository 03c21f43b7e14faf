"""Who held which office on a day: literal roles in, exact offices out."""

from __future__ import annotations

import dataclasses
import datetime as dt

import polars as pl
import pytest

from workbench.annotation.offices import Offices
from workbench.codebook import Codebook, load_codebook

MINISTER = ("foreign minister", "ruritania")


def role(actor: str, office: str, body: str, first: str | None, last: str | None) -> tuple:
    dates = [dt.date.fromisoformat(day) if day else None for day in (first, last)]
    return (actor, f"{office} of {body}", office, body, *dates, "test", dt.date(2025, 1, 31))


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    """A codebook of three people who held three offices."""
    real = load_codebook()
    rows = [
        role("anna", "foreign minister", "ruritania", "2020-01-01", "2021-06-30"),
        role("bela", "foreign minister", "ruritania", "2021-06-30", None),
        role("bela", "commander of the air force", "ruritania", "2019-01-01", "2021-12-31"),
        role("clara", "Professor emerita", "strelsau-university", None, "2020-12-31"),
    ]
    columns = ("actor_id", "role", "office", "body", "from", "until", "evidence", "checked")
    frame = pl.DataFrame(rows, schema={c: real.roles.schema[c] for c in columns}, orient="row")
    return dataclasses.replace(real, roles=frame)


@pytest.fixture(scope="module")
def offices(codebook: Codebook) -> Offices:
    """The offices of that codebook."""
    return Offices(codebook)


@pytest.mark.parametrize(
    ("day", "holders"),
    [
        ("2019-12-31", ()),
        ("2020-01-01", ("anna",)),
        ("2021-06-29", ("anna",)),
        ("2021-06-30", ("anna", "bela")),
        ("2021-07-01", ("bela",)),
        ("2025-01-31", ("bela",)),
        ("2025-02-01", ()),  # nobody has checked since
    ],
)
def test_on_tells_who_held_an_office(offices: Offices, day: str, holders: tuple) -> None:
    assert offices.on(dt.date.fromisoformat(day)).holders.get(MINISTER, ()) == holders


def test_on_joins_the_offices_of_one_person_in_order(offices: Offices) -> None:
    both = "commander of the air force of ruritania; foreign minister of ruritania"
    assert offices.on(dt.date(2021, 12, 31)).roles["bela"] == both
    assert offices.on(dt.date(2022, 1, 1)).roles["bela"] == "foreign minister of ruritania"


def test_on_an_office_without_a_first_day(offices: Offices) -> None:
    held = offices.on(dt.date(1990, 1, 1))
    assert held.roles == {"clara": "Professor emerita of strelsau-university"}


def test_on_an_unknown_day_tells_who_ever_held_an_office(offices: Offices) -> None:
    held = offices.on(None)
    assert (dict(held.roles), held.holders[MINISTER], held.day_is_known) == (
        {},
        ("anna", "bela"),
        False,
    )


def test_on_works_each_day_out_once(offices: Offices) -> None:
    assert offices.on(dt.date(2021, 1, 1)) is offices.on(dt.date(2021, 1, 1))


@pytest.mark.parametrize("word", ["minister", "commander", "emerita", "mr", "general"])
def test_words_may_stand_before_a_name(offices: Offices, word: str) -> None:
    assert word in offices.words


@pytest.mark.parametrize("word", ["foreign", "of", "air", "force", "ruritania"])
def test_words_leave_out_the_rest_of_an_office(offices: Offices, word: str) -> None:
    assert word not in offices.words


@pytest.mark.parametrize(
    ("day", "role"),
    [
        ("2024-12-01", "US senator"),
        ("2025-01-20", "US senator"),
        ("2025-01-21", "US secretary of state"),
        ("2025-07-10", "US secretary of state; US national security adviser"),
    ],
)
def test_on_marco_rubio_as_the_codebook_has_him(day: str, role: str) -> None:
    offices = Offices(load_codebook())
    assert offices.on(dt.date.fromisoformat(day)).roles["marco-rubio"] == role
