"""Tables as text: comma, semicolon, tab or bar between the fields, one record per row."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator, Sequence
from typing import IO

from workbench.corpus.columns import count_known, unique_names
from workbench.corpus.decoding import encoding_of, is_binary, open_text, text_head
from workbench.corpus.lines import MAX_CHARACTERS, lines_within
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

DELIMITERS = ",;\t|"
LOOKED_AT = 50
HEADER_WITHIN = 20


def sniff(source: Source) -> bool:
    """By the ending, or a first line of which at least two fields are known by name."""
    start = text_head(source)
    if source.suffix in {".csv", ".tsv", ".tab"}:
        return not is_binary(start)
    first = start.lstrip("\ufeff\r\n").splitlines()[:1]
    return any(count_known(row) >= 2 for row in _rows(first, _delimiter(first)))


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """Rows below the header; a row of another length than the header is refused."""
    csv.field_size_limit(MAX_CHARACTERS)
    encoding = encoding_of(source, options.encoding)
    with open_text(source, encoding) as stream:
        head = [line or "" for line in itertools.islice(lines_within(stream), LOOKED_AT)]
    delimiter = _delimiter(head)
    above = _header_row(_rows(head, delimiter))
    with open_text(source, encoding) as stream:
        yield from _records(csv.reader(_Lines(stream), delimiter=delimiter), above)


class _Lines:
    """The lines of a table; one too long to hold is an error, and the next can still be had."""

    def __init__(self, stream: IO[str]) -> None:
        self.lines = lines_within(stream)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        if line is None:
            raise csv.Error(f"a line of over {MAX_CHARACTERS:,} characters")
        return line


def _records(rows: Iterator[list[str]], above: int) -> Iterator[Record | Refusal]:
    header: list[str] = []
    for number in itertools.count():
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Refusal(str(number), "broken_row", str(error))
            continue
        if number == above:
            header = row
            columns = unique_names([name.removeprefix("\ufeff") for name in header])
        elif not row:
            continue
        elif number < above:
            yield Refusal(str(number), "above_header", " ".join(filter(None, row))[:200])
        elif row == header:
            yield Refusal(str(number), "repeated_header", None)
        elif len(row) == len(header):
            yield Record(str(number), dict(zip(columns, row, strict=True)))
        else:
            found = f"{len(row)} fields, the header has {len(header)}"
            yield Refusal(str(number), "broken_row", found)


def _delimiter(lines: Sequence[str]) -> str:
    """The one that yields most names of fields, or splits most rows into as many as the header."""

    def fit(delimiter: str) -> tuple[int, int, int]:
        rows = _rows(lines, delimiter)
        header = rows[_header_row(rows)] if rows else []
        alike = sum(len(row) == len(header) for row in rows) if len(header) > 1 else 0
        return count_known(header), alike, len(header)

    return max(DELIMITERS, key=fit)


def _rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:  # no table by this delimiter
        return []


def _header_row(rows: Sequence[Sequence[str]]) -> int:
    """The first row with anything in it, or one soon below where several fields are named."""
    filled = [i for i, row in enumerate(rows) if any(cell.strip() for cell in row)]
    named = [i for i in filled[:HEADER_WITHIN] if count_known(rows[i]) >= 2]
    return max(named or filled[:1], key=lambda i: (count_known(rows[i]), -i), default=0)


READER = Reader("delimited", sniff, read)
