"""The plain text of Nexis UK and LexisNexis Academic: "N of M DOCUMENTS", labels in capitals."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from workbench.corpus.decoding import is_binary, read_text, text_head
from workbench.corpus.readers.nexis_counts import announced, count_in, numbers_within
from workbench.corpus.readers.nexis_fields import (
    CLASSIC,
    Paragraph,
    article_fields,
    vendor_error,
)  # fmt: skip
from workbench.corpus.readers.nexis_labels import LABELS
from workbench.corpus.records import Announcement, Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

LABELLED = re.compile(r"(?P<name>[^\W\d_][^:\n]{1,30}):\s")
LINE_ENDS = re.compile(r"\r\n?|\f")
WRAPPED = 50  # a shorter line was ended on purpose


def sniff(source: Source) -> bool:
    """Text with a line that counts documents and one with a label in capitals."""
    start = text_head(source)
    if is_binary(start) or start.lstrip("\ufeff \t\r\n").startswith(("<", "{")):
        return False
    lines = LINE_ENDS.sub("\n", start).split("\n")
    return any(map(count_in, lines)) and any(map(_is_label, lines))


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal | Announcement]:
    """One record per article, numbered from the first of the file."""
    text = LINE_ENDS.sub("\n", read_text(source, options.encoding).removeprefix("\ufeff"))
    lines = text.split("\n")
    starts = [at for at, line in enumerate(lines) if count_in(line)]
    counts = [count_in(lines[at]) for at in starts] or [None]
    announcement = announced(counts)
    if announcement is not None:
        yield announcement
    bounds = itertools.pairwise([*starts, len(lines)]) if starts else [(-1, len(lines))]
    for number, (start, stop) in zip(numbers_within(counts), bounds, strict=True):
        yield _record(str(number), list(_paragraphs(lines[start + 1 : stop])))


def _record(number: str, article: list[Paragraph]) -> Record | Refusal:
    error = vendor_error(article)
    if error is not None:
        return Refusal(number, "vendor_error", error)
    return Record(number, article_fields(article, CLASSIC))


def _paragraphs(lines: list[str]) -> Iterator[Paragraph]:
    """Blocks between empty lines; a label begins one too; lines broken at a width are joined."""
    block: list[str] = []
    for line in [*lines, ""]:
        if block and (not line.strip() or _is_label(line)):
            yield Paragraph(_unwrapped(block))
            block = []
        if line.strip():
            block.append(line.strip())


def _is_label(line: str) -> bool:
    match = LABELLED.match(line + " ")
    name = match["name"] if match is not None else ""
    return name.isupper() and name.casefold() in LABELS


def _unwrapped(lines: list[str]) -> str:
    out = lines[0]
    for before, line in itertools.pairwise(lines):
        out += (" " if len(before) >= WRAPPED else "\n") + line
    return out


READER = Reader("nexis_txt", sniff, read, named=True)
