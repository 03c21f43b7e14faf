"""The line of an article of Nexis that says when it appeared: day, time, zone, edition."""

from __future__ import annotations

import datetime as dt
import functools
import re
from zoneinfo import ZoneInfo

from babel import Locale

from workbench.corpus.dates import parse_moment

WORD = r"[^\W\d_]{2,12}\.?"
DAY = "|".join(
    (
        rf"{WORD}\s+\d{{1,2}},?\s+\d{{4}}",
        rf"\d{{1,2}}(?:st|nd|rd|th|er|º|ª|\.)?\s+(?:de\s+|of\s+)?{WORD},?\s+(?:del?\s+)?\d{{4}}",
        r"\d{4}年\s?\d{1,2}月\s?\d{1,2}日",
        r"\d{1,2}月\s?\d{1,2}日?,?\s+\d{4}年?",
        r"\d{4}-\d{2}-\d{2}",
        r"\d{1,2}[./]\d{1,2}[./]\d{4}",
    )
)
DATED = re.compile(
    rf"\s*(?:(?P<weekday>[^\W\d_]{{2,15}}(?:-feira)?)\.?,?\s+)?(?P<day>{DAY})(?!\d)(?P<rest>.*)",
    re.DOTALL,
)
CLOCK = re.compile(
    r"\b(?P<time>\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s?[AP]\.?M\b\.?)?)"
    r"(?:\s+-\s+\d{1,2}:\d{2}(?::\d{2})?)?"  # the end of a broadcast
    r"(?:\s+(?P<zone>(?:Eastern|Central|Mountain|Pacific)(?:\s+Standard|\s+Daylight)?\s+Time"
    r"|(?-i:[A-Z]{2,5})(?:\s?[+-]\d{1,2}(?::?\d{2})?)?)\b)?",
    re.IGNORECASE,
)
AMERICAN = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
}
LONGEST = 150
UI_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ru", "zh")
WIDTHS = ("wide", "abbreviated")


def is_dated(line: str) -> bool:
    """Whether a line begins, after a weekday at most, with a day and its year."""
    match = DATED.match(line) if len(line) <= LONGEST else None
    weekday = match["weekday"] if match is not None else None
    return match is not None and (weekday is None or weekday.casefold() in _weekdays())


def published_of(line: str) -> str:
    """Return day, time and zone of a dated line in a form that parses; the line if none is."""
    match = DATED.match(line)
    if match is None:
        return line.strip()
    day = " ".join(match["day"].split())
    clock = CLOCK.search(match["rest"])
    if clock is None:
        return day
    timed = f"{day} {clock['time']} {_zone(clock['zone'], day)}".strip()
    moment = parse_moment(timed)
    return timed if moment is not None and moment.precision != "day" else day


def year_of(text: str) -> str | None:
    """The first year that a text names."""
    found = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text)
    return found[0] if found else None


@functools.cache
def _weekdays() -> set[str]:
    """The names of the days in the languages of the interface, whole and short."""
    named = [Locale(ui).days["format"][width] for ui in UI_LANGUAGES for width in WIDTHS]
    return {name.casefold().strip(".") for days in named for name in days.values()}


def _zone(zone: str | None, day: str) -> str:
    """A zone as dates know it; those that change with the season as the day's offset."""
    place = AMERICAN.get((zone or "").split(" ")[0].lower())
    moment = parse_moment(day)
    if place is None or moment is None:
        return zone or ""
    noon = dt.datetime.combine(moment.time.date(), dt.time(12), ZoneInfo(place))
    return f"{noon:%z}"
