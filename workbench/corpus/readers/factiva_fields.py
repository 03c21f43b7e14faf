"""What Factiva's exports share: its two-letter codes, languages, dates, bylines and numbers."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from babel import Locale

NAMES = {
    "HD": "title", "SE": "section", "CLM": "column", "SN": "outlet", "SC": "source_code",
    "NGC": "source_group", "GC": "source_group_code", "ED": "edition", "PG": "page",
    "VOL": "volume", "WC": "length", "CR": "credit", "CY": "copyright", "ART": "caption",
    "CT": "contact", "RF": "reference", "CO": "companies", "IN": "industries", "NS": "subjects",
    "RE": "regions", "IPC": "information_codes", "IPD": "information_terms", "PUB": "publisher",
    "CX": "correction", "RST": "source_restriction", "TI": "ticker", "DLN": "dateline",
    "LP": "lead", "TD": "body", "BY": "authors", "PD": "published", "ET": "time",
    "LA": "language", "AN": "article_id",
}  # fmt: skip
LISTS = {"companies", "industries", "subjects", "regions", "information_codes"}
ACCESSION = re.compile(r"\b(?P<id>[A-Z][A-Z0-9]{7}(?:19|20)\d{6}[a-z0-9]{9})\b")
INTERFACES = ("en", "de", "fr", "es", "it", "pt", "nl", "ru", "pl", "tr", "sv", "zh", "ja", "ko")
MORE_LANGUAGES = {
    "英文": "en", "法文": "fr", "德文": "de", "俄文": "ru", "西班牙文": "es", "日文": "ja",
    "繁体中文": "zh", "簡體中文": "zh", "简体中文": "zh", "繁體中文": "zh", "castellano": "es",
    "spanish; castilian": "es",
}  # fmt: skip
COUNTS_WORDS = re.compile(
    r"^\s*[\d.,'’\s]*\d\s*"
    r"(?:words?|w[öo]rter|wort|mots?|palabras?|parole|parola|palavras?|woorden|слов[оа]?|słów|słowa"
    r"|kelime|sözcük|ord|字|个字|個字|词|語|ワード|文字|단어)\s*$",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
CLOCK = re.compile(
    r"^(?:(?:上午|下午|午前|午後)\s*)?\d{1,2}[:.h時时]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?"
    r"\s*(?:[A-Z]{3,4})?$",
    re.IGNORECASE,
)
BYLINE = re.compile(r"^(?:By|Von|Par|Por|Door)(?::\s*|\s+)(?=\S)", re.IGNORECASE)


def article_fields(values: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return a record's fields from its codes, each with the texts found under it.

    What two codes share is joined: the text is the lead and the rest, the date has its time.
    """
    joined = {code: "\n\n".join(filter(None, texts)) for code, texts in values.items()}
    fields: dict[str, Any] = {}
    for code, value in joined.items():
        name = NAMES.get(code, code.lower())
        if name not in {"lead", "body", "time", "authors", "language", "article_id"} and value:
            fields[name] = value.split(" | ") if name in LISTS else value
    text = "\n\n".join(filter(None, (joined.get("LP"), joined.get("TD"))))
    fields |= {"text": text} if text else {}
    fields |= _date_and_time(joined.get("PD", ""), joined.get("ET", ""))
    fields |= authors(joined.get("BY", ""))
    fields |= language(joined.get("LA", ""))
    return fields | accession(joined.get("AN", ""))


def _date_and_time(date: str, time: str) -> dict[str, str]:
    return {"published": f"{date} {time}".strip()} if date else {}


def authors(byline: str) -> dict[str, str]:
    """The field of authors, without the "By" of the languages where no name begins so."""
    plain = BYLINE.sub("", byline.strip())
    return {"authors": plain} if plain else {}


def language(name: str) -> dict[str, str]:
    """The field of the language by its code, from its name in any of the interfaces."""
    plain = " ".join(name.lower().split())
    code = language_codes().get(plain) or language_codes().get(re.split(r"\s*[-(（,]", plain)[0])
    if code is not None:
        return {"language": code}
    return {"language_name": name} if plain else {}


@functools.cache
def language_codes() -> dict[str, str]:
    """Name of a language in any interface's language, in lower case -> its code."""
    names: dict[str, str] = {}
    for interface in INTERFACES:
        for code, name in Locale(interface).languages.items():
            if len(code) == 2:
                names.setdefault(name.lower(), code)
                names.setdefault(code, code)
    return names | MORE_LANGUAGES


def accession(text: str) -> dict[str, str]:
    """The field of the article's id, which follows the word for "document"."""
    found = ACCESSION.search(text)
    last = [found["id"]] if found else text.split()[-1:]
    return {"article_id": last[0]} if last else {}


def values_by_position(lines: Sequence[str]) -> dict[str, list[str]]:
    """Codes of the lines below the headline and byline, where no code is printed.

    They are: words, date, time if any, outlet, its code, then what there is of edition, page and
    volume, which nothing tells apart, then language and copyright.
    """
    start = next((i for i, line in enumerate(lines) if COUNTS_WORDS.match(line)), -1)
    dated = (i for i in range(start + 1, len(lines)) if _is_dated(lines[i]))
    date = next(dated, None)
    if date is None:
        return {"WC": list(lines[start : start + 1]) if start >= 0 else []}
    rest = list(lines[date + 1 :])
    time = [rest.pop(0)] if rest and CLOCK.match(rest[0]) else []
    tongue = next((i for i in reversed(range(len(rest))) if _is_language(rest[i])), len(rest))
    middle = rest[2:tongue]
    return {
        "CR": [line for line in lines[: max(start, 0)] if line],
        "WC": list(lines[start : start + 1]) if start >= 0 else [],
        "PD": [lines[date]],
        "ET": time,
        "SN": rest[:1] if tongue > 0 else [],
        "SC": rest[1:2] if tongue > 1 else [],
        "edition_and_page": [" | ".join(middle)],
        "LA": rest[tongue : tongue + 1],
        "CY": [" ".join(rest[tongue + 1 :])],
    }


def _is_dated(line: str) -> bool:
    """A day, not a copyright's year."""
    return len(line) <= 40 and YEAR.search(line) is not None and len(re.findall(r"\d+", line)) >= 2


def _is_language(line: str) -> bool:
    return "language" in language(line)
