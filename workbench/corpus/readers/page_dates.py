"""When a web page says that it was published and last changed, to the minute where it says so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from workbench.corpus.dates import Moment, parse_moment

PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "publish-date", "publishdate", "publication_date",
    "article.published", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.created",
    "originalpublicationdate", "pubdate", "date", "dc.date",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:updated_time", "og:modified_time", "datemodified", "last-modified",
    "lastmod", "article.updated", "dcterms.modified", "dc.date.modified", "revision_date",
)  # fmt: skip
ARTICLE = re.compile(r"(?:article|posting|report|liveblog)", re.IGNORECASE)
CLASSES = re.compile(r"\b(?:publish|posted|pubdate|entry-date|dateline|timestamp)", re.IGNORECASE)
FINENESS = {"day": 0, "minute": 1, "second": 2}
LONGEST = 80  # characters of a date


def page_dates(tree: html.HtmlElement) -> tuple[str | None, str | None]:
    """Return when a page says that it was published, and changed, each as the page gives it.

    What is looked at, in this order: the page's meta data, its JSON-LD, its marked times. The first
    that is a date counts; one after it that names the same day more exactly takes its place.
    """
    linked = [item for item in _linked_data(tree) if ARTICLE.search(str(item.get("@type")))]
    published = [
        *_metas(tree, PUBLISHED),
        *(str(item["datePublished"]) for item in linked if item.get("datePublished")),
        *_times(tree),
    ]
    modified = [
        *_metas(tree, MODIFIED),
        *(str(item["dateModified"]) for item in linked if item.get("dateModified")),
    ]
    return _best(published), _best(modified)


def _best(stamps: list[str]) -> str | None:
    """The first stamp that is a date, or one of the same day that is given more exactly."""
    dated = [(stamp, moment) for stamp in stamps if (moment := _moment(stamp)) is not None]
    if not dated:
        return None
    first = dated[0][1]
    same = [(stamp, m) for stamp, m in dated if abs((m.time - first.time).total_seconds()) < 86_400]
    return max(same, key=lambda pair: FINENESS[pair[1].precision])[0]


def _moment(stamp: str) -> Moment | None:
    return parse_moment(stamp) if len(stamp) <= LONGEST else None


def _metas(tree: html.HtmlElement, names: tuple[str, ...]) -> list[str]:
    """What the page's meta elements of these names hold, by the order of the names."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        found.setdefault(name.strip().lower(), (meta.get("content") or "").strip())
    return [found[name] for name in names if found.get(name)]


def _linked_data(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects that a page describes in JSON-LD, at the top or in a graph."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            yield from _objects(script.text or "")


def _objects(text: str) -> Iterator[dict[str, Any]]:
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):  # sites break it often; then other marks must do
        return
    for item in value if isinstance(value, list) else [value]:
        graph = item.get("@graph") if isinstance(item, dict) else None
        listed = [item, *graph] if isinstance(graph, list) else [item]
        yield from (found for found in listed if isinstance(found, dict))


def _times(tree: html.HtmlElement) -> list[str]:
    """The times that are marked as those of publication; else the first one of the article."""
    times = [time for time in tree.iter("time") if time.get("datetime")]
    marked = [time for time in times if _is_marked(time)]
    own = [time for time in times if next(time.iterancestors("article"), None) is not None]
    return [time.get("datetime").strip() for time in [*marked, *own[:1]]]


def _is_marked(time: html.HtmlElement) -> bool:
    prop = (time.get("itemprop") or "").lower()
    return (
        prop == "datepublished"
        or time.get("pubdate") is not None
        or (not prop and CLASSES.search(time.get("class") or "") is not None)
    )
