"""The numbers above articles in the older layouts of Nexis: "3 of 166 DOCUMENTS"."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from workbench.corpus.readers.nexis_labels import COUNTER
from workbench.corpus.records import Announcement

CHUNK = 100  # downloads are limited to a whole number of hundreds


@dataclasses.dataclass(frozen=True)
class Count:
    """Which of how many an article is."""

    number: int
    total: int


def count_in(line: str) -> Count | None:
    """What a line above an article says, if it is such a line."""
    match = COUNTER.fullmatch(line)
    if match is None:
        return None
    number, total = match["number"] or match["first"], match["total"] or match["all"]
    return Count(int(number), int(total))


def numbers_within(counts: Sequence[Count | None]) -> list[int]:
    """Each article's number within its file: the vendor's less what other files hold before it.

    An article without a number follows the one before; where the numbers don't rise (files put
    together), the order in the file counts.
    """
    numbers: list[int] = []
    for count in counts:
        numbers.append(count.number if count else (numbers[-1] + 1 if numbers else 1))
    if numbers != sorted(set(numbers)):
        return list(range(1, len(counts) + 1))
    return [number - numbers[0] + 1 for number in numbers]


def announced(counts: Sequence[Count | None]) -> Announcement | None:
    """How many articles a file should hold: all, or its part of a download in parts."""
    given = [count for count in counts if count is not None]
    numbers = [count.number for count in given]
    if not given or numbers != sorted(set(numbers)):
        return None
    first, last = given[0], given[-1]
    in_parts = last.number % CHUNK == 0 and last.number < last.total
    upto = last.number if in_parts else last.total
    where = f"{first.number} of {first.total}"
    return Announcement(upto - first.number + 1, where)
