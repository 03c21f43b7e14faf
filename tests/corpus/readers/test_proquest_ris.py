"""References in RIS: tags to fields, dates in ProQuest's forms, what has no end."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

import workbench as wb

REFERENCE = """TY  - NEWS
AB  - Ships wait.
AN  - 2001
AU  - Kovach, Iryna
AU  - Reed, Paul
DA  - 2022 Mar 4
PY  - 2022
KW  - War
KW  - Grain
LA  - English
SN  - 0000-0000
SP  - A.4
T2  - Harbour Times, Late Edition (East Coast)
T1  - Grain: the war's second front
UR  - https://www.proquest.com/docview/2001?accountid=9
ER  -
"""


def references(folder: Path, content: str) -> Path:
    path = folder / "export.ris"
    path.write_text(content, encoding="utf-8")
    return path


def test_proquest_ris_gives_the_fields(tmp_path: Path) -> None:
    reading = wb.read(references(tmp_path, REFERENCE))
    assert reading.rejects.is_empty()
    assert reading.reports[0].format == "proquest_ris"
    (row,) = reading.articles.to_dicts()
    assert (row["article_id"], row["outlet"]) == ("2001", "Harbour Times")
    assert row["title"] == "Grain: the war's second front"
    assert (row["text"], row["text_kind"]) == ("Ships wait.", "snippet")
    assert row["published"] == dt.datetime(2022, 3, 4, tzinfo=dt.UTC)
    assert row["url"] == "https://www.proquest.com/docview/2001?accountid=9"
    assert row["authors"] == ["Kovach, Iryna", "Reed, Paul"]
    extra = json.loads(row["extra"])
    assert extra["keywords"] == "War | Grain"
    assert extra["type of reference"] == "NEWS"


@pytest.mark.parametrize(
    "given", ["Y1  - 2022/03/04/", "Y1  - 2022/Mar/04/", "DA  - 2022/03/04", "DA  - 2022 Mar 4"]
)
def test_proquest_ris_dates(tmp_path: Path, given: str) -> None:
    path = references(tmp_path, f"TY  - NEWS\r\nT1  - One\r\n{given}\r\nPY  - 2022\r\nER  - \r\n")
    assert wb.read(path).articles["published"].to_list() == [dt.datetime(2022, 3, 4, tzinfo=dt.UTC)]


def test_proquest_ris_values_go_on_over_lines(tmp_path: Path) -> None:
    content = "TY  - NEWS\nT1  - One\nAB  - First.\n\nSecond.\nID  - 1\nER  -\n"
    assert wb.read(references(tmp_path, content)).articles["text"].to_list() == [
        "First.\n\nSecond."
    ]


def test_proquest_ris_cut_off_says_so(tmp_path: Path) -> None:
    reading = wb.read(references(tmp_path, REFERENCE + "\nTY  - NEWS\nT1  - Two\nAB  - Cu"))
    assert reading.articles.height == 1
    assert reading.rejects.select("source_record", "reason").rows() == [("", "broken_file")]


def test_proquest_ris_reference_without_end_costs_one(tmp_path: Path) -> None:
    reading = wb.read(references(tmp_path, "TY  - NEWS\nT1  - Two\n\n" + REFERENCE))
    assert reading.articles["source_record"].to_list() == ["2"]
    assert reading.rejects.select("source_record", "reason").rows() == [("1", "broken_reference")]
