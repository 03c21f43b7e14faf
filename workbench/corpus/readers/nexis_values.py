"""What stands in one labelled line of Nexis, taken apart: section, byline, language."""

from __future__ import annotations

import functools
import re
from typing import Any

from babel import Locale

from workbench.corpus.readers.nexis_dates import UI_LANGUAGES

PAGE = re.compile(
    r"(?:pg|page|seite|p[aá]gina|p[aá]g|blz|bl|s|p|стр|с)\.?\s*[A-Z]{0,3}\s?\d.*|pg\b.*|.*\d版",
    re.IGNORECASE,
)
VERSION = re.compile(r"version:\s*(?P<version>.*)", re.IGNORECASE)
BY = re.compile(r"^\s*(?:by|von|par|por|door)\b:?\s+", re.IGNORECASE)
NO_NAMES = re.compile(r"(?:by|from|special|follow|with|e-?mail|photos?)\b|.*[@\d]", re.IGNORECASE)
FROM = re.compile(r"^From\s+(?=[A-Z\W]+$)")  # above a letter
AGENCY = re.compile(r"-{1,2}\s*\(([^()]*)\)")  # -- (Reuter)
HELPED = re.compile(
    r",?\s+(?:with|and|additional)\s+(?:files?|(?:a )?reports?|reporting|reports)\s+(?:from|by)\b.*"
    r"|,\s*special to\b.*|,?\s*\S+@\S+",
    re.IGNORECASE,
)
SITE = re.compile(r",\s*(?:www\.)?[\w-]+\.(?:com|co\.uk|org|net|de|fr|ie)\b")
PARTICLES = {
    "and", "und", "et", "y", "e", "en", "de", "van", "von", "der", "den", "la", "le", "di", "da",
    "del", "della", "al", "bin", "el", "dos",
}  # fmt: skip
TURNED = re.compile(r"^([A-Z][\w'’-]*[a-z]), ([A-Z][\w'’-]*[a-z])(?P<rest>,.*|)$")


def section_fields(given: str) -> dict[str, Any]:
    """The section apart from page and version, which stand in the same line."""
    parts = [part.strip(" \xa0") for part in re.split(r"[;；\n]", given)]
    pages = [part for part in parts if PAGE.fullmatch(part)]
    versions = [m["version"] for m in map(VERSION.fullmatch, parts) if m]
    kept = [p for p in parts if p and p not in pages and p != "Section" and not VERSION.match(p)]
    page = re.search(r"[A-Z]{0,3}\d+\w*", " ".join(pages))
    return {
        "section": "; ".join(dict.fromkeys(kept)),
        "page": page[0] if page else None,
        "version": "; ".join(versions),
    }


def byline_fields(given: str | None) -> dict[str, Any]:
    """The names in a byline; the whole line too, where it says more."""
    if given is None:
        return {}
    first, *others = [BY.sub("", part).strip() for part in re.split(r"[;\n]", given)]
    names = [first, *filter(_are_names, others)]
    unique = {name.casefold(): _name(name) for name in names if name}
    authors = "; ".join(filter(None, unique.values()))
    plain = " ".join(BY.sub("", given).split())
    return {"authors": authors, "byline": None if plain == authors else given}


def _name(part: str) -> str:
    """A name, or several, without addresses and helpers; the first name first."""
    for noise in (SITE, HELPED, FROM):
        part = noise.sub("", part)
    return TURNED.sub(r"\2 \1\g<rest>", AGENCY.sub(r"\1", part)).strip(" ,-")


def _are_names(part: str) -> bool:
    """Whether a further part of a byline names people, rather than saying what they did."""
    words = part.split()
    capital = all(word[:1].isupper() or word.casefold() in PARTICLES for word in words)
    return 1 < len(words) <= 8 and capital and NO_NAMES.match(part) is None


def language_fields(given: str | None) -> dict[str, Any]:
    """The code of the language that is named, in whatever language it is named."""
    for name in re.split(r"[;,/\n]", given or ""):
        code = _language_codes().get(name.strip().casefold())
        if code is not None:
            return {"language": code}
    return {"language": None, "language as given": given}


@functools.cache
def _language_codes() -> dict[str, str]:
    return {
        name.casefold(): code
        for ui in UI_LANGUAGES
        for code, name in Locale(ui).languages.items()
        if len(code) == 2
    }
