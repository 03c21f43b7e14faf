"""Workbooks that are more than can be held are told by the tags of their sheets."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from workbench.corpus.limits import TooLargeError
from workbench.corpus.readers import sheet_sizes
from workbench.corpus.readers.sheet_sizes import check_sheets
from workbench.corpus.sources import Source

TABLE = (
    '<table:table table:name="A">{0}</table:table><table:table table:name="B"><table:table-row>'
    "<table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>"
)


def source(folder: Path, content: bytes) -> Source:
    (folder / "a.xlsx").write_bytes(content)
    return Source("a.xlsx", folder / "a.xlsx")


def workbook(*cells: tuple[int, int, str]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for row, column, value in cells:
            sheet.write(row, column, value)
    return out.getvalue()


def parts(**content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return out.getvalue()


def open_document(rows: str) -> bytes:
    return parts(**{"content.xml": TABLE.format(rows)})


def excel(cells: str, strings: str = "") -> bytes:
    return parts(**{"xl/worksheets/sheet1.xml": cells, "xl/sharedStrings.xml": strings})


def cell(many: int = 1, text: str = "x") -> str:
    return (
        f'<table:table-cell table:number-columns-repeated="{many}"><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def row(cells: str, many: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{many}">{cells}</table:table-row>'


EMPTY = '<table:table-cell table:number-columns-repeated="16384"/>'


@pytest.mark.parametrize(
    "content",
    [
        workbook((0, 0, "title"), (1, 1, "Kyiv")),
        workbook((9, 0, "title"), (0, 9, "Kyiv")),  # ten rows of ten cells
        open_document(row(cell(10), many=10) + row(EMPTY, many=1_048_566)),
        excel("<row><c><v>1</v></c></row>" * 50 + '<row r="100"><c/></row>'),
        b"PK\x03\x04 no archive at all",
        b"no archive either",
    ],
)
def test_check_sheets_lets_pass_what_can_be_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(sheet_sizes, "MAX_CELLS", 100)
    check_sheets(source(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "reach"),
    [
        (workbook((0, 0, "title"), (1, 1000, "Kyiv")), "row 2 and column 1,001"),
        (workbook((100, 1, "Kyiv")), "row 101 and column 2"),
        (excel('<row r="99"><c/><c/><c/></row>'), "row 99 and column 3"),
        (excel("<x:row/>" * 60 + "<x:row><x:c/><x:c/></x:row>"), "row 61 and column 2"),
        (excel("<row r='7'><c r='aa7'/></row>"), "row 7 and column 27"),
        (open_document(row(cell(2), many=51)), "row 51 and column 2"),
        (open_document(row(EMPTY, many=60) + row(cell(1) + cell(1))), "row 61 and column 2"),
        (open_document(row(f"{EMPTY}{cell()}")), "row 1 and column 16,385"),
    ],
)
def test_check_sheets_refuses_cells_far_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, reach: str
) -> None:
    monkeypatch.setattr(sheet_sizes, "MAX_CELLS", 100)
    with pytest.raises(TooLargeError, match=f"a sheet reaches to {reach}; at most 100 cells"):
        check_sheets(source(tmp_path, content))


SHARED = '<c r="A{0}" t="s"><v>{1}</v></c>'


@pytest.mark.parametrize(
    ("content", "fits"),
    [
        (excel(SHARED.format(1, 0) * 9, f"<sst><si>{'x' * 90}</si></sst>"), True),
        (excel(SHARED.format(1, 0) * 11, f"<sst><si>{'x' * 90}</si></sst>"), False),
        (excel(SHARED.format(1, 1) * 99, f"<sst><si>{'x' * 90}</si><si>x</si></sst>"), False),
        (excel(SHARED.format(1, 9) * 99, f"<sst><si>{'x' * 90}</si></sst>"), True),  # not there
        (open_document(row(cell(2, "x" * 30), many=2)), True),
        (open_document(row(cell(9, "x" * 30), many=9)), False),
    ],
)
def test_check_sheets_counts_a_shared_text_in_each_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, fits: bool
) -> None:
    monkeypatch.setattr(sheet_sizes, "MAX_SHEET_TEXT", 1000)
    if fits:
        check_sheets(source(tmp_path, content))
    else:
        with pytest.raises(TooLargeError, match="characters in a sheet, at most 1,000"):
            check_sheets(source(tmp_path, content))


@pytest.mark.parametrize("chunk", [1, 7, 64])
def test_check_sheets_tells_tags_across_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(sheet_sizes, "MEBIBYTE", chunk)
    monkeypatch.setattr(sheet_sizes, "MAX_CELLS", 100)
    with pytest.raises(TooLargeError, match="row 2 and column 1,001"):
        check_sheets(source(tmp_path, workbook((0, 0, "title"), (1, 1000, "Kyiv"))))
