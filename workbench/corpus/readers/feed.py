"""RSS and Atom feeds, as saved: nothing is fetched."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import feedparser

from workbench.corpus.decoding import read_text, text_head
from workbench.corpus.limits import MAX_TAGS, check_tags
from workbench.corpus.readers.html_text import text_of_html
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

ROOT = re.compile(
    r"\A\ufeff?\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*"
    r"<(?:rss[\s>]|(?:atom:)?feed\s[^>]*Atom|rdf:RDF\s[^>]*purl\.org/rss)",
    re.DOTALL | re.IGNORECASE,
)
ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[\w-]+\.")
CLOSED = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
END = re.compile(r"</(?:rss|(?:\w+:)?feed|rdf:RDF)\s*>\s*(?:<!--.*?-->\s*)*\Z", re.DOTALL | re.I)


def sniff(source: Source) -> bool:
    """By the root element of RSS, Atom or RSS 1.0."""
    return ROOT.match(text_head(source)) is not None


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per entry, in the feed's order; of a feed cut off, those that are whole."""
    text = read_text(source, options.encoding)
    if declares_entities(text):
        yield Refusal("", "unsafe_markup", "the feed declares entities of its own")
        return
    check_tags(text, MAX_TAGS // 2)
    try:
        parsed = feedparser.parse(io.BytesIO(source.read()))
    except ValueError as error:  # an encoding whose name holds a zero byte
        yield Refusal("", "broken_file", f"the feed cannot be decoded: {error}")
        return
    whole = END.search(text) is not None
    entries = parsed.entries if whole else parsed.entries[: len(CLOSED.findall(text))]
    for number, entry in enumerate(entries, 1):
        yield Record(str(number), _named(entry, parsed.feed))
    if not whole:
        yield Refusal("", "broken_file", f"the feed is cut off after {len(entries):,} entries")


def declares_entities(text: str) -> bool:
    """Whether a feed declares entities of its own, which can fill any memory."""
    root = ROOT.match(text)
    return ENTITY.search(text, 0, root.end() if root else len(text)) is not None


def _named(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, Any]:
    summary, text = text_of_html(entry.get("summary") or ""), _content(entry)
    link = entry.get("link")
    named = {
        "article_id": entry.get("id"),
        "title": " ".join(text_of_html(entry.get("title") or "").split()),
        "text": text if text != summary else None,
        "summary": summary,
        "published": entry.get("published") or entry.get("updated"),
        "outlet": _outlet(entry, feed, link),
        "url": link,
        "language": _language(entry, feed),
        "authors": [a["name"] for a in entry.get("authors") or [] if a.get("name")],
    }
    return named | {
        "feed": feed.get("title"),
        "updated": entry.get("updated"),
        "tags": [tag["term"] for tag in entry.get("tags") or [] if tag.get("term")],
    }


def _content(entry: Mapping[str, Any]) -> str | None:
    """The longest of the contents that an entry gives besides its summary."""
    contents = [text_of_html(c.get("value") or "") for c in entry.get("content") or []]
    return max(contents, key=len, default=None)


def _outlet(entry: Mapping[str, Any], feed: Mapping[str, Any], link: str | None) -> str | None:
    """The source an entry names, or nobody where its address tells; else the feed's title."""
    named = (entry.get("source") or {}).get("title")
    return named or (None if ADDRESS.match(link or "") else feed.get("title"))


def _language(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str | None:
    given = (entry.get("title_detail") or {}).get("language") or feed.get("language")
    return given or None


READER = Reader("feed", sniff, read, named=True)
