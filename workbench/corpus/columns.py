"""Which column of an input holds which field of an article: by name, then by what it holds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workbench.corpus.dates import is_blank, parse_moment
from workbench.errors import InputError

NAMES: dict[str, tuple[str, ...]] = {
    "article_id": (
        "article_id", "articleid", "id", "doc_id", "docid", "document_id", "uuid", "guid",
        "storeid",
    ),
    "title": (
        "title", "headline", "webtitle", "heading", "head", "hd", "titel", "titre", "titulo",
        "título", "tytuł", "заголовок", "назва", "название",
    ),
    "text": (
        "text", "maintext", "fulltext", "full_text", "article_text", "article", "body", "bodytext",
        "fields.bodytext", "fields.body", "articlebody", "content", "story", "plain_text", "td",
        "volltext", "texte", "texto", "treść", "tekst", "текст", "текст_статьи", "текст_статті",
    ),
    "summary": (
        "summary", "description", "desc", "abstract", "standfirst", "subhead", "subheading",
        "subtitle", "snippet", "lead", "lede", "excerpt", "teaser", "fields.standfirst",
    ),
    "outlet": (
        "outlet", "newspaper", "publication", "publication_title", "pubtitle", "media_name",
        "medium", "outlet_name", "publisher", "source.name", "source_name", "site", "domain",
        "source_domain", "source", "website", "channel", "quelle", "zeitung", "fuente", "medio",
        "źródło", "источник", "джерело", "издание", "видання", "сми", "змі",
    ),
    "outlet_country": ("outlet_country", "country", "sourcecountry", "source_country"),
    "published": (
        "published", "published_at", "publishedat", "date_published", "publication_date",
        "date_publish", "publish_date", "published_date", "webpublicationdate", "pubdate",
        "pub_date", "date", "datetime", "timestamp", "day", "datum", "fecha", "data", "дата",
        "дата_публикации", "дата_публікації",
    ),
    "seen": (
        "seen", "seendate", "date_download", "indexed_date", "crawled", "crawl_date", "downloaded",
        "date_collected", "retrieved",
    ),
    "url": (
        "url", "link", "weburl", "web_url", "article_url", "document_url", "documenturl",
        "permalink", "href", "src", "ссылка", "посилання", "адрес",
    ),
    "language": ("language", "lang", "sprache", "langue", "язык", "мова"),
    "authors": (
        "authors", "author", "byline", "fields.byline", "creator", "journalist", "by", "autor",
        "auteur", "автор", "авторы",
    ),
    "section": ("section", "sectionname", "section_name", "category", "rubric", "desk"),
}  # fmt: skip
ABOUT = {  # columns that describe an article, however long or dated: never found by content
    "subjects", "subjectterms", "classification", "identifierkeywords", "keywords", "tags",
    "companies", "copyright", "documenttype", "articletype", "entrydate", "findacopy", "database",
    "placeofpublication", "languageofsummary",
}  # fmt: skip
KNOWN = {name for names in NAMES.values() for name in names}
RESULT_FIELDS = tuple(NAMES)
URL = re.compile(r"^\s*https?://\S+\s*$", re.IGNORECASE)
LONG_TEXT = 200  # characters
WORDY = 4  # words
DATES_TRIED = 50


def recognise_columns(
    rows: Sequence[Mapping[str, Any]], given: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return field of `articles` -> column, from the first records of an input.

    Args:
        rows: records as the file names their fields; their order and copies among them make no
            difference.
        given: what the user said, which goes before anything recognised.

    Raises:
        InputError: if a column or a field that the user named does not exist.
    """
    rows = list({repr(row): row for row in rows}.values())
    ordered = _ordered(rows)
    columns = {plain_name(column): column for column in reversed(ordered)}
    mapping = _checked(given or {}, ordered)
    mapping |= _by_name(rows, columns, mapping)
    mapping |= _by_content(rows, [c for c in ordered if c not in mapping.values()], mapping)
    return mapping | _by_name_alone(rows, columns, mapping)


def count_known(row: Sequence[Any]) -> int:
    """Return how many names of fields stand in a row, which may be a header."""
    return len({plain_name(cell) for cell in row if isinstance(cell, str)} & KNOWN)


def unique_names(header: Sequence[str]) -> list[str]:
    """Return the columns' names, repeated and empty ones numbered."""
    out: list[str] = []
    for index, name in enumerate(header, 1):
        base = name if name.strip() else f"column {index}"
        repeats = (f"{base} ({n})" for n in itertools.count(2))
        out.append(base if base not in out else next(r for r in repeats if r not in out))
    return out


def _ordered(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Columns as spelt, by the place where they stand in a record."""
    places: dict[str, int] = {}
    for row in rows:
        for place, column in enumerate(row):
            places[column] = min(place, places.get(column, place))
    return sorted(places, key=lambda column: (places[column], column))


def plain_name(column: str) -> str:
    """A column's name in lower case, words joined by underscores."""
    return re.sub(r"[\s\-/]+", "_", column.strip().lower())


def _checked(given: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    for field, column in given.items():
        if field not in RESULT_FIELDS:
            raise InputError(f"--column {field}=...: fields are {', '.join(RESULT_FIELDS)}.")
        if column not in columns:
            known = ", ".join(columns) or "none"
            raise InputError(f"--column {field}={column}: no such column; the file has {known}.")
    return dict(given)


def _by_name(
    rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], taken: Mapping[str, str]
) -> dict[str, str]:
    """The columns that a field's name fits and whose values fit the field."""
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        fitting = HOLDS.get(field, _anything)
        free = [columns[name] for name in names if name in columns]
        free = [c for c in free if c not in {*taken.values(), *found.values()}]
        column = next((c for c in free if fitting(_values(rows, c))), None)
        if field not in taken and column is not None:
            found[field] = column
    return found


def _by_name_alone(
    rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], taken: Mapping[str, str]
) -> dict[str, str]:
    """Columns named as fields that hold nothing yet, and of dates, though none can be read."""
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        free = [columns[name] for name in names if name in columns]
        free = [c for c in free if c not in {*taken.values(), *found.values()}]
        column = next((c for c in free if field == "published" or not _values(rows, c)), None)
        if field not in taken and column is not None:
            found[field] = column
    return found


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
    return parse_moment(value) is not None


def _some(values: Sequence[Any]) -> Sequence[Any]:
    """As many values as are worth reading as dates, from all over, whatever their order."""
    return sorted(values, key=str)[:: max(1, len(values) // DATES_TRIED)]


HOLDS: dict[str, Callable[[Sequence[Any]], bool]] = {
    "article_id": lambda values: 2 * len({str(v) for v in values}) >= len(values),
    "url": lambda values: _mostly(_is_url, values),
    "outlet": lambda values: _mostly(_is_name, values),
    "published": lambda values: _mostly(_is_date, _some(values)),
    "seen": lambda values: _mostly(_is_date, _some(values)),
    "language": lambda values: _mostly(lambda v: isinstance(v, str) and len(v) <= 20, values),
}


def _by_content(
    rows: Sequence[Mapping[str, Any]], free: Sequence[str], taken: Mapping[str, str]
) -> dict[str, str]:
    """What no name told: the first columns of URLs and of dates, and the one of longest texts."""
    free = [column for column in free if plain_name(column) not in ABOUT]
    values = {column: _values(rows, column) for column in free}
    urls = [c for c in free if _mostly(_is_url, values[c])]
    texts = [c for c in free if _mostly(_is_long, values[c])]
    found = {}
    if not texts and not {"title", "text", "summary"} & set(taken):
        texts = [c for c in free if _mostly(_is_wordy, values[c])]  # better a short text than none
    if texts and "text" not in taken:
        found["text"] = max(texts, key=lambda c: sum(map(len, map(str, values[c]))))
    if urls and "url" not in taken:
        found["url"] = urls[0]
    if "published" not in taken:
        rest = (c for c in free if c not in {*urls, *texts})
        dates = next((c for c in rest if _mostly(_looks_dated, _some(values[c]))), None)
        found |= {"published": dates} if dates is not None else {}
    return found


def _looks_dated(value: Any) -> bool:
    """Whether a value is a date that can't be mistaken for a number."""
    plain = isinstance(value, int | float) or (isinstance(value, str) and value.strip().isdigit())
    return not plain and len(str(value)) >= 8 and _is_date(value)


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and len(value) >= LONG_TEXT and not _is_url(value)


def _is_wordy(value: Any) -> bool:
    return isinstance(value, str) and len(value.split()) >= WORDY and not _is_url(value)
