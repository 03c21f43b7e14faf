"""Nexis Uni's Word documents: cover, articles, labels in several languages, real exports."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import polars as pl
import pytest

from workbench.corpus import Reading, read
from workbench.corpus.dates import Moment, parse_moment
from workbench.corpus.readers import nexis_docx
from workbench.corpus.readers.nexis_dates import is_dated, published_of
from workbench.corpus.readers.nexis_values import byline_fields, section_fields
from workbench.corpus.sources import Source

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
COVER = [
    "User Name: A READER", "Date and Time: Friday, 5. July 2024 09:31:00 CEST",
    "Job Number: 1", "Documents (2)", "1. Grain leaves the harbour", "Client/Matter: -None-",
    "Search Terms: grain", "2. Second thoughts", "Client/Matter: -None-", "Narrowed by: ", "",
]  # fmt: skip
FIRST = [
    "#Bookmark_1", "*Grain leaves the harbour: a first ship", "The Guardian(London)",
    "July 1, 2022 Friday 9:20 AM GMT", "", "\nCopyright 2022 Paper Ltd. All Rights Reserved", "\n",
    "*Section:\xa0WORLD; Pg. A4; Version:28", "*Length:\xa0355 words",
    "*Byline:\xa0By ANNA BELL and Carl Day; Eva Fox reported from Odesa.",
    "*Highlight:\xa0Hopes are high.", "#Body", "*Body", "", "",
    "ODESA — A first ship left.", "", "", "Note: it was slow.", "Length matters: it was long.",
    "\nhttps://paper.example/grain", "*\nGraphic", "", " ", "Photo: a ship (AP)",
    "*\nLoad-Date:\xa0July 2, 2022", "", "*\nEnd of Document",
]  # fmt: skip
SECOND = [
    "#Bookmark_2", "*Second thoughts", "Kyiv Ledger", "July 2, 2022 Saturday, Late Edition - Final",
    "*Length:\xa020 words", "#Body_0", "*Body", "Short.", "*\nLoad-Date:\xa0July 2, 2022",
    "*\nEnd of Document",
]  # fmt: skip


def paragraph(text: str, marks: Sequence[str]) -> str:
    """`*` in front makes the label bold, `_` links the text."""
    bold = "<w:rPr><w:b/></w:rPr>" if text.startswith("*") else ""
    parts = escape(text.lstrip("*")).split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in parts)
    starts = "".join(f'<w:bookmarkStart w:id="1" w:name="{mark}"/>' for mark in marks)
    link, end = (
        (f'<w:hyperlink r:id="{marks[0]}">', "</w:hyperlink>") if bold and marks else ("", "")
    )
    return f"<w:p>{starts}{link}<w:r>{bold}{inner}</w:r>{end}</w:p>"


def document(paragraphs: Sequence[str]) -> str:
    """`#name` is a bookmark in the next paragraph."""
    body, marks = "", list[str]()
    for text in paragraphs:
        if text.startswith("#"):
            marks.append(text[1:])
        else:
            body += paragraph(text, marks)
            marks = []
    return f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'


def write_docx(path: Path, paragraphs: Sequence[str], *, xml: str | None = None) -> Path:
    target = "https://advance.example/?id=urn:contentItem:65AB-000{n}-00&amp;context="
    links = "".join(
        f'<Relationship Id="Bookmark_{n}" Target="{target.format(n=n)}"/>' for n in (1, 2)
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", xml or document(paragraphs))
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{links}</Relationships>")
    return path


def extra(reading: Reading, row: int = 0) -> dict[str, Any]:
    return dict(json.loads(reading.articles["extra"][row]))


def unmarked(paragraphs: Sequence[str]) -> list[str]:
    """Without bookmarks and bold type, as another program would save it."""
    return [text.removeprefix("*") for text in paragraphs if not text.startswith("#")]


def test_read_nexis_docx_takes_every_field_apart(tmp_path: Path) -> None:
    reading = read(write_docx(tmp_path / "a.DOCX", [*COVER, *FIRST, *SECOND]))
    row = reading.articles.row(0, named=True)
    assert reading.reports[0].format == "nexis_docx"
    assert row["article_id"] == "urn:contentItem:65AB-0001-00"
    assert row["title"] == "Grain leaves the harbour: a first ship"
    assert row["text"] == (
        "ODESA — A first ship left.\n\nNote: it was slow.\n\nLength matters: it was long."
    )
    assert row["outlet"] == "The Guardian"
    assert row["published"] == dt.datetime(2022, 7, 1, 9, 20, tzinfo=dt.UTC)
    assert row["published_precision"] == "minute"
    assert row["section"] == "WORLD"
    assert row["authors"] == ["ANNA BELL", "Carl Day"]
    assert row["url"] == "https://paper.example/grain"
    assert extra(reading) == {
        "summary": "Hopes are high.",
        "copyright": "Copyright 2022 Paper Ltd. All Rights Reserved",
        "date line": "July 1, 2022 Friday 9:20 AM GMT",
        "page": "A4",
        "version": "28",
        "length": "355 words",
        "byline": "By ANNA BELL and Carl Day; Eva Fox reported from Odesa.",
        "graphic": "Photo: a ship (AP)",
        "load date": "July 2, 2022",
    }


def test_read_nexis_docx_is_what_the_cover_announces(tmp_path: Path) -> None:
    report = read(write_docx(tmp_path / "a.docx", [*COVER, *FIRST, *SECOND])).reports[0]
    assert (report.announced, report.articles, report.missing) == (2, 2, [])
    report = read(write_docx(tmp_path / "b.docx", [*COVER, *SECOND])).reports[0]
    assert (report.announced, report.articles, report.missing) == (2, 1, ["1"])


@pytest.mark.parametrize("lost", ["*\nEnd of Document", "#Bookmark_2"])
def test_read_nexis_docx_tells_articles_apart_by_either_mark(tmp_path: Path, lost: str) -> None:
    paragraphs = [text for text in [*COVER, *FIRST, *SECOND] if text != lost]
    reading = read(write_docx(tmp_path / "a.docx", paragraphs))
    assert reading.articles["title"].to_list()[1:] == ["Second thoughts"]
    assert reading.articles["text"].to_list()[1:] == ["Short."]


def test_read_nexis_docx_tells_articles_apart_without_any_mark(tmp_path: Path) -> None:
    plain = [text for text in unmarked([*COVER, *FIRST, *SECOND]) if "End of" not in text]
    reading = read(write_docx(tmp_path / "a.docx", plain))
    assert reading.articles["title"].to_list() == [
        "Grain leaves the harbour: a first ship", "Second thoughts",
    ]  # fmt: skip
    assert reading.articles["text"].to_list()[1] == "Short."
    assert reading.reports[0].announced == 2


def test_read_nexis_docx_numbers_by_the_cover_where_bookmarks_are_lost(tmp_path: Path) -> None:
    report = read(write_docx(tmp_path / "a.docx", unmarked([*COVER, *SECOND]))).reports[0]
    assert report.missing == ["1"]


def test_read_nexis_docx_without_cover_keeps_the_first_article(tmp_path: Path) -> None:
    reading = read(write_docx(tmp_path / "a.docx", unmarked([*FIRST, *SECOND])))
    assert reading.articles["source_record"].to_list() == ["1", "2"]
    assert reading.reports[0].announced is None


def test_read_nexis_docx_with_a_graphic_only_has_title_and_no_text(tmp_path: Path) -> None:
    article = [
        "#Bookmark_1", "*A map of the front", "Kyiv Ledger", "July 2, 2022 Saturday",
        "*Length:\xa00 words", "*\nGraphic", "Map: the front", "*\nLoad-Date:\xa0July 2, 2022",
        "*\nEnd of Document",
    ]  # fmt: skip
    reading = read(write_docx(tmp_path / "a.docx", article))
    assert reading.articles.select("title", "text", "text_kind").rows() == [
        ("A map of the front", None, "headline")
    ]
    assert extra(reading)["graphic"] == "Map: the front"


@pytest.mark.parametrize(
    ("section", "length", "byline", "body", "load", "tongue", "day"),
    [
        ("Rubrik", "Länge", "Autor", "Textkörper", "Update", "Sprache:\xa0GERMAN; DEUTSCH",
         "Freitag 1. Juli 2022"),
        ("Rubrique\xa0", "Longueur\xa0", "Auteur\xa0", "Corps", "Date de chargement\xa0",
         "Langue\xa0:\xa0Français", "vendredi 1 juillet 2022"),
        ("Sección", "Longitud", "Autor", "Cuerpo", "Fecha de carga", "Idioma:\xa0Español",
         "1 de julio de 2022 viernes"),
        ("Sezione", "Lunghezza", "Autore", "Corpo", "Data di caricamento", "Lingua:\xa0Italiano",
         "1 luglio 2022 venerdì"),
        ("Seção", "Comprimento", "Autor", "Corpo do texto", "Data de carregamento",
         "Idioma:\xa0Português", "1 de julho de 2022"),
        ("Rubriek", "Lengte", "Auteur", "Tekst", "Laaddatum", "Taal:\xa0DUTCH; NEDERLANDS",
         "1 juli 2022 vrijdag"),
        ("Раздел", "Длина", "Автор", "Текст", "Дата загрузки", "Язык:\xa0русский",
         "1 июля 2022 пятница"),
        ("版块", "长度", "作者", "正文", "加载日期", "语言:\xa0中文", "2022年7月1日 星期五"),
    ],
)  # fmt: skip
def test_read_nexis_docx_in_other_languages(
    tmp_path: Path, section: str, length: str, byline: str, body: str, load: str, tongue: str,
    day: str,
) -> None:  # fmt: skip
    article = [
        "*A title", "Some Paper", day, f"*{section}:\xa0Desk", f"*{length}:\xa0355",
        f"*{byline}:\xa0Anna Bell", f"*{body}", "The text.", f"*{load}:\xa02022-07-02",
        f"*{tongue}", "*\nEnd of Document",
    ]  # fmt: skip
    reading = read(write_docx(tmp_path / "a.docx", article))
    fields = reading.articles.select("title", "outlet", "section", "authors", "text").row(0)
    assert fields == ("A title", "Some Paper", "Desk", ["Anna Bell"], "The text.")
    assert reading.articles["published"].item() == dt.datetime(2022, 7, 1, tzinfo=dt.UTC)
    assert reading.articles["language"].item() in {"de", "fr", "es", "it", "pt", "nl", "ru", "zh"}
    assert extra(reading)["load date"] == "2022-07-02"


def test_read_nexis_docx_byline_and_highlight_keep_to_themselves(tmp_path: Path) -> None:
    article = [
        "*Title", "Paper", "July 2, 2022", "*Length:\xa05 words", "*Byline:\xa0Anna Bell",
        "\nFrom Saturday's Paper", "*Highlight:\xa0First line.", "Second line.", "*Body", "Text.",
        "*\nEnd of Document",
    ]  # fmt: skip
    reading = read(write_docx(tmp_path / "a.docx", article))
    assert reading.articles["authors"].to_list() == [["Anna Bell"]]
    assert reading.articles["text"].to_list() == ["Text."]
    assert extra(reading)["summary"] == "First line.\nSecond line."


def test_read_nexis_docx_a_day_in_the_title_is_not_the_day(tmp_path: Path) -> None:
    article = [
        "*June 5, 1994, and after", "Paper", "(Blog)", "July 2, 2022 Saturday, Late Edition",
        "\n Correction Appended", "*Length:\xa05 words", "*Body", "Text.",
        "*\nCorrection", "The day was wrong.", "*Correction-Date:\xa0July 9, 2022",
        "*\nEnd of Document",
    ]  # fmt: skip
    reading = read(write_docx(tmp_path / "a.docx", article))
    row = reading.articles.row(0, named=True)
    assert (row["title"], row["outlet"]) == ("June 5, 1994, and after", "Paper")
    assert row["published"] == dt.datetime(2022, 7, 2, tzinfo=dt.UTC)
    assert row["text"] == "Text."
    assert extra(reading)["correction"] == "The day was wrong."


@pytest.mark.parametrize(("year", "day"), [("2000", dt.date(2000, 12, 18)), ("1998", None)])
def test_read_nexis_docx_without_a_day_takes_the_load_date_of_the_same_year(
    tmp_path: Path, year: str, day: dt.date | None
) -> None:
    article = [
        "*Title", "Paper", f"\nCopyright {year} Paper", "*Length:\xa05 words", "*Body", "Text.",
        "*\nLoad-Date:\xa0December 18, 2000", "*\nEnd of Document",
    ]  # fmt: skip
    reading = read(write_docx(tmp_path / "a.docx", article))
    assert reading.articles["published"].dt.date().to_list() == [day]
    assert extra(reading).get("date from") == ("load date" if day else None)


def test_read_nexis_docx_abstract_is_the_summary(tmp_path: Path) -> None:
    article = [
        "*Title", "Paper", "July 2, 2022", "*Length:\xa05 words", "*Body", "*ABSTRACT", "In short.",
        "*FULL TEXT", "At length.", "*Classification", "*Language:\xa0ENGLISH",
        "*\nSubject:\xa0WAR (93%); GRAIN (80%)", "*\nEnd of Document",
    ]  # fmt: skip
    reading = read(write_docx(tmp_path / "a.docx", article))
    assert reading.articles["text"].to_list() == ["At length."]
    assert extra(reading)["summary"] == "In short."
    assert extra(reading)["subjects"] == "WAR (93%); GRAIN (80%)"


def test_read_nexis_docx_vendor_error_is_refused_by_name(tmp_path: Path) -> None:
    error = (
        "We are sorry but there is an error in this document and it is not possible to display it."
    )
    reading = read(write_docx(tmp_path / "a.docx", [*FIRST, error, "*\nEnd of Document"]))
    assert reading.rejects.select("source_record", "reason").rows() == [("2", "vendor_error")]


def test_read_nexis_docx_cut_short_yields_what_is_whole(tmp_path: Path) -> None:
    xml = document([*FIRST, *SECOND])
    path = write_docx(tmp_path / "a.docx", [], xml=xml[: xml.index("Short.")])
    reading = read(path)
    assert reading.articles["source_record"].to_list() == ["1"]
    assert reading.rejects.select("source_record", "reason").rows() == [("", "broken_file")]


def test_read_nexis_docx_refuses_entities(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "End of Document">]>' + document(FIRST)
    reading = read(write_docx(tmp_path / "a.docx", [], xml=bomb))
    assert reading.rejects["reason"].to_list() == ["broken_file"]


def test_sniff_leaves_other_word_documents_alone(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", document(["Dear all,", "Yours"]))
    assert not nexis_docx.sniff(Source("a.docx", tmp_path / "a.docx"))


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ("June 17, 1995, CITY EDITION", "1995-06-17"),
        ("June 13, 2005, Monday 20:00:00 - 21:00:00 Eastern Time", "2005-06-14 00:00"),
        ("November 5, 2002 4:38 AM EST", "2002-11-05 09:38"),
        ("August 13, 1996, Tuesday, Late Edition - Final", "1996-08-13"),
        ("June 15, 2005 Wednesday, All but Toronto Edition", "2005-06-15"),
        ("March 4, 2022 10:30 Final Edition", "2022-03-04 10:30"),
        ("Montag, 3. Juli 2023 12:30 CEST", "2023-07-03 10:30"),
        ("1er juillet 2022", "2022-07-01"),
        ("02/03/2022", "2022-03-02"),
    ],
)
def test_published_of_keeps_day_time_and_zone(line: str, time: str) -> None:
    moment = parse_moment(published_of(line))
    assert isinstance(moment, Moment)
    assert moment.time == dt.datetime.fromisoformat(time).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize("line", ["Why July 1, 2022 matters", "The Guardian (London)", "2022", ""])
def test_is_dated_needs_the_day_in_front(line: str) -> None:
    assert not is_dated(line)


@pytest.mark.parametrize(
    ("given", "section", "page"),
    [
        ("BUITENLAND; Blz. 6", "BUITENLAND", "6"),
        ("Section ; Column 0; Foreign Desk; Pg. ", "Column 0; Foreign Desk", None),
        ("POLITIK; S. 12", "POLITIK", "12"),
        ("BUSINESS; Pg. Supplement page 6", "BUSINESS", "6"),
        ("SPORT; P. Diddy", "SPORT; P. Diddy", None),
    ],
)
def test_section_fields_sets_the_page_apart(given: str, section: str, page: str | None) -> None:
    fields = section_fields(given)
    assert (fields["section"], fields["page"]) == (section, page)


@pytest.mark.parametrize(
    ("given", "authors"),
    [
        ("By KURT SCHORK, --(Reuter)", "KURT SCHORK, Reuter"),
        ("Lambie, Chris", "Chris Lambie"),
        ("By A B\nBy A B", "A B"),
        ("Eva Fox, theguardian.com", "Eva Fox"),
        ("Busby, Matt; BELL, ANNA", "Matt Busby; BELL, ANNA"),
        ("From DES CRYAN", "DES CRYAN"),
        ("PAUL GESSELL, with files from Pauline Tam", "PAUL GESSELL"),
        ("Von Hans Huber", "Hans Huber"),
        ("", ""),
    ],
)
def test_byline_fields_names_people(given: str, authors: str) -> None:
    assert byline_fields(given)["authors"] == authors


@pytest.mark.parametrize(
    ("file", "articles", "announced"),
    [
        ("nexis_uni_nyt1.docx", 50, 50),
        ("nexis_uni_misc.docx", 100, None),
        ("nexis_uni_guardian1.docx", 2, None),
        ("nexis_uni_sample.DOCX", 10, 10),
    ],
)
def test_read_real_nexis_docx(
    shared: Path, file: str, articles: int, announced: int | None
) -> None:
    reading = read(shared / "data/exports" / file)
    report = reading.reports[0]
    assert (report.format, report.articles, report.announced) == ("nexis_docx", articles, announced)
    assert reading.rejects.height == 0
    assert report.missing == []
    named = reading.articles.select("title", "text", "outlet", "published").null_count().row(0)
    assert named == (0, 0, 0, 0)
    assert reading.articles.filter(
        pl.col("text").str.contains("End of Document|Load-Date:|Length:\xa0|^Body")
    ).is_empty()
    assert reading.articles["title"].str.len_chars().max() < 400  # type: ignore[operator]


def test_read_real_nexis_docx_dates_the_article_without_a_day_line(shared: Path) -> None:
    articles = read(shared / "data/exports/nexis_uni_nyt1.docx").articles
    undated = articles.filter(pl.col("extra").str.contains('"date from"'))
    assert undated["source_record"].to_list() == ["18"]
    assert undated["published"].dt.date().to_list() == [dt.date(2000, 12, 18)]
