"""Readers by format: each module names one `Reader`, the first that recognises a source reads."""

from __future__ import annotations

from workbench.corpus.readers import (
    delimited,
    json_document,
    json_lines,
    parquet,
    plain_text,
    spreadsheet,
    web_page,
)
from workbench.corpus.records import Reader, ReadOptions
from workbench.corpus.sources import Source
from workbench.errors import InputError

READERS: tuple[Reader, ...] = (
    parquet.READER,
    spreadsheet.READER,
    json_lines.READER,
    json_document.READER,
    web_page.READER,
    delimited.READER,
    plain_text.READER,
)


def reader_for(source: Source, options: ReadOptions) -> Reader | None:
    """Return the reader asked for, or the first that recognises the source.

    Raises:
        InputError: if no reader has the name asked for.
    """
    if options.format is None:
        return next((reader for reader in READERS if reader.sniff(source)), None)
    named = {reader.name: reader for reader in READERS}
    if options.format not in named:
        raise InputError(f"No format {options.format!r}; the formats are {', '.join(named)}.")
    return named[options.format]
