# ruff: noqa: E501  (the seeds are files)
"""Whatever bytes come under whatever name: no exception, and every record is accounted for."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.corpus import read

ROWS = [
    {"title": "Talks", "text": "The talks go on. " * 20, "date": "03/04/2022", "url": "https://a.example/1"},
    {"title": "Переговоры", "text": "Переговоры продолжаются. " * 15, "date": "2022-04-05", "url": ""},
]  # fmt: skip
PAGE = "<html><head><title>T</title></head><body>%s</body></html>"


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate([list(ROWS[0]), *(list(r.values()) for r in ROWS)]):
            sheet.write_row(line, 0, row)
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


def crawl() -> bytes:
    page = (PAGE % "".join(f"<p>{row['text']}</p>" for row in ROWS)).encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
        "WARC-Date: 2022-04-01T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


LINES = "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS).encode()
TABLE = ("title,text,date,url\n" + "\n".join(",".join(r.values()) for r in ROWS)).encode()
SEEDS: dict[str, bytes] = {
    ".jsonl": LINES,
    ".json": json.dumps({"status": "ok", "articles": ROWS}).encode(),
    ".csv": TABLE,
    ".tsv": TABLE.replace(b",", b"\t"),
    ".xlsx": workbook(),
    ".zip": archive(**{"a.jsonl": LINES, "b/c.csv": TABLE, "d.zip": archive(**{"e.txt": LINES})}),
    ".html": (PAGE % "".join(f"<h1>{r['title']}</h1><p>{r['text']}</p>" for r in ROWS)).encode(),
    ".factiva.html": (
        PAGE
        % '<div class="article enArticle"><table><tr><td>HD</td><td>Talks</td></tr><tr><td>PD</td>'
        '<td>1 April 2022</td></tr></table><p class="articleParagraph enarticleParagraph">Text.</p>'
        "<p>Document ABC0000020220401ei41000</p></div>"
    ).encode(),
    ".nexis.txt": b"1 of 2 DOCUMENTS\n\nThe Paper\n\nApril 1, 2022\n\nTalks go on\n\nLENGTH: 3 words\n\n"
    b"Talks go on.\n\nLOAD-DATE: April 2, 2022\n\n2 of 2 DOCUMENTS\n\nThe Paper\n\nApril 2, 2022\n",
    ".proquest.txt": b"_" * 60 + b"\n\nTalks go on\n\nPublication title: The Paper\n\nFull text: Text.\n\n"
    b"Publication date: Apr 1, 2022\n\n" + b"_" * 60 + b"\n\nCopyright\n",
    ".ris": b"TY  - NEWS\nTI  - Talks\nT2  - The Paper\nDA  - 2022/04/01\nN2  - Text.\nER  - \n",
    ".rtf": rb"{\rtf1\ansi\deff0 {\b Talks}\par The Paper\par April 1, 2022\par Body\par Text.\par}",
    ".xml": b'<?xml version="1.0"?><rss version="2.0"><channel><title>P</title><item><title>T</title>'
    b"<pubDate>Fri, 01 Apr 2022 10:00:00 GMT</pubDate><description>D</description></item></channel></rss>",
    ".txt": b"The talks go on.\r\n\r\nNothing else.",
    ".md": "# Talks\n\nThe talks go on.".encode("utf-16"),
    ".warc": crawl(),
}  # fmt: skip
ENDINGS = [*SEEDS, ".docx", ".xls", ".parquet", ".gz", ""]


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of some format, damaged in some ways, under some name."""
    kind = draw(st.sampled_from(sorted(SEEDS)))
    content = bytearray(SEEDS[kind])
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(len(content) - 1, 0)))
        how = draw(st.sampled_from(["cut", "flip", "insert", "repeat", "swap"]))
        if how == "cut":
            del content[at:]
        elif how == "flip" and content:
            content[at] = draw(st.integers(0, 255))
        elif how == "insert":
            content[at:at] = draw(st.binary(max_size=20))
        elif how == "repeat":
            content += content[at : at + 2000]
        else:
            content = content[at:] + content[:at]
    honest = draw(st.booleans())
    return (kind if honest else draw(st.sampled_from(ENDINGS))), bytes(content)


def check(folder: Path, file: tuple[str, bytes]) -> None:
    """Read one file and account for its records."""
    ending, content = file
    path = folder / f"file{ending}"
    path.write_bytes(content)
    reading = read(path)
    records = sum(report.records for report in reading.reports)
    assert reading.articles.height + reading.rejects.height == records
    assert records >= 1 or any(report.totals for report in reading.reports)


@given(file=files())
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_read_survives_damaged_files(tmp_path: Path, file: tuple[str, bytes]) -> None:
    check(tmp_path, file)


@pytest.mark.verify
@given(file=files())
@settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_read_survives_20_000_damaged_files(tmp_path: Path, file: tuple[str, bytes]) -> None:
    check(tmp_path, file)


@pytest.mark.parametrize("kind", sorted(SEEDS.keys() - {".rtf"}))  # that one is no vendor's
def test_seeds_are_read_whole(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"file{kind}"
    path.write_bytes(SEEDS[kind])
    assert read(path).articles.height >= 1
