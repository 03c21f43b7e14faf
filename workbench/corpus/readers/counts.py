"""Counts of articles by time, as two sources give them: what they say of all that was published.

A part of the readers of Media Cloud and GDELT; it recognises nothing itself.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from workbench.corpus.dates import parse_moment
from workbench.corpus.records import Refusal, Total


@dataclasses.dataclass(frozen=True)
class Count:
    """A time and the number of all articles then, as given; None where it isn't."""

    time: Any
    articles: Any


def daily_totals(
    counts: Iterable[Count | Refusal], outlet: str | None, origin: str, without: str
) -> Iterator[Total | Refusal]:
    """A total for each day, if the counts say how much there was in all and the user of whom.

    Args:
        counts: in any steps of time; those of a day are added up.
        outlet: whose the counts are, which their file doesn't say.
        origin: who counted.
        without: what to say where the numbers of all articles are not given.
    """
    days: Counter[dt.date] = Counter()
    for number, count in enumerate(counts, 1):
        if isinstance(count, Refusal):
            yield count
            continue
        moment, articles = parse_moment(count.time), _whole_number(count.articles)
        if moment is None:
            yield Refusal(str(number), "unreadable_date", str(count.time))
        elif articles is not None:
            days[moment.time.date()] += articles
    if not days:
        yield Refusal("", "no_totals", without)
    elif outlet is None:
        detail = f"counts of {len(days):,} days: say --outlet if the query was of one outlet only"
        yield Refusal("", "outlet_unknown", detail)
    else:
        yield from (Total(outlet, day, articles, origin) for day, articles in days.items())


def _whole_number(value: Any) -> int | None:
    text = str(value).strip().replace(",", "")
    return int(text.partition(".")[0]) if re.fullmatch(r"\d{1,9}(?:\.0+)?", text) else None
