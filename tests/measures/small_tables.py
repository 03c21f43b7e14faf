"""Tables of a few composed sentences, for measures counted by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import polars as pl

from workbench.schemas import TABLES

LISTED = {
    "Putin": ("person", "russia"), "Lavrov": ("person", "russia"), "NATO": ("igo", "europe"),
    "Zelensky": ("person", "ukraine"), "Johnson": ("person", "europe"),
}  # fmt: skip
HE = "he: "  # before a name: named by a pronoun only
STRANGER = "off: "  # before a name: not on the list


class SmallTables:
    """Articles given as sentences, each a list of the names in it."""

    def __init__(
        self,
        articles: dict[str, list[list[str]]],
        *,
        days: dict[str, str] | None = None,
        outlets: dict[str, str] | None = None,
        stories: dict[str, str] | None = None,
    ) -> None:
        days, outlets, stories = days or {}, outlets or {}, stories or {}
        self.tables = {
            "articles": _table("articles", (_article(i, days, outlets) for i in articles)),
            "status": _table("status", (_done(i) for i in articles)),
            "stories": _table("stories", (_story(i, s) for i, s in stories.items())),
            "sentences": _table("sentences", _sentences(articles)),
            "mentions": _table("mentions", _mentions(articles)),
        }

    def scan(self, table: str) -> pl.LazyFrame:
        return self.tables[table].lazy()


def _table(name: str, rows: Iterator[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=TABLES[name].create_empty().schema)


def _article(article_id: str, days: dict[str, str], outlets: dict[str, str]) -> dict[str, Any]:
    day = days.get(article_id)
    published = dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC) if day else None
    return {"article_id": article_id, "outlet": outlets.get(article_id), "published": published}


def _done(article_id: str) -> dict[str, Any]:
    return {"article_id": article_id, "layer": "mentions", "status": "done"}


def _story(article_id: str, story_id: str) -> dict[str, Any]:
    return {"article_id": article_id, "story_id": story_id, "story_lead": article_id == story_id}


def _sentences(articles: dict[str, list[list[str]]]) -> Iterator[dict[str, Any]]:
    for article_id, sentences in articles.items():
        for number in range(len(sentences)):
            yield {"article_id": article_id, "sentence_id": number}


def _mentions(articles: dict[str, list[list[str]]]) -> Iterator[dict[str, Any]]:
    for article_id, sentences in articles.items():
        for number, names in enumerate(sentences):
            for name in names:
                yield {"article_id": article_id, "sentence_id": number, **_mention(name)}


def _mention(told: str) -> dict[str, Any]:
    name = told.removeprefix(HE).removeprefix(STRANGER)
    actor_type, side = LISTED.get(name, ("person", "other"))
    listed = name in LISTED and STRANGER not in told
    method = "coreference" if told.startswith(HE) else "codebook" if listed else "ner"
    return {
        "actor_id": name.lower() if listed else None, "actor": name, "actor_type": actor_type,
        "side": side if listed else "other", "method": method,
    }  # fmt: skip
