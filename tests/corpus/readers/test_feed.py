"""RSS and Atom as saved: contents and summaries, dates, what is cut off."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import feedparser
import pytest

import workbench as wb

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>World | Harbour Times</title><link>https://www.harbourtimes.com</link>
<language>en-gb</language>
<item><title>Grain &amp;amp; ships wait</title><link>https://www.harbourtimes.com/1</link>
<guid isPermaLink="false">ht-1</guid><pubDate>Fri, 04 Mar 2022 10:15:00 +0200</pubDate>
<dc:creator>Iryna Kovach</dc:creator><category>War</category>
<description>&lt;p&gt;In short.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>Ships wait.</p><p>We load.</p>]]></content:encoded></item>
<item><title>Second</title><link>https://www.harbourtimes.com/2</link>
<pubDate>Fri, 04 Mar 2022 11:00:00 GMT</pubDate><description>Only this.</description></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="uk">
<title>Стрічка</title>
<entry><id>urn:1</id><title>Зерно чекає</title><updated>2022-03-04T10:15:00Z</updated>
<link href="https://example.com.ua/1"/><summary>Коротко.</summary></entry></feed>"""


def write(folder: Path, content: str, name: str = "feed.xml") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    reading = wb.read(path)
    assert reading.rejects.is_empty()
    assert reading.reports[0].format == "feed"
    return [r | {"extra": json.loads(r["extra"] or "{}")} for r in reading.articles.to_dicts()]


def test_feed_rss_gives_content_or_summary(tmp_path: Path) -> None:
    first, second = rows(write(tmp_path, RSS, "feed.rss"))
    assert (first["article_id"], first["title"]) == ("ht-1", "Grain & ships wait")
    assert (first["text"], first["text_kind"]) == ("Ships wait.\n\nWe load.", "full")
    assert first["published"] == dt.datetime(2022, 3, 4, 8, 15, tzinfo=dt.UTC)
    assert (first["outlet"], first["language"]) == ("harbourtimes.com", "en")
    assert first["authors"] == ["Iryna Kovach"]
    assert first["extra"]["summary"] == "In short."
    assert first["extra"]["feed"] == "World | Harbour Times"
    assert (second["text"], second["text_kind"]) == ("Only this.", "snippet")


def test_feed_atom_that_gives_the_update_alone(tmp_path: Path) -> None:
    (row,) = rows(write(tmp_path, ATOM))
    assert (row["title"], row["text"], row["text_kind"]) == ("Зерно чекає", "Коротко.", "snippet")
    assert row["published"] == dt.datetime(2022, 3, 4, 10, 15, tzinfo=dt.UTC)
    assert row["extra"]["updated"] == "2022-03-04T10:15:00Z"
    assert row["language"] == "uk"


def test_feed_cut_off_gives_what_is_whole(tmp_path: Path) -> None:
    reading = wb.read(write(tmp_path, RSS[: RSS.index("Only this") + 4]))
    assert reading.articles["article_id"].to_list() == ["ht-1"]
    assert reading.rejects.select("source_record", "reason").rows() == [("", "broken_file")]


def test_feed_with_entities_of_its_own_is_refused(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE rss [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    reading = wb.read(write(tmp_path, RSS.replace("<rss", f"{doctype}<rss", 1)))
    assert reading.rejects.select("source_record", "reason").rows() == [("", "unsafe_markup")]


def test_feed_is_never_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(feedparser.api.http, "get", fail)
    assert len(rows(write(tmp_path, RSS))) == 2


def test_feed_whose_encoding_has_no_possible_name_is_refused(tmp_path: Path) -> None:
    rejects = wb.read(write(tmp_path, RSS.replace("UTF-8", "\0UTF-8"))).rejects
    assert rejects.select("source_record", "reason").rows() == [("", "broken_file")]


def test_feed_entities_behind_a_bracket_are_seen(tmp_path: Path) -> None:
    kind = '<!DOCTYPE rss [<!ATTLIST a b CDATA "]"><!ENTITY z "zz">]>'
    rejects = wb.read(write(tmp_path, RSS.replace("<rss", f"{kind}<rss"))).rejects
    assert rejects["reason"].to_list() == ["unsafe_markup"]


def test_feed_that_writes_of_entities_is_read(tmp_path: Path) -> None:
    told = RSS.replace("<p>We load.</p>", "<p>The tag <!ENTITY is old.</p>")
    assert wb.read(write(tmp_path, told)).articles.height == 2
