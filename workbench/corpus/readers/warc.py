"""WARC archives of crawled pages, such as CC-News: the article in each page.

WARC-Date is when a page was fetched; when it was published, only the page itself can say.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from workbench.corpus.limits import MAX_PAGE, TooLargeError
from workbench.corpus.readers.web_page import page_fields
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

GZIP = b"\x1f\x8b"
MARK = b"WARC/"
MAX_HEADERS = 2**20
HTML = re.compile(r"\b(?:text/html|application/xhtml\+xml)\b", re.IGNORECASE)
STATUS = re.compile(r"(?:^|\s)([1-5]\d\d)(?:\s|$)")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
CAPTURES = {"response", "resource", "revisit"}
BROKEN = (
    ArchiveLoadFailed, EOFError, OSError, zlib.error,
    AttributeError, ValueError,  # what warcio makes of a damaged record's header
)  # fmt: skip


def sniff(source: Source) -> bool:
    """By the first record's version, where need be behind gzip."""
    head = source.head
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith(MARK)


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per page fetched; what was fetched and is no page is refused."""
    number = 0
    try:
        with source.open() as stream:
            archive = ArchiveIterator(stream)
            archive.reader = _HeaderReader(archive.fh)
            for record in archive:
                archive.reader.in_lines = 0
                captured = record.rec_type in CAPTURES
                number += captured
                found = _page(str(number), record) if captured else None
                _refuse_cut_off(record)
                if found is not None:
                    yield found
    except BROKEN as error:
        yield Refusal("", "broken_file", f"the archive breaks off: {str(error)[:200]}")


class _HeaderReader(DecompressingBufferedReader):  # type: ignore[misc]
    """Reads by lines, as headers are read, only so much between two records."""

    in_lines = 0

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or MAX_HEADERS, MAX_HEADERS))
        self.in_lines += len(line)
        if self.in_lines > MAX_HEADERS:
            raise ArchiveLoadFailed(f"a record's headers take over {MAX_HEADERS:,} bytes")
        return line


def _refuse_cut_off(record: ArcWarcRecord) -> None:
    """Read a record to its end; warcio itself doesn't mind one that ends early."""
    while record.raw_stream.read(2**16):
        pass
    if getattr(record.raw_stream, "limit", 0):
        raise EOFError(f"a record lacks its last {record.raw_stream.limit:,} bytes")


def _page(number: str, record: ArcWarcRecord) -> Record | Refusal:
    kind, status = _content_type(record), _status(record)
    address = record.rec_headers.get_header("WARC-Target-URI")
    if record.rec_type == "revisit":
        return Refusal(number, "revisit", f"{address}: the same as an earlier record")
    if status is not None and status != "200":
        return Refusal(number, "http_status", f"{address}: {status}")
    if HTML.search(kind) is None:
        return Refusal(number, "not_a_page", f"{address}: {kind or 'no content type'}")
    content = record.content_stream().read(MAX_PAGE + 1)
    if len(content) > MAX_PAGE:
        return Refusal(number, "page_too_large", f"{address}: over {MAX_PAGE:,} bytes")
    try:
        fields = page_fields(_decoded(content, kind))
    except TooLargeError as error:
        return Refusal(number, "page_too_large", f"{address}: {error}")
    if fields is None:
        return Refusal(number, "no_text_found", f"{address}: no main text could be told apart")
    return Record(number, fields | _crawled(record, address, fields))


def _crawled(record: ArcWarcRecord, address: str | None, fields: Any) -> dict[str, Any]:
    given = fields.get("url")
    return {
        "url": address or given,
        "canonical url": given if given != address else None,
        "seen": record.rec_headers.get_header("WARC-Date"),
        "warc record id": record.rec_headers.get_header("WARC-Record-ID"),
    }


def _content_type(record: ArcWarcRecord) -> str:
    """The page's own type: of its HTTP headers, or of the record where it has none."""
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "")


def _status(record: ArcWarcRecord) -> str | None:
    """The code in the status line, whatever it calls the protocol: `http/2 200` too."""
    if record.http_headers is None:
        return None
    line = f"{record.http_headers.protocol} {record.http_headers.statusline}"
    match = STATUS.search(line)
    return match[1] if match else None


def _decoded(content: bytes, kind: str) -> str | bytes:
    """Text where its encoding is plain or named by the header; else the page's own mark tells.

    What is UTF-8 beyond ASCII is hardly ever anything else, whatever the header says.
    """
    named = CHARSET.search(kind)
    for encoding in ([] if content.isascii() else ["utf-8"]) + ([named[1]] if named else []):
        try:
            return content.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return content


READER = Reader("warc", sniff, read, is_text=False, named=True)
