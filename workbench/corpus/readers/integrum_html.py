"""Integrum's HTML report: a list of its documents, then each below a table of Russian codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from workbench.corpus.decoding import read_text
from workbench.corpus.readers.html_blocks import (
    block_text,
    holds,
    is_cut_short,
    is_html,
    line_text,
    parse_html,
    raw_text,
    unwrap,
)
from workbench.corpus.readers.integrum_fields import author_names, published, without_heading
from workbench.corpus.records import Announcement, Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

ENCODINGS = ("utf-8", "cp1251", "koi8-r", "utf-16-le")
MARKS = re.compile(b"|".join(re.escape("^ИС:".encode(e)) for e in ENCODINGS))
CODE = re.compile(r"\^(?P<code>[А-ЯЁA-Z]{2}):\s*(?P<value>.*?)\s*(?=\^[А-ЯЁA-Z]{2}:|\Z)", re.DOTALL)
NAMES = {
    "ИС": "outlet", "РБ": "section", "НР": "issue", "ДТ": "date", "ВР": "time", "АВ": "authors",
    "ЗГ": "title", "ПЗ": "subtitle", "СТ": "page", "НС": "page", "КС": "keywords", "ТЕ": "text",
}  # fmt: skip


def sniff(source: Source) -> bool:
    """A page with the code of a source in any of the alphabets' encodings."""
    return is_html(source) and holds(source, MARKS)


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal | Announcement]:
    """How many documents the report lists, then one record per document."""
    text = read_text(source, options.encoding)
    tree = parse_html(text)
    if tree is None:
        yield Refusal("", "broken_file", "no element in the page")
        return
    listed = len(list(_listed(tree)))
    if listed:
        yield Announcement(listed, f"the report's list of {listed}")
    documents = [table for table in tree.iter("table") if line_text(table).startswith("^")]
    cut = is_cut_short(text)
    for number, table in enumerate(documents[:-1] if cut else documents, 1):
        yield Record(_number(table, number), _fields(table))
    if cut:
        yield Refusal("", "broken_file", f"the page breaks off in document {len(documents)}")


def _listed(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The list's links: each points to a number inside the page."""
    return (a for a in tree.iter("a") if re.fullmatch(r"#\d+", a.get("href") or ""))


def _number(table: html.HtmlElement, position: int) -> str:
    """The number that the list points to, on the mark above a document."""
    mark = next((e for e in table.itersiblings(preceding=True) if e.tag == "a"), None)
    name = mark.get("name") if mark is not None else None
    return name if name and name.isdigit() else str(position)


def _fields(table: html.HtmlElement) -> dict[str, Any]:
    codes = {m["code"]: " ".join(m["value"].split()) for m in CODE.finditer(raw_text(table))}
    values = {NAMES.get(code, code.lower()): value for code, value in codes.items()}
    date, time = values.pop("date", ""), values.pop("time", "")
    heading = next((e for e in table.itersiblings() if e.tag in {"h1", "h2", "h3", "h4"}), None)
    title = values.get("title") or (line_text(heading) if heading is not None else "")
    fields = values | {
        "title": title,
        "text": without_heading(_text(table), title) or values.get("text", ""),
        "published": published(date, time),
        "authors": author_names(values.get("authors", "")),
    }
    return {name: value for name, value in fields.items() if value}


def _text(table: html.HtmlElement) -> str:
    """What stands below the heading, lines joined where the page keeps them as typed."""
    parts = []
    for element in table.itersiblings():
        if element.tag == "pre":
            parts.append(unwrap(raw_text(element).strip("\n")))
        elif element.tag in {"p", "div", "table", "ul", "ol", "blockquote"}:
            if line_text(element).startswith("^"):
                break
            parts.append(block_text(element))
    return "\n\n".join(filter(None, parts))


READER = Reader("integrum_html", sniff, read, named=True)
