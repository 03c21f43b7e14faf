"""Totals on their way into a corpus: the table, the later file's word, what is told of them."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

from rich.console import Console

from workbench import measures
from workbench.corpus import ReadOptions
from workbench.tell import tell_import
from workbench.workflow.importing import ImportReport, import_files

ORIGIN = "Media Cloud, all stories of the sources searched"
OPTIONS = ReadOptions(outlet="Harbour Times")


def counts(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text("\n".join(["date,count,total_count,ratio", *rows]), encoding="utf-8")
    return path


def imported(folder: Path, *paths: Path) -> ImportReport:
    return import_files(paths, folder / "war.corpus", options=OPTIONS)


def test_import_writes_totals_and_tells_how_many(tmp_path: Path) -> None:
    first = counts(tmp_path, "a.csv", "2022-03-04,5,100,0.05", "2022-03-05,7,120,0.058")
    second = counts(tmp_path, "b.csv", "2022-03-05,7,130,0.053")
    report = imported(tmp_path, first, second)
    assert report.corpus.read("totals").rows() == [
        ("Harbour Times", dt.date(2022, 3, 4), 100, ORIGIN),
        ("Harbour Times", dt.date(2022, 3, 5), 130, ORIGIN),
    ]
    assert not report.unread
    console = Console(file=io.StringIO(), width=200)
    tell_import(report, console)
    told = console.file.getvalue()  # type: ignore[attr-defined]
    assert "totals: 2 days" in told
    assert report.corpus.files[0]["totals"] == 2


def test_coverage_share_counts_a_day_of_two_imports_once(tmp_path: Path) -> None:
    imported(tmp_path, counts(tmp_path, "a.csv", "2022-03-04,5,100,0.05"))
    report = imported(tmp_path, counts(tmp_path, "b.csv", "2022-03-04,5,200,0.025"))
    found = measures.coverage_share(report.corpus, period="month")
    assert found.select("numerator", "denominator").rows() == [(0.0, 200.0)]
