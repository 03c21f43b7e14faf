"""One record to one row of `articles`: fields found, decoded and named, never changed."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

import orjson
from babel import Locale
from babel.core import get_global

from workbench.codebook import Codebook
from workbench.corpus.bylines import split_authors
from workbench.corpus.dates import is_blank, parse_moment
from workbench.corpus.language import detect_language
from workbench.corpus.records import ReadOptions, Record, Refusal
from workbench.corpus.stubs import judge
from workbench.hashing import digest
from workbench.words import count_words

ID_LENGTH = 16
NAMED_IN = ("de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "zh", "ja", "en")
BRITAIN = ("GREAT BRITAIN", "BRITAIN", "GROSSBRITANNIEN", "GRANDE-BRETAGNE", "GRAN BRETAÑA")
CUT_SHORT = re.compile(r"\[\+\d+ chars\]\s*$")  # NewsAPI gives the beginning only
UNPRINTABLE_ID = re.compile(r"[\x00-\x1f\x7f]")


@dataclasses.dataclass(frozen=True)
class Plan:
    """What was decided about one input before its records are taken in.

    Attributes:
        columns: field of `articles` -> column.
        date_order: `DMY` or `MDY`.
        language: what to assume where a short text does not tell.
        damaged: whether the input as a whole was decoded by the wrong table.
    """

    columns: Mapping[str, str]
    date_order: str
    language: str | None
    damaged: bool = False


def article_row(
    record: Record, plan: Plan, options: ReadOptions, *, source_file: str, codebook: Codebook
) -> dict[str, Any] | Refusal:
    """Return the row of `articles` for a record, or why there is none."""
    get = functools.partial(_field, record.fields, plan.columns)
    title, text, summary = get("title"), get("text"), get("summary")
    url = get("url")
    if title is None and text is None and summary is None and url is None:
        return Refusal(record.number, "empty_record", "neither title, text nor address")
    published_raw = get("published")
    moment = parse_moment(record.fields.get(plan.columns.get("published", "")), plan.date_order)
    if moment is None and published_raw is None and options.date is not None:
        published_raw, moment = options.date, parse_moment(options.date, plan.date_order)
    seen = parse_moment(record.fields.get(plan.columns.get("seen", "")), plan.date_order)
    outlet = codebook.outlet_name(get("outlet")) or options.outlet
    outlet = outlet or codebook.outlet_name(_host(url))
    body = text if text is not None else summary
    verdict = judge(title, body, codebook)
    if verdict.reason is not None:
        return Refusal(record.number, verdict.reason, verdict.detail)
    unused = {"summary"} if text is not None else set()
    unused |= {"seen"} if seen is None else set()
    used = {column for field, column in plan.columns.items() if field not in unused}
    return {
        "article_id": _article_id(get("article_id"), outlet, published_raw, url, title, body),
        "outlet": outlet,
        "outlet_country": country_name(
            get("outlet_country") or options.outlet_country or codebook.outlet_country(outlet)
        ),
        "published": moment.time if moment else None,
        "published_precision": moment.precision if moment else None,
        "published_raw": published_raw,
        "seen": seen.time if seen else None,
        "title": title,
        "text": body,
        "text_kind": "snippet" if verdict.teaser else _text_kind(title, text, summary),
        "url": url,
        "language": _language(get("language") or options.language, title, body, plan.language),
        "authors": split_authors(record.fields.get(plan.columns.get("authors", ""))),
        "section": get("section"),
        "words": count_words(body or title),
        "source_file": source_file,
        "source_record": record.number,
        "extra": _extra(record.fields, used),
    }


def as_json(fields: Mapping[str, Any]) -> str:
    """Return fields as a JSON object; a value that JSON does not know as text."""
    try:
        return orjson.dumps(fields, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
    except orjson.JSONEncodeError:  # nested deeper, or larger a number, than it takes
        return json.dumps(fields, default=str)


def country_name(value: str | None) -> str | None:
    """Return the English name of a country given by code or by name, also in other languages."""
    if value is None:
        return None
    plain = value.strip()
    return _territories().get(plain.replace(".", "").upper(), plain)


def language_code(value: str) -> str:
    """Return the ISO 639-1 code of a language given by code or English name."""
    plain = value.strip().lower()
    return _languages().get(plain, plain.replace("_", "-").partition("-")[0])


@functools.cache
def _territories() -> dict[str, str]:
    """Code of two or three letters, or name in any of `NAMED_IN`, in capitals -> English name."""
    english = {code: name for code, name in Locale("en").territories.items() if len(code) == 2}
    codes = get_global("territory_aliases")
    found = {
        code: english[to[0]] for code, to in codes.items() if len(to) == 1 and to[0] in english
    }
    for language in NAMED_IN:
        named = Locale(language).territories
        found |= {named[code].upper(): name for code, name in english.items() if code in named}
    return found | english | dict.fromkeys(BRITAIN, "United Kingdom")


@functools.cache
def _languages() -> dict[str, str]:
    return {name.lower(): code for code, name in Locale("en").languages.items() if len(code) == 2}


def _field(fields: Mapping[str, Any], columns: Mapping[str, str], name: str) -> str | None:
    value = fields.get(columns.get(name, ""))
    if is_blank(value):
        return None
    if isinstance(value, float) and value.is_integer():  # a whole number in a spreadsheet
        value = int(value)
    return value if isinstance(value, str) else str(value)


def _article_id(given: str | None, *content: str | None) -> str:
    """The record's own id, or a hash of what it holds: the same input gives the same id."""
    printable = UNPRINTABLE_ID.sub(" ", given or "").strip()
    return printable or digest(*(part or "" for part in content))[:ID_LENGTH]


def _text_kind(title: str | None, text: str | None, summary: str | None) -> str:
    if text is not None and CUT_SHORT.search(text) is None:
        return "full"
    if text is not None or summary is not None:
        return "snippet"
    return "headline" if title is not None else "none"


def _language(
    given: str | None, title: str | None, text: str | None, otherwise: str | None
) -> str | None:
    if given is not None:
        return language_code(given)
    return detect_language(f"{title or ''} {text or ''}", otherwise=otherwise)


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _extra(fields: Mapping[str, Any], used: Collection[str]) -> str | None:
    """What no column of `articles` took, as JSON."""
    rest = {k: v for k, v in fields.items() if k not in used and not is_blank(v)}
    return as_json(rest) if rest else None
