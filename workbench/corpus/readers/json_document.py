"""A JSON document that holds a list of records, or is one."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from workbench.corpus.columns import NAMES, plain_name
from workbench.corpus.decoding import read_text, text_head
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

BEGINNING = re.compile(r"\ufeff?\s*(?:\[\s*[\[{\]]|\{\s*[\"}])")
NOT_NUMBERS = re.compile(r"\b(?:NaN|Infinity)\b")
DEEPEST = 20
CONTENT = {*NAMES["title"], *NAMES["text"]}


def sniff(source: Source) -> bool:
    """By the ending, or a beginning as an object or a list of them."""
    return source.suffix == ".json" or BEGINNING.match(text_head(source)) is not None


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per object of the lists of articles in the document."""
    try:
        document = parse_json(read_text(source, options.encoding).removeprefix("﻿"))
    except json.JSONDecodeError as error:
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


def parse_json(text: str) -> Any:
    """Return what a JSON text holds; NaN and Infinity, which Python's own writer puts, are null.

    Raises:
        json.JSONDecodeError: if it is no JSON.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        if NOT_NUMBERS.search(text) is None:
            raise
    return orjson.loads(json.dumps(json.loads(text, parse_constant=lambda name: None)))


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
