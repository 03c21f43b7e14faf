"""The HTML of Nexis UK and LexisNexis Academic."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from workbench.corpus import Reading, read

STYLE = (
    ".c2 { font-weight: normal; } .c6 { font-size: 14pt; font-weight: bold; }"
    " .c7 { font-size: 10pt; font-weight: bold; }"
)
Block = tuple[str, Sequence[str]]  # kind, paragraphs


def block(kind: str, *paragraphs: str) -> str:
    """A block; `label` has its capitals in a part of their own, "|" is a line end."""
    return f"<BR><DIV>{''.join(_paragraph(kind, text) for text in paragraphs)}\n</DIV>\n"


def _paragraph(kind: str, text: str) -> str:
    text = escape(text).replace("|", "<BR>")
    if kind == "label" and ":" in text:
        name, _, value = text.partition(":")
        return f'<P><SPAN CLASS="c7">{name}: </SPAN><SPAN CLASS="c2">{value.strip()}</SPAN></P>'
    return f'<P><SPAN CLASS="{"c6" if kind == "title" else "c2"}">{text}</SPAN></P>\n'


def article(at: int, count: str, *blocks: str) -> str:
    counter = block("plain", count) if count else ""
    return (
        f'<A NAME="DOC_ID_{at}_0"></A><!-- Hide XML section from browser\n<DOC NUMBER=1>\n'
        f"<DOCFULL> -->\n{counter}{''.join(blocks)}"
        "<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n"
    )


def page(articles: Sequence[str], *, held: int | None = None, end: str = "</BODY></HTML>") -> str:
    meta = f'<META TOPIC="null" DOCUMENTS="{held}" />' if held is not None else ""
    head = f'<HEAD><STYLE TYPE="text/css"><!--{STYLE}--></STYLE>{meta}</HEAD>'
    return f"<HTML>\n{head}\n<BODY>\n{''.join(articles)}{end}"


SHIP = (
    block("plain", "The Irish Times"), block("plain", "June 17, 2022, CITY EDITION"),
    block("title", "A first ship|Hopes are high in Odesa"),
    block("label", "BYLINE: By KURT WEIL, --(Reuter)"), block("label", "SECTION: WORLD; Pg. 1"),
    block("label", "LENGTH: 76 words"), block("label", "HIGHLIGHT: One.", "Two."),
    block("plain", "A SHIP left.", "QUESTION: why?|\xa0|Because.", "Update: it came back."),
    block("label", "SUBJECT: WAR (93%); GRAIN (80%)"),
    block("label", "LOAD-DATE: June 19, 2022"), block("label", "LANGUAGE: ENGLISH"),
    block("label", "GRAPHIC: Photo", "Map"),
    block("plain", "Copyright 2022 Paper|All Rights Reserved"),
)  # fmt: skip
MAP = (
    block("plain", "Kyiv Ledger"), block("plain", "June 18, 2022 Saturday|Final Edition"),
    block("title", "First part;|Second part"), block("label", "LENGTH: 0 words"),
    block("label", "LOAD-DATE: June 18, 2022"), block("label", "GRAPHIC: Map: the front"),
    block("plain", "Copyright 2022 Ledger"),
)  # fmt: skip
ERROR = block(
    "plain",
    "We are sorry but there is an error in this document and it is not possible to display it.",
)


def write(path: Path, *articles: str, held: int | None = None) -> Path:
    path.write_text(page(articles, held=held), encoding="utf-8")
    return path


def extra(reading: Reading, row: int = 0) -> dict[str, Any]:
    return dict(json.loads(reading.articles["extra"][row]))


def test_read_nexis_html_takes_every_field_apart(tmp_path: Path) -> None:
    reading = read(write(tmp_path / "a.HTML", article(1, "1 of 1 DOCUMENTS", *SHIP)))
    row = reading.articles.row(0, named=True)
    assert reading.reports[0].format == "nexis_html"
    assert (row["title"], row["outlet"]) == ("A first ship", "The Irish Times")
    assert row["published"] == dt.datetime(2022, 6, 17, tzinfo=dt.UTC)
    assert row["authors"] == ["KURT WEIL", "Reuter"]
    assert (row["section"], row["language"]) == ("WORLD", "en")
    assert row["text"] == "A SHIP left.\n\nQUESTION: why?\n\nBecause.\n\nUpdate: it came back."
    assert extra(reading) == {
        "copyright": "Copyright 2022 Paper\nAll Rights Reserved",
        "date line": "June 17, 2022, CITY EDITION",
        "summary": "Hopes are high in Odesa\nOne.\nTwo.",
        "byline": "By KURT WEIL, --(Reuter)",
        "page": "1",
        "length": "76 words",
        "subjects": "WAR (93%); GRAIN (80%)",
        "load date": "June 19, 2022",
        "graphic": "Photo\nMap",
    }


def test_read_nexis_html_with_a_graphic_only_has_title_and_no_text(tmp_path: Path) -> None:
    reading = read(write(tmp_path / "a.html", article(1, "1 of 1 DOCUMENTS", *MAP)))
    assert reading.articles.select("title", "text").rows() == [("First part; Second part", None)]
    assert extra(reading)["edition"] == "Final Edition"
    assert extra(reading)["graphic"] == "Map: the front"


def test_read_nexis_html_day_may_follow_the_title(tmp_path: Path) -> None:
    paper, day, title, *rest = SHIP
    reading = read(write(tmp_path / "a.html", article(1, "", paper, title, day, *rest)))
    assert reading.articles.select("title", "published_raw").rows() == [
        ("A first ship", "June 17, 2022")
    ]


def test_read_nexis_html_of_lexisnexis_academic_names_headline_and_body(tmp_path: Path) -> None:
    blocks = (
        block("plain", "Copyright 2002 Kyiv Ledger"), block("plain", "Kyiv Ledger"),
        block("plain", "June 9, 2002, Sunday, Late Edition - Final"),
        block("label", "SECTION: Section 4; Page 1;"), block("label", "LENGTH: 9 words"),
        block("label", "HEADLINE: Sugar"), block("label", "BODY:"), block("plain", "Sweet."),
        block("label", "LOAD-DATE: June 9, 2002"),
    )  # fmt: skip
    reading = read(write(tmp_path / "a.html", article(1, "1 of 1 DOCUMENTS", *blocks)))
    assert reading.articles.select("title", "outlet", "text", "section").rows() == [
        ("Sugar", "Kyiv Ledger", "Sweet.", "Section 4")
    ]


def test_read_nexis_html_in_german(tmp_path: Path) -> None:
    blocks = (
        block("plain", "Die Welt"), block("plain", "Freitag 1. Juli 2022"),
        block("title", "Schiff"),
        block("label", "AUTOR: Von Hans Huber"), block("label", "RUBRIK: POLITIK; S. 5"),
        block("label", "LÄNGE: 35 Wörter"), block("plain", "Es fuhr ab."),
        block("label", "UPDATE: 2. Juli 2022"), block("label", "SPRACHE: GERMAN; DEUTSCH"),
        block("label", "PUBLICATION-TYPE: Zeitung"), block("plain", "Copyright 2022 Verlag"),
    )  # fmt: skip
    reading = read(write(tmp_path / "a.html", article(1, "Dokument 1 von 1", *blocks)))
    assert reading.articles.select(
        "title", "outlet", "text", "section", "language", "authors"
    ).rows() == [("Schiff", "Die Welt", "Es fuhr ab.", "POLITIK", "de", ["Hans Huber"])]
    assert reading.articles["published"].item() == dt.datetime(2022, 7, 1, tzinfo=dt.UTC)
    assert reading.reports[0].announced == 1


def test_read_nexis_html_vendor_error_is_refused_by_name(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.html",
        article(1, "1 of 3 DOCUMENTS", *SHIP), article(2, "", ERROR),
        article(3, "3 of 3 DOCUMENTS", *MAP),
    )  # fmt: skip
    reading = read(path)
    assert reading.articles["source_record"].to_list() == ["1", "3"]
    assert reading.rejects.select("source_record", "reason").rows() == [("2", "vendor_error")]
    assert (reading.reports[0].announced, reading.reports[0].missing) == (3, [])


def test_read_nexis_html_tells_what_is_missing_by_number(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.html",
        article(1, "2001 of 2004 DOCUMENTS", *SHIP), article(3, "2003 of 2004 DOCUMENTS", *MAP),
    )  # fmt: skip
    report = read(path).reports[0]
    assert (report.announced, report.articles, report.missing) == (4, 2, ["2", "4"])


def test_read_nexis_html_believes_its_head(tmp_path: Path) -> None:
    path = write(tmp_path / "a.html", article(1, "1 of 900 DOCUMENTS", *SHIP), held=1)
    assert (read(path).reports[0].announced, read(path).reports[0].missing) == (1, [])


def test_read_nexis_html_cut_short_yields_what_is_whole(tmp_path: Path) -> None:
    text = page([article(1, "1 of 2 DOCUMENTS", *SHIP), article(2, "2 of 2 DOCUMENTS", *MAP)])
    (tmp_path / "a.html").write_text(text[: text.index("Second part")], encoding="utf-8")
    reading = read(tmp_path / "a.html")
    assert reading.articles["source_record"].to_list() == ["1"]
    assert reading.rejects.select("source_record", "reason").rows() == [("", "broken_file")]
    assert reading.reports[0].missing == ["2"]


@pytest.mark.parametrize(
    ("file", "articles", "announced", "outlets"),
    [
        ("nexis_uk_irish_times.html", 166, 166, {"The Irish Times"}),
        ("nexis_uk_afp.html", 74, 74, {"Agence France-Presse"}),
        ("lexisnexis_en.html", 2, 146, {"Some Newspaper"}),
    ],
)
def test_read_real_nexis_html(
    shared: Path, file: str, articles: int, announced: int, outlets: set[str]
) -> None:
    reading = read(shared / "data/exports" / file)
    report = reading.reports[0]
    assert (report.format, report.articles, report.announced) == ("nexis_html", articles, announced)
    assert reading.rejects.height == 0
    assert len(report.missing) == announced - articles
    named = reading.articles.select("title", "text", "outlet", "published").null_count().row(0)
    assert named == (0, 0, 0, 0)
    assert set(reading.articles["outlet"]) == outlets
    assert reading.articles.filter(
        pl.col("text").str.contains("LOAD-DATE|LANGUAGE:|Copyright (?:1995|2013)|LENGTH:")
    ).is_empty()
