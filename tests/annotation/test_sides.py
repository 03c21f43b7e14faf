"""The side of people off the list: what tells it, nearest first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Listing = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        # a body before a state, a state before its partner
        ("Emma Thornbury, a Russia expert at Chatham House, said no.", "europe"),
        ("Ukraine's ambassador to the EU, Olena Petrenko, said no.", "ukraine"),
        ("French teacher Emma Thornbury left Russia.", "europe"),
        # reports name Russia and Ukraine everywhere: without more, only for names that sound so
        ("Russia can wait, said Emma Thornbury.", "other"),
        ("Ukraine can wait, said Olena Petrenko.", "ukraine"),
        ("Olena Petrenko, who lives in Lithuania, left Kharkiv.", "ukraine"),
        # the first evidence holds for the whole article
        ("French teacher Emma Thornbury left. US aid helped Emma Thornbury.", "europe"),
    ],
)
def test_mentions_tell_the_side_of_people(mentions: Listing, text: str, side: str) -> None:
    people = [line.split(" | ") for line in mentions(text) if " | person | " in line]
    assert {fields[3] for fields in people} == {side}
