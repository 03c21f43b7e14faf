"""References in RIS, as ProQuest exports them: fields of articles, seldom with a text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

import rispy
from rispy.config import TAG_KEY_MAPPING

from workbench.corpus.dates import parse_moment
from workbench.corpus.decoding import read_text, text_head
from workbench.corpus.readers.nexis_values import language_fields
from workbench.corpus.readers.proquest_txt import outlet_of
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

START = re.compile(r"^TY {1,2}- ", re.MULTILINE)
END = re.compile(r"^ER {1,2}-", re.MULTILINE)
TAGS = {tag: tag for tag in (*TAG_KEY_MAPPING, "UK")}  # the tags themselves, as ProQuest uses them
FIELDS = {
    "article_id": ("AN", "ID"),
    "title": ("T1", "TI", "CT"),
    "text": ("FT",),
    "summary": ("AB", "N2"),
    "outlet": ("T2", "JF", "JO", "JA", "J2"),
    "published": ("Y1", "DA", "PY"),
    "url": ("UR", "L2", "LK"),
    "language": ("LA",),
    "authors": ("AU", "A1"),
    "section": ("SE",),
}
YEAR_FIRST = re.compile(r"^(\d{4})/(\d{1,2})/(\d{1,2})(?:/(.*))?$", re.DOTALL)
NAMED_MONTH = re.compile(r"^(\d{4})[/ ]([^\W\d]+)\.?[/ ](\d{1,2})/?$")  # 2022/Feb/24/


def sniff(source: Source) -> bool:
    """The first line with anything in it names the type of a reference."""
    return START.match(text_head(source).lstrip("\ufeff \t\r\n")) is not None


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per reference; one without its end is refused."""
    text = read_text(source, options.encoding).lstrip("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    places = [match.start() for match in START.finditer(text)]
    for number, (start, end) in enumerate(itertools.pairwise([*places, len(text)]), 1):
        reference = text[start:end]
        if END.search(reference) is None:
            reason = "broken_file" if end == len(text) else "broken_reference"
            place = "" if end == len(text) else str(number)
            yield Refusal(place, reason, f"reference {number} has no end (ER)")
            continue
        yield Record(str(number), _named(_tags(reference)))


def _tags(reference: str) -> dict[str, list[str]]:
    """Tag -> values; a value goes on over lines without a tag."""
    (found, *_) = rispy.loads(
        re.sub(r"^([A-Z][A-Z0-9]) - ", r"\1  - ", reference, flags=re.MULTILINE),
        mapping=TAGS,
        list_tags=list(TAGS),
        delimiter_tags_mapping={},
    )
    tags = {tag: values for tag, values in found.items() if tag not in {"UK", "TY"}}
    others = {tag: values for tag, values in found.get("UK", {}).items() if tag is not None}
    return tags | others | {"TY": [found["TY"]]}


def _named(tags: Mapping[str, list[str]]) -> dict[str, Any]:
    named: dict[str, Any] = {}
    taken = set()
    for field, names in FIELDS.items():
        name = next((n for n in names if any(tags.get(n, ()))), None)
        if name is not None:
            taken.add(name)
            named[field] = _paragraphs(tags[name]) if field != "authors" else tags[name]
    if named.get("url"):
        named["url"] = named["url"].split()[0]
    if named.get("outlet"):
        named["outlet"] = outlet_of(named["outlet"])
    named |= language_fields(named.get("language"))
    rest = {_plain_name(n): " | ".join(v) for n, v in tags.items() if n not in taken}
    return rest | named | {"published": _published(tags)}


def _paragraphs(values: list[str]) -> str:
    return "\n".join(values).strip()


def _plain_name(tag: str) -> str:
    return str(TAG_KEY_MAPPING.get(tag, tag.lower())).replace("_", " ")


def _published(tags: Mapping[str, list[str]]) -> str | None:
    """The first of its dates that names a day, in a form that can be read; else the first."""
    given = [value for name in FIELDS["published"] for value in tags.get(name, ()) if value]
    dates = [NAMED_MONTH.sub(r"\3 \2 \1", YEAR_FIRST.sub(r"\1-\2-\3", v.strip())) for v in given]
    return next((date for date in dates if parse_moment(date)), given[0] if given else None)


READER = Reader("proquest_ris", sniff, read, named=True)
