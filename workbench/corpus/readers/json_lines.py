"""JSON Lines: one object per line, each line on its own."""

from __future__ import annotations

import codecs
import itertools
import json
import re
from collections.abc import Iterator

from workbench.corpus.decoding import encoding_of, open_text, read_text, text_head
from workbench.corpus.limits import MAX_LINE, MAX_WHOLE
from workbench.corpus.lines import lines_within
from workbench.corpus.readers.json_document import flatten, parse_json
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

LIST_OF_OBJECTS = re.compile(r"\[\s*\{")


def sniff(source: Source) -> bool:
    """One of the first lines is a whole object and there are more, or the ending says so."""
    start = text_head(source).lstrip("\ufeff \t\r\n")
    if source.suffix in {".jsonl", ".ndjson"}:
        return LIST_OF_OBJECTS.match(start) is None or not _is_one_document(source)
    if not start.startswith("{"):
        return False
    first = list(itertools.islice(read(source, ReadOptions()), 2))
    return len(first) == 2 and any(isinstance(found, Record) for found in first)


def _is_one_document(source: Source) -> bool:
    if source.size > MAX_WHOLE:
        return True
    try:
        parse_json(read_text(source).removeprefix("\ufeff"))
    except json.JSONDecodeError:
        return False
    return True


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per line; a line that is no object is refused, the others are not."""
    for number, line in enumerate(_lines(source, encoding_of(source, options.encoding)), 1):
        if line is None:
            detail = f"over {MAX_LINE:,} bytes without a line end"
            yield Refusal(str(number), "line_too_long", detail)
        elif line.strip():
            yield _record(str(number), line)


def _lines(source: Source, encoding: str) -> Iterator[bytes | None]:
    """Each line in UTF-8; None in place of one that is too long to hold."""
    if encoding not in {"utf-8", "utf-8-sig"}:
        with open_text(source, encoding) as text:
            yield from (line if line is None else line.encode() for line in lines_within(text))
        return
    with source.open() as stream:
        yield from lines_within(stream)


def _record(number: str, line: bytes) -> Record | Refusal:
    try:
        value = parse_json(line.removeprefix(codecs.BOM_UTF8).rstrip(b"\r\n").decode())
    except UnicodeDecodeError as error:
        return Refusal(number, "broken_encoding", f"not UTF-8 from byte {error.start + 1} on")
    except json.JSONDecodeError as error:
        return Refusal(number, "broken_json", f"{error.msg} (column {error.colno})")
    if not isinstance(value, dict):
        return Refusal(number, "not_an_object", f"the line holds a {type(value).__name__}")
    return Record(number, flatten(value))


READER = Reader("jsonl", sniff, read)
