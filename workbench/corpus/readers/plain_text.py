"""A text file that is one article; Markdown's first heading is its title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.corpus.decoding import is_binary, read_text, text_head
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

HEADING = re.compile(r"\A\s*#\s+(?P<title>[^\n]+)\n")
OTHER_FORMATS = ("%PDF-", "{\\rtf", "<?xml")  # characters too, but not an article's


def sniff(source: Source) -> bool:
    """Anything of readable characters that no other reader knows."""
    start = text_head(source)
    return not is_binary(start) and not start.startswith(OTHER_FORMATS)


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """The whole file as one record, its text untouched."""
    text = read_text(source, options.encoding)
    if not text.strip():
        yield Refusal("1", "empty_record", "the file holds only white space")
        return
    heading = HEADING.match(text) if source.suffix in {".md", ".markdown"} else None
    yield Record("1", {"title": heading["title"].strip() if heading else None, "text": text})


READER = Reader("text", sniff, read)
