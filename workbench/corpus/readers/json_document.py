"""A JSON document that holds a list of records, or is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from workbench.corpus.decoding import read_text
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source


def sniff(source: Source) -> bool:
    """Begins as an object or a list."""
    return source.head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") and (
        source.suffix in {".json", ""} or source.head.lstrip()[:2] in (b'{"', b"[{", b"{\n", b"[\n")
    )


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per object of the longest list of objects in the document."""
    try:
        document = orjson.loads(read_text(source, options.encoding))
    except orjson.JSONDecodeError as error:
        yield Refusal("", "broken_json", f"{error.msg} (line {error.lineno}, column {error.colno})")
        return
    records = _records(document)
    if not records:
        yield Refusal("", "no_records", "the document holds no list of objects")
    for number, value in enumerate(records, 1):
        if isinstance(value, dict):
            yield Record(str(number), flatten(value))
        else:
            yield Refusal(str(number), "not_an_object", f"the item is a {type(value).__name__}")


def flatten(value: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested objects as dotted names; lists stay as they are."""
    out: dict[str, Any] = {}
    for key, inner in value.items():
        if isinstance(inner, dict) and inner:
            out |= flatten(inner, f"{prefix}{key}.")
        else:
            out[f"{prefix}{key}"] = inner
    return out


def _records(document: Any) -> list[Any]:
    if isinstance(document, list):
        return document
    lists = [
        v for v in _values(document) if isinstance(v, list) and any(isinstance(x, dict) for x in v)
    ]
    if lists:
        return max(lists, key=len)
    return [document] if isinstance(document, dict) and document else []


def _values(document: Any, depth: int = 3) -> Iterator[Any]:
    """Values of an object and of the objects inside it, but not inside its lists."""
    if isinstance(document, dict) and depth:
        for value in document.values():
            yield value
            yield from _values(value, depth - 1)


READER = Reader("json", sniff, read)
