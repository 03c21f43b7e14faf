"""A text file that is one article; Markdown's first heading is its title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.corpus.decoding import read_text
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

HEADING = re.compile(r"\A\s*#\s+(?P<title>[^\n]+)\n")
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a]")
WIDE = (b"\xff\xfe", b"\xfe\xff")


def sniff(source: Source) -> bool:
    """Anything without control bytes that no other reader knows."""
    return source.head.startswith(WIDE) or BINARY.search(source.head) is None


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """The whole file as one record, its text untouched."""
    text = read_text(source, options.encoding)
    if not text.strip():
        yield Refusal("1", "empty_record", "the file holds only white space")
        return
    heading = HEADING.match(text) if source.suffix in {".md", ".markdown"} else None
    yield Record("1", {"title": heading["title"].strip() if heading else None, "text": text})


READER = Reader("text", sniff, read)
