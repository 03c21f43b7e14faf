"""Files made to exhaust or mislead who reads them, by name: contents in chunks.

`SMALL` ones are of the kind and cheap to make; `LARGE` ones are of the size, up to a gigabyte.
"""

from __future__ import annotations

import io
import itertools
import stat
import zipfile
import zlib
from collections.abc import Iterable

import polars as pl
from seed_files import FACTIVA_XML, ROWS, RSS, SEEDS, as_json, docx, open_document
from seed_files import zipped as packed

MEGABYTE = 1_000_000
SECRET = "The secret stands in a file beside"
SECRET_FILE = "secret.txt"
PAGE_HEADERS = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
Content = Iterable[bytes]


# ---- archives -------------------------------------------------------------------------------


def with_members(archive: bytes, **changed: bytes) -> bytes:
    """An Office document with some of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    assert changed.keys() <= members.keys(), members.keys()
    return packed(members | changed)


def links() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, f"../{SECRET_FILE}")
    return out.getvalue()


def nested(levels: int) -> bytes:
    content = packed({"a.txt": b"Kyiv"})
    for _ in range(levels):
        content = packed({f"{number}.zip": content for number in range(4)})
    return content


def crawled(size: int, *, header: bool = False) -> Content:
    """A page of zeros, or a header line of them, in a compressed crawl."""
    length = len(PAGE_HEADERS) + size
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
        f"Content-Type: application/http\r\nContent-Length: {length}\r\n"
    )
    rest = "X: " if header else f"\r\n{PAGE_HEADERS}"
    return squeezed(f"{head}{rest}".encode(), size)


def squeezed(start: bytes, size: int) -> Content:
    """A gzip member of something and zeros."""
    squeeze = zlib.compressobj(1, wbits=31)
    yield squeeze.compress(start)
    for _ in range(size // MEGABYTE):
        yield squeeze.compress(b"0" * MEGABYTE)
    yield squeeze.flush()


# ---- markup ---------------------------------------------------------------------------------


def laughs(name: str) -> str:
    """A document type whose entity `z` is ten to the ninth times as long."""
    inner = "".join(
        f'<!ENTITY {chr(a + 1)} "{f"&{chr(a)};" * 10}">' for a in range(ord("a"), ord("j"))
    )
    return f'<!DOCTYPE {name} [<!ENTITY a "lol">{inner}<!ENTITY z "{"&j;" * 10}">]>'


def outside(name: str) -> str:
    """A document type whose entity `z` is a file beside."""
    return f'<!DOCTYPE {name} [<!ENTITY z SYSTEM "{SECRET_FILE}">]>'


def behind_a_bracket(name: str) -> str:
    return laughs(name).replace("[", '[<!ATTLIST a b CDATA "]">', 1)


def in_front(markup: str, kind: str) -> str:
    """Markup with a document type behind its declaration, or at the very top."""
    end = markup.index("?>") + 2 if markup.startswith("<?") else 0
    return f"{markup[:end]}{kind}{markup[end:]}"


MARKED = FACTIVA_XML.format("EN", "&z;", "&z;")
IN_ATTRIBUTE = MARKED.replace('display="Fixed"', 'display="&z;"')
FEED = RSS.replace("Grain", "&z;")
TEXT_PART, SHEET, STRINGS = "word/document.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
WORD = docx(
    "A title", "The Paper", "July 1, 2022", "Length: 3 words", "Body", "&amp;z;", "End of Document"
)
BOOK = SEEDS["spreadsheet.xlsx"]


def word(kind: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(WORD)) as archive:
        text = archive.read(TEXT_PART).decode().replace("&amp;", "&")
    return with_members(WORD, **{TEXT_PART: in_front(text, kind).encode()})


# ---- tables ---------------------------------------------------------------------------------

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(rows: str, *, kind: str = "", dimension: str = "A1", below: str = "") -> bytes:
    sheet = (
        f'<?xml version="1.0"?>{kind}<worksheet xmlns="{SPACE}"><dimension ref="{dimension}"/>'
        f"<sheetData>{rows}</sheetData>{below}</worksheet>"
    )
    return with_members(BOOK, **{SHEET: sheet.encode()})


def cell(place: str, value: str = "Kyiv") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


HEADER = row(1, cell("A1", "title"), cell("B1", "text"))
FILLED = HEADER + row(2, cell("A2"), cell("B2", "The talks go on."))


def shared_strings(cells: int, length: int) -> bytes:
    rows = "".join(f'<row><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, cells + 1))
    strings = f'<sst xmlns="{SPACE}"><si><t>{"x" * length}</t></si></sst>'
    return with_members(book(rows), **{STRINGS: strings.encode()})


def repeated_cells(rows: int, columns: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(open_document())) as archive:
        text = archive.read("content.xml").decode()
    wide = text.replace(
        "<table:table-cell ", f'<table:table-cell table:number-columns-repeated="{columns}" '
    )
    many = wide.replace(
        "<table:table-row>", f'<table:table-row table:number-rows-repeated="{rows}">'
    )
    return with_members(open_document(), **{"content.xml": many.encode()})


def parquet_that_claims(rows: int) -> bytes:
    """The number of rows in the footer, two in truth, is field 3 there: a zigzag varint."""
    out = io.BytesIO()
    pl.DataFrame(ROWS).write_parquet(out)
    content = out.getvalue()
    length = int.from_bytes(content[-8:-4], "little")
    body, footer = content[: -8 - length], content[-8 - length : -8]
    assert footer.count(b"\x16\x04\x19") == 1
    footer = footer.replace(b"\x16\x04\x19", b"\x16" + varint(2 * rows) + b"\x19")
    return body + footer + len(footer).to_bytes(4, "little") + b"PAR1"


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


# ---- one long line --------------------------------------------------------------------------


def line(before: str, token: str, size: int, after: str = "", encoding: str = "utf-8") -> Content:
    """A token over and over, without a line end."""
    chunk = token.encode(encoding) * (MEGABYTE // len(token))
    middle = itertools.repeat(chunk, size // len(chunk))
    return itertools.chain([before.encode(encoding)], middle, [after.encode(encoding)])


def array(size: int) -> Content:
    """A JSON list of long articles on one line."""
    text = ROWS[0]["text"] * 200
    count = size // len(text)
    articles = ({"text": text, "url": f"https://a.example/{n}"} for n in range(count))
    return itertools.chain([b"["], (as_json(a) + b"," for a in articles), [as_json(ROWS[1]) + b"]"])
