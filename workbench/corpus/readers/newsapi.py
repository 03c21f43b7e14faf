"""NewsAPI answers: what it calls `content` is the beginning only, so no text is ever whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.corpus.dates import is_blank
from workbench.corpus.decoding import text_head
from workbench.corpus.readers.json_answers import Page, names_keys, numbered, read_pages
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

FIELDS = {
    "title": "title",
    "source.name": "outlet",
    "author": "authors",
    "url": "url",
    "publishedAt": "published",
    "urlToImage": "image",
    "source.id": "source id",
}
ERROR = re.compile(r'\ufeff?\s*\{\s*"status"\s*:\s*"error"\s*,\s*"code"')
WITHDRAWN = "[Removed]"


def sniff(source: Source) -> bool:
    """By its own keys, those of an article or of an error."""
    article = names_keys(source, "publishedAt", "urlToImage")
    return article or ERROR.match(text_head(source)) is not None


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per article of all pages in the file."""
    pages = map(_without_error, read_pages(source, options, "articles"))
    return map(_article, numbered(pages))


def _without_error(page: Page | Refusal) -> Page | Refusal:
    if isinstance(page, Page) and page.about.get("status") == "error":
        return Refusal("", "vendor_error", str(page.about.get("message")))
    return page


def _article(found: Record | Refusal) -> Record | Refusal:
    if isinstance(found, Refusal):
        return found
    if found.fields.get("title") == WITHDRAWN:
        return Refusal(found.number, "vendor_error", "NewsAPI removed the article")
    fields = dict(found.fields)
    content, description = fields.pop("content", None), fields.pop("description", None)
    named = {FIELDS.get(name, name): value for name, value in fields.items()}
    if is_blank(content):
        return Record(found.number, named | {"summary": description})
    return Record(found.number, named | {"summary": content, "description": description})


READER = Reader("newsapi", sniff, read, named=True)
