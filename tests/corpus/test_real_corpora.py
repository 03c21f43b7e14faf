"""Real corpora kept beside the project: all records in, every missing date explained."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from workbench.corpus import Reading, read
from workbench.corpus.dates import parse_moment


@pytest.fixture(scope="module")
def ruwa(shared: Path) -> Reading:
    return read(shared / "data/corpora/ruwa_headlines.csv.zip")


def records(reading: Reading) -> dict[str, tuple[int, int, dict[str, int]]]:
    """Records, articles and rejects by the file's own name."""
    return {
        report.source_file.rpartition("/")[2]: (
            report.records, report.articles, dict(report.rejects),
        )
        for report in reading.reports
    }  # fmt: skip


def unexplained(reading: Reading) -> pl.DataFrame:
    """Articles without a date although what the record says is one."""
    return reading.articles.filter(
        pl.col("published").is_null()
        & pl.Series([parse_moment(raw) is not None for raw in reading.articles["published_raw"]])
    )


def test_read_ruwa_takes_in_every_headline(ruwa: Reading) -> None:
    assert records(ruwa) == {
        "ruwa_headlines.csv.zip!RUWA_04.08.23.csv": (16_545, 16_545, {}),
        "._RUWA_04.08.23.csv": (0, 0, {}),
    }


def test_read_ruwa_dates_are_american_and_of_2021_and_2022(ruwa: Reading) -> None:
    assert ruwa.reports[0].date_order == "MDY (9,724 values tell, 6,222 could be either)"
    published = ruwa.articles["published"]
    assert published.null_count() == 0
    assert published.dt.year().unique().sort().to_list() == [2021, 2022]


def test_read_ruwa_recognises_columns_and_outlets(ruwa: Reading) -> None:
    assert ruwa.reports[0].columns == {
        "title": "title",
        "summary": "desc",
        "outlet": "Site",
        "published": "Date",
        "url": "src",
    }
    assert ruwa.articles["url"].null_count() == 0
    assert ruwa.articles["outlet"].n_unique() == 9


def test_read_ruwa_every_missing_date_is_explained(ruwa: Reading) -> None:
    assert unexplained(ruwa).is_empty()


def test_read_government_statements(shared: Path) -> None:
    reading = read(shared / "data/corpora/us_government_statements.xlsx")
    assert records(reading) == {"us_government_statements.xlsx": (291, 260, {"duplicate": 31})}
    assert reading.articles["published"].null_count() == 0
    assert reading.articles["text_kind"].unique().to_list() == ["full"]
    assert unexplained(reading).is_empty()


def test_read_crisis_of_2014_keeps_the_ids(shared: Path) -> None:
    reading = read(shared / "data/corpora/ukraine_crisis_2014.jsonl")
    assert records(reading) == {"ukraine_crisis_2014.jsonl": (82, 82, {})}
    assert reading.articles["article_id"][0] == "article_0"
    assert unexplained(reading).is_empty()


def test_read_seed_article_untouched(shared: Path) -> None:
    path = shared / "data/corpora/seed_article.txt"
    (text,) = read(path).articles["text"]
    assert text.encode() == path.read_bytes()
