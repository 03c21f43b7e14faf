"""Factiva's XML delivery: a result set that states how many articles it should hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from workbench.corpus.decoding import text_head
from workbench.corpus.limits import check_tags
from workbench.corpus.readers.factiva_fields import authors, language
from workbench.corpus.readers.html_blocks import unwrap
from workbench.corpus.records import Announcement, Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

MARKS = re.compile(r"<(?:\w+:)?(?:PPSResponse|ppsArticleResponse|ppsarticleResultSet)\b", re.I)
ENTITY = re.compile(rb"<!ENTITY\b|<\0!\0E\0N\0T\0I\0T\0Y\0|\0<\0!\0E\0N\0T\0I\0T\0Y")
CLOSING = rb"(?i)</(?:\w+:)?%s\s*>"
ENTRY, RESULTS = "ppsarticle", "ppsarticleresultset"
NAMES = {
    "sourcename": "outlet", "sectionname": "section", "accessionno": "article_id",
    "columnname": "column", "sourcecode": "source_code", "edition": "edition", "pages": "page",
    "volume": "volume", "wordcount": "length", "credit": "credit", "copyright": "copyright",
    "publishername": "publisher", "contact": "contact", "notes": "notes", "artwork": "caption",
    "correction": "correction", "reference": "reference", "dateline": "dateline",
    "company": "companies", "industry": "industries", "newssubject": "subjects",
    "region": "regions", "descfield": "information_codes", "snippet": "summary",
}  # fmt: skip
BODY = {"leadparagraph", "tailparagraphs"}
CODED = {"companies", "industries", "subjects", "regions", "information_codes"}


def sniff(source: Source) -> bool:
    """By the names of the first elements."""
    return MARKS.search(text_head(source)) is not None


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal | Announcement]:
    """The number announced, one record per article; then whether the file is broken."""
    content = source.read()
    if ENTITY.search(content):
        yield Refusal("", "unsafe_markup", "the XML defines entities, which are not expanded")
        return
    check_tags(content)
    parser = etree.XMLParser(
        recover=True, no_network=True, resolve_entities=False, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        yield Refusal("", "broken_file", f"no XML: {str(error)[:200]}")
        return
    if root is None:
        yield Refusal("", "broken_file", "no XML element in the file")
        return
    yield from _results(root, content, parser)


def _results(
    root: etree._Element, content: bytes, parser: etree.XMLParser
) -> Iterator[Record | Refusal | Announcement]:
    announced = _announcement(root)
    if announced is not None:
        yield announced
    kind = ENTRY if next(_named(root, ENTRY), None) is not None else "article"
    entries = list(_named(root, kind))
    closed = len(re.findall(CLOSING % kind.encode(), content.replace(b"\0", b"")))
    cut = any("Premature end" in error.message for error in parser.error_log)
    whole = entries[:closed] if cut else entries
    for number, entry in enumerate(whole, 1):
        yield _outcome(entry, str(number))
    if cut:
        yield Refusal("", "broken_file", f"the XML breaks off after article {len(whole)}")
    elif len(parser.error_log):
        first = parser.error_log[0]
        yield Refusal("", "broken_file", f"malformed in line {first.line}: {first.message[:150]}")


def _announcement(root: etree._Element) -> Announcement | None:
    for element in root.iter():
        count = (element.get("count") or "").strip() if _name(element) == RESULTS else ""
        if re.fullmatch(r"[0-9]{1,9}", count):
            return Announcement(int(count), f'count="{count}" of the result set')
    return None


def _outcome(entry: etree._Element, number: str) -> Record | Refusal:
    article = entry if _name(entry) == "article" else next(_named(entry, "article"), None)
    if article is None:
        said = " ".join(" ".join(entry.itertext()).split()) or "no article in its place"
        return Refusal(number, "vendor_error", said[:200])
    return Record(number, _fields(article))


def _fields(article: etree._Element) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for element in article:
        name = NAMES.get(_name(element))
        if name in CODED:
            fields.setdefault(name, []).append(_coded(element))
        elif name is not None and (line := _line(element)):
            fields[name] = line
    title = " ".join(map(_line, _named(article, "headline")))
    bodies = (_text(part) for part in article if _name(part) in BODY)
    text = "\n\n".join(filter(None, bodies))
    fields |= {"title": title} if title else {}
    fields |= {"text": text} if text else {}
    fields |= authors("; ".join(map(_line, _named(article, "byline"))))
    fields |= language(" ".join(map(_line, _named(article, "baselanguage"))))
    return fields | _published(article)


def _published(article: etree._Element) -> dict[str, str]:
    date = next((_line(d) for p in _named(article, "publicationdate") for d in _leaves(p)), "")
    times = (*_named(article, "publicationtime"), *_named(article, "time"))
    time = next((line for line in map(_line, times) if line), "")
    if not date or "T" in date:
        return {"published": date} if date else {}
    return {"published": f"{date} {time}".strip()}


def _leaves(element: etree._Element) -> Iterator[etree._Element]:
    yield from (_named(element, "date") if len(element) else (element,))


def _text(part: etree._Element) -> str:
    """The paragraphs marked as such, each on one line unless it is set as typed; else by lines."""
    marked = list(_named(part, "paragraph"))
    if not marked:
        return unwrap("".join(part.itertext()))
    texts = ("".join(p.itertext()).strip("\n") if _is_typed(p) else _line(p) for p in marked)
    return "\n\n".join(text for text in texts if text.strip())


def _is_typed(paragraph: etree._Element) -> bool:
    return (paragraph.get("display") or "").lower() == "fixed"


def _coded(element: etree._Element) -> str:
    """`code : name`, as the other exports of Factiva have it."""
    return " : ".join(filter(None, (element.get("code"), _line(element))))


def _line(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (inner for inner in element.iter() if _name(inner) == name and inner is not element)


def _name(element: etree._Element) -> str:
    """An element's name in lower case without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


READER = Reader("factiva_xml", sniff, read, named=True)
