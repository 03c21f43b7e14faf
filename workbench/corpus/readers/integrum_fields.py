"""What Integrum's exports share: the date with its time, and a body that repeats its heading."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

DATE_LINE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
MIDNIGHT = re.compile(r"0{1,2}:00(?::00)?")


def published(date: Any, time: Any = None) -> Any:
    """The day with its time; midnight is what Integrum puts where no time is known."""
    clock = f"{time:%H:%M}" if isinstance(time, dt.time | dt.datetime) else str(time or "").strip()
    if isinstance(date, dt.datetime | dt.date):
        date = f"{date:%Y-%m-%d}"
    clock = "" if MIDNIGHT.fullmatch(clock) else clock
    return f"{str(date or '').strip()} {clock}".strip()


def without_heading(text: str, title: str) -> str:
    """The body below the title and the date, where it repeats them as its first paragraphs."""
    paragraphs = [part.strip() for part in re.split(r"\r?\n[ \t]*\r?\n", text.strip("\r\n"))]
    if title and _same(paragraphs[0], title):
        paragraphs.pop(0)
        if paragraphs and DATE_LINE.fullmatch(paragraphs[0]):
            paragraphs.pop(0)
    return "\n\n".join(part.replace("\r\n", "\n") for part in paragraphs if part)


def author_names(names: str) -> list[str]:
    """The names of a list that commas or semicolons part, and may end with one."""
    return [name.strip() for name in re.split(r"[,;]", names) if name.strip()]


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()
