"""The Guardian's answers: paragraphs from HTML, live blogs marked, the total where it binds."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

import workbench as wb

ITEM: dict[str, Any] = {
    "id": "world/2022/mar/04/grain",
    "type": "article",
    "sectionId": "world",
    "sectionName": "World news",
    "webPublicationDate": "2022-03-04T10:15:00Z",
    "webTitle": "Grain waits",
    "webUrl": "https://www.theguardian.com/world/2022/mar/04/grain",
    "fields": {
        "headline": "Grain waits",
        "byline": "Iryna Kovach and Paul Reed",
        "standfirst": "<p>Ships <strong>wait</strong></p>",
        "wordcount": "12",
        "body": "<p>Ships wait &amp; wait.</p><figure><img src='a'/><figcaption>A ship</figcaption>"
        "</figure> <p>“We load,” he<br>said. <a href='b'>More</a>.</p><ul><li>One</li></ul>tail",
    },
    "tags": [{"id": "world/ukraine", "webTitle": "Ukraine"}],
}


def answer(*items: dict[str, Any], **about: Any) -> dict[str, Any]:
    head = {"status": "ok", "userTier": "developer", "total": len(items), "startIndex": 1}
    pages = {"pageSize": 10, "currentPage": 1, "pages": 1}
    return {"response": head | pages | about | {"results": list(items)}}


def write(folder: Path, content: Any, name: str = "guardian.json") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_guardian_gives_the_fields(tmp_path: Path) -> None:
    reading = wb.read(write(tmp_path, answer(ITEM)))
    assert reading.rejects.is_empty()
    assert reading.reports[0].format == "guardian"
    (row,) = reading.articles.to_dicts()
    assert (row["article_id"], row["title"]) == ("world/2022/mar/04/grain", "Grain waits")
    assert row["text"] == "Ships wait & wait.\n\n“We load,” he\nsaid. More.\n\nOne\n\ntail"
    assert row["text_kind"] == "full"
    assert row["published"] == dt.datetime(2022, 3, 4, 10, 15, tzinfo=dt.UTC)
    assert (row["outlet"], row["section"]) == ("The Guardian", "World news")
    assert row["authors"] == ["Iryna Kovach", "Paul Reed"]
    extra = json.loads(row["extra"])
    assert extra["summary"] == "Ships wait"
    assert extra["fields.wordcount"] == "12"
    assert extra["tags"] == [{"id": "world/ukraine", "webTitle": "Ukraine"}]


@pytest.mark.parametrize(
    ("fields", "text", "kind"),
    [
        ({"bodyText": "Ships wait. We load."}, "Ships wait. We load.", "full"),
        ({"standfirst": "Ships wait"}, "Ships wait", "snippet"),
        ({}, None, "headline"),
    ],
)
def test_guardian_text_is_what_was_asked_for(
    tmp_path: Path, fields: dict[str, str], text: str | None, kind: str
) -> None:
    (row,) = wb.read(write(tmp_path, answer(ITEM | {"fields": fields}))).articles.to_dicts()
    assert (row["text"], row["text_kind"]) == (text, kind)


def test_guardian_live_blog_is_marked(tmp_path: Path) -> None:
    (row,) = wb.read(write(tmp_path, answer(ITEM | {"type": "liveblog"}))).articles.to_dicts()
    assert row["section"] == "World news (live blog)"
    assert json.loads(row["extra"])["liveblog"] is True


@pytest.mark.parametrize(
    ("about", "announced", "missing"),
    [
        ({"total": 3}, 3, ["3"]),
        ({"total": 300, "pages": 30}, None, []),
    ],
)
def test_guardian_total_binds_where_there_is_one_page(
    tmp_path: Path, about: dict[str, int], announced: int | None, missing: list[str]
) -> None:
    items = [ITEM, ITEM | {"id": "b", "webTitle": "Second"}]
    (report,) = wb.read(write(tmp_path, answer(*items, **about))).reports
    assert (report.announced, report.missing) == (announced, missing)


@pytest.mark.parametrize(
    "content",
    [
        [answer(ITEM, pages=2), answer(ITEM | {"id": "b"}, pages=2)],
        [ITEM, ITEM | {"id": "b"}],
        "\n".join(map(json.dumps, [ITEM, ITEM | {"id": "b"}])),
        "\n".join(map(json.dumps, [answer(ITEM, pages=2), answer(ITEM | {"id": "b"}, pages=2)])),
    ],
)
def test_guardian_pages_and_items_in_any_arrangement(tmp_path: Path, content: Any) -> None:
    reading = wb.read(write(tmp_path, content))
    assert reading.articles["article_id"].to_list() == [ITEM["id"], "b"]
    assert reading.articles["source_record"].to_list() == ["1", "2"]


def test_guardian_single_item(tmp_path: Path) -> None:
    content = {"response": {"status": "ok", "userTier": "developer", "total": 1, "content": ITEM}}
    assert wb.read(write(tmp_path, content)).articles["title"].to_list() == ["Grain waits"]


def test_guardian_error_is_refused(tmp_path: Path) -> None:
    content = {"response": {"status": "error", "userTier": "developer", "message": "no page 9"}}
    rejects = wb.read(write(tmp_path, content)).rejects
    assert rejects.select("source_record", "reason", "detail").rows() == [
        ("", "vendor_error", "no page 9")
    ]


def test_guardian_cut_off_gives_what_is_whole(tmp_path: Path) -> None:
    whole = json.dumps(answer(ITEM, ITEM | {"id": "b"}))
    reading = wb.read(write(tmp_path, whole[:-200]))
    assert reading.articles["article_id"].to_list() == [ITEM["id"]]
    assert reading.rejects["reason"].to_list() == ["broken_file"]
