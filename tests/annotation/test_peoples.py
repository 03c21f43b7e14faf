"""The state, its forces or its people: whom "the Russians" means."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Listing = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Russians said no.", "Russians | russia | state | russia | -"),
        ("Talks with the Russians failed.", "Russians | russia | state | russia | -"),
        (
            "Russians shelled the town.",
            "Russians | russian-armed-forces | military | russia | -",
        ),
        (
            "A river keeps the Russians out.",
            "Russians | russian-armed-forces | military | russia | -",
        ),
        ("Ukrainians queue for bread.", "Ukrainians | (Ukrainian people) | other | ukraine | -"),
        ("Belarusians sang.", "Belarusians | (Belarusian people) | other | belarus | -"),
        ("A poll asked Poles.", "Poles | (Polish people) | other | europe | -"),
    ],
)
def test_mentions_of_a_people(mentions: Listing, text: str, expected: str) -> None:
    assert expected in mentions(text)
