"""WARC archives: one article per page, seen apart from published, odd protocols, damage."""

from __future__ import annotations

import datetime as dt
import gzip
import io
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import workbench as wb
from workbench.corpus.readers import warc

BODY = " ".join(f"Ships wait off the port for the {n}th day." for n in range(30))
PAGE = f"""<html><head><title>Grain waits</title><meta property="og:site_name"
content="Harbour Times"><meta property="article:published_time" content="2022-03-04T10:15:00Z">
</head><body><article><h1>Grain waits</h1><p>{BODY}</p><p>“Été,” he said.</p></article></body>
</html>"""
FETCHED = "2022-03-06T08:00:00Z"


def archive(folder: Path, *records: tuple[str, str, bytes], gz: bool = True) -> Path:
    """Records as (status line, content type, content), between a warcinfo and requests."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gz)
    writer.write_record(writer.create_warcinfo_record("CC-NEWS", {"software": "test"}))
    for number, (status, kind, content) in enumerate(records, 1):
        protocol, _, line = status.partition(" ")
        writer.write_record(
            writer.create_warc_record(
                f"https://www.harbourtimes.com/{number}",
                "response",
                payload=io.BytesIO(content),
                warc_headers_dict={"WARC-Date": FETCHED},
                http_headers=StatusAndHeaders(line, [("Content-Type", kind)], protocol=protocol),
            )
        )
    path = folder / ("CC-NEWS-20220306080000-00001.warc" + (".gz" if gz else ""))
    path.write_bytes(out.getvalue())
    return path


def page(title: str = "Grain waits", encoding: str = "utf-8") -> bytes:
    return PAGE.replace("Grain waits", title).encode(encoding)


@pytest.mark.parametrize("gz", [True, False])
@pytest.mark.parametrize("status", ["HTTP/1.1 200 OK", "http/2 200 OK", "HTTP/2 200"])
def test_warc_gives_the_article_of_a_page(tmp_path: Path, status: str, gz: bool) -> None:
    reading = wb.read(archive(tmp_path, (status, "text/html; charset=utf-8", page()), gz=gz))
    assert reading.rejects.is_empty()
    assert reading.reports[0].format == "warc"
    (row,) = reading.articles.to_dicts()
    assert (row["source_record"], row["title"]) == ("1", "Grain waits")
    assert row["text"].startswith("Ships wait off the port for the 0th day.")
    assert row["text"].endswith("“Été,” he said.")
    assert row["published"] == dt.datetime(2022, 3, 4, 10, 15, tzinfo=dt.UTC)
    assert row["published_precision"] == "second"
    assert row["seen"] == dt.datetime(2022, 3, 6, 8, tzinfo=dt.UTC)
    assert (row["outlet"], row["url"]) == ("Harbour Times", "https://www.harbourtimes.com/1")


def test_warc_page_without_a_date_has_none(tmp_path: Path) -> None:
    undated = page().replace(b"2022-03-04T10:15:00Z", b"")
    reading = wb.read(archive(tmp_path, ("HTTP/1.1 200 OK", "text/html", undated)))
    assert reading.articles["published"].to_list() == [None]


@pytest.mark.parametrize(
    ("kind", "encoding"),
    [("text/html; charset=windows-1252", "cp1252"), ('text/html;charset="utf-8"', "utf-8")],
)
def test_warc_decodes_by_the_header(tmp_path: Path, kind: str, encoding: str) -> None:
    reading = wb.read(archive(tmp_path, ("HTTP/1.1 200 OK", kind, page(encoding=encoding))))
    assert reading.articles["text"][0].endswith("“Été,” he said.")


def test_warc_decodes_by_a_header_that_names_seven_bits(tmp_path: Path) -> None:
    content = PAGE.replace("Été", "東京").encode("iso2022_jp")
    kind = "text/html; charset=iso-2022-jp"
    reading = wb.read(archive(tmp_path, ("HTTP/1.1 200 OK", kind, content)))
    assert reading.articles["text"][0].endswith("“東京,” he said.")


def test_warc_decodes_utf8_whatever_the_header_says(tmp_path: Path) -> None:
    kind = "text/html; charset=iso-8859-1"
    reading = wb.read(archive(tmp_path, ("HTTP/1.1 200 OK", kind, page())))
    assert reading.articles["text"][0].endswith("“Été,” he said.")


def test_warc_refuses_what_is_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAX_PAGE", 5_000)
    records = [
        ("HTTP/1.1 200 OK", "image/png", b"\x89PNG"),
        ("HTTP/1.1 404 Not Found", "text/html", page()),
        ("HTTP/1.1 200 OK", "text/html", b"<html><body></body></html>"),
        ("HTTP/1.1 200 OK", "text/html", page() + b" " * 5_000),
        ("HTTP/1.1 200 OK", "text/html", page("Second")),
    ]
    reading = wb.read(archive(tmp_path, *records))
    assert reading.articles["title"].to_list() == ["Second"]
    assert reading.rejects.select("source_record", "reason").rows() == [
        ("1", "not_a_page"),
        ("2", "http_status"),
        ("3", "no_text_found"),
        ("4", "page_too_large"),
    ]


@pytest.mark.parametrize("gz", [True, False])
def test_warc_cut_off_gives_what_is_whole(tmp_path: Path, gz: bool) -> None:
    records = [("HTTP/1.1 200 OK", "text/html", page(title)) for title in ("First", "Second")]
    path = archive(tmp_path, *records, gz=gz)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - 200])
    reading = wb.read(path)
    assert reading.articles["title"].to_list() == ["First"]
    assert reading.rejects.select("source_record", "reason").rows() == [("", "broken_file")]


def test_warc_gzip_of_something_else_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"not an archive"))
    assert wb.read(path).rejects["reason"].to_list() == ["unknown_format"]
