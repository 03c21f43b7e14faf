"""Tables as text: comma, semicolon, tab or bar between the fields, one record per row."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator

from workbench.corpus.columns import NAMES, plain_name
from workbench.corpus.decoding import encoding_of, open_text
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

DELIMITERS = ",;\t|"
MAX_FIELD = 64 * 2**20
KNOWN = {name for names in NAMES.values() for name in names}


def sniff(source: Source) -> bool:
    """By the ending, or a first line of which at least two fields are known by name."""
    if source.suffix in {".csv", ".tsv", ".tab"}:
        return True
    first = source.head.split(b"\n", 1)[0].decode("utf-8", errors="replace")
    names = {plain_name(name.strip('"')) for name in first.split(_delimiter([first]))}
    return len(names & KNOWN) >= 2


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """Rows below the header; a row of another length than the header is refused."""
    csv.field_size_limit(MAX_FIELD)
    with open_text(source, encoding_of(source, options.encoding)) as stream:
        head = list(itertools.islice(stream, 50))
        rows = csv.reader(
            (line.replace("\0", "") for line in itertools.chain(head, stream)),
            delimiter=_delimiter(head),
        )
        yield from _records(rows)


def _records(rows: Iterator[list[str]]) -> Iterator[Record | Refusal]:
    header: list[str] | None = None
    for number in itertools.count():
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Refusal(str(number), "broken_row", str(error))
            continue
        if header is None:
            header = [name.removeprefix("\ufeff") or f"column {i}" for i, name in enumerate(row, 1)]
        elif row == header:
            yield Refusal(str(number), "repeated_header", None)
        elif len(row) == len(header):
            yield Record(str(number), dict(zip(header, row, strict=True)))
        elif row:
            found = f"{len(row)} fields, the header has {len(header)}"
            yield Refusal(str(number), "broken_row", found)


def _delimiter(lines: list[str]) -> str:
    """The one that splits the first row into most fields and the next ones into as many."""

    def fit(delimiter: str) -> tuple[int, int]:
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
        width = len(rows[0]) if rows else 0
        return (sum(len(row) == width for row in rows) if width > 1 else 0, width)

    return max(DELIMITERS, key=fit)


READER = Reader("delimited", sniff, read)
