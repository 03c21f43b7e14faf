"""Whether a workbook can be held: calamine lays out every cell between the first and the last.

Told by the tags of its sheets before calamine sees them; what it can't hold would end the process.
A part of the readers of spreadsheets.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO

from workbench.corpus.limits import (
    MAX_CELLS,
    MAX_SHEET_TEXT,
    MAX_WHOLE,
    MEBIBYTE,
    TooLargeError,
    check_whole,
)
from workbench.corpus.sources import BROKEN_ARCHIVE, ZIP, Source

STRINGS, OPEN_DOCUMENT = "xl/sharedstrings.xml", "content.xml"
STRING = re.compile(rb"<(?:\w+:)?si\b")
CELL = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)>(?:\s*<(?:\w+:)?v\s*>(\d{1,9})<)?")
PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,8})(\d{1,10})")
SHARED = re.compile(rb"\bt\s*=\s*[\"']s[\"']")
PART = re.compile(rb"<table:(table-row|(?:covered-)?table-cell|table)(?=[\s/>])([^>]*)>")
REPEATED = re.compile(rb"number-(?:columns|rows)-repeated\s*=\s*[\"'](\d{1,10})")
LONGEST_TAG = 2**16


@dataclasses.dataclass
class Extent:
    """How far the filled cells of a sheet reach, and the characters in them."""

    bottom: int = 0
    right: int = 0
    characters: int = 0

    def add(self, row: int, column: int, characters: int) -> None:
        """Take in one cell, or a block of like ones by its last."""
        self.bottom, self.right = max(self.bottom, row), max(self.right, column)
        self.characters += characters

    def check(self) -> None:
        """Refuse what is too much.

        Raises:
            TooLargeError: if there are too many cells, or too much text in them.
        """
        if self.bottom * self.right > MAX_CELLS:
            raise TooLargeError(
                f"a sheet reaches to row {self.bottom:,} and column {self.right:,}; at most "
                f"{MAX_CELLS:,} cells can be held: remove what lies far out, or save it as CSV"
            )
        if self.characters > MAX_SHEET_TEXT:
            raise TooLargeError(
                f"{self.characters:,} characters in a sheet, at most {MAX_SHEET_TEXT:,} can be "
                "held; split it, or save it as CSV"
            )


def check_sheets(source: Source) -> None:
    """Refuse a workbook that is more than can be held; a damaged one is left to calamine.

    Raises:
        TooLargeError: if a sheet reaches too far or holds too much.
    """
    check_whole(source.size)
    if not source.head.startswith(ZIP):
        return
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            strings = _lengths(archive)
            for member in archive.infolist():
                _check_member(archive, member, strings)
    except BROKEN_ARCHIVE:
        return


def _check_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, strings: Sequence[int]
) -> None:
    """Any part may be a sheet: which ones are, only other parts tell."""
    name = member.filename.lower()
    if not name.endswith((".xml", ".bin")):
        return
    check_whole(member.file_size, 2 * MAX_WHOLE)
    if name == STRINGS or name.endswith(".bin"):  # binary cells are not looked at
        return
    with archive.open(member) as stream:
        if name == OPEN_DOCUMENT:
            _check_tables(stream)
        else:
            _check_cells(stream, strings)


def _lengths(archive: zipfile.ZipFile) -> list[int]:
    """Of each string that cells share about the number of characters."""
    name = next((n for n in archive.namelist() if n.lower() == STRINGS), None)
    if name is None:
        return []
    with archive.open(name) as stream:
        places = [place for place, _ in _tags(stream, STRING)]
    ends = [*places[1:], archive.getinfo(name).file_size]
    return [end - start for start, end in zip(places, ends, strict=True)] if places else []


def _check_cells(stream: IO[bytes], strings: Sequence[int]) -> None:
    """Excel's: a row or a cell follows the one before unless it names its place."""
    extent, row, column = Extent(), 0, 0
    for _, tag in _tags(stream, CELL):
        place = PLACE.search(tag[2])
        if tag[1] == b"row":
            row, column = int(place[2]) if place else row + 1, 0
            continue
        if place:
            row, column = int(place[2]), _number(place[1].upper())
        else:
            column += 1
        shared = tag[3] is not None and SHARED.search(tag[2]) is not None
        index = int(tag[3]) if shared else len(strings)
        extent.add(row, column, strings[index] if index < len(strings) else 0)
    extent.check()


@functools.cache
def _number(letters: bytes) -> int:
    """AA is 27."""
    return functools.reduce(lambda number, letter: 26 * number + letter - 64, letters, 0)


def _check_tables(stream: IO[bytes]) -> None:
    """OpenDocument's: cells and rows may stand for many of their like; empty ones count for none.

    The text of a cell is what lies between its tag and the next.
    """
    extent, row, column, rows, cells, before = Extent(), 0, 0, 0, 0, 0
    for place, tag in _tags(stream, PART):
        kind, attributes = tag[1], tag[2]
        extent.add(0, 0, (place - before) * rows * cells)
        before, cells = place + len(tag[0]), 0
        if kind == b"table":
            extent.check()
            extent, row = Extent(), 0
        elif kind == b"table-row":
            rows = _repeats(attributes)
            row, column = row + rows, 0
        else:
            column += _repeats(attributes)
            if not attributes.endswith(b"/"):
                cells = _repeats(attributes)
                extent.add(row, column, 0)
    extent.check()


def _repeats(attributes: bytes) -> int:
    repeated = REPEATED.search(attributes)
    return int(repeated[1]) if repeated else 1


def _tags(stream: IO[bytes], pattern: re.Pattern[bytes]) -> Iterator[tuple[int, re.Match[bytes]]]:
    """The tags of a pattern with the places where they stand, whatever the file's size."""
    held, place = b"", 0
    while chunk := stream.read(MEBIBYTE).replace(b"\0", b""):  # which UTF-16 puts in between
        held += chunk
        end = max(held.rfind(b"<"), len(held) - LONGEST_TAG)  # a tag may go on in the next chunk
        yield from ((place + tag.start(), tag) for tag in pattern.finditer(held, 0, end))
        held, place = held[end:], place + end
    yield from ((place + tag.start(), tag) for tag in pattern.finditer(held))
