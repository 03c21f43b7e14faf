"""Short forms that an article introduces in brackets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Listing = Callable[..., list[str]]
BSRI = "(Black Sea Research Institute) | think_tank | other | -"
ISW = "institute-for-the-study-of-war | think_tank | us | -"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Black Sea Research Institute (BSRI) wrote. The BSRI left.",
            [f"Black Sea Research Institute | {BSRI}", f"BSRI | {BSRI}", f"BSRI | {BSRI}"],
        ),
        (
            "The Institute for the Study of War (ISW) wrote. ISW left.",
            [f"Institute for the Study of War | {ISW}", f"ISW | {ISW}", f"ISW | {ISW}"],
        ),
        (
            "The Black Sea Research Institute (PDF) wrote.",
            [f"Black Sea Research Institute | {BSRI}"],
        ),
        (
            "The Black Sea Research Institute (not BSRI) wrote.",
            [f"Black Sea Research Institute | {BSRI}"],
        ),
    ],
)
def test_mentions_of_short_forms(mentions: Listing, text: str, expected: list[str]) -> None:
    assert mentions(text) == expected
