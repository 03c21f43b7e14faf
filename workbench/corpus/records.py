"""What readers take and give: options in, records and refusals out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from workbench.corpus.dates import parse_moment
from workbench.corpus.sources import Source
from workbench.errors import InputError


@dataclasses.dataclass(frozen=True)
class ReadOptions:
    """What a user may fix about the files of one import; None leaves it to the workbench.

    Attributes:
        format: name of a reader, overruling what the content looks like.
        outlet, outlet_country, language, date: for records that do not say themselves.
        columns: field of `articles` -> name of the column that holds it.
        date_order: `DMY` or `MDY` for dates such as 03/04/2022.
        encoding: how to decode text files.

    Raises:
        InputError: if the date or the order of dates is none.
    """

    format: str | None = None
    outlet: str | None = None
    outlet_country: str | None = None
    language: str | None = None
    date: str | None = None
    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)
    date_order: str | None = None
    encoding: str | None = None

    def __post_init__(self) -> None:
        if self.date_order not in {None, "DMY", "MDY"}:
            raise InputError(f"No order of dates {self.date_order!r}; say DMY or MDY.")
        if self.date is not None and parse_moment(self.date) is None:
            raise InputError(f"{self.date!r} is no date of an article; write it as 2022-02-24.")


@dataclasses.dataclass(frozen=True)
class Record:
    """One record of an input: its place there, and its fields as the file names them."""

    number: str
    fields: Mapping[str, Any]


@dataclasses.dataclass(frozen=True)
class Refusal:
    """A record, or a whole file, that cannot be taken in, and why."""

    number: str
    reason: str
    detail: str | None = None


@dataclasses.dataclass(frozen=True)
class Announcement:
    """How many records the file itself says that it holds; comes before the records.

    Attributes:
        count: that number; records are expected to be numbered 1 to `count`.
        where: the words that say so, such as "Documents (50)".
    """

    count: int
    where: str


@dataclasses.dataclass(frozen=True)
class Total:
    """How much an outlet published in all on a day, and who says so (the table `totals`)."""

    outlet: str
    day: dt.date
    articles: int
    origin: str


Found = Iterator[Record | Refusal | Announcement | Total]


@dataclasses.dataclass(frozen=True)
class Reader:
    """How one format is recognised and read.

    Attributes:
        name: what `--format` calls it.
        sniff: whether a source looks like this format; looks at the content first.
        read: the records of a source, in order; may be called again for the same source.
        is_text: whether its files are text, whose encoding must be known.
        named: whether its records' fields have the workbench's own names (`columns.NAMES`), so
            that no column needs to be recognised; other fields go to `extra`.
    """

    name: str
    sniff: Callable[[Source], bool]
    read: Callable[[Source, ReadOptions], Found]
    is_text: bool = True
    named: bool = False
