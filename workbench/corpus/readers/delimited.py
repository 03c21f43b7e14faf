"""Tables as text: comma, semicolon, tab or bar between the fields, one record per row."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator, Sequence

from workbench.corpus.columns import count_known, unique_names
from workbench.corpus.decoding import encoding_of, is_binary, open_text, text_head
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

DELIMITERS = ",;\t|"
MAX_FIELD = 64 * 2**20
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
    csv.field_size_limit(MAX_FIELD)
    with open_text(source, encoding_of(source, options.encoding)) as stream:
        head = list(itertools.islice(stream, LOOKED_AT))
        delimiter = _delimiter(head)
        above = _header_row(_rows(head, delimiter))
        yield from _records(csv.reader(itertools.chain(head, stream), delimiter=delimiter), above)


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
    return max(named or filled[:1] or [0], key=lambda i: (count_known(rows[i]), -i))


READER = Reader("delimited", sniff, read)
