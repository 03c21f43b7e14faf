"""ProQuest's spreadsheets of metadata: recognised by their columns, never taken for texts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import workbench as wb

LONG = "International relations; Russian invasion of Ukraine; " * 6
ROW = {
    "Title": "Grain waits",
    "Abstract": "None available.",
    "StoreId": "2001",
    "ArticleType": "News",
    "Authors": "Kovach, Iryna",
    "companies": "",
    "copyright": LONG,
    "documentType": "News",
    "entryDate": "2022-03-05",
    "issn": "00000000",
    "language": "English",
    "languageOfSummary": "English",
    "pages": "A.4",
    "placeOfPublication": "New York, N.Y.",
    "publisher": "Harbour Company",
    "pubdate": "Mar 4, 2022",
    "pubtitle": "Harbour Times",
    "year": "2022",
    "DocumentURL": "https://www.proquest.com/docview/2001",
    "classification": "",
    "identifierKeywords": "",
    "startPage": "4",
    "subjectTerms": LONG,
    "subjects": LONG,
    "FindACopy": "https://resolver.example.edu/?id=2001",
    "Database": "ProQuest Central",
}


def write_sheet(path: Path, rows: list[dict[str, Any]]) -> Path:
    if path.suffix == ".csv":
        lines = [list(rows[0]), *(row.values() for row in rows)]
        text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
        path.write_text(text, encoding="utf-8")
        return path
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for place, line in enumerate([list(rows[0]), *(list(row.values()) for row in rows)]):
            sheet.write_row(place, 0, line)
    return path


@pytest.mark.parametrize("name", ["ProQuest.xlsx", "ProQuest.csv"])
def test_proquest_sheet_gives_headlines(tmp_path: Path, name: str) -> None:
    reading = wb.read(write_sheet(tmp_path / name, [ROW]))
    assert reading.rejects.is_empty()
    (row,) = reading.articles.to_dicts()
    assert (row["article_id"], row["title"]) == ("2001", "Grain waits")
    assert (row["text"], row["text_kind"]) == (None, "headline")
    assert (row["outlet"], row["language"]) == ("Harbour Times", "en")
    assert row["published"] == dt.datetime(2022, 3, 4, tzinfo=dt.UTC)
    assert row["url"] == "https://www.proquest.com/docview/2001"


def test_proquest_sheet_without_date_column_takes_no_other(tmp_path: Path) -> None:
    rows = [{k: v for k, v in ROW.items() if k not in {"pubdate", "Title", "Abstract"}}]
    reading = wb.read(write_sheet(tmp_path / "a.csv", rows))
    (row,) = reading.articles.to_dicts()
    assert (row["published"], row["text_kind"]) == (None, "none")
