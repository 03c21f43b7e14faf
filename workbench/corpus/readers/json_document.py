"""A JSON document that holds a list of records, or is one."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from workbench.corpus.columns import NAMES, plain_name
from workbench.corpus.decoding import encoding_of, open_text, read_text, text_head
from workbench.corpus.limits import MAX_DEPTH, MAX_NODES, MAX_WHOLE, TooLargeError
from workbench.corpus.readers.json_stream import stream_list
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

BEGINNING = re.compile(r"\ufeff?\s*(?:\[\s*[\[{\]]|\{\s*[\"}])")
NOT_NUMBERS = re.compile(r"\b(?:NaN|Infinity)\b")
DEEPEST = 20
TOO_DEEP = f"nested more than {MAX_DEPTH} deep"
LIST = re.compile(r"\ufeff?\s*\[")
CONTENT = {*NAMES["title"], *NAMES["text"]}


def sniff(source: Source) -> bool:
    """By the ending, or a beginning as an object or a list of them."""
    return source.suffix == ".json" or BEGINNING.match(text_head(source)) is not None


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per object of the lists of articles in the document."""
    number = 0
    try:
        for number, value in enumerate(_items(source, options), 1):
            if isinstance(value, dict):
                yield Record(str(number), flatten(value))
            else:
                yield Refusal(str(number), "not_an_object", f"the item is a {type(value).__name__}")
    except json.JSONDecodeError as error:
        after = f"after item {number:,}: " if number else ""
        place = f"(line {error.lineno}, column {error.colno})"
        yield Refusal("", "broken_json", f"{after}{error.msg} {place}")
        return
    if not number:
        yield Refusal("", "no_records", "the document holds no list of objects")


def _items(source: Source, options: ReadOptions) -> Iterable[Any]:
    """The document's records; those of a list too long to hold one at a time."""
    if source.size > MAX_WHOLE and LIST.match(text_head(source)):
        with open_text(source, encoding_of(source, options.encoding)) as text:
            yield from map(checked, stream_list(text))
        return
    yield from _records(parse_json(read_text(source, options.encoding).removeprefix("﻿")))


def parse_json(text: str) -> Any:
    """Return what a JSON text holds; NaN and Infinity, which Python's own writer puts, are null.

    Raises:
        json.JSONDecodeError: if it is no JSON, or nested deeper than any article is.
        TooLargeError: if it has more objects and lists than may be held in memory.
    """
    nodes = text.count("{") + text.count("[")
    if nodes > MAX_NODES:
        raise TooLargeError(f"{nodes:,} objects and lists, at most {MAX_NODES:,} can be held")
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        if NOT_NUMBERS.search(text) is None:
            raise
        value = _with_nulls(text)
    return checked(value) if nodes > MAX_DEPTH else value


def _with_nulls(text: str) -> Any:
    """A text's value with null for what is no number to JSON."""
    try:
        return json.loads(text, parse_constant=lambda name: None)
    except RecursionError:
        raise json.JSONDecodeError(TOO_DEEP, text[:99], 0) from None
    except ValueError as error:  # an integer of thousands of digits too
        raise json.JSONDecodeError(str(error), text[:99], 0) from None


def checked(value: Any) -> Any:
    """Return a value that is not nested too deep.

    Raises:
        json.JSONDecodeError: if it is.
    """
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(MAX_DEPTH):
        if not level:
            return value
        held = (inner.values() if isinstance(inner, dict) else inner for inner in level)
        level = [v for values in held for v in values if isinstance(v, dict | list)]
    raise json.JSONDecodeError(TOO_DEEP, "", 0)


def flatten(value: Mapping[str, Any], prefix: str = "", depth: int = DEEPEST) -> dict[str, Any]:
    """Nested objects as dotted names; lists stay as they are."""
    out: dict[str, Any] = {}
    for key, inner in value.items():
        if isinstance(inner, dict) and inner and depth:
            out |= flatten(inner, f"{prefix}{key}.", depth - 1)
        else:
            out[f"{prefix}{key}"] = inner
    return out


def _records(document: Any) -> list[Any]:
    """The document's items; else all its lists of articles, or its longest list of objects."""
    if isinstance(document, list):
        return document
    if not isinstance(document, dict) or not document:
        return []
    lists = [v for v in _values(document) if isinstance(v, list)]
    lists = [v for v in lists if any(isinstance(x, dict) for x in v)]
    if _has_text(document) or not lists:
        return [document]
    articles = [v for v in lists if any(map(_has_content, v))]
    return list(itertools.chain(*articles)) if articles else max(lists, key=len)


def _has_content(value: Any) -> bool:
    return isinstance(value, dict) and not CONTENT.isdisjoint(map(plain_name, flatten(value)))


def _has_text(document: Mapping[str, Any]) -> bool:
    """Whether a document is an article itself, and its lists are only its tags or pictures."""
    names = {plain_name(key) for key, value in document.items() if isinstance(value, str)}
    return not names.isdisjoint(NAMES["text"])


def _values(document: Any, depth: int = 3) -> Iterator[Any]:
    """Values of an object and of the objects inside it, but not inside its lists."""
    if isinstance(document, dict) and depth:
        for value in document.values():
            yield value
            yield from _values(value, depth - 1)


READER = Reader("json", sniff, read)
