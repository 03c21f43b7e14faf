"""Integrum's XLSX: a row per document under Russian headings, the text under "Анонс" or "Текст"."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import python_calamine as calamine

from workbench.corpus.readers.integrum_fields import author_names, published, without_heading
from workbench.corpus.readers.sheet_sizes import check_sheets
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import BROKEN_ARCHIVE, HEAD_BYTES, ZIP, Source

NAMES = {
    "источник": "outlet", "издание": "outlet", "дата": "date", "дата публикации": "date",
    "время": "time", "заголовок": "title", "название": "title", "анонс": "summary",
    "аннотация": "summary", "текст": "text", "полный текст": "text", "текст документа": "text",
    "оригинал": "original", "ссылка": "original", "url": "original", "автор": "authors",
    "авторы": "authors", "рубрика": "section", "раздел": "section", "номер": "issue",
    "страница": "page", "регион": "region", "язык": "language_name", "объем": "length",
}  # fmt: skip
SHEETS = re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml", re.IGNORECASE)
HEADER_WITHIN = 20
MOST_SHEETS = 100
NEEDED = {"outlet", "date", "title"}
Rows = Sequence[Sequence[Any]]


def sniff(source: Source) -> bool:
    """A workbook that begins with the words of Integrum's heading."""
    if not source.head.startswith(ZIP):
        return False
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            names = filter(SHEETS.fullmatch, archive.namelist())
            start = [_start(archive, name) for name in itertools.islice(names, MOST_SHEETS)]
    except BROKEN_ARCHIVE:
        return False
    words = "".join(start)
    return all(re.search(rf">\s*{word}\s*<", words) for word in ("Источник", "Дата", "Заголовок"))


def _start(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as stream:
        return stream.read(HEAD_BYTES).decode("utf-8", "replace")


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per row below the heading, numbered through all sheets."""
    check_sheets(source)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.read()))
        sheets = [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]
    except (calamine.CalamineError, OSError, ValueError) as error:
        yield Refusal("", "broken_file", f"the spreadsheet cannot be opened: {str(error)[:200]}")
        return
    records = (fields for rows in sheets for fields in _records(rows))
    for number, fields in enumerate(records, 1):
        yield Record(str(number), fields)


def _records(rows: Rows) -> Iterator[dict[str, Any]]:
    heads = (i for i, row in enumerate(rows[:HEADER_WITHIN]) if set(map(_name, row)) >= NEEDED)
    head = next(heads, None)
    if head is None:
        return
    columns = [_name(cell) or f"column {i}" for i, cell in enumerate(rows[head], 1)]
    for row in rows[head + 1 :]:
        if any(str(cell).strip() for cell in row) and row != rows[head]:
            yield _fields(dict(zip(columns, row, strict=False)))


def _name(cell: Any) -> str:
    """The field that a heading stands for, or the heading itself."""
    plain = " ".join(str(cell).lower().split())
    return NAMES.get(plain, plain)


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    title = str(row.get("title") or "").strip()
    texts = [without_heading(str(row.get(name) or ""), title) for name in ("text", "summary")]
    original = str(row.get("original") or "").strip()
    fields = {name: value for name, value in row.items() if name not in {"date", "time"}}
    fields |= {
        "title": title,
        "text": texts[0] or texts[1],
        "summary": texts[1] if texts[0] else "",
        "published": published(row.get("date"), row.get("time")),
        "authors": author_names(str(row.get("authors") or "")),
        "url": original if re.match(r"https?://\S+$", original) else "",
    }
    return {name: value for name, value in fields.items() if value not in ("", [], None)}


READER = Reader("integrum_xlsx", sniff, read, is_text=False, named=True)
