"""Spreadsheets (XLSX, XLS, ODS) through calamine: one record per row of every sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import python_calamine as calamine

from workbench.corpus.columns import count_known, unique_names
from workbench.corpus.limits import MAX_CELLS, TooLargeError
from workbench.corpus.readers.sheet_sizes import check_sheets
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import ZIP, Source

OLE = b"\xd0\xcf\x11\xe0"
ENDINGS = {".xlsx", ".xlsm", ".xlsb", ".ods"}
HEADER_WITHIN = 20


def sniff(source: Source) -> bool:
    """An Office archive that the ending calls a spreadsheet or that holds a workbook; old XLS."""
    if source.head.startswith(OLE):
        return source.suffix == ".xls"
    if not source.head.startswith(ZIP):
        return False
    inside = {member.filename for member in source.members}
    return source.suffix in ENDINGS or any(name.startswith("xl/") for name in inside)


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """Rows below the header of each sheet; rows above it are refused, empty ones passed over."""
    check_sheets(source)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.read()))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            yield from _sheet(name, _spread(rows, sheet.merged_cell_ranges or []))
    except (calamine.CalamineError, OSError, ValueError) as error:
        yield Refusal("", "broken_file", f"the spreadsheet cannot be opened: {str(error)[:200]}")


Rows = list[list[Any]]
Cell = tuple[int, int]


def _spread(rows: Rows, merged: Sequence[tuple[Cell, Cell]]) -> Rows:
    """Give every cell of a merged range the value that only its first cell holds."""
    spread = 0
    for (top, left), (bottom, right) in merged:
        spread += len(rows[top : bottom + 1]) * (min(right + 1, len(rows[0])) - left)
        if spread > MAX_CELLS:
            raise TooLargeError(f"over {MAX_CELLS:,} merged cells; save it as CSV")
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
    columns = unique_names([str(cell).strip() for cell in rows[header]])
    for index in filled:
        number, row = f"{name}!{index + 1}", rows[index]
        if index < header:
            yield Refusal(number, "above_header", " ".join(str(c) for c in row if c)[:200])
        elif index > header and row == rows[header]:
            yield Refusal(number, "repeated_header", None)
        elif index > header:
            yield Record(number, dict(zip(columns, row, strict=True)))


def _header_row(rows: Rows, filled: list[int]) -> int:
    """The first rows' one with most names of fields in it; the first row where none has any."""
    candidates = filled[:HEADER_WITHIN]
    return max(candidates, key=lambda i: (count_known(rows[i]), -i))


READER = Reader("spreadsheet", sniff, read, is_text=False)
