"""The Guardian's Open Platform: items of its answers, texts where they were asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.corpus.dates import is_blank
from workbench.corpus.readers.html_text import text_of_html
from workbench.corpus.readers.json_answers import Page, names_keys, numbered, read_pages
from workbench.corpus.records import Announcement, Found, Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

OUTLET = "The Guardian"
LIVEBLOG = "liveblog"
TAKEN = {
    "id", "webTitle", "webUrl", "webPublicationDate", "sectionName", "fields.body",
    "fields.bodyText", "fields.standfirst", "fields.byline", "fields.publication",
}  # fmt: skip


def sniff(source: Source) -> bool:
    """By its own keys, those of an item or of an answer without any."""
    item = names_keys(source, "webPublicationDate", "webTitle")
    return item or names_keys(source, "response", "userTier")


def read(source: Source, options: ReadOptions) -> Found:
    """One record per item; the total first, where all there is lies on one page."""
    for place, page in enumerate(_answers(source, options)):
        if place == 0 and isinstance(page, Page):
            yield from _announced(page)
        break
    yield from map(_article, numbered(_answers(source, options)))


def _answers(source: Source, options: ReadOptions) -> Iterator[Page | Refusal]:
    for page in read_pages(source, options, "results"):
        yield _understood(page) if isinstance(page, Page) else page


def _understood(page: Page) -> Page | Refusal:
    """An answer of another form: an error, or the one item that was asked for."""
    about = page.about
    if about.get("response.status") == "error":
        return Refusal("", "vendor_error", str(about.get("response.message")))
    single = {
        name.removeprefix("response.content."): value
        for name, value in about.items()
        if name.startswith("response.content.")
    }
    return Page({}, [single]) if single else page


def _announced(page: Page) -> Iterator[Announcement]:
    about = {name.removeprefix("response."): value for name, value in page.about.items()}
    if about.get("pages") == 1 and isinstance(about.get("total"), int):
        yield Announcement(about["total"], f"total {about['total']}")


def _article(found: Record | Refusal) -> Record | Refusal:
    if isinstance(found, Refusal):
        return found
    item = found.fields
    rest = {name: value for name, value in item.items() if name not in TAKEN}
    return Record(found.number, _named(item) | rest)


def _named(item: Any) -> dict[str, Any]:
    live = item.get("type") == LIVEBLOG
    section = item.get("sectionName")
    marked = " ".join(filter(None, (section, "(live blog)"))) if live else section
    return {
        "article_id": item.get("id"),
        "title": item.get("webTitle") or item.get("fields.headline"),
        "text": _text(item),
        "summary": text_of_html(str(item.get("fields.standfirst") or "")),
        "published": item.get("webPublicationDate"),
        "outlet": item.get("fields.publication") or OUTLET,
        "url": item.get("webUrl"),
        "authors": item.get("fields.byline"),
        "section": marked,
        "liveblog": True if live else None,
    }


def _text(item: Any) -> str | None:
    """The body's paragraphs; `bodyText` runs them together and serves where it stands alone."""
    body = item.get("fields.body")
    text = None if is_blank(body) else text_of_html(str(body))
    return text or item.get("fields.bodyText")


READER = Reader("guardian", sniff, read, named=True)
