"""The HTML of Nexis UK and LexisNexis Academic: articles between anchors, labels in capitals."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from lxml import html

from workbench.corpus.decoding import read_text, text_head
from workbench.corpus.readers.html_blocks import (
    BREAK,
    is_cut_short,
    parse_html,
    raw_text,
    tidy,
)  # fmt: skip
from workbench.corpus.readers.nexis_counts import Count, announced, count_in, numbers_within
from workbench.corpus.readers.nexis_fields import (
    CLASSIC,
    Paragraph,
    article_fields,
    vendor_error,
)  # fmt: skip
from workbench.corpus.records import Announcement, Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

NEXIS = re.compile(r"<a\s+name=[\"']?DOC_ID_|<!--\s*LXNComment|<DOCFULL>", re.IGNORECASE)
ANCHOR = re.compile(r"<a\s+name=[\"']?DOC_ID_", re.IGNORECASE)
OPENING = re.compile(r"<DOC\s+NUMBER=", re.IGNORECASE)
CLOSING = re.compile(r"</DOCFULL>|</body>", re.IGNORECASE)
HELD = re.compile(r"<meta\b[^>]*\b(DOCUMENTS=[\"']?(\d+)[\"']?)", re.IGNORECASE)
BOLD = re.compile(r"\.(\w+)\s*\{[^}]*font-weight:\s*bold", re.IGNORECASE)


def sniff(source: Source) -> bool:
    """HTML with the vendor's anchors or comments."""
    start = text_head(source)
    return start.lstrip("\ufeff \t\r\n").startswith("<") and NEXIS.search(start) is not None


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal | Announcement]:
    """One record per article, numbered from the first of the file."""
    text = read_text(source, options.encoding)
    bold = set(BOLD.findall(text[:20_000]))
    pieces = _pieces(text)
    broken = is_cut_short(text)
    if broken and pieces and CLOSING.search(pieces[-1]) is None:
        pieces.pop()  # it is cut short
    articles = [list(_paragraphs(piece, bold)) for piece in pieces]
    counts = [_count(article) for article in articles]
    announcement = _held(text) or announced(counts)
    if announcement is not None:
        yield announcement
    for number, article in zip(numbers_within(counts), articles, strict=True):
        yield _record(str(number), article)
    if broken:
        yield Refusal("", "broken_file", "the page ends too early")


def _pieces(text: str) -> list[str]:
    """The markup of each article."""
    starts = [match.start() for match in ANCHOR.finditer(text)]
    starts = starts or [match.start() for match in OPENING.finditer(text)]
    return [text[a:b] for a, b in itertools.pairwise([*starts, len(text)])]


def _held(text: str) -> Announcement | None:
    """What the page's head says of how many articles there are."""
    match = HELD.search(text[:20_000])
    return Announcement(int(match[2]), match[1]) if match is not None else None


def _record(number: str, article: Sequence[Paragraph]) -> Record | Refusal:
    error = vendor_error(article)
    if error is not None:
        return Refusal(number, "vendor_error", error)
    return Record(number, article_fields(article, CLASSIC))


def _count(article: Sequence[Paragraph]) -> Count | None:
    return next(filter(None, (count_in(p.text) for p in article[:3])), None)


def _paragraphs(piece: str, bold: set[str]) -> Iterator[Paragraph]:
    """The paragraphs of an article; the first of each block stands apart."""
    tree = parse_html(re.sub(r"<!--.*?(?:-->|\Z)", "", piece, flags=re.DOTALL))
    block = None
    for element in [] if tree is None else tree.iter("p"):
        above = element.getparent()
        apart = above is None or above.tag == "body" or above is not block
        text = _text(element)
        if text.strip():
            block = above
            yield Paragraph(text, bold=_begins_bold(element, bold), apart=apart)


def _text(element: html.HtmlElement) -> str:
    """A paragraph's text, its label, which is a part of its own, followed by a hard space."""
    first = next((span for span in element.iter("span") if span.text_content().strip()), None)
    text = tidy(raw_text(element))
    label = "" if first is None else raw_text(first).replace(BREAK, "").strip()
    if label.endswith(":") and label.isupper() and text.startswith(label):
        return f"{label}\xa0{text.removeprefix(label).lstrip()}"
    return text


def _begins_bold(element: html.HtmlElement, bold: set[str]) -> bool:
    first = next((span for span in element.iter("span") if span.text_content().strip()), None)
    return first is not None and first.get("class") in bold


READER = Reader("nexis_html", sniff, read, named=True)
