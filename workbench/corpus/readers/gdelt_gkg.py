"""GDELT's Global Knowledge Graph 2.1: what GDELT found in a page, without its text.

27 columns between tabs, no header, no quotation marks; V2.1DATE is when GDELT saw the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from babel.core import get_global

from workbench.corpus.decoding import text_head
from workbench.corpus.limits import MAX_LINE
from workbench.corpus.lines import lines_within
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

COLUMNS = (
    "gkgrecordid", "v2.1date", "v2sourcecollectionidentifier", "v2sourcecommonname",
    "v2documentidentifier", "v1counts", "v2.1counts", "v1themes", "v2enhancedthemes",
    "v1locations", "v2enhancedlocations", "v1persons", "v2enhancedpersons", "v1organizations",
    "v2enhancedorganizations", "v1.5tone", "v2.1enhanceddates", "v2gcam", "v2.1sharingimage",
    "v2.1relatedimages", "v2.1socialimageembeds", "v2.1socialvideoembeds", "v2.1quotations",
    "v2.1allnames", "v2.1amounts", "v2.1translationinfo", "v2extrasxml",
)  # fmt: skip
TAKEN = {"gkgrecordid", "v2.1date", "v2sourcecommonname"}
FIRST = re.compile(r"\d{14}-T?\d+\t\d{14}\t[1-6]\t")
WEB = "1"  # the collection whose documents are named by URL
TAG = r"<{0}>(.*?)</{0}>"
TRANSLATED_FROM = re.compile(r"srclc:([a-z]{2,3})\b")


def sniff(source: Source) -> bool:
    """By the id, the time and the kind of collection that begin a row."""
    return FIRST.match(text_head(source).lstrip("\ufeff")) is not None


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per row; a row of other than 27 columns is refused."""
    with source.open() as stream:
        for number, line in enumerate(lines_within(stream), 1):
            if line is None:
                yield Refusal(str(number), "line_too_long", f"over {MAX_LINE:,} bytes")
                continue
            text = line.decode(options.encoding or "utf-8", errors="replace")
            cells = text.removeprefix("\ufeff").rstrip("\r\n").split("\t")
            if cells == [""]:
                continue
            if len(cells) == len(COLUMNS):
                yield Record(str(number), _named(dict(zip(COLUMNS, cells, strict=True))))
            else:
                detail = f"{len(cells)} columns, GKG 2.1 has {len(COLUMNS)}"
                yield Refusal(str(number), "broken_row", detail)


def _named(row: dict[str, str]) -> dict[str, str | None]:
    extras = row["v2extrasxml"]
    identifier, web = row["v2documentidentifier"], row["v2sourcecollectionidentifier"] == WEB
    named = {
        "article_id": row["gkgrecordid"],
        "title": _tagged(extras, "PAGE_TITLE"),
        "published": _tagged(extras, "PAGE_PRECISEPUBTIMESTAMP"),
        "seen": row["v2.1date"],
        "outlet": row["v2sourcecommonname"],
        "url": identifier if web else None,
        "language": _language(row["v2.1translationinfo"]),
        "authors": _tagged(extras, "PAGE_AUTHORS"),
    }
    taken = TAKEN | ({"v2documentidentifier"} if web else set())
    return named | {name: value for name, value in row.items() if value and name not in taken}


def _tagged(extras: str, name: str) -> str | None:
    match = re.search(TAG.format(name), extras, re.DOTALL)
    return html.unescape(match[1]).strip() or None if match else None


def _language(translation: str) -> str | None:
    """The language a page was translated from, which has three letters there."""
    match = TRANSLATED_FROM.search(translation)
    if match is None:
        return None
    alias: str = get_global("language_aliases").get(match[1], match[1])
    return alias


READER = Reader("gdelt_gkg", sniff, read, named=True)
