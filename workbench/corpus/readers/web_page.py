"""A saved web page: title, text, date and outlet as trafilatura finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import trafilatura

from workbench.corpus.decoding import read_text
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

MARKUP = re.compile(rb"<(?:!doctype html|html|head|body|article)\b", re.IGNORECASE)


def sniff(source: Source) -> bool:
    """HTML by its first tags."""
    return MARKUP.search(source.head[:4096]) is not None


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """The page's main text as one record."""
    html = read_text(source, options.encoding)
    page = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)
    fields = page.as_dict() if page is not None else {}
    if not fields.get("text"):
        yield Refusal("1", "no_text_found", "the page holds no main text that could be told apart")
        return
    yield Record(
        "1",
        {
            "title": fields.get("title"),
            "text": fields["text"],
            "published": fields.get("date"),
            "outlet": fields.get("sitename") or fields.get("hostname"),
            "url": fields.get("url"),
            "authors": fields.get("author"),
        },
    )


READER = Reader("web_page", sniff, read)
