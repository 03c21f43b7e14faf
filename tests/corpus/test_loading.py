"""Files to articles and rejects: every record ends in one of the two."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from polars.testing import assert_frame_equal

from workbench.corpus import Reading, loading, read
from workbench.errors import InputError
from workbench.schemas import Articles, Rejects


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def json_lines(path: Path, *records: dict[str, Any]) -> Path:
    return write(path, "".join(json.dumps(record) + "\n" for record in records))


def reasons(reading: Reading) -> list[tuple[str, str]]:
    return list(reading.rejects.select("source_record", "reason").iter_rows())


def test_read_gives_tables_of_the_schema_and_a_report(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        "id;title;text;date;link\n"
        "a-1;Talks go on;The talks went on, said the ministry.;03/04/2022;https://bbc.com/1\n"
        "a-2;Talks end;The talks ended, said the ministry.;13/04/2022;https://bbc.com/2\n"
        "a-3;short\n",
    )
    reading = read(path)
    expected = pl.DataFrame(
        {
            "article_id": ["a-1", "a-2"],
            "outlet": ["BBC", "BBC"],
            "published": [
                dt.datetime(2022, 4, 3, tzinfo=dt.UTC),
                dt.datetime(2022, 4, 13, tzinfo=dt.UTC),
            ],
            "published_precision": ["day", "day"],
            "published_raw": ["03/04/2022", "13/04/2022"],
            "title": ["Talks go on", "Talks end"],
            "words": [7, 6],
            "source_record": ["1", "2"],
        },
        schema_overrides={
            "published": pl.Datetime(time_zone="UTC"),
            "words": pl.UInt32,
        },
    )
    assert_frame_equal(reading.articles.select(expected.columns), expected)
    assert_frame_equal(
        reading.rejects,
        pl.DataFrame(
            {
                "source_file": [str(path)],
                "source_record": ["3"],
                "reason": ["broken_row"],
                "detail": ["2 fields, the header has 5"],
            }
        ),
    )
    (report,) = reading.reports
    assert report.as_dict() | {"sha256": ""} == {
        "source_file": str(path),
        "sha256": "",
        "format": "delimited",
        "records": 3,
        "articles": 2,
        "rejects": {"broken_row": 1},
        "undated": {},
        "columns": {
            "article_id": "id",
            "title": "title",
            "text": "text",
            "published": "date",
            "url": "link",
        },
        "date_order": "DMY (1 values tell, 1 could be either)",
        "encoding": "utf-8",
        "repaired": {},
        "skipped": "",
        "totals": 0,
        "announced": None,
        "missing": [],
    }


def test_read_of_nothing_but_rejects_gives_empty_articles(tmp_path: Path) -> None:
    reading = read(write(tmp_path / "a.csv", b""))
    assert_frame_equal(reading.articles, Articles.create_empty())
    assert reasons(reading) == [("", "empty_file")]
    assert reading.rejects.schema == Rejects.create_empty().schema


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "empty_file"),
        ("a.csv", b"title,text\n", "no_records"),
        ("a.jsonl", b"\n\n", "no_records"),
        ("a.json", b"[]", "no_records"),
        ("a.json", b'[{"title": "x"', "broken_json"),
        ("a.bin", bytes(range(256)), "unknown_format"),
        ("a.parquet", b"PAR1 and then nothing", "broken_file"),
        ("a.zip", b"PK\x03\x04 and then nothing", "broken_archive"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "broken_archive"),
        ("a.txt", b" \n", "empty_record"),
    ],
)
def test_read_whole_file_that_gives_nothing_is_one_reject(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    reading = read(write(tmp_path / name, content))
    assert reading.articles.is_empty()
    assert reading.rejects.select("source_file", "reason").rows() == [
        (str(tmp_path / name), reason)
    ]
    (report,) = reading.reports
    assert (report.records, dict(report.rejects)) == (1, {reason: 1})


def test_read_lock_file_is_passed_over_and_said(tmp_path: Path) -> None:
    reading = read(write(tmp_path / "~$a.docx", b"x"))
    assert reading.articles.is_empty()
    assert reading.rejects.is_empty()
    (report,) = reading.reports
    assert (report.records, report.skipped) == (0, "an editor's lock file")


def test_read_one_bad_file_leaves_the_others(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", b"")
    write(tmp_path / "b.txt", "The talks go on.")
    write(tmp_path / "c.bin", bytes(range(256)))
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr("a.jsonl", '{"title": "Talks"}\n{"title": broken}\n')
        archive.writestr("../b.txt", "x")
    reading = read(tmp_path)
    assert reading.articles["source_file"].to_list() == [
        f"{tmp_path}/b.txt",
        f"{tmp_path}/d.zip!a.jsonl",
    ]
    assert reading.rejects["reason"].to_list() == [
        "empty_file",
        "unknown_format",
        "unsafe_archive",
        "broken_json",
    ]


def test_read_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the folder holds no files"):
        read(tmp_path)


def test_read_takes_several_paths_and_globs(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md"):
        write(tmp_path / name, f"Text {name}.")
    assert read([tmp_path / "c.md", str(tmp_path / "*.txt")]).articles["text"].to_list() == [
        "Text c.md.",
        "Text a.txt.",
        "Text b.txt.",
    ]


# ---- identities -----------------------------------------------------------------------------


def test_read_second_article_of_an_id_is_rejected(tmp_path: Path) -> None:
    path = json_lines(
        tmp_path / "a.jsonl", {"id": "a-1", "title": "Talks"}, {"id": "a-1", "title": "No talks"}
    )
    reading = read(path)
    assert reading.articles["title"].to_list() == ["Talks"]
    assert reading.rejects.select("source_record", "reason", "detail").rows() == [
        ("2", "id_conflict", "another article has the id a-1; give each its own")
    ]


def test_read_second_article_of_an_id_in_another_file_is_rejected(tmp_path: Path) -> None:
    json_lines(tmp_path / "a.jsonl", {"id": "a-1", "title": "Talks"})
    json_lines(tmp_path / "b.jsonl", {"id": "a-1", "title": "No talks"})
    assert reasons(read(tmp_path)) == [("1", "id_conflict")]


def test_read_exact_duplicate_is_rejected(tmp_path: Path) -> None:
    record = {"title": "Talks", "text": "The talks go on.", "date": "2022-03-01"}
    reading = read(json_lines(tmp_path / "a.jsonl", record, record, {"title": "Other"}))
    assert reading.articles["title"].to_list() == ["Talks", "Other"]
    assert reasons(reading) == [("2", "duplicate")]


def test_read_exact_duplicate_with_an_id_is_rejected_and_the_ids_stay(tmp_path: Path) -> None:
    record = {"id": "a-1", "title": "Talks"}
    reading = read(json_lines(tmp_path / "a.jsonl", record, record))
    assert reading.articles["article_id"].to_list() == ["a-1"]
    assert reasons(reading) == [("2", "duplicate")]


def test_read_same_text_of_two_outlets_is_two_articles(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "outlet,title\nBBC,Talks\nTASS,Talks\n")
    assert read(path).articles["outlet"].to_list() == ["BBC", "TASS"]


def test_read_same_input_twice_gives_the_same_ids(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "outlet,title\nBBC,Talks\nTASS,Talks\n")
    copy = write(tmp_path / "b.csv", path.read_bytes())
    assert read(path).articles["article_id"].equals(read(copy).articles["article_id"])


# ---- encodings ------------------------------------------------------------------------------


@pytest.mark.parametrize("lines_before", [0, 4000])
def test_read_cyrillic_of_cp1251_comes_out_right(tmp_path: Path, lines_before: int) -> None:
    before = "".join(f"Headline {n},Plain text about nothing\n" for n in range(lines_before))
    content = f"title,text\n{before}Київ,Війна триває вже третій рік\n"
    reading = read(write(tmp_path / "a.csv", content.encode("cp1251")))
    assert reading.articles.select("title", "text").row(-1) == (
        "Київ", "Війна триває вже третій рік",
    )  # fmt: skip
    assert reading.reports[0].encoding == "cp1251"


def test_read_asked_encoding_is_used(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "title,text\nКиев,Война\n".encode("cp866"))
    assert read(path, encoding="cp866").articles["title"].to_list() == ["Киев"]


@pytest.mark.parametrize("name", ["a.csv", "a.txt"])
def test_read_table_of_utf16(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, "title\tdate\tlink\nКиїв\t2022-03-01\t\n".encode("utf-16"))
    assert read(path).articles["title"].to_list() == ["Київ"]


# ---- dates ----------------------------------------------------------------------------------


def dates(reading: Reading) -> list[str | None]:
    return reading.articles["published"].dt.to_string("%Y-%m-%d").to_list()


@pytest.mark.parametrize(
    ("values", "expected", "said"),
    [
        (
            ["03/04/2022", "05/06/2022"],
            ["2022-04-03", "2022-06-05"],
            "DMY assumed (2 values could be either)",
        ),
        (
            ["03/04/2022", "01/13/2022"],
            ["2022-03-04", "2022-01-13"],
            "MDY (1 values tell, 1 could be either)",
        ),
        (
            ["03/04/2022", "13/01/2022", "14/01/2022", "01/15/2022"],
            ["2022-04-03", "2022-01-13", "2022-01-14", "2022-01-15"],
            "DMY (3 values tell, 1 speak against it, 1 could be either)",
        ),
        (["2022-04-03", "1 May 2022"], ["2022-04-03", "2022-05-01"], ""),
    ],
)
def test_read_decides_the_order_of_dates_by_the_whole_column(
    tmp_path: Path, values: list[str], expected: list[str], said: str
) -> None:
    rows = "".join(f"Headline {n},{value}\n" for n, value in enumerate(values))
    reading = read(write(tmp_path / "a.csv", f"title,date\n{rows}"))
    assert dates(reading) == expected
    assert reading.reports[0].date_order == said


def test_read_order_is_decided_by_a_value_far_down(tmp_path: Path) -> None:
    rows = "".join(f"Headline {n},03/04/2022\n" for n in range(600))
    reading = read(write(tmp_path / "a.csv", f"title,date\n{rows}Last,03/13/2022\n"))
    assert dates(reading)[0] == "2022-03-04"


def test_read_order_asked_for_goes_first(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "title,date\nA,03/04/2022\nB,13/04/2022\n")
    reading = read(path, date_order="MDY")
    assert dates(reading) == ["2022-03-04", "2022-04-13"]
    assert reading.reports[0].date_order == "MDY (as asked)"


def test_read_impossible_date_keeps_the_article(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "title,date\nA,31/02/2022\nB,\nC,2022-03-01\n")
    reading = read(path)
    assert reading.articles.select("title", "published_raw").rows() == [
        ("A", "31/02/2022"),
        ("B", None),
        ("C", "2022-03-01"),
    ]
    assert dates(reading) == [None, None, "2022-03-01"]
    assert dict(reading.reports[0].undated) == {"unreadable date": 1, "no date given": 1}


def test_read_only_impossible_dates_are_still_explained(tmp_path: Path) -> None:
    reading = read(json_lines(tmp_path / "a.jsonl", {"title": "A", "date": "2022-02-30"}))
    assert reading.articles.select("published", "published_raw").row(0) == (None, "2022-02-30")
    assert dict(reading.reports[0].undated) == {"unreadable date": 1}


@pytest.mark.parametrize("value", [1646129730, 1646129730000, "1646129730"])
def test_read_epoch_numbers(tmp_path: Path, value: object) -> None:
    reading = read(json_lines(tmp_path / "a.jsonl", {"title": "A", "timestamp": value}))
    assert reading.articles.select("published", "published_precision", "published_raw").row(0) == (
        dt.datetime(2022, 3, 1, 10, 15, 30, tzinfo=dt.UTC),
        "second",
        str(value),
    )


def test_read_dates_of_a_spreadsheet(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "dd.mm.yyyy hh:mm"}) as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, ["Title", "Date"])
        sheet.write_row(1, 0, ["A", dt.datetime(2022, 3, 1, 10, 15)])
        sheet.write_row(2, 0, ["B", dt.datetime(2022, 3, 2)])
        sheet.write_row(3, 0, ["C", 44623])
    reading = read(write(tmp_path / "a.xlsx", stream.getvalue()))
    rows = reading.articles.select("published", "published_precision", "published_raw").rows()
    assert rows == [
        (dt.datetime(2022, 3, 1, 10, 15, tzinfo=dt.UTC), "second", "2022-03-01 10:15:00"),
        (dt.datetime(2022, 3, 2, tzinfo=dt.UTC), "day", "2022-03-02"),
        (dt.datetime(2022, 3, 3, tzinfo=dt.UTC), "day", "44623"),
    ]


# ---- options --------------------------------------------------------------------------------


def test_read_columns_given(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "kopf,rumpf,wann\nA,b,1.3.2022\n")
    columns = {"title": "kopf", "text": "rumpf", "published": "wann"}
    assert read(path, columns=columns).articles.select("title", "text", "published_raw").rows() == [
        ("A", "b", "1.3.2022")
    ]


def test_read_wrong_column_names_those_there_are(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "kopf,rumpf\nA,b\n")
    with pytest.raises(InputError, match="no such column; the file has kopf, rumpf"):
        read(path, columns={"text": "body"})


@pytest.mark.parametrize(
    "options",
    [{"format": "x"}, {"encoding": "x"}, {"date_order": "x"}, {"date": "x"}],
)
def test_read_option_that_fits_nothing_is_an_error(tmp_path: Path, options: dict[str, str]) -> None:
    with pytest.raises(InputError, match="'x'"):
        read(write(tmp_path / "a.csv", "title\nA\n"), **options)  # type: ignore[arg-type]


def test_read_short_text_takes_the_language_of_the_file(tmp_path: Path) -> None:
    long = "Президент заявив, що переговори триватимуть до кінця місяця."
    reading = read(json_lines(tmp_path / "a.jsonl", {"text": long}, {"text": "24.02.2022"}))
    assert reading.articles["language"].to_list() == ["uk", "uk"]


def test_read_columns_beyond_those_of_articles_are_kept(tmp_path: Path) -> None:
    reading = read(write(tmp_path / "a.csv", "title,keyword\nA,war\nB,\n"))
    assert reading.articles["extra"].to_list() == ['{"keyword":"war"}', None]


# ---- accounting -----------------------------------------------------------------------------


def test_read_counts_every_record_across_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 3)
    records = [{"title": f"Headline {n % 8}"} for n in range(11)]
    reading = read(json_lines(tmp_path / "a.jsonl", *records))
    (report,) = reading.reports
    assert (report.records, report.articles, dict(report.rejects)) == (11, 8, {"duplicate": 3})
    assert (reading.articles.height, reading.rejects.height) == (8, 3)
