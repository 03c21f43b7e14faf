"""Where an article's words stand inside quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

PAIRS = {"“": "”", "„": "“”", "«": "»", "‟": "”", "〝": "〞", "”": "”"}
LINE = re.compile(r"[^\n]+")
SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w|…|\.\.\.|“)(?P<inside>[^\n]+?)[’'](?!\w)")
DASHED = re.compile(r"(?m)^\s*[–—-]\s+(?P<line>\w.*)$")
BETWEEN_DASHES = re.compile(r"(?P<said>.+?)(?:[,.?!…]\s+[–—-]\s.*?(?:[.:]\s+[–—-]\s|$)|$)")
ELISION = re.compile(r"(?:tis|twas|em|til|cause|\d0s)\b")


class Run(NamedTuple):
    """What stands between one pair of quotation marks: characters, the marks left out.

    Attributes:
        closed: False where the paragraph ends before the closing mark.
    """

    start: int
    end: int
    closed: bool = True


def quoted_runs(text: str) -> list[Run]:
    """Return the quoted runs of a text, in order, none inside another.

    A mark that is not closed lasts to the end of its paragraph, as a quotation of several
    paragraphs opens each and closes the last. Single marks count where no double ones stand
    around them, and apostrophes do not.
    """
    runs = [run for line in LINE.finditer(text) for run in _runs_of(line.group(), line.start())]
    return sorted(run for run in runs if run.start < run.end)


def dash_runs(text: str) -> list[Run]:
    """Return what paragraphs say that a dash opens: "– We will stay, – she said."."""
    return [
        Run(*said.span("said"))
        for line in DASHED.finditer(text)
        for said in BETWEEN_DASHES.finditer(text, *line.span("line"))
    ]


def _runs_of(line: str, offset: int) -> Iterator[Run]:
    double = list(_double(line))
    for run in double:
        yield Run(run.start + offset, run.end + offset, run.closed)
    for match in SINGLE.finditer(line):
        start, end = match.span("inside")
        around = any(run.start <= end and start <= run.end for run in double)
        if not around and not ELISION.match(match["inside"]):
            yield Run(start + offset, end + offset)


def _double(line: str) -> Iterator[Run]:
    """Runs between double marks of one paragraph."""
    start, closers = None, ""
    for i, char in enumerate(line):
        if start is None:
            if char in PAIRS or char == '"':
                start, closers = i + 1, PAIRS.get(char, "") + '"'
        elif char in closers or char == "”":
            yield Run(start, i)
            start = None
    if start is not None:
        yield Run(start, len(line), closed=False)
