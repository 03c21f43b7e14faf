"""Spreadsheets (XLSX, XLS, ODS) through calamine: one record per row of every sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import python_calamine as calamine

from workbench.corpus.columns import NAMES, plain_name
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import OFFICE_MARK, Source

OLE = b"\xd0\xcf\x11\xe0"
HEADER_WITHIN = 20
KNOWN = {name for names in NAMES.values() for name in names}


def sniff(source: Source) -> bool:
    """An Office archive or OLE file that the ending calls a spreadsheet, or holds a workbook."""
    if source.head.startswith(OLE):
        return source.suffix == ".xls"
    if not source.head.startswith(b"PK\x03\x04"):
        return False
    return source.suffix in {".xlsx", ".xlsm", ".ods"} or OFFICE_MARK.encode() in source.head


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """Rows below the header of each sheet; rows above it are refused, empty ones passed over."""
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.read()))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            merged = sheet.merged_cell_ranges or []
            yield from _sheet(name, _spread(sheet.to_python(skip_empty_area=False), merged))
    except (calamine.CalamineError, OSError, ValueError) as error:
        yield Refusal("", "broken_file", f"the spreadsheet cannot be opened: {str(error)[:200]}")


Rows = list[list[Any]]
Cell = tuple[int, int]


def _spread(rows: Rows, merged: Sequence[tuple[Cell, Cell]]) -> Rows:
    """Give every cell of a merged range the value that only its first cell holds."""
    for (top, left), (bottom, right) in merged:
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                if row[column] == "" and top < len(rows) and left < len(rows[top]):
                    row[column] = rows[top][left]
    return rows


def _sheet(name: str, rows: Rows) -> Iterator[Record | Refusal]:
    filled = [i for i, row in enumerate(rows) if any(str(cell).strip() for cell in row)]
    if not filled:
        return
    header = _header_row(rows, filled)
    for index in filled:
        number = f"{name}!{index + 1}"
        if index < header:
            yield Refusal(number, "above_header", " ".join(str(c) for c in rows[index] if c)[:200])
    columns = _unique([str(cell).strip() for cell in rows[header]])
    for index in filled:
        if index > header:
            yield Record(f"{name}!{index + 1}", dict(zip(columns, rows[index], strict=False)))


def _header_row(rows: Rows, filled: list[int]) -> int:
    """The first rows' one with most names of fields in it; the first row where none has any."""
    candidates = filled[:HEADER_WITHIN]
    return max(candidates, key=lambda i: (_names(rows[i]), -i))


def _names(row: list[Any]) -> int:
    return len({plain_name(cell) for cell in row if isinstance(cell, str)} & KNOWN)


def _unique(columns: list[str]) -> list[str]:
    """Column names, repeated and empty ones numbered."""
    seen: dict[str, int] = {}
    out = []
    for index, column in enumerate(columns, 1):
        base = column or f"column {index}"
        seen[base] = seen.get(base, 0) + 1
        out.append(base if seen[base] == 1 else f"{base} ({seen[base]})")
    return out


READER = Reader("spreadsheet", sniff, read)
