"""The plain text of Nexis UK and LexisNexis Academic."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from workbench.corpus import read

COVER = """
Download Request: Selected Items: 1-2
Time Of Request: Friday, July 8, 2022  16:51:31

"""
SHIP = """
                               1 of 2 DOCUMENTS


                                  Kyiv Ledger

                            July 1, 2022 Friday
                                   Edition 1;
                                    Scotland

A first ship leaves the harbour of Odesa with its grain, and nobody knows when
the next will

BYLINE: Anna Bell

SECTION: WORLD; Pg. 6

LENGTH: 677 words


A ship left the harbour in the morning, with more grain on board than anybody
had thought.

LONDON: The minister said so.
UPDATE: It came back.

Subject: nothing

LOAD-DATE: July 2, 2022

LANGUAGE: ENGLISH

GRAPHIC: A ship
JOURNAL-CODE: KL


                       Copyright 2022 Ledger Limited
                              All Rights Reserved
"""
SECOND = """
                               2 of 2 DOCUMENTS

                      Copyright 2022 Paper

                             Some Paper

                July 2, 2022, Saturday, Late Edition - Final

SECTION: Section 4; Page 1
LENGTH: 12 words
HEADLINE: Second thoughts

BODY:
Short.

LOAD-DATE: July 2, 2022
"""


def write(path: Path, text: str, *, newline: str = "\n", encoding: str = "utf-8") -> Path:
    path.write_bytes(text.replace("\n", newline).encode(encoding))
    return path


def test_read_nexis_txt_takes_every_field_apart(tmp_path: Path) -> None:
    reading = read(write(tmp_path / "a.TXT", COVER + SHIP + SECOND, newline="\r\n"))
    report = reading.reports[0]
    assert (report.format, report.announced, report.articles) == ("nexis_txt", 2, 2)
    assert reading.articles.select("title", "outlet", "section", "text").rows() == [
        (
            "A first ship leaves the harbour of Odesa with its grain, and nobody knows when"
            " the next will",
            "Kyiv Ledger",
            "WORLD",
            "A ship left the harbour in the morning, with more grain on board than anybody"
            " had thought.\n\nLONDON: The minister said so.\n\nUPDATE: It came back."
            "\n\nSubject: nothing",
        ),
        ("Second thoughts", "Some Paper", "Section 4", "Short."),
    ]
    assert reading.articles["published"].dt.date().to_list() == [
        dt.date(2022, 7, 1), dt.date(2022, 7, 2),
    ]  # fmt: skip
    assert json.loads(reading.articles["extra"][0]) == {
        "copyright": "Copyright 2022 Ledger Limited\nAll Rights Reserved",
        "date line": "July 1, 2022 Friday",
        "edition": "Edition 1; Scotland",
        "page": "6",
        "length": "677 words",
        "load date": "July 2, 2022",
        "graphic": "A ship",
        "journal code": "KL",
    }


def test_read_nexis_txt_in_german_and_windows_encoding(tmp_path: Path) -> None:
    text = """
                              Dokument 1 von 1

                                  Die Welt

                            Freitag 1. Juli 2022

Schiffe verlassen Odessa

AUTOR: Von Hans Huber

RUBRIK: POLITIK; S. 5

LÄNGE: 355 Wörter

Die Schiffe führen Getreide.

UPDATE: 2. Juli 2022

SPRACHE: GERMAN; DEUTSCH
"""
    reading = read(write(tmp_path / "a.txt", text, encoding="cp1252"))
    assert reading.articles.select(
        "title", "outlet", "section", "authors", "text", "language"
    ).rows() == [
        (
            "Schiffe verlassen Odessa", "Die Welt", "POLITIK", ["Hans Huber"],
            "Die Schiffe führen Getreide.", "de",
        )
    ]  # fmt: skip


def test_read_nexis_txt_part_of_a_download_holds_what_it_should(tmp_path: Path) -> None:
    parts = [SHIP.replace("1 of 2 ", f"{n} of 730 ").replace("A ship", f"{n}") for n in (199, 200)]
    report = read(write(tmp_path / "a.txt", "".join(parts))).reports[0]
    assert (report.announced, report.articles, report.missing) == (2, 2, [])
    cut = read(write(tmp_path / "b.txt", SHIP)).reports[0]
    assert (cut.announced, cut.missing) == (2, ["2"])


def test_read_nexis_txt_files_put_together_are_numbered_by_order(tmp_path: Path) -> None:
    other = SHIP.replace("A ship", "Another ship")
    reading = read(write(tmp_path / "a.txt", SHIP + SECOND + other))
    assert reading.articles["source_record"].to_list() == ["1", "2", "3"]
    assert reading.reports[0].announced is None


def test_read_nexis_txt_leaves_other_texts_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "He read 1 of 10 documents.\n\nLENGTH: it is long.\n")
    assert read(path).reports[0].format == "text"
