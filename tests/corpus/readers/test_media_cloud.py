"""Media Cloud's CSV files: articles, counts by day, counts of anything else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import workbench as wb
from workbench.corpus.records import Total

HEADER = "id,indexed_date,language,media_name,media_url,publish_date,title,url"
ROW = (
    "{0},2022-03-06 10:11:12.000001,en,harbourtimes.com,https://harbourtimes.com,2022-03-04,"
    '"Grain, waiting",https://harbourtimes.com/{0}'
)


def write(folder: Path, *lines: str, name: str = "mc-content.csv.csv") -> Path:
    path = folder / name
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    return path


def test_media_cloud_gives_headlines_with_day_and_time_seen(tmp_path: Path) -> None:
    reading = wb.read(write(tmp_path, HEADER, ROW.format("a1")))
    assert reading.rejects.is_empty()
    (report,) = reading.reports
    assert report.format == "media_cloud"
    (row,) = reading.articles.to_dicts()
    assert (row["article_id"], row["title"]) == ("a1", "Grain, waiting")
    assert row["published"] == dt.datetime(2022, 3, 4, tzinfo=dt.UTC)
    assert row["published_precision"] == "day"
    assert row["seen"] == dt.datetime(2022, 3, 6, 10, 11, 12, 1, tzinfo=dt.UTC)
    assert (row["outlet"], row["language"]) == ("harbourtimes.com", "en")
    assert (row["text"], row["text_kind"]) == (None, "headline")


def test_media_cloud_of_several_queries_repeats_the_header(tmp_path: Path) -> None:
    turned = ",".join(reversed(HEADER.split(",")))
    lines = (HEADER, ROW.format("a1"), HEADER, ROW.format("a2"), turned, ROW.format("a1"))
    reading = wb.read(write(tmp_path, *lines))
    assert reading.articles["article_id"].to_list() == ["a1", "a2"]
    assert reading.rejects.select("source_record", "reason").rows() == [
        ("2", "repeated_header"),
        ("4", "repeated_header"),
        ("5", "duplicate"),
    ]


COUNTS = ("date,count,total_count,ratio", "2022-03-04,5,100,0.05", "2022-03-05,7,120,0.058")


def test_media_cloud_counts_are_totals_of_the_outlet_named(tmp_path: Path) -> None:
    reading = wb.read(write(tmp_path, *COUNTS), outlet="Harbour Times")
    assert reading.articles.is_empty()
    assert reading.rejects.is_empty()
    origin = "Media Cloud, all stories of the sources searched"
    assert reading.reports[0].totals == [
        Total("Harbour Times", dt.date(2022, 3, 4), 100, origin),
        Total("Harbour Times", dt.date(2022, 3, 5), 120, origin),
    ]
    assert reading.reports[0].as_dict()["totals"] == 2


def test_media_cloud_counts_of_nobody_knows_whom_are_refused(tmp_path: Path) -> None:
    reading = wb.read(write(tmp_path, *COUNTS))
    assert reading.rejects.select("source_record", "reason").rows() == [("", "outlet_unknown")]
    assert reading.reports[0].totals == []


@pytest.mark.parametrize("what", ["source", "language", "word"])
def test_media_cloud_other_counts_are_no_articles(tmp_path: Path, what: str) -> None:
    reading = wb.read(write(tmp_path, f"{what},count,ratio", "x,5,0.5"))
    assert reading.rejects.select("source_record", "reason", "detail").rows() == [
        ("", "not_articles", f"counts of articles by {what}, not articles")
    ]
