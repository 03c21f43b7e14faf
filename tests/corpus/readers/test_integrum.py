"""Integrum's spreadsheet and its HTML report."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from workbench.corpus import read
from workbench.corpus.readers import reader_for
from workbench.corpus.records import Announcement, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

HEADER = ["Источник", "Дата", "Время", "Заголовок", "Анонс", "Оригинал", "Автор"]
BODY = "Мост упал.\n\nОн был стар."

Found = list[Record | Refusal | Announcement]


def workbook(path: Path, *rows: list[Any], header: list[str] = HEADER) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Тематическая карта")
        for number, row in enumerate((header, *rows)):
            sheet.write_row(number, 0, row)
    return path


def report(*documents: str, listed: int | None = None, end: str = "</body></html>") -> str:
    count = len(documents) if listed is None else listed
    links = "".join(f'{n}. <a href="#{n}">x</a><br>' for n in range(1, count + 1))
    placed = (f'<div><a name="{n}"></a>{text}</div>' for n, text in enumerate(documents, 1))
    return f"<html><head><title>Report</title></head><body>{links}{''.join(placed)}{end}"


def document(body: str = f"<pre>\n     {BODY}</pre>", **codes: str) -> str:
    given = {"ИС": "Ведомости моста", "ДТ": "01.03.2022", "ЗГ": "МОСТ"} | codes
    lines = "<br>".join(f"^{code}:\n   {value} \n" for code, value in given.items())
    return f"<table><tr><td>{lines}</td></tr></table><h3>{given['ЗГ']}</h3>{body}"


def outcomes(path: Path, format: str) -> Found:
    given = Source(path.name, path)
    reader = reader_for(given, ReadOptions())
    assert reader is not None
    assert reader.name == format
    return list(reader.read(given, ReadOptions()))


def html(folder: Path, content: str, encoding: str = "cp1251") -> Found:
    path = folder / "a.html"
    path.write_text(content, encoding=encoding)
    return outcomes(path, "integrum_html")


# ---- spreadsheet ----------------------------------------------------------------------------


def test_read_takes_the_text_without_the_heading_it_repeats(tmp_path: Path) -> None:
    row = [
        "Первый",
        "01.03.22",
        "16:05",
        "Мост",
        f"Мост\n\n01.03.2022\n\n{BODY}",
        "",
        "Ли А., Ян Б.",
    ]
    assert outcomes(workbook(tmp_path / "a.xlsx", row), "integrum_xlsx") == [
        Record(
            "1",
            {
                "outlet": "Первый",
                "title": "Мост",
                "text": BODY,
                "published": "01.03.22 16:05",
                "authors": ["Ли А.", "Ян Б."],
            },
        )
    ]


def test_read_takes_midnight_as_no_time(tmp_path: Path) -> None:
    row = ["Первый", "01.03.22", "00:00", "Мост", BODY, "https://example.org/1", ""]
    articles = read(workbook(tmp_path / "a.xlsx", row)).articles
    (article,) = articles.iter_rows(named=True)
    assert article["published"] == dt.datetime(2022, 3, 1, tzinfo=dt.UTC)
    assert (article["published_precision"], article["url"]) == ("day", "https://example.org/1")


def test_read_takes_the_annotation_as_summary_where_there_is_a_text(tmp_path: Path) -> None:
    header = ["Заголовок", "Текст", "Анонс", "Источник", "Дата", "Тема"]
    row = ["Мост", BODY, "Мост упал", "Первый", "01.03.2022", "Мосты"]
    (found,) = outcomes(workbook(tmp_path / "a.xlsx", row, header=header), "integrum_xlsx")
    assert isinstance(found, Record)
    assert (found.fields["text"], found.fields["summary"]) == (BODY, "Мост упал")
    assert found.fields["тема"] == "Мосты"


def test_read_passes_over_empty_rows_and_keeps_articles_without_text(tmp_path: Path) -> None:
    rows = [
        ["Первый", "01.03.22", "", "Мост", "", "", ""],
        [""],
        ["Второй", "", "", "", "Т", "", ""],
    ]
    found = outcomes(workbook(tmp_path / "a.xlsx", *rows), "integrum_xlsx")
    assert [item.number for item in found if isinstance(item, Record)] == ["1", "2"]


def test_sniff_leaves_other_workbooks(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["x", "y"], header=["Заголовок", "Текст"])
    outcomes(path, "spreadsheet")


# ---- report ---------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8"])
def test_read_takes_codes_and_joins_broken_lines(tmp_path: Path, encoding: str) -> None:
    body = "<pre>\n     Мост <font><b>упал</b></font>\nв полдень.\n     Он был\nстар.</pre>"
    content = report(document(body, РБ="МИР", НР="6", АВ="Ли Анна Петровна, Ян Борис,"))
    assert html(tmp_path, content, encoding) == [
        Announcement(1, "the report's list of 1"),
        Record(
            "1",
            {
                "outlet": "Ведомости моста",
                "title": "МОСТ",
                "section": "МИР",
                "issue": "6",
                "authors": ["Ли Анна Петровна", "Ян Борис"],
                "text": "Мост упал в полдень.\n\nОн был стар.",
                "published": "01.03.2022",
            },
        ),
    ]


def test_read_parts_paragraphs_by_blank_lines_or_by_long_lines(tmp_path: Path) -> None:
    blank = "<pre>Мост упал.\n\nОн был\nстар.</pre>"
    long = f"<pre>{'Мост ' * 30}\nОн был стар.</pre>"
    texts = [
        item.fields["text"]
        for item in html(tmp_path, report(document(blank), document(long)))
        if isinstance(item, Record)
    ]
    assert texts == ["Мост упал.\n\nОн был стар.", f"{('Мост ' * 30).strip()}\n\nОн был стар."]


def test_read_tells_what_is_missing_of_the_list(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(report(document(), listed=3), encoding="cp1251")
    (told,) = read(tmp_path / "a.html").reports
    assert (told.announced, told.articles, told.missing) == (3, 1, ["2", "3"])


def test_read_of_a_report_cut_short_yields_what_is_whole(tmp_path: Path) -> None:
    content = report(document(), document("<pre>Второй мост упал.</pre>"))
    found = html(tmp_path, content[: content.index("мост упал.</pre>")])
    assert [type(item).__name__ for item in found] == ["Announcement", "Record", "Refusal"]
    assert found[-1] == Refusal("", "broken_file", "the page breaks off in document 2")


# ---- real exports ---------------------------------------------------------------------------


def test_read_of_the_real_spreadsheet(shared: Path) -> None:
    reading = read(shared / "data/exports/integrum_channel1.xlsx")
    (told,) = reading.reports
    assert (told.format, told.articles, told.rejects.total()) == ("integrum_xlsx", 59, 0)
    complete = reading.articles.drop_nulls(["title", "text", "outlet", "published"])
    assert complete.height == 59
    assert {f"{day:%Y-%m}" for day in reading.articles["published"]} == {"2005-02"}
    assert not reading.articles["text"].str.contains(r"^\d\d\.\d\d\.\d{4}").any()


def test_read_of_the_real_report_holds_each_article_three_times(shared: Path) -> None:
    reading = read(shared / "data/exports/integrum_moscow.html")
    (told,) = reading.reports
    assert (told.format, told.encoding, told.records) == ("integrum_html", "cp1251", 27)
    assert (told.announced, told.missing) == (27, [])
    assert (told.articles, dict(told.rejects)) == (27, {})  # it counts 27 itself
    assert reading.articles["text"].n_unique() == 9
    complete = reading.articles.drop_nulls(["title", "text", "outlet", "published"])
    assert complete.height == 27
    assert set(reading.articles["outlet"]) == {"Московские новости"}
