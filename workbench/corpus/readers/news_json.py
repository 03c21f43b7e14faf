"""Articles that news-please or trafilatura took from pages and wrote as JSON.

news-please writes "None" for what it did not find, and midnight where it found no time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from workbench.corpus.dates import is_blank
from workbench.corpus.readers.json_answers import names_keys, read_items
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

NEWS_PLEASE = {
    "title": "title",
    "maintext": "text",
    "description": "summary",
    "date_publish": "published",
    "date_download": "seen",
    "source_domain": "outlet",
    "url": "url",
    "language": "language",
    "authors": "authors",
    "date_modify": "modified",
}
TRAFILATURA = {
    "title": "title",
    "text": "text",
    "excerpt": "summary",
    "date": "published",
    "filedate": "seen",
    "hostname": "outlet",
    "source-hostname": "outlet",
    "source": "url",
    "language": "language",
    "author": "authors",
}
COPIES = {"text", "raw_text"}  # of the text itself, without its paragraphs
MIDNIGHT = re.compile(r"^(\d{4}-\d{2}-\d{2})[ T]00:00:00$")


def sniff(source: Source) -> bool:
    """By the keys that only these two write together."""
    return (
        names_keys(source, "maintext", "date_publish")
        or names_keys(source, "source-hostname", "text")
        or names_keys(source, "fingerprint", "hostname", "text")
    )


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per article: a document, a list or one a line."""
    for found in read_items(source, options, "articles"):
        yield Record(found.number, _named(found.fields)) if isinstance(found, Record) else found


def _named(given: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in given.items() if not is_blank(value)}
    names = NEWS_PLEASE if "maintext" in given else TRAFILATURA
    found: dict[str, Any] = {}
    for name, field in names.items():
        if name in fields:
            found[field] = fields[name]
    rest = (name for name in fields if name not in names and name not in COPIES)
    found |= {(f"{name} given" if name in found else name): fields[name] for name in rest}
    if isinstance(found.get("published"), str):
        found["published"] = MIDNIGHT.sub(r"\1", found["published"])
    return found


READER = Reader("news_json", sniff, read, named=True)
