"""Dates in any common form, with the precision they were given in.

ISO forms and numbers are read here; names of months in any language are dateparser's work. Whether
03/04/2022 is March or April is decided for a whole column, never for one value.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import math
import re
from collections.abc import Iterable

import dateparser

EARLIEST = dt.datetime(1945, 1, 1, tzinfo=dt.UTC)
NUMERIC = re.compile(
    r"^(?P<before>\s*|\D{1,20}\s|\d{1,2}[:.h]\d{2}(?::\d{2})?\D{1,4})"  # a weekday, or the time
    r"(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?!\d)"
    r"(?P<after>.*)$",
    re.DOTALL,
)
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(?:Z|UTC)?$")
YEAR_FIRST = re.compile(r"^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?!\d)(.*)$", re.DOTALL)
EPOCH = re.compile(r"^\d{10}(?:\d{3}){0,3}(?:\.\d+)?$")
TWEETED = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{1,2}) ([\d:]+) ([+-]\d{4}) (\d{4})$")
CLOCK = re.compile(
    r"(?<![\d.])\d{1,2}(?:[:h]\d{2}(?P<seconds>:\d{2})?|\.\d{2}(?!\.?\d))(?!\d)"
    r"|\b\d{1,2}\s*[ap]\.?m\b",
    re.IGNORECASE,
)
AS_WRITTEN = (  # what dateparser trips over, as it reads it
    (re.compile(r"^\D{0,12}\b(?:published|posted|updated)(?: on| at)?:?\s", re.IGNORECASE), ""),
    (re.compile(r"[（(][月火水木金土日一二三四五六][）)]"), " "),  # days of the week
    (re.compile(r"(?<=\d)\s?(?:[hH]|時|时|点)\s?(?=\d{2}(?!\d))(\d{2})(?:分|\b)"), r":\1"),
    (re.compile(r"(?<=\d)\s?[hH](?=\s|$)"), ":00"),
    (re.compile(r"\bàs\b|[()|]"), " "),
)
ZONES = {  # names whose distance from UTC has changed, or changes with the season
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver",
    "PT": "America/Los_Angeles", "MSK": "Europe/Moscow", "МСК": "Europe/Moscow",
    "MOSCOW TIME": "Europe/Moscow", "KYIV TIME": "Europe/Kyiv", "KIEV TIME": "Europe/Kyiv",
}  # fmt: skip
ZONE = re.compile(rf"\s(?:{'|'.join(ZONES)})\b", re.IGNORECASE)
EXCEL_EPOCH = dt.datetime(1899, 12, 30)
EXCEL_DAYS = range(32_874, 60_000)  # from 1990
BLANK = {
    "", "none", "null", "nan", "nat", "n/a", "na", "-", "undefined", "not available",
    "not available.", "none available", "none available.",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Moment:
    """A point in time in UTC and how exactly it was given: `day`, `minute` or `second`."""

    time: dt.datetime
    precision: str


@dataclasses.dataclass
class OrderEvidence:
    """What the values of a column say about the order of day and month."""

    day_first: int = 0
    month_first: int = 0
    ambiguous: int = 0

    def add(self, value: object) -> None:
        """Count one value."""
        match = NUMERIC.match(value) if isinstance(value, str) else None
        if match is None:
            return
        first, second = int(match["first"]), int(match["second"])
        if first > 12:
            self.day_first += 1
        elif second > 12:
            self.month_first += 1
        elif first != second:
            self.ambiguous += 1

    @property
    def order(self) -> str:
        """`DMY` or `MDY`; day first where the values don't tell."""
        return "MDY" if self.month_first > self.day_first else "DMY"

    def __str__(self) -> str:
        told = self.day_first + self.month_first
        if not told and not self.ambiguous:
            return ""
        if not told:
            return f"{self.order} assumed ({self.ambiguous:,} values could be either)"
        against = min(self.day_first, self.month_first)
        note = f", {against:,} speak against it" if against else ""
        return f"{self.order} ({told:,} values tell{note}, {self.ambiguous:,} could be either)"


def needs_order(values: Iterable[object]) -> bool:
    """Whether any value is a date whose order of day and month must be known."""
    return any(isinstance(v, str) and NUMERIC.match(v) for v in values)


def is_blank(value: object) -> bool:
    """Whether a value says nothing: empty, NaN, "None" and their like."""
    if isinstance(value, str):
        return value.strip().lower() in BLANK
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or value in ([], {})


def parse_moment(value: object, order: str = "DMY") -> Moment | None:
    """Return the moment that a value names, or None where it names no day.

    Args:
        value: text, a date, a datetime, a spreadsheet's day number, or the time since 1970 in
            seconds, milliseconds or smaller.
        order: `DMY` or `MDY`, for numeric dates that begin with a day or month.

    Times without a zone are taken as UTC; a day without a time is the publisher's own. Years before
    1945 and days after tomorrow are no dates.
    """
    if is_blank(value):
        return None
    if isinstance(value, dt.datetime):
        exact = "day" if value.time() == dt.time() and value.tzinfo is None else "second"
        return _within_reason(value, exact)
    if isinstance(value, dt.date):
        return _within_reason(dt.datetime(value.year, value.month, value.day), "day")
    if isinstance(value, int | float):
        return _from_number(value)
    return _from_text(" ".join(str(value).split()), order)


@functools.lru_cache(maxsize=100_000)
def _from_text(text: str, order: str) -> Moment | None:
    if EPOCH.match(text):
        return _from_number(float(text))
    for attempt in (
        _iso,
        _compact,
        _year_first,
        functools.partial(_numeric, order=order),
        _written,
    ):
        found = attempt(text)
        if found is not None:
            return _within_reason(*found)
    return None


def _iso(text: str) -> tuple[dt.datetime, str] | None:
    if not re.match(r"^\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return dt.datetime.fromisoformat(re.sub(r"\s*(UTC|GMT)$", "Z", text)), _precision(text)
    except ValueError:
        return None


def _compact(text: str) -> tuple[dt.datetime, str] | None:
    match = COMPACT.match(text)
    if match is None:
        return None
    numbers = [int(group) for group in match.groups() if group is not None]
    return _datetime(*numbers), {3: "day", 5: "minute", 6: "second"}[len(numbers)]


def _year_first(text: str) -> tuple[dt.datetime, str] | None:
    match = YEAR_FIRST.match(text)
    return _with_clock((int(match[1]), int(match[3]), int(match[4])), match[5]) if match else None


def _numeric(text: str, *, order: str) -> tuple[dt.datetime, str] | None:
    match = NUMERIC.match(text)
    if match is None:
        return None
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    day, month = (first, second) if order == "DMY" else (second, first)
    if month > 12 and day <= 12:  # the odd one out in a column of the other order
        day, month = month, day
    rest = f"{match['before']} {match['after']}"
    return _with_clock((year + 2000 if year < 100 else year, month, day), rest)


def _written(text: str) -> tuple[dt.datetime, str] | None:
    if len(text) > 80 or not any(c.isdigit() for c in text):
        return None
    plain = TWEETED.sub(r"\1 \4 \2 \3", text)
    for pattern, replacement in AS_WRITTEN:
        plain = pattern.sub(replacement, plain)
    zone = ZONE.search(plain)
    found = dateparser.parse(
        ZONE.sub(" ", plain),
        settings={
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
            "RETURN_AS_TIMEZONE_AWARE": True,
            "TIMEZONE": ZONES[zone[0].strip().upper()] if zone else "UTC",
        },
    )
    return (found, _precision(plain)) if found is not None else None


def _with_clock(day: tuple[int, int, int], rest: str) -> tuple[dt.datetime, str] | None:
    """A day and the text around it; a time there is read as on any other date."""
    known = _datetime(*day)
    if known == dt.datetime.min or not any(c.isdigit() for c in rest):
        return known, "day"
    return _written(f"{known:%Y-%m-%d} {rest.strip(' ,T')}")


def _datetime(*parts: int) -> dt.datetime:
    """The time, or the earliest there is, which is no date of an article, where it's impossible."""
    try:
        return dt.datetime(*parts)  # type: ignore[arg-type]
    except ValueError:
        return dt.datetime.min


def _precision(text: str) -> str:
    clock = CLOCK.search(text)
    if clock is None:
        return "day"
    return "second" if clock["seconds"] else "minute"


def _from_number(value: float) -> Moment | None:
    if not 0 < value < 1e20:  # NaN neither
        return None
    if int(value) in EXCEL_DAYS:
        return parse_moment(EXCEL_EPOCH + dt.timedelta(seconds=round(value * 86_400)))
    text = str(int(value))
    if COMPACT.match(text) and 1990 <= int(text[:4]) <= 2100:
        return _from_text(text, "DMY")
    seconds = value
    while seconds > 1e11:  # milliseconds, microseconds, nanoseconds
        seconds /= 1000
    if not 6e8 < seconds < 1e10:
        return None
    return _within_reason(dt.datetime.fromtimestamp(seconds, dt.UTC), "second")


def _within_reason(time: dt.datetime, precision: str) -> Moment | None:
    if not EARLIEST.year - 1 <= time.year <= dt.datetime.now(dt.UTC).year + 1:
        return None
    aware = time.replace(tzinfo=dt.UTC) if time.tzinfo is None else time.astimezone(dt.UTC)
    if precision == "day":  # the publisher's calendar day, whatever the zone
        aware = dt.datetime(time.year, time.month, time.day, tzinfo=dt.UTC)
    if not EARLIEST <= aware <= dt.datetime.now(dt.UTC) + dt.timedelta(days=2):
        return None
    return Moment(aware, precision)
