"""Media Cloud's CSV files: articles of a query without texts, and counts of articles.

Files of several queries repeat the header; `publish_date` is a day, `indexed_date` when it was
found.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from workbench.corpus.columns import plain_name
from workbench.corpus.decoding import text_head
from workbench.corpus.readers import delimited
from workbench.corpus.readers.counts import Count, daily_totals
from workbench.corpus.records import Found, Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

FIELDS = {
    "id": "article_id",
    "stories_id": "article_id",
    "title": "title",
    "url": "url",
    "language": "language",
    "media_name": "outlet",
    "publish_date": "published",
    "indexed_date": "seen",
    "collect_date": "seen",
    "media_url": "media url",
}
ARTICLES = {"media_name", "publish_date", "title", "url"}
COUNTS = {"date", "count", "total_count"}
TOP = ("source", "language", "word", "term", "media_name")
ORIGIN = "Media Cloud, all stories of the sources searched"
WITHOUT = "counts without total_count, which says how much there was in all"


def sniff(source: Source) -> bool:
    """By the header of one of its files."""
    header = _header(source)
    return header >= ARTICLES or header >= COUNTS or _is_top(header)


def read(source: Source, options: ReadOptions) -> Found:
    """Records of an article list; totals of counts by day; a refusal of other counts."""
    rows, header = delimited.read(source, options), _header(source)
    if header >= ARTICLES:
        return map(_article, rows)
    if header >= COUNTS:
        return daily_totals(_counts(rows), options.outlet, ORIGIN, WITHOUT)
    what = next((name for name in TOP if name in header), "date")
    return iter([Refusal("", "not_articles", f"counts of articles by {what}, not articles")])


def _header(source: Source) -> set[str]:
    first = text_head(source).lstrip("\ufeff\r\n").splitlines()[:1]
    try:
        return {plain_name(cell) for row in csv.reader(first) for cell in row}
    except csv.Error:
        return set()


def _is_top(header: set[str]) -> bool:
    return len(header) == 3 and {"count", "ratio"} < header and bool(header.intersection(TOP))


def _article(found: Record | Refusal) -> Record | Refusal:
    if isinstance(found, Refusal):
        return found
    if {plain_name(str(value)) for value in found.fields.values()} >= ARTICLES:
        return Refusal(found.number, "repeated_header", "the header again, in another order")
    named = {FIELDS.get(plain_name(name), name): value for name, value in found.fields.items()}
    return Record(found.number, named)


def _counts(rows: Iterator[Record | Refusal]) -> Iterator[Count | Refusal]:
    for found in rows:
        if isinstance(found, Record):
            yield Count(found.fields.get("date"), found.fields.get("total_count"))
        else:
            yield found


READER = Reader("media_cloud", sniff, read, named=True)
