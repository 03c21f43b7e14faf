"""A saved web page: title, text and outlet as trafilatura finds them, dates as the page says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from trafilatura.settings import Document

from workbench.corpus.decoding import read_text, text_head
from workbench.corpus.limits import MAX_PAGE, MAX_PAGE_TAGS, check_tags, check_whole
from workbench.corpus.readers.page_dates import page_dates
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

MARKUP = re.compile(r"<(?:!doctype html|html|head|body|article)\b", re.IGNORECASE)


def sniff(source: Source) -> bool:
    """HTML by its first tags; tags inside the fields of a table are none."""
    start = text_head(source)[:4096].lstrip("\ufeff \t\r\n")
    return start.startswith("<") and MARKUP.search(start) is not None


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """The page's main text as one record."""
    check_whole(source.size, MAX_PAGE)
    fields = page_fields(read_text(source, options.encoding))
    if fields is None:
        yield Refusal("1", "no_text_found", "the page holds no main text that could be told apart")
        return
    yield Record("1", fields)


def page_fields(html: str | bytes) -> dict[str, Any] | None:
    """Return the fields of the article in a page, or None where it holds no text.

    Raises:
        TooLargeError: if its tree would be more than may be held in memory.
    """
    check_tags(html, MAX_PAGE_TAGS)
    tree = trafilatura.load_html(html)
    if tree is None:
        return None
    published, modified = page_dates(tree)
    page = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False)
    fields = page.as_dict() if isinstance(page, Document) else {}
    if not fields.get("text"):
        return None
    title = fields.get("title")
    return {
        "title": title,
        "text": fields["text"].removeprefix(f"{title}\n"),  # the heading above the text
        "published": published or fields.get("date"),
        "outlet": fields.get("sitename") or fields.get("hostname"),
        "url": fields.get("url"),
        "authors": fields.get("author"),
        "modified": modified,
    }


READER = Reader("web_page", sniff, read, named=True)
