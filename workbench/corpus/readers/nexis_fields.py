"""The paragraphs of one article of Nexis, whatever the file's format, as fields.

Above the text stand title, source and day, then labelled lines; below it graphics, corrections,
the vendor's dates and its index. Which is which, labels say and the place where they stand.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from typing import Any

from workbench.corpus.readers.nexis_dates import is_dated, published_of, year_of
from workbench.corpus.readers.nexis_labels import (
    BODY,
    COPYRIGHT,
    COUNTER,
    ERROR,
    HEADED,
    INDEXED,
    LABELS,
    TAIL,
)  # fmt: skip
from workbench.corpus.readers.nexis_values import (
    byline_fields,
    language_fields,
    section_fields,
)

LABEL = re.compile(
    r"\s*(?P<name>[^\W\d_][^:：\n\xa0]{0,38}?)[ \xa0]?[:：](?P<gap>[ \t\xa0]*)(?P<value>.*)",
    re.DOTALL,
)
BARE_URL = re.compile(r"\s*https?://(?P<host>[^\s/]+)(?P<path>/\S*)?\s*")
LONG_LINE = 300
MUCH = 400


@dataclasses.dataclass(frozen=True)
class Paragraph:
    """A paragraph as a file holds it.

    Attributes:
        text: its characters; lines broken inside it are kept.
        bold: whether it begins in bold type, as headings do; None where the file doesn't tell.
        apart: whether it begins a block of its own, rather than going on with the one before.
        mark: the name of a bookmark that stands in it.
        link: the address that it leads to.
    """

    text: str
    bold: bool | None = None
    apart: bool = True
    mark: str = ""
    link: str = ""


@dataclasses.dataclass(frozen=True)
class Layout:
    """What differs between Nexis Uni and the layouts before it."""

    title_first: bool
    headed: bool  # whether headings without a colon stand between the parts
    body_headed: bool  # whether one stands above the text


UNI = Layout(title_first=True, headed=True, body_headed=True)
CLASSIC = Layout(title_first=False, headed=False, body_headed=False)
Segment = tuple[str, list[Paragraph]]


def article_fields(paragraphs: Sequence[Paragraph], layout: Layout) -> dict[str, Any]:
    """Return the fields of one article under the workbench's names, others under plain ones."""
    segments = _segments(paragraphs, layout)
    if layout.body_headed and "text" not in dict(segments) and _size(segments) > MUCH:
        segments = _segments(paragraphs, dataclasses.replace(layout, body_headed=False))
    (_, above), *rest = segments
    fields: dict[str, Any] = _above(above, layout)
    for name, texts in rest:
        value = _joined(texts, "\n\n" if name == "text" else "\n")
        fields[name] = "\n".join(filter(None, (fields.get(name), value)))
    fields |= _body(fields)
    fields["title"] = fields.get("title") or fields.pop("headline", None)
    fields |= section_fields(fields.get("section") or "")
    fields |= byline_fields(fields.get("byline")) | language_fields(fields.get("language"))
    return {name: value for name, value in (fields | _load_day(fields)).items() if value}


def vendor_error(paragraphs: Iterable[Paragraph]) -> str | None:
    """What the vendor says where it gives no article, if it does."""
    text = _joined(paragraphs, " ")
    return text if len(text) < LONG_LINE and ERROR.search(text) else None


def is_length(paragraph: Paragraph) -> bool:
    """Whether a paragraph says how long an article is, as each does above its text."""
    match = LABEL.match(paragraph.text)
    return (
        match is not None
        and LABELS.get(_plain(match["name"])) == "length"
        and re.match(r"\d", match["value"]) is not None
        and len(match["value"]) < 40
    )


def _segments(paragraphs: Sequence[Paragraph], layout: Layout) -> list[Segment]:
    """The paragraphs above the first label, then those of each label and heading."""
    place: str = "head"
    segments: list[Segment] = [("preamble", [])]
    for paragraph in paragraphs:
        if not paragraph.text.strip():
            continue
        opened = _opened(paragraph, place, segments, layout)
        if opened is None:
            segments[-1][1].append(paragraph)
            continue
        segments.append(opened)
        place = "text" if opened[0] == "text" else _further(opened[0], place)
    return segments


def _further(name: str, place: str) -> str:
    return "tail" if name in TAIL else place


def _opened(
    paragraph: Paragraph, place: str, segments: list[Segment], layout: Layout
) -> Segment | None:
    """The segment that a paragraph begins, if it does."""
    name, held = segments[-1]
    if name == "preamble" and not held and layout.title_first:
        return None  # a title, with whatever colon in it
    seen = any(n == "text" for n, _ in segments)
    heading = _heading(paragraph, place, seen, layout)
    if heading is not None:
        return heading, []
    labelled = _labelled(paragraph, place, seen, layout)
    if labelled is not None:
        return labelled
    if place == "tail" and COPYRIGHT.match(paragraph.text):
        return "copyright", [paragraph]
    if place == "head" and not layout.body_headed and _begins_text(paragraph, name, held):
        return "text", [paragraph]
    return None


def _heading(paragraph: Paragraph, place: str, seen: bool, layout: Layout) -> str | None:
    word = _plain(paragraph.text)
    marked = re.sub(r"_\d+$", "", paragraph.mark).casefold()
    if not seen and (marked == "body" or (word in BODY and layout.headed)):
        return "text" if place == "head" or paragraph.bold is not False else None
    if marked in {"classification", "correction"} and word:
        return marked
    sure = paragraph.bold or (paragraph.bold is None and word not in {"correction", "notes"})
    return HEADED.get(word) if layout.headed and sure else None


def _labelled(paragraph: Paragraph, place: str, seen: bool, layout: Layout) -> Segment | None:
    """The segment of a label: certain by the hard space after it, else by case and place."""
    match = LABEL.match(paragraph.text)
    if match is None:
        return None
    name, value = LABELS.get(_plain(match["name"])), match["value"]
    certain = "\xa0" in match["gap"]
    if not (certain or _stands(name, match["name"], value, place, layout)):
        return None
    if name is None and place != "text" and _may_be_label(match["name"], layout):
        name = _plain(match["name"])
    if name is None or (place == "text" and name not in TAIL) or (name == "text" and seen):
        return None
    return name, [dataclasses.replace(paragraph, text=value)]


def _may_be_label(label: str, layout: Layout) -> bool:
    return label.count(" ") < 3 and (layout.headed or label.isupper())


def _stands(name: str | None, label: str, value: str, place: str, layout: Layout) -> bool:
    """Whether a known label without a hard space is one: in the text, only those sure to be."""
    if name is None or not (label.isupper() or layout.headed):
        return False
    if name == "load date":
        return is_dated(value)
    if place != "text":
        return True
    if name in INDEXED:
        return re.search(r"\(\d+%\)", value) is not None
    return label.isupper() or name in {"publication type", "journal code", "correction date"}


def _begins_text(paragraph: Paragraph, name: str, held: Sequence[Paragraph]) -> bool:
    """In layouts without a heading: a block below the labels that has none, or is a long one."""
    if name != "preamble":
        return paragraph.apart
    return len(held) >= 2 and len(paragraph.text) > LONG_LINE


def _above(paragraphs: Sequence[Paragraph], layout: Layout) -> dict[str, Any]:
    """Title, outlet and day from what stands above the labels, and what else is there."""
    rights = [p for p in paragraphs if COPYRIGHT.match(p.text)]
    rest = [p for p in paragraphs if p not in rights and not COUNTER.fullmatch(p.text)]
    fields: dict[str, Any] = {"copyright": _joined(rights, "\n")}
    dated = next((p for p in [*rest[1:], *rest[:1]] if is_dated(_first_line(p))), None)
    others = [p for p in rest if p is not dated]
    if dated is not None:
        line, *more = dated.text.strip().splitlines()
        fields |= {"published": published_of(line), "date line": " ".join(line.split())}
        fields["edition"] = " ".join(" ".join(more).split())
    if layout.title_first:
        return fields | _title_first(others)
    outlet = others[:1] if rest[:1] != [dated] else []
    others = others[len(outlet) :]
    titles = [p for p in others if p.bold][:1] or others[:1]
    notes = [p for p in others if p not in titles]
    return fields | _split_title(_named(titles, outlet, notes), titles)


def _split_title(fields: dict[str, Any], titles: Sequence[Paragraph]) -> dict[str, Any]:
    """A title whose further lines are no part of it, as that of a line that ends in ";" is."""
    first, *others = "".join(p.text.strip() for p in titles).splitlines() or [""]
    if not others or first.rstrip().endswith((";", ":", ",")):
        return fields
    return fields | {
        "title": " ".join(first.split()),
        "summary": " ".join(" ".join(others).split()),
    }


def _title_first(others: Sequence[Paragraph]) -> dict[str, Any]:
    bold = len(others) == 1 and others[0].bold is False
    titles = [] if bold else others[:1]
    if len(others) > 2 and others[0].bold and others[1].bold:  # a second line of it
        titles = others[:2]
    rest = others[len(titles) :]
    return _named(titles, rest[:1], rest[1:])


def _named(
    titles: Sequence[Paragraph], outlet: Sequence[Paragraph], notes: Sequence[Paragraph]
) -> dict[str, Any]:
    name = " ".join(_joined(outlet, " ").split())
    return {
        "title": " ".join(_joined(titles, " ").split()),
        "outlet": re.sub(r"\s+--\s+", " - ", re.sub(r"(?<=\w)\(", " (", name)),
        "note": " ".join(_joined(notes, "\n").split()),
        "article_id": next((_urn(p.link) for p in titles if _urn(p.link)), None),
    }


def _urn(link: str) -> str | None:
    found = re.search(r"urn:contentItem:[\w-]+", link)
    return found[0] if found else None


def _body(fields: dict[str, Any]) -> dict[str, Any]:
    """The text without what the vendor set around it, each thing in a field of its own."""
    paragraphs = (fields.get("text") or "").split("\n\n")
    found: dict[str, Any] = {}
    if len(paragraphs) > 1 and COPYRIGHT.match(paragraphs[-1]) and year_of(paragraphs[-1]):
        found["copyright"] = paragraphs.pop()
    link = BARE_URL.fullmatch(paragraphs[-1])
    if link is not None and len(paragraphs) > 1:
        found["url" if len(link["path"] or "") > 1 else "website"] = paragraphs.pop().strip()
    if paragraphs[0] == "ABSTRACT" and "FULL TEXT" in paragraphs:
        at = paragraphs.index("FULL TEXT")
        found["summary"] = "\n".join(filter(None, [fields.get("summary"), *paragraphs[1:at]]))
        paragraphs = paragraphs[at + 1 :]
    return found | {"text": "\n\n".join(paragraphs)}


def _load_day(fields: dict[str, Any]) -> dict[str, Any]:
    """The vendor's own day where there's no other and it is of the year of the copyright."""
    loaded = fields.get("load date")
    year = year_of(fields.get("copyright") or "")
    if fields.get("published") or not loaded or year is None or year_of(loaded) != year:
        return {}
    return {"published": published_of(loaded), "date from": "load date"}


def _joined(paragraphs: Iterable[Paragraph], between: str) -> str:
    texts = (re.sub(r"\n[ \xa0\t]*\n\s*", "\n\n", p.text.strip()) for p in paragraphs)
    return between.join(filter(None, texts))


def _size(segments: Sequence[Segment]) -> int:
    """How much stands below labels without being theirs by the same paragraph."""
    return sum(len(p.text) for name, held in segments[1:] if name not in TAIL for p in held[1:])


def _first_line(paragraph: Paragraph) -> str:
    return next(iter(paragraph.text.strip().splitlines()), "")


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" :").casefold()
