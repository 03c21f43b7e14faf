"""JSON Lines: one object per line, each line on its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from workbench.corpus.decoding import encoding_of
from workbench.corpus.readers.json_document import flatten
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

MAX_LINE = 64 * 2**20


def sniff(source: Source) -> bool:
    """The first line that holds anything is a whole object, or the ending says so."""
    if source.suffix in {".jsonl", ".ndjson"}:
        return True
    lines = source.head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)
    return len(lines) > 1 and isinstance(_object(lines[0]), dict)


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per line; a line that is no object is refused, the others are not."""
    encoding = encoding_of(source, options.encoding) if _is_wide(source) else "utf-8"
    for number, line in _lines(source):
        if line is None:
            yield Refusal(number, "line_too_long", f"over {MAX_LINE:,} bytes without a line end")
        elif line.strip():
            yield _record(number, line if encoding == "utf-8" else line.decode(encoding).encode())


def _is_wide(source: Source) -> bool:
    return source.head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _lines(source: Source) -> Iterator[tuple[str, bytes | None]]:
    """Number and bytes of each line; None in place of one that is too long to hold."""
    if _is_wide(source):
        text = source.read().decode("utf-16", errors="replace").encode()
        yield from ((str(i), line) for i, line in enumerate(text.split(b"\n"), 1))
        return
    with source.open() as stream:
        number = 0
        while line := stream.readline(MAX_LINE):
            number += 1
            if len(line) == MAX_LINE and not line.endswith(b"\n"):
                while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                    pass
                yield str(number), None
            else:
                yield str(number), line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _record(number: str, line: bytes) -> Record | Refusal:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Refusal(number, "broken_json", f"{error.msg} (column {error.colno})")
    if not isinstance(value, dict):
        return Refusal(number, "not_an_object", f"the line holds a {type(value).__name__}")
    return Record(number, flatten(value))


def _object(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return None


READER = Reader("jsonl", sniff, read)
