"""Dates of web pages: to the minute and with their zone, changed apart from published."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from lxml import html

import workbench as wb
from workbench.corpus.readers.page_dates import page_dates

META = '<meta property="article:published_time" content="2022-03-04T10:15:00+02:00">'
DAY = '<meta name="date" content="2022-03-04">'
CHANGED = '<meta property="article:modified_time" content="2022-03-05T07:00:00Z">'
BODY = " ".join(f"Ships wait off the port for the {n}th day." for n in range(30))


def linked(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def dates(head: str, body: str = "") -> tuple[str | None, str | None]:
    page = f"<html><head>{head}</head><body><article>{body}<p>{BODY}</p></article></body></html>"
    return page_dates(html.document_fromstring(page))


ITEM = {"@type": "NewsArticle", "datePublished": "2022-03-04T10:15+02:00"}


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (META, "", "2022-03-04T10:15:00+02:00"),
        (linked(ITEM), "", "2022-03-04T10:15+02:00"),
        (linked([{"@type": "Organization"}, ITEM]), "", "2022-03-04T10:15+02:00"),
        (linked({"@graph": [{"@type": "WebSite"}, ITEM]}), "", "2022-03-04T10:15+02:00"),
        (linked({**ITEM, "@type": ["ReportageNewsArticle"]}), "", "2022-03-04T10:15+02:00"),
        ("", '<time datetime="2022-03-04T10:15Z">4 March</time>', "2022-03-04T10:15Z"),
        ("", '<time itemprop="datePublished" datetime="2022-03-04">4 March</time>', "2022-03-04"),
        (DAY, '<time datetime="2022-03-04T10:15Z">4 March</time>', "2022-03-04T10:15Z"),
        (DAY, '<time datetime="2022-03-09T10:15Z">9 March</time>', "2022-03-04"),
        (DAY + linked(ITEM), "", "2022-03-04T10:15+02:00"),
        ('<meta property="article:published_time" content="soon">' + DAY, "", "2022-03-04"),
        ("<script type='application/ld+json'>{broken</script>" + DAY, "", "2022-03-04"),
        (linked({"@type": "WebSite", "datePublished": "2011-01-01"}), "", None),
        (CHANGED, "", None),
        ("", "", None),
    ],
)
def test_page_dates_finds_publication(head: str, body: str, published: str | None) -> None:
    assert dates(head, body)[0] == published


@pytest.mark.parametrize(
    ("head", "modified"),
    [
        (META + CHANGED, "2022-03-05T07:00:00Z"),
        (linked({**ITEM, "dateModified": "2022-03-05"}), "2022-03-05"),
        (META, None),
    ],
)
def test_page_dates_keeps_the_change_apart(head: str, modified: str | None) -> None:
    assert dates(head)[1] == modified


def test_page_dates_of_deep_json_are_none() -> None:
    deep = "[" * 100_000 + "]" * 100_000
    assert dates(f'<script type="application/ld+json">{deep}</script>') == (None, None)


def test_read_web_page_keeps_time_zone_and_change(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        f"<html><head><title>Grain waits</title>{META}{CHANGED}</head><body><article>"
        f"<h1>Grain waits</h1><p>{BODY}</p></article></body></html>"
    )
    (row,) = wb.read(path).articles.to_dicts()
    assert row["published"] == dt.datetime(2022, 3, 4, 8, 15, tzinfo=dt.UTC)
    assert row["published_precision"] == "second"
    assert row["published_raw"] == "2022-03-04T10:15:00+02:00"
    assert json.loads(row["extra"]) == {"modified": "2022-03-05T07:00:00Z"}
    assert row["seen"] is None
