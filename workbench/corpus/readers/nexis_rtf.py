"""Nexis Uni's export as RTF, also under the endings .doc and .docx."""

from __future__ import annotations

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from workbench.corpus.readers.html_blocks import holds
from workbench.corpus.readers.nexis_articles import uni_records
from workbench.corpus.readers.nexis_fields import Paragraph
from workbench.corpus.records import Announcement, Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

RTF = b"{\\rtf"
NEXIS = re.compile(
    rb"Load-Date:|End of Document|Ende des Dokuments|Fin du document|Fin del documento"
    rb"|Fim do documento|bkmkstart Bookmark_1"
)
LINK = re.compile(  # the address in front of a linked text
    r"\{\\\*\\fldinst\s*+(?:\{(?:[^{}\\]|\\[^{}])*+\}|[^{}])*+\}", re.IGNORECASE
)
BOOKMARK = re.compile(r"\{\\\*\\bkmk(?:start|end)[^{}]*\}")
LINE_END = re.compile(r"\\line(?![a-z])\s?")  # inside a paragraph
BREAK = "\v"
PADDING = b"\0 \r\n\t"


def sniff(source: Source) -> bool:
    """RTF with the vendor's marks."""
    return source.head.lstrip().startswith(RTF) and holds(source, NEXIS)


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal | Announcement]:
    """One record per article, in order."""
    content = source.read()
    broken = None if content.rstrip(PADDING).endswith(b"}") else "the file ends too early"
    marked = BOOKMARK.sub("", LINK.sub("", content.decode("latin-1")))
    text = rtf_to_text(LINE_END.sub(BREAK, marked), encoding="cp1252", errors="replace")
    paragraphs = [Paragraph(line.replace(BREAK, "\n")) for line in text.split("\n")]
    yield from uni_records(paragraphs, broken)


READER = Reader("nexis_rtf", sniff, read, is_text=False, named=True)
