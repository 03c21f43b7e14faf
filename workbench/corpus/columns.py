"""Which column of an input holds which field of an article: by name, then by what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workbench.corpus.dates import is_blank, parse_moment
from workbench.errors import InputError

NAMES: dict[str, tuple[str, ...]] = {
    "article_id": (
        "article_id", "articleid", "id", "doc_id", "docid", "document_id", "uuid", "guid",
    ),
    "title": (
        "title", "headline", "webtitle", "heading", "head", "titel", "titre", "titulo", "hd",
    ),
    "text": (
        "text", "maintext", "fulltext", "full_text", "article_text", "article", "body", "bodytext",
        "fields.bodytext", "fields.body", "articlebody", "content", "story", "plain_text", "td",
    ),
    "summary": (
        "summary", "description", "desc", "abstract", "standfirst", "subhead", "subheading",
        "subtitle", "snippet", "lead", "lede", "excerpt", "teaser", "fields.standfirst",
    ),
    "outlet": (
        "outlet", "newspaper", "publication", "publication_title", "media_name", "medium",
        "outlet_name", "publisher", "source.name", "source_name", "pubtitle", "site", "domain", "source_domain",
        "source", "website", "channel",
    ),
    "outlet_country": ("outlet_country", "country", "sourcecountry", "source_country"),
    "published": (
        "published", "published_at", "publishedat", "date_published", "publication_date",
        "date_publish", "publish_date", "published_date", "webpublicationdate", "pubdate", "pub_date", "date",
        "datetime", "timestamp", "day", "datum", "fecha",
    ),
    "seen": (
        "seen", "seendate", "date_download", "indexed_date", "crawled", "crawl_date", "downloaded",
        "date_collected", "retrieved",
    ),
    "url": (
        "url", "link", "weburl", "web_url", "article_url", "document_url", "permalink", "href",
        "src",
    ),
    "language": ("language", "lang"),
    "authors": ("authors", "author", "byline", "fields.byline", "creator", "journalist", "by"),
    "section": ("section", "sectionname", "section_name", "category", "rubric", "desk"),
}  # fmt: skip
RESULT_FIELDS = tuple(NAMES)
URL = re.compile(r"^\s*https?://\S+\s*$", re.IGNORECASE)
LONG_TEXT = 200


def recognise_columns(
    rows: Sequence[Mapping[str, Any]], given: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return field of `articles` -> column, from the first records of an input.

    Args:
        rows: records as the file names their fields.
        given: what the user said, which goes before anything recognised.

    Raises:
        InputError: if a column or a field that the user named does not exist.
    """
    columns = _columns(rows)
    mapping = _checked(given or {}, columns)
    for field, names in NAMES.items():
        fitting = HOLDS.get(field, _anything)
        for name in names:
            column = columns.get(name)
            if field in mapping or column is None or column in mapping.values():
                continue
            if fitting(_values(rows, column)):
                mapping[field] = column
    return _by_content(rows, columns, mapping)


def _columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Plain name -> column as spelt, over all the records."""
    return {plain_name(column): column for row in reversed(rows) for column in row}


def plain_name(column: str) -> str:
    """A column's name in lower case, words joined by underscores."""
    return re.sub(r"[\s\-/]+", "_", column.strip().lower())


def _checked(given: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    for field, column in given.items():
        if field not in RESULT_FIELDS:
            raise InputError(f"--column {field}=...: fields are {', '.join(RESULT_FIELDS)}.")
        if column not in columns.values():
            known = ", ".join(columns.values()) or "none"
            raise InputError(f"--column {field}={column}: no such column; the file has {known}.")
    return dict(given)


def _values(rows: Sequence[Mapping[str, Any]], column: str) -> list[Any]:
    values = (row.get(column) for row in rows)
    return [value for value in values if not is_blank(value)]


def _mostly(test: Callable[[Any], bool], values: Sequence[Any]) -> bool:
    return bool(values) and sum(map(test, values)) >= 0.6 * len(values)


def _anything(values: Sequence[Any]) -> bool:
    return True


def _is_url(value: Any) -> bool:
    return isinstance(value, str) and URL.match(value) is not None


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 100 and not _is_url(value)


def _is_date(value: Any) -> bool:
    return parse_moment(value, "DMY") is not None or parse_moment(value, "MDY") is not None


HOLDS: dict[str, Callable[[Sequence[Any]], bool]] = {
    "article_id": lambda values: len({str(v) for v in values}) == len(values),
    "url": lambda values: _mostly(_is_url, values),
    "outlet": lambda values: _mostly(_is_name, values),
    "published": lambda values: _mostly(_is_date, values[:50]),
    "seen": lambda values: _mostly(_is_date, values[:50]),
    "language": lambda values: _mostly(lambda v: isinstance(v, str) and len(v) <= 20, values),
}


def _by_content(
    rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], mapping: dict[str, str]
) -> dict[str, str]:
    """Fill what no name told: the column of URLs, of dates, of long texts."""
    free = [column for column in columns.values() if column not in mapping.values()]
    for column in reversed(free):
        values = _values(rows, column)
        if "url" not in mapping and _mostly(_is_url, values):
            mapping["url"] = column
        elif "published" not in mapping and _mostly(_looks_dated, values[:50]):
            mapping["published"] = column
        elif "text" not in mapping and _mostly(_is_long, values):
            mapping["text"] = column
    return mapping


def _looks_dated(value: Any) -> bool:
    return not isinstance(value, int | float) and len(str(value)) >= 8 and _is_date(value)


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and len(value) >= LONG_TEXT and not _is_url(value)
