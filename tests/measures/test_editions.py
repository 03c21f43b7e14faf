"""Later versions of an article: by story, by address, by headline and day."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import polars as pl
import pytest

from workbench.corpus.stories import group_stories
from workbench.measures import editions
from workbench.schemas import TABLES
from workbench.words import EDITION_MARK

WIRE, TIMES = "Meridian Wire", "Albion Times"


class Tables:
    """Articles, and the stories that they are grouped into."""

    def __init__(self, *rows: dict[str, Any]) -> None:
        common = {"text_kind": "full", "authors": [], "words": 3, "source_file": "x"}
        full = [
            {**common, "published": dt.datetime(2022, 3, 4, 10, n, tzinfo=dt.UTC), **row}
            | {"published_precision": "minute", "source_record": str(n)}
            for n, row in enumerate(rows)
        ]
        frame = pl.DataFrame(full, schema=TABLES["articles"].create_empty().schema)
        self.tables = {"articles": frame, "stories": group_stories(frame)}

    def scan(self, table: str) -> pl.LazyFrame:
        return self.tables[table].lazy()


def told(*rows: dict[str, Any]) -> list[tuple[str, str, str, str | None]]:
    found = editions(Tables(*rows))
    return found.select("article_id", "version_of", "told_by", "mark").rows()


TEXT = " ".join(f"word{n}" for n in range(80))


def test_editions_of_one_outlet_in_one_story() -> None:
    assert told(
        {"article_id": "a", "outlet": WIRE, "title": "Grain ships wait", "text": TEXT},
        {"article_id": "b", "outlet": WIRE, "title": "UPDATE 2-Grain ships", "text": f"{TEXT} x"},
        {"article_id": "c", "outlet": TIMES, "title": "Grain ships wait", "text": TEXT},
        {"article_id": "d", "outlet": WIRE, "title": "CORRECTED-Grain ships", "text": TEXT},
    ) == [("b", "a", "story", "UPDATE 2"), ("d", "a", "story", "CORRECTED")]


def test_editions_at_one_address_whatever_the_text() -> None:
    changed = json.dumps({"modified": "2022-03-05T07:00:00Z"})
    time = dt.datetime(2022, 3, 4, 10, tzinfo=dt.UTC)
    assert told(
        {"article_id": "a", "url": "http://www.times.example/1/", "text": "Later.",
         "extra": changed, "published": time},
        {"article_id": "b", "url": "https://times.example/1?utm_source=x#top", "text": "Once.",
         "extra": '{"modified": "2022-03-04T11:00:00Z"}', "published": time},
        {"article_id": "c", "url": "https://times.example/2", "text": "Other."},
    ) == [("a", "b", "address", None)]  # fmt: skip


def test_editions_of_one_headline_on_one_day() -> None:
    day_after = dt.datetime(2022, 3, 5, tzinfo=dt.UTC)
    assert told(
        {"article_id": "a", "outlet": TIMES, "title": "Grain waits", "text": "Ships lie."},
        {"article_id": "b", "outlet": TIMES, "title": "GRAIN WAITS - Late Edition", "text": "No."},
        {"article_id": "c", "outlet": WIRE, "title": "Grain waits", "text": "Nothing."},
        {"article_id": "d", "outlet": TIMES, "title": "Grain waits", "text": "So.",
         "published": day_after},
    ) == [("b", "a", "headline", "Late Edition")]  # fmt: skip


def test_editions_take_the_mark_that_the_record_names() -> None:
    named = '{"edition": "Final"}'
    assert told(
        {"article_id": "a", "outlet": TIMES, "title": "Grain", "text": TEXT},
        {"article_id": "b", "outlet": TIMES, "title": "Grain", "text": TEXT, "extra": named},
    ) == [("b", "a", "story", "Final")]


def test_editions_of_unknown_outlets_are_none() -> None:
    rows = [{"article_id": i, "title": "Grain waits", "text": TEXT} for i in "ab"]
    assert told(*rows) == []


def test_editions_empty_in_empty_out() -> None:
    assert editions(Tables()).is_empty()


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("UPDATE 2-Grain waits", "Grain waits"),
        ("WRAPUP 3 - Grain waits", "Grain waits"),
        ("CORRECTED-UPDATE 1-Grain waits", "Grain waits"),
        ("REFILE-Grain waits", "Grain waits"),
        ("2nd LD-Writethru: Grain waits", "Grain waits"),
        ("Grain waits (Updated)", "Grain waits"),
        ("Grain waits - Correction Appended", "Grain waits"),
        ("Grain waits; Late Edition", "Grain waits"),
        ("Update on grain", "Update on grain"),
        ("Corrections of the map go on", "Corrections of the map go on"),
        ("Grain: the city edition that waits", "Grain: the city edition that waits"),
        ("Alert in Kyiv", "Alert in Kyiv"),
    ],
)
def test_edition_mark_is_no_part_of_a_headline(title: str, bare: str) -> None:
    assert re.sub(EDITION_MARK, "", title) == bare
    assert pl.Series([title]).str.replace_all(EDITION_MARK, "").to_list() == [bare]


def test_group_stories_sees_through_the_marks_of_wires() -> None:
    title = "Grain ships wait off the port of Odesa"
    titles = [title, f"UPDATE 1-{title}"]
    frame = pl.DataFrame({"article_id": ["a", "b"], "title": titles}).with_columns(
        published=dt.datetime(2022, 3, 4, tzinfo=dt.UTC), published_precision=pl.lit("day")
    )
    assert group_stories(frame)["story_id"].to_list() == ["a", "a"]
