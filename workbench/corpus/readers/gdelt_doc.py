"""GDELT DOC 2.0: lists of articles and timelines, in JSON and CSV.

`seendate` is when GDELT saw a page, not when it was published; there are no texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.corpus.decoding import read_text, text_head
from workbench.corpus.readers import delimited
from workbench.corpus.readers.counts import Count, daily_totals
from workbench.corpus.readers.json_answers import names_keys, read_items, read_pages
from workbench.corpus.records import Found, Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

ARTICLES_CSV = re.compile(r'\A"?URL"?,"?MobileURL"?,"?Date"?,"?Title"?\s*$', re.M | re.I)
TIMELINE_CSV = re.compile(r'\A"?Date"?,"?Series"?,"?Value"?\s*$', re.M | re.I)
MESSAGE = re.compile(
    r"please limit requests to one every|your query was too short or too long"
    r"|the specified phrase is too (?:short|long)|timespan is too (?:short|long)"
    r"|your (?:search|query) (?:contained|was|had|used)[^\n]{0,80}(?:invalid|illegal|malformed)"
    r"|kalev\.leetaru",
    re.I,
)
ORIGIN = "GDELT DOC, all articles monitored"
WITHOUT = "shares, without the number of all articles: ask GDELT for mode=timelinevolraw"
FIELDS = {
    "title": "title",
    "url": "url",
    "domain": "outlet",
    "sourcecountry": "outlet_country",
    "language": "language",
    "seendate": "seen",
    "date": "seen",
    "mobileurl": "mobile url",
    "url_mobile": "mobile url",
    "socialimage": "image",
}


def sniff(source: Source) -> bool:
    """By its own keys and headers, an empty answer, or one of GDELT's messages."""
    start = _start(source)
    return (
        names_keys(source, "articles", "seendate")
        or (names_keys(source, "timeline", "data") and '"series"' in start)
        or ARTICLES_CSV.match(start) is not None
        or TIMELINE_CSV.match(start) is not None
        or _is_empty_answer(source)
        or _is_message(start)
    )


def read(source: Source, options: ReadOptions) -> Found:
    """Records of a list of articles; the totals of a timeline; a refusal for what is neither."""
    start = _start(source)
    if _is_message(start):
        message = " ".join(read_text(source, options.encoding).split())[:300]
        return iter([Refusal("", "vendor_error", message)])
    if _is_empty_answer(source):
        detail = "an empty answer: GDELT gives it where nothing is found, and for a wrong query"
        return iter([Refusal("", "no_records", detail)])
    if not start.startswith(("{", "[")):
        return _read_csv(source, options, timeline=TIMELINE_CSV.match(start) is not None)
    if names_keys(source, "timeline"):
        return daily_totals(_json_counts(source, options), options.outlet, ORIGIN, WITHOUT)
    return map(_article, read_items(source, options, "articles"))


def _start(source: Source) -> str:
    return text_head(source).lstrip("\ufeff \t\r\n")


def _is_empty_answer(source: Source) -> bool:
    return source.suffix == ".json" and re.fullmatch(r"\{\s*\}\s*", _start(source)) is not None


def _is_message(start: str) -> bool:
    """A short text in place of an answer; an article may speak of GDELT too."""
    return len(start) < 1000 and not start.startswith("{") and MESSAGE.search(start) is not None


def _article(found: Record | Refusal) -> Record | Refusal:
    if isinstance(found, Refusal):
        return found
    fields = {name.lower(): value for name, value in found.fields.items()}
    named = {FIELDS.get(name, name): value for name, value in fields.items()}
    return Record(found.number, named)


def _read_csv(source: Source, options: ReadOptions, *, timeline: bool) -> Found:
    rows = delimited.read(source, options)
    if timeline:
        return daily_totals(map(_csv_count, rows), options.outlet, ORIGIN, WITHOUT)
    return map(_article, rows)


# ---- timelines ------------------------------------------------------------------------------


def _json_counts(source: Source, options: ReadOptions) -> Iterator[Count | Refusal]:
    for page in read_pages(source, options, "timeline"):
        if isinstance(page, Refusal):
            yield page
            continue
        for series in page.items:
            points = series.get("data") if isinstance(series, dict) else None
            for point in points if isinstance(points, list) else []:
                fields = point if isinstance(point, dict) else {}
                yield Count(fields.get("date"), fields.get("norm"))


def _csv_count(found: Record | Refusal) -> Count | Refusal:
    """GDELT's CSV gives the articles found and all articles as two series."""
    if isinstance(found, Refusal):
        return found
    fields = {name.lower(): value for name, value in found.fields.items()}
    of_all = "monitored" in str(fields.get("series", "")).lower()
    return Count(fields.get("date"), fields.get("value") if of_all else None)


READER = Reader("gdelt_doc", sniff, read, named=True)
