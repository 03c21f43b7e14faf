"""Answers of an API as they are saved: one page, a list of pages or of items, one a line, cut off.

A part of the readers for the sources that answer in JSON; it recognises nothing itself.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workbench.corpus.decoding import read_text, text_head
from workbench.corpus.readers import json_lines
from workbench.corpus.readers.json_document import checked, flatten, parse_json
from workbench.corpus.records import ReadOptions, Record, Refusal
from workbench.corpus.sources import Source


@dataclasses.dataclass(frozen=True)
class Page:
    """One answer: what it says of itself, under dotted names, and its items."""

    about: Mapping[str, Any]
    items: list[Any]


def names_keys(source: Source, *keys: str) -> bool:
    """Whether the file begins as JSON and all these keys stand in its first characters."""
    start = text_head(source).lstrip("\ufeff \t\r\n")
    return start.startswith(("{", "[")) and all(
        re.search(rf'"{re.escape(key)}"\s*:', start) for key in keys
    )


def read_pages(source: Source, options: ReadOptions, key: str) -> Iterator[Page | Refusal]:
    """Each answer in the file; items are looked for in the list that `key` names."""
    if json_lines.sniff(source):
        for found in json_lines.read(source, options):
            yield _page(found.fields, key) if isinstance(found, Record) else found
        return
    text = read_text(source, options.encoding).removeprefix("\ufeff")
    try:
        yield from _pages(parse_json(text), key)
    except json.JSONDecodeError as error:
        yield Page({}, list(_whole_items(text, key)))
        detail = f"{error.msg} (line {error.lineno}, column {error.colno})"
        yield Refusal("", "broken_file", f"cut off or damaged JSON: {detail}")


def read_items(source: Source, options: ReadOptions, key: str) -> Iterator[Record | Refusal]:
    """The items of all pages, numbered through, under dotted names."""
    return numbered(read_pages(source, options, key))


def numbered(pages: Iterable[Page | Refusal]) -> Iterator[Record | Refusal]:
    """The items of pages, numbered through; a page refused counts as one where it had a number."""
    number = 0
    for page in pages:
        if isinstance(page, Refusal):
            number += bool(page.number)
            yield dataclasses.replace(page, number=str(number) if page.number else "")
            continue
        for item in page.items:
            number += 1
            yield _record(str(number), item)


def _record(number: str, item: Any) -> Record | Refusal:
    if isinstance(item, Mapping):
        return Record(number, flatten(item))
    return Refusal(number, "not_an_object", f"the item is a {type(item).__name__}")


def _pages(value: Any, key: str) -> Iterator[Page]:
    if isinstance(value, dict):
        yield _page(flatten(value), key)
    elif not isinstance(value, list):
        yield Page({}, [value])
    elif any(isinstance(item, dict) and _list_in(flatten(item), key) for item in value):
        for item in value:
            yield _page(flatten(item), key) if isinstance(item, dict) else Page({}, [item])
    else:
        yield Page({}, value)


def _page(fields: Mapping[str, Any], key: str) -> Page:
    """An answer's items are its list of that name; an object without one is an item itself."""
    name = _list_in(fields, key)
    if name is None:
        return Page(fields, [fields] if fields else [])
    return Page({k: v for k, v in fields.items() if k != name}, fields[name])


def _list_in(fields: Mapping[str, Any], key: str) -> str | None:
    names = (n for n in fields if n.rpartition(".")[2] == key)
    return next((n for n in names if isinstance(fields[n], list)), None)


def _whole_items(text: str, key: str) -> Iterator[Any]:
    """The objects of a list that are whole before the place where the text breaks."""
    start = re.search(rf'"{re.escape(key)}"\s*:\s*\[|\A\s*\[', text)
    decoder, place = json.JSONDecoder(), start.end() if start else len(text)
    while True:
        place = re.compile(r"[\s,]*").match(text, place).end()  # type: ignore[union-attr]
        try:
            item, place = decoder.raw_decode(text, place)
            checked(item)
        except (ValueError, RecursionError):
            return
        yield item
