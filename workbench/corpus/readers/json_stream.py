"""The items of a JSON list one at a time, for lists that are too long to hold.

A part of the readers of JSON; it recognises nothing itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from workbench.corpus.lines import MAX_CHARACTERS

CHUNK = 2**20  # characters
BETWEEN = re.compile(r"[\s,]*")
DECODER = json.JSONDecoder(parse_constant=lambda name: None)


def stream_list(text: IO[str]) -> Iterator[Any]:
    """Yield the items of a list that the text begins with; NaN and Infinity are null.

    Raises:
        json.JSONDecodeError: if the list breaks off, or an item is no JSON or too long to hold.
    """
    held, place = text.read(CHUNK).lstrip("\ufeff \t\r\n").removeprefix("["), 0
    while True:
        place += len(BETWEEN.match(held, place)[0])  # type: ignore[index]
        if held[place : place + 1] == "]":
            return
        found = _item(held, place)
        if found is None:
            held, place = _with_more(held[place:], text), 0
        else:
            item, place = found
            yield item


def _item(held: str, place: int) -> tuple[Any, int] | None:
    """An item and the place behind it; None where it may go on beyond what is held."""
    try:
        item, end = DECODER.raw_decode(held, place)
    except (ValueError, RecursionError):
        return None
    number = isinstance(item, int | float)
    return None if number and end == len(held) else (item, end)


def _with_more(held: str, text: IO[str]) -> str:
    more = text.read(max(CHUNK, len(held))) if len(held) <= MAX_CHARACTERS else ""
    if not more:
        raise json.JSONDecodeError("the list breaks off, or an item cannot be read", held[:99], 0)
    return held + more
