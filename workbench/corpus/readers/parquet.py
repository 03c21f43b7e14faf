"""Parquet files, by slices."""

from __future__ import annotations

import io
from collections.abc import Iterator

import polars as pl
from polars.exceptions import PanicException, PolarsError

from workbench.corpus.readers.json_document import flatten
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

SLICE = 2_000


def sniff(source: Source) -> bool:
    """By the magic bytes."""
    return source.head.startswith(b"PAR1")


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per row."""
    try:
        content = source.path if source.member is None else io.BytesIO(source.read())
        frame = pl.scan_parquet(content, glob=False)
        rows = frame.select(pl.len()).collect().item()
        for offset in range(0, rows, SLICE):
            found = frame.slice(offset, SLICE).collect()
            if found.height < min(SLICE, rows - offset):
                yield Refusal("", "broken_file", f"says {rows:,} rows and has fewer")
                return
            for number, fields in enumerate(found.iter_rows(named=True), offset + 1):
                yield Record(str(number), flatten(fields))
    except (PolarsError, PanicException, OSError) as error:
        yield Refusal("", "broken_file", f"not a whole Parquet file: {str(error)[:200]}")


READER = Reader("parquet", sniff, read, is_text=False)
