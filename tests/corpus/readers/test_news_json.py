"""What news-please and trafilatura write: "None" strings, midnights, copies of the text."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

import workbench as wb

NEWS_PLEASE: dict[str, Any] = {
    "authors": ["Iryna Kovach"],
    "date_download": "2022-03-06 08:00:00",
    "date_modify": "None",
    "date_publish": "2022-03-04 10:15:00",
    "description": "In short.",
    "filename": "https%3A%2F%2Fwww.harbourtimes.com%2F1.json",
    "image_url": "None",
    "language": "en",
    "localpath": None,
    "maintext": "Ships wait.\nWe load.",
    "source_domain": "www.harbourtimes.com",
    "text": "Ships wait. We load.",
    "title": "Grain waits",
    "title_page": None,
    "title_rss": "None",
    "url": "https://www.harbourtimes.com/1",
}
TRAFILATURA: dict[str, Any] = {
    "title": "Grain waits",
    "author": "Iryna Kovach; Paul Reed",
    "hostname": "harbourtimes.com",
    "date": "2022-03-04",
    "fingerprint": "ab12",
    "id": None,
    "license": None,
    "comments": "",
    "raw_text": "Ships wait. We load.",
    "text": "Ships wait.\nWe load.",
    "language": None,
    "image": None,
    "pagetype": "article",
    "filedate": "2022-03-06",
    "source": "https://www.harbourtimes.com/1",
    "source-hostname": "Harbour Times",
    "excerpt": "In short.",
    "categories": "World",
    "tags": "War",
}


def read(folder: Path, *articles: dict[str, Any], lines: bool = False) -> list[dict[str, Any]]:
    path = folder / "page.json"
    content = "\n".join(map(json.dumps, articles)) if lines else json.dumps(list(articles))
    path.write_text(content if lines or len(articles) > 1 else content[1:-1], encoding="utf-8")
    reading = wb.read(path)
    assert reading.rejects.is_empty()
    assert reading.reports[0].format == "news_json"
    return [r | {"extra": json.loads(r["extra"] or "{}")} for r in reading.articles.to_dicts()]


def test_news_json_of_news_please(tmp_path: Path) -> None:
    (row,) = read(tmp_path, NEWS_PLEASE)
    assert (row["title"], row["text"]) == ("Grain waits", "Ships wait.\nWe load.")
    assert row["text_kind"] == "full"
    assert row["published"] == dt.datetime(2022, 3, 4, 10, 15, tzinfo=dt.UTC)
    assert row["seen"] == dt.datetime(2022, 3, 6, 8, tzinfo=dt.UTC)
    assert (row["outlet"], row["language"]) == ("www.harbourtimes.com", "en")
    assert row["authors"] == ["Iryna Kovach"]
    assert row["extra"] == {"filename": NEWS_PLEASE["filename"], "summary": "In short."}


@pytest.mark.parametrize(
    ("given", "published", "precision"),
    [
        ("None", None, None),
        ("2022-03-04 00:00:00", dt.datetime(2022, 3, 4, tzinfo=dt.UTC), "day"),
    ],
)
def test_news_json_dates_that_say_less_than_they_seem(
    tmp_path: Path, given: str, published: dt.datetime | None, precision: str | None
) -> None:
    (row,) = read(tmp_path, NEWS_PLEASE | {"date_publish": given})
    assert (row["published"], row["published_precision"]) == (published, precision)


def test_news_json_of_trafilatura(tmp_path: Path) -> None:
    (row,) = read(tmp_path, TRAFILATURA)
    assert (row["title"], row["text"]) == ("Grain waits", "Ships wait.\nWe load.")
    assert row["published"] == dt.datetime(2022, 3, 4, tzinfo=dt.UTC)
    assert (row["outlet"], row["url"]) == ("Harbour Times", "https://www.harbourtimes.com/1")
    assert row["authors"] == ["Iryna Kovach", "Paul Reed"]
    assert row["extra"]["categories"] == "World"
    assert "raw_text" not in row["extra"]


@pytest.mark.parametrize("lines", [True, False])
def test_news_json_many_in_a_file(tmp_path: Path, lines: bool) -> None:
    other = NEWS_PLEASE | {"title": "Second", "url": "https://www.harbourtimes.com/2"}
    found = read(tmp_path, NEWS_PLEASE, other, lines=lines)
    assert [(r["source_record"], r["title"]) for r in found] == [
        ("1", "Grain waits"),
        ("2", "Second"),
    ]
