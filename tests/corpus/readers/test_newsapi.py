"""NewsAPI: cut contents are snippets, removed articles and errors are refused."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

import workbench as wb

ARTICLE: dict[str, Any] = {
    "source": {"id": None, "name": "Harbour Times"},
    "author": "Iryna Kovach",
    "title": "Grain waits",
    "description": "In short.",
    "url": "https://www.harbourtimes.com/1",
    "urlToImage": None,
    "publishedAt": "2022-03-04T10:15:00Z",
    "content": "Ships wait off the port… [+1203 chars]",
}


def write(folder: Path, content: Any) -> Path:
    path = folder / "newsapi.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Ships wait off the port… [+1203 chars]", "Ships wait off the port… [+1203 chars]"),
        ("Ships wait.", "Ships wait."),
        (None, "In short."),
    ],
)
def test_newsapi_content_is_never_a_full_text(
    tmp_path: Path, content: str | None, text: str
) -> None:
    article = ARTICLE | {"content": content}
    answer = {"status": "ok", "totalResults": 400, "articles": [article]}
    reading = wb.read(write(tmp_path, answer))
    assert reading.rejects.is_empty()
    assert reading.reports[0].format == "newsapi"
    assert reading.reports[0].announced is None
    (row,) = reading.articles.to_dicts()
    assert (row["text"], row["text_kind"]) == (text, "snippet")
    assert (row["title"], row["outlet"]) == ("Grain waits", "Harbour Times")
    assert row["published"] == dt.datetime(2022, 3, 4, 10, 15, tzinfo=dt.UTC)
    assert row["authors"] == ["Iryna Kovach"]


def test_newsapi_removed_article_is_refused(tmp_path: Path) -> None:
    removed = ARTICLE | {"title": "[Removed]", "content": "[Removed]", "description": "[Removed]"}
    reading = wb.read(write(tmp_path, {"status": "ok", "articles": [removed, ARTICLE]}))
    assert reading.articles["source_record"].to_list() == ["2"]
    assert reading.rejects.select("source_record", "reason").rows() == [("1", "vendor_error")]


def test_newsapi_error_is_refused(tmp_path: Path) -> None:
    error = {"status": "error", "code": "rateLimited", "message": "Too many requests."}
    rejects = wb.read(write(tmp_path, error)).rejects
    assert rejects.select("source_record", "reason", "detail").rows() == [
        ("", "vendor_error", "Too many requests.")
    ]
