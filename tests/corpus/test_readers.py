"""Each reader: which files it knows, the records it finds, and what it refuses."""

from __future__ import annotations

import codecs
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from workbench.corpus import lines
from workbench.corpus.readers import reader_for
from workbench.corpus.records import ReadOptions, Record, Refusal
from workbench.corpus.sources import Source, find_sources
from workbench.errors import InputError

Found = tuple[str, str, list[dict[str, Any]], list[tuple[str, str, str | None]]]


def source(folder: Path, name: str, content: str | bytes) -> Source:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (found,) = find_sources([path])
    assert isinstance(found, Source)
    return found


def format_of(given: Source, options: ReadOptions = ReadOptions()) -> str | None:  # noqa: B008
    reader = reader_for(given, options)
    return reader.name if reader is not None else None


def outcomes(given: Source, **options: Any) -> list[Record | Refusal]:
    reader = reader_for(given, ReadOptions(**options))
    assert reader is not None
    return list(reader.read(given, ReadOptions(**options)))


def fields(given: Source, **options: Any) -> list[dict[str, Any]]:
    """The fields of each record; there must be no refusal."""
    found = outcomes(given, **options)
    assert [item for item in found if isinstance(item, Refusal)] == []
    return [dict(item.fields) for item in found if isinstance(item, Record)]


# ---- choosing a reader ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.csv", "title,text\nx,y\n", "delimited"),
        ("a.csv", "Überschrift;Inhalt\nx;y\n", "delimited"),
        ("a.txt", "title;date;link\nx;1;y\n", "delimited"),
        ("a.txt", "\ufeffTitle\tDate\nx\ty\n".encode("utf-16"), "delimited"),
        ("a.csv", "title,text\nx,<html><body>y</body></html>\n", "delimited"),
        ("a.jsonl", '{"title": "x"}\n', "jsonl"),
        ("a.jsonl", "{broken\n", "jsonl"),
        ("a.json", '{"title": "x"}\n{"title": "y"}\n', "jsonl"),
        ("a.json", '{broken\n{"title": "y"}\n', "jsonl"),
        ("a.txt", '{"title": "x"}\r\n{"title": "y"}\r\n', "jsonl"),
        ("a.json", '{"title": "x"}\n{"title": "y"}\n'.encode("utf-16"), "jsonl"),
        ("a.json", '{"title": "' + "x" * 70_000 + '"}\n{"title": "y"}', "jsonl"),
        ("a.json", '{"articles": [{"title": "x"}]}\n', "json"),
        ("a.json", '{\n  "articles": [\n    {"title": "x"}\n  ]\n}\n', "json"),
        ("a.json", "[]", "json"),
        ("a.json", "Your query was too short", "json"),
        ("a", '\ufeff [{"title": "x"}]', "json"),
        ("a.jsonl", '[\n{"title": "x"}\n]', "json"),
        ("a.jsonl", '[{"title": "x"}]\n{"title": "y"}', "jsonl"),
        ("a.json", '[{"title": "x"}]'.encode("utf-16"), "json"),
        ("a.html", "<!doctype html><title>x</title>", "web_page"),
        ("a.txt", "\ufeff\n<!-- saved --><HTML><body>x</body></HTML>", "web_page"),
        ("a.txt", "[Update] Kyiv\nThe <body> of the text", "text"),
        ("a.txt", "Title and date\nA text.", "text"),
        ("a.md", "# Heading\nA text.", "text"),
        ("a.txt", "Київ".encode("utf-16"), "text"),
        ("a.parquet", b"PAR1", "parquet"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "spreadsheet"),
        ("a.doc", b"\xd0\xcf\x11\xe0\0\0\0\0", None),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", None),
        ("a.csv", bytes(range(256)), None),
        ("a.txt", bytes(range(256)), None),
        ("a.pdf", "%PDF-1.4\nA text", None),
        ("a.rtf", "{\\rtf1 A text}", None),
        ("a.xml", '<?xml version="1.0"?><news/>', None),
    ],
)
def test_reader_for_looks_at_the_content(
    tmp_path: Path, name: str, content: str | bytes, format: str | None
) -> None:
    assert format_of(source(tmp_path, name, content)) == format


def test_reader_for_the_format_asked_for(tmp_path: Path) -> None:
    given = source(tmp_path, "a.txt", "title,text\nx,y\n")
    assert format_of(given, ReadOptions(format="text")) == "text"


def test_reader_for_unknown_format_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"No format 'nexis'; the formats are parquet, .*text"):
        reader_for(source(tmp_path, "a.txt", "x"), ReadOptions(format="nexis"))


# ---- delimited ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'title,text\n"A, b","c\r\nd ""e"""\n'),
        ("a.csv", 'title;text\n"A, b";"c\r\nd ""e"""\n'),
        ("a.tsv", 'title\ttext\n"A, b"\t"c\r\nd ""e"""\n'),
        ("a.csv", 'title|text\n"A, b"|"c\r\nd ""e"""\n'),
        ("a.csv", '"title","text"\r"A, b","c\r\nd ""e"""\r'),
        ("a.csv", '\n\r\ntitle,text\n\n"A, b","c\r\nd ""e"""'),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_delimited_reads_quoted_fields_as_they_are(
    tmp_path: Path, name: str, content: str, encoding: str
) -> None:
    given = source(tmp_path, name, content.encode(encoding))
    assert fields(given) == [{"title": "A, b", "text": 'c\r\nd "e"'}]


def test_delimited_asked_utf8_reads_a_quoted_header_behind_a_mark(tmp_path: Path) -> None:
    given = source(tmp_path, "a.csv", codecs.BOM_UTF8 + b'"title","text"\nA,b\n')
    assert fields(given, encoding="utf-8") == [{"title": "A", "text": "b"}]


def test_delimited_keeps_nul_characters(tmp_path: Path) -> None:
    assert fields(source(tmp_path, "a.csv", "title,text\nA,b\0c\n")) == [
        {"title": "A", "text": "b\0c"}
    ]


def test_delimited_refuses_rows_of_another_length(tmp_path: Path) -> None:
    content = "title,text\nA,b\nshort\nC,d,long\nE,f\n"
    assert outcomes(source(tmp_path, "a.csv", content)) == [
        Record("1", {"title": "A", "text": "b"}),
        Refusal("2", "broken_row", "1 fields, the header has 2"),
        Refusal("3", "broken_row", "3 fields, the header has 2"),
        Record("4", {"title": "E", "text": "f"}),
    ]


@pytest.mark.parametrize("header", ["title,text", ",text", "title,title"])
def test_delimited_refuses_the_header_where_it_comes_again(tmp_path: Path, header: str) -> None:
    found = outcomes(source(tmp_path, "a.csv", f"{header}\nA,b\n{header}\nC,d\n"))
    assert found[1] == Refusal("2", "repeated_header", None)
    assert [list(item.fields.values()) for item in found if isinstance(item, Record)] == [
        ["A", "b"],
        ["C", "d"],
    ]


def test_delimited_numbers_columns_of_one_name_and_of_none(tmp_path: Path) -> None:
    assert fields(source(tmp_path, "a.csv", "title,,title\nA,b,c\n")) == [
        {"title": "A", "column 2": "b", "title (2)": "c"}
    ]


def test_delimited_finds_the_header_below_a_title(tmp_path: Path) -> None:
    content = "Results for war; 1 March\n\ntitle;date;url\nA, b;1 March 2022;c\n"
    assert outcomes(source(tmp_path, "a.csv", content)) == [
        Refusal("0", "above_header", "Results for war  1 March"),
        Record("3", {"title": "A, b", "date": "1 March 2022", "url": "c"}),
    ]


def test_delimited_header_alone_holds_nothing(tmp_path: Path) -> None:
    assert outcomes(source(tmp_path, "a.csv", "title,text\n")) == []


def test_delimited_unclosed_quotation_mark_is_one_broken_row(tmp_path: Path) -> None:
    content = 'title,text\nA,b\n"C,d\nE,f\n'
    assert outcomes(source(tmp_path, "a.csv", content))[1:] == [
        Refusal("2", "broken_row", "1 fields, the header has 2")
    ]


def test_delimited_far_into_the_file_the_cyrillic_is_right(tmp_path: Path) -> None:
    plain = "A headline,Plain text about nothing\n" * 4000
    given = source(tmp_path, "a.csv", f"title,text\n{plain}Київ,Війна\n".encode("cp1251"))
    assert fields(given)[-1] == {"title": "Київ", "text": "Війна"}


# ---- JSON -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ([{"title": "x"}, {"title": "y"}], [{"title": "x"}, {"title": "y"}]),
        ({"articles": [{"title": "x"}]}, [{"title": "x"}]),
        (
            {"articles": [{"title": "x"}], "facets": [{"name": "a"}, {"name": "b"}]},
            [{"title": "x"}],
        ),
        ({"bbc": [{"title": "x"}], "tass": [{"title": "y"}]}, [{"title": "x"}, {"title": "y"}]),
        ({"rows": [{"a": 1}, {"a": 2}], "links": [{"rel": "n"}]}, [{"a": 1}, {"a": 2}]),
        ({"title": "x", "text": "y"}, [{"title": "x", "text": "y"}]),
        (
            {"text": "x", "tags": [{"title": "a"}, {"title": "b"}]},
            [{"text": "x", "tags": [{"title": "a"}, {"title": "b"}]}],
        ),
        (
            {"response": {"results": [{"webTitle": "x", "fields": {"bodyText": "y"}}]}},
            [{"webTitle": "x", "fields.bodyText": "y"}],
        ),
    ],
)
def test_json_document_finds_the_articles(
    tmp_path: Path, document: Any, expected: list[dict[str, Any]]
) -> None:
    assert fields(source(tmp_path, "a.json", json.dumps(document))) == expected


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ('[{"title": "x"', ("", "broken_json")),
        ("{}", ("", "no_records")),
        ("[]", ("", "no_records")),
        ("7", ("", "no_records")),
        ("Please limit requests", ("", "broken_json")),
    ],
)
def test_json_document_without_records_says_so(
    tmp_path: Path, content: str, refusal: tuple[str, str]
) -> None:
    (found,) = outcomes(source(tmp_path, "a.json", content))
    assert isinstance(found, Refusal)
    assert (found.number, found.reason) == refusal


def test_json_document_refuses_items_that_are_no_objects(tmp_path: Path) -> None:
    assert outcomes(source(tmp_path, "a.json", '[{"title": "x"}, 7]')) == [
        Record("1", {"title": "x"}),
        Refusal("2", "not_an_object", "the item is a int"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_document_in_any_unicode(tmp_path: Path, encoding: str) -> None:
    given = source(tmp_path, "a.json", '[{"title": "Київ"}]'.encode(encoding))
    assert fields(given) == [{"title": "Київ"}]


def test_json_lines_one_broken_line_costs_one_record(tmp_path: Path) -> None:
    content = '{"title": "x"}\n{"title": "y"\n\n[1]\n{"title": "z", "n": NaN}'
    assert outcomes(source(tmp_path, "a.jsonl", content)) == [
        Record("1", {"title": "x"}),
        Refusal("2", "broken_json", "unexpected end of data (column 14)"),
        Refusal("4", "not_an_object", "the line holds a list"),
        Record("5", {"title": "z", "n": None}),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_json_lines_in_any_unicode(tmp_path: Path, encoding: str, name: str) -> None:
    given = source(tmp_path, name, '{"title": "Київ"}\r\n{"title": "Львів"}'.encode(encoding))
    assert fields(given) == [{"title": "Київ"}, {"title": "Львів"}]


def test_json_lines_joined_files_with_a_mark_in_the_middle(tmp_path: Path) -> None:
    content = codecs.BOM_UTF8 + b'{"title": "x"}\n' + codecs.BOM_UTF8 + b'{"title": "y"}\n'
    assert fields(source(tmp_path, "a.jsonl", content)) == [{"title": "x"}, {"title": "y"}]


def test_json_lines_in_a_legacy_encoding(tmp_path: Path) -> None:
    content = '{"title": "Київ"}\n{"title": "Львів"}\n'.encode("cp1251")
    expected = [{"title": "Київ"}, {"title": "Львів"}]
    assert fields(source(tmp_path, "a.jsonl", content)) == expected
    assert fields(source(tmp_path, "a.jsonl", content), encoding="cp1251") == expected


def test_json_lines_line_that_is_not_utf8_is_refused_alone(tmp_path: Path) -> None:
    content = '{"title": "Київ"}\n'.encode() + b'{"title": "\xff"}\n' + b'{"title": "x"}\n'
    assert outcomes(source(tmp_path, "a.jsonl", content)) == [
        Record("1", {"title": "Київ"}),
        Refusal("2", "broken_encoding", "not UTF-8 from byte 12 on"),
        Record("3", {"title": "x"}),
    ]


def test_json_lines_line_too_long_to_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_LINE", 20)
    content = '{"title": "x"}\n{"title": "' + "y" * 50 + '"}\n{"title": "z"}\n'
    assert outcomes(source(tmp_path, "a.jsonl", content)) == [
        Record("1", {"title": "x"}),
        Refusal("2", "line_too_long", "over 67,108,864 bytes without a line end"),
        Record("3", {"title": "z"}),
    ]


def test_json_lines_nested_objects_get_dotted_names(tmp_path: Path) -> None:
    given = source(tmp_path, "a.jsonl", '{"source": {"id": null, "name": "BBC"}, "tags": ["a"]}')
    assert fields(given) == [{"source.id": None, "source.name": "BBC", "tags": ["a"]}]


@pytest.mark.parametrize(("opening", "closing"), [('{"a":', "}"), ('{"a":[', "]}")])
def test_json_lines_line_nested_beyond_reason_is_refused(
    tmp_path: Path, opening: str, closing: str
) -> None:
    deep = opening * 400 + "1" + closing * 400
    assert outcomes(source(tmp_path, "a.jsonl", f'{deep}\n{{"title": "x"}}')) == [
        Refusal("1", "broken_json", "nested more than 100 deep (column 1)"),
        Record("2", {"title": "x"}),
    ]


# ---- Parquet --------------------------------------------------------------------------------


def parquet(frame: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    frame.write_parquet(stream)
    return stream.getvalue()


def test_parquet_gives_every_row(tmp_path: Path) -> None:
    frame = pl.DataFrame({"title": ["x", None] * 1500, "source": [{"name": "BBC"}] * 3000})
    found = outcomes(source(tmp_path, "a.parquet", parquet(frame)))
    assert found[2999] == Record("3000", {"title": None, "source.name": "BBC"})
    assert len(found) == 3000


def test_parquet_whose_name_looks_like_a_glob(tmp_path: Path) -> None:
    given = source(tmp_path, "news [1].parquet", parquet(pl.DataFrame({"title": ["x"]})))
    assert fields(given) == [{"title": "x"}]


def test_parquet_damaged_is_broken(tmp_path: Path) -> None:
    damaged = bytearray(parquet(pl.DataFrame({"title": [f"headline {n}" for n in range(500)]})))
    damaged[-300:-200] = bytes(100)  # within the footer
    (found,) = outcomes(source(tmp_path, "a.parquet", bytes(damaged)))
    assert isinstance(found, Refusal)
    assert found.reason == "broken_file"


def test_parquet_in_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.parquet", parquet(pl.DataFrame({"title": ["x"]})))
    (given,) = find_sources([tmp_path / "a.zip"])
    assert isinstance(given, Source)
    assert fields(given) == [{"title": "x"}]


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_parquet_truncated_is_broken(tmp_path: Path, kept: float) -> None:
    whole = parquet(pl.DataFrame({"title": [f"headline {n}" for n in range(500)]}))
    (found,) = outcomes(source(tmp_path, "a.parquet", whole[: int(len(whole) * kept)]))
    assert isinstance(found, Refusal)
    assert found.reason == "broken_file"
    assert (found.detail or "").startswith("not a whole Parquet file: ")


# ---- spreadsheets ---------------------------------------------------------------------------


def workbook(**sheets: list[list[Any]]) -> bytes:
    """Sheets of rows; a cell that is a tuple (value, columns) is merged over so many columns."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                column = 0
                for cell in row:
                    value, width = cell if isinstance(cell, tuple) else (cell, 1)
                    if width > 1:
                        sheet.merge_range(at, column, at, column + width - 1, value)
                    else:
                        sheet.write(at, column, value)
                    column += width
    return stream.getvalue()


def test_spreadsheet_reads_values_as_they_are(tmp_path: Path) -> None:
    moment = dt.datetime(2022, 3, 1, 10, 15)
    content = workbook(Articles=[["Title", "Date", "Text"], ["Київ", moment, " a\nb "]])
    assert outcomes(source(tmp_path, "a.xlsx", content)) == [
        Record("Articles!2", {"Title": "Київ", "Date": moment, "Text": " a\nb "})
    ]


def test_spreadsheet_finds_the_header_below_a_merged_title(tmp_path: Path) -> None:
    rows = [
        [("Search results", 3)],
        [],
        [("Article", 2), "When"],
        ["Title", "Text", "Date"],
        ["x", "y", "1 March 2022"],
    ]
    assert outcomes(source(tmp_path, "a.xlsx", workbook(S=rows))) == [
        Refusal("S!1", "above_header", "Search results Search results Search results"),
        Refusal("S!3", "above_header", "Article Article When"),
        Record("S!5", {"Title": "x", "Text": "y", "Date": "1 March 2022"}),
    ]


def test_spreadsheet_header_merged_over_columns_names_them_all(tmp_path: Path) -> None:
    rows = [["Title", ("Text", 2), "Date"], ["x", "first", "second", "1 March 2022"]]
    assert fields(source(tmp_path, "a.xlsx", workbook(S=rows))) == [
        {"Title": "x", "Text": "first", "Text (2)": "second", "Date": "1 March 2022"}
    ]


def test_spreadsheet_header_merged_over_rows(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("S")
        sheet.merge_range("A1:A2", "Title")
        sheet.merge_range("B1:C1", "Publication")
        sheet.write_row("B2", ["Outlet", "Date"])
        sheet.write_row("A3", ["x", "BBC", "1 March 2022"])
    found = outcomes(source(tmp_path, "a.xlsx", stream.getvalue()))
    assert found[1] == Record("S!3", {"Title": "x", "Outlet": "BBC", "Date": "1 March 2022"})


def test_spreadsheet_reads_every_sheet_and_passes_over_empty_rows(tmp_path: Path) -> None:
    content = workbook(A=[["title"], ["x"], [], ["y"]], B=[], C=[["title"], ["z"], ["title"]])
    assert outcomes(source(tmp_path, "a.xlsx", content)) == [
        Record("A!2", {"title": "x"}),
        Record("A!4", {"title": "y"}),
        Record("C!2", {"title": "z"}),
        Refusal("C!3", "repeated_header", None),
    ]


@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_spreadsheet_that_is_none_is_broken(tmp_path: Path, suffix: str) -> None:
    if suffix == ".xls":
        content = b"\xd0\xcf\x11\xe0" + bytes(600)
    else:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("xl/workbook.xml", "<workbook>")
        content = stream.getvalue()
    (found,) = outcomes(source(tmp_path, f"a{suffix}", content))
    assert isinstance(found, Refusal)
    assert found.reason == "broken_file"


def test_spreadsheet_is_not_what_a_word_document_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    (given,) = find_sources([tmp_path])
    assert isinstance(given, Source)
    assert format_of(given) is None


def test_spreadsheet_of_open_document(tmp_path: Path) -> None:
    namespaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
        "</table:table-cell></table:table-row>"
        for cell in ("title", "Київ")
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {namespaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="S">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    (given,) = find_sources([tmp_path])
    assert isinstance(given, Source)
    assert fields(given) == [{"title": "Київ"}]


# ---- web pages and plain text ---------------------------------------------------------------

PAGE = """<!doctype html><html lang="en"><head><title>Talks go on | Kyiv Ledger</title>
<meta property="og:title" content="Talks go on"><meta property="og:site_name" content="Kyiv Ledger">
<meta property="article:published_time" content="2022-03-01T10:15:30Z">
<meta name="author" content="Jane Doe">
<link rel="canonical" href="https://ledger.example/talks"></head><body><nav>Home | World</nav>
<article><h1>Talks go on</h1><p>{}</p><p>{}</p></article><footer>Imprint</footer></body></html>"""
FIRST = "The ministry said on Tuesday that the talks about grain would go on for another week."
SECOND = "Nobody at the table expected an agreement before the end of the month, it added."


def test_web_page_gives_its_article(tmp_path: Path) -> None:
    assert fields(source(tmp_path, "a.html", PAGE.format(FIRST, SECOND))) == [
        {
            "title": "Talks go on",
            "text": f"{FIRST}\n{SECOND}",
            "published": "2022-03-01T10:15:30Z",
            "outlet": "Kyiv Ledger",
            "url": "https://ledger.example/talks",
            "authors": "Jane Doe",
            "modified": None,
        }
    ]


def test_web_page_without_text_is_refused(tmp_path: Path) -> None:
    given = source(tmp_path, "a.html", "<html><body><nav></nav></body></html>")
    (found,) = outcomes(given)
    assert isinstance(found, Refusal)
    assert (found.number, found.reason) == ("1", "no_text_found")


@pytest.mark.parametrize(
    "text", ["  a\r\nb\r\n\r\n c \t", "a\rb", "a\0b", "«Київ»\u00a0—\u2028x", "\n\na", "a, b\n"]
)
def test_plain_text_is_untouched(tmp_path: Path, text: str) -> None:
    assert fields(source(tmp_path, "a.txt", text)) == [{"title": None, "text": text}]


def test_plain_text_loses_only_its_mark(tmp_path: Path) -> None:
    given = source(tmp_path, "a.txt", codecs.BOM_UTF8 + " Київ\r\n".encode())
    assert fields(given) == [{"title": None, "text": " Київ\r\n"}]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Talks go on \r\n\r\nA text.", "Talks go on"),
        ("\n# Talks\nA text.\n# More\n", "Talks"),
        ("A text.\n# Talks\n", None),
        ("## Talks\nA text.", None),
    ],
)
def test_plain_text_of_markdown_has_its_heading_as_title(
    tmp_path: Path, text: str, title: str | None
) -> None:
    assert fields(source(tmp_path, "a.md", text)) == [{"title": title, "text": text}]


def test_plain_text_heading_is_no_title_outside_markdown(tmp_path: Path) -> None:
    assert fields(source(tmp_path, "a.txt", "# Talks\nA")) == [
        {"title": None, "text": "# Talks\nA"}
    ]


def test_plain_text_of_white_space_is_refused(tmp_path: Path) -> None:
    assert outcomes(source(tmp_path, "a.txt", " \r\n\t")) == [
        Refusal("1", "empty_record", "the file holds only white space")
    ]
