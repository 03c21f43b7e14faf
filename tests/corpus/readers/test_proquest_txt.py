"""ProQuest's text export: every item, its text whole, labels in several languages."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

import workbench as wb

RULE = "_" * 60
NOTICE = "Contact ProQuest\nCopyright © 2022 ProQuest LLC. All rights reserved."
ADDRESS = "https://www.proquest.com/docview/2001?accountid=9"


def export(folder: Path, *items: str, notice: str = NOTICE) -> Path:
    path = folder / "ProQuestDocuments.txt"
    path.write_text(f"\n\n{RULE}\n\n".join(["", *items, notice]), encoding="utf-8")
    return path


def item(title: str, *blocks: str) -> str:
    return "\n\n".join([title, *blocks])


def rows(path: Path) -> list[dict[str, Any]]:
    reading = wb.read(path)
    assert reading.rejects.is_empty(), reading.rejects
    assert reading.reports[0].format == "proquest_txt"
    found = reading.articles.to_dicts()
    return [row | {"extra": json.loads(row["extra"] or "{}")} for row in found]


TAIL = (
    "Subject: War; Grain",
    "Location: Odesa Ukraine",
    "Title: Grain: the war's second front",
    "Publication title: Harbour Times, Late Edition (East Coast); New York, N.Y.",
    "First page: A.4",
    "Publication date: Mar 4, 2022",
    "Section: A",
    "Publisher: Harbour Company",
    "ISSN: 0000-0000",
    "Source type: Newspaper",
    "Language of publication: English",
    "Document type: News",
    "ProQuest document ID: 2001",
    f"Document URL: {ADDRESS}",
    "Copyright: Copyright Harbour Company Mar 4, 2022",
    "Database: ProQuest Central",
)


def test_proquest_txt_gives_the_fields_of_an_item(tmp_path: Path) -> None:
    first = item(
        "Grain: the war's second front",
        "Author: Iryna Kovach; Paul Reed",
        f"Publication info: Harbour Times ; New York, N.Y. 04 Mar 2022: A.4. \n{ADDRESS}",
        "Abstract: Ships wait.",
        "Full text: ODESA - Ships wait off the port.\n\nSubject: none, said the pilot.\n\n"
        "\"We load,\" he said.\n\nHe added: 'Soon.'",
        *TAIL,
    )
    (row,) = rows(export(tmp_path, first))
    assert row["article_id"] == "2001"
    assert row["title"] == "Grain: the war's second front"
    assert row["text"] == (
        "ODESA - Ships wait off the port.\n\nSubject: none, said the pilot.\n\n"
        "\"We load,\" he said.\n\nHe added: 'Soon.'"
    )
    assert row["text_kind"] == "full"
    assert row["outlet"] == "Harbour Times"
    assert row["published"] == dt.datetime(2022, 3, 4, tzinfo=dt.UTC)
    assert row["published_precision"] == "day"
    assert row["url"] == ADDRESS
    assert row["language"] == "en"
    assert row["authors"] == ["Iryna Kovach", "Paul Reed"]
    assert row["section"] == "A"
    assert row["extra"]["subject"] == "War; Grain"
    assert row["extra"]["summary"] == "Ships wait."
    assert row["extra"]["copyright"] == "Copyright Harbour Company Mar 4, 2022"


def test_proquest_txt_cover_and_notice_are_no_items(tmp_path: Path) -> None:
    cover = "Report Information from ProQuest\n\nMarch 05 2022 10:12\n\n1. One\n\n2. Two"
    items = [
        item(f"Title {n}", f"Full text: Text {n}.", f"ProQuest document ID: {n}") for n in (1, 2)
    ]
    found = rows(export(tmp_path, cover, *items))
    assert [(r["source_record"], r["title"], r["text"]) for r in found] == [
        ("1", "Title 1", "Text 1."),
        ("2", "Title 2", "Text 2."),
    ]


@pytest.mark.parametrize(
    ("labels", "day", "language"),
    [
        (
            ("Texte intégral", "Titre de la publication", "Date de publication",
             "Langue de publication", "ID du document ProQuest", "Auteur", "Sujet"),
            "4 mars 2022", "Français",
        ),
        (
            ("Volltext", "Titel der Publikation", "Erscheinungsdatum", "Publikationssprache",
             "ProQuest-Dokument-ID", "Autor", "Thema"),
            "4. März 2022", "Französisch",
        ),
        (
            ("Texto completo", "Título de la publicación", "Fecha de publicación",
             "Idioma de la publicación", "ID del documento de ProQuest", "Autor", "Materia"),
            "4 de marzo de 2022", "Francés",
        ),
        (
            ("Testo completo", "Titolo della pubblicazione", "Data di pubblicazione",
             "Lingua di pubblicazione", "ID documento ProQuest", "Autore", "Soggetto"),
            "4 marzo 2022", "Francese",
        ),
        (
            ("Texto completo", "Título da publicação", "Data de publicação",
             "Idioma da publicação", "ID do documento ProQuest", "Autor", "Assunto"),
            "4 de março de 2022", "francês",
        ),
        (
            ("Полный текст", "Название публикации", "Дата публикации", "Язык публикации",
             "Идентификатор документа ProQuest", "Автор", "Тема"),
            "4 марта 2022", "французский",
        ),
        (
            ("全文", "出版物名称", "出版日期", "出版物语言", "ProQuest 文档 ID", "作者", "主题"),
            "Mar 4, 2022", "法语",
        ),
    ],
)  # fmt: skip
def test_proquest_txt_in_other_languages(
    tmp_path: Path, labels: tuple[str, ...], day: str, language: str
) -> None:
    text, outlet, date, tongue, number, author, subject = labels
    first = item(
        "Un titre : sans étiquette",
        f"{author}: Jeanne Petit",
        f"{text}: Premier.\n\nSecond.",
        f"{subject}: Guerre",
        f"{outlet}: Le Port; Paris",
        f"{date}: {day}",
        f"{tongue}: {language}",
        f"{number}: 77",
    )
    (row,) = rows(export(tmp_path, first))
    assert row["title"] == "Un titre : sans étiquette"
    assert row["text"] == "Premier.\n\nSecond."
    assert (row["outlet"], row["language"], row["article_id"]) == ("Le Port", "fr", "77")
    assert row["published"] == dt.datetime(2022, 3, 4, tzinfo=dt.UTC)
    assert row["authors"] == ["Jeanne Petit"]


def test_proquest_txt_without_full_text_is_a_headline_or_a_snippet(tmp_path: Path) -> None:
    items = [
        item("One", "Full text: Not available.", "ProQuest document ID: 1"),
        item("Two", "Abstract: In short.", "ProQuest document ID: 2"),
    ]
    found = [(r["title"], r["text"], r["text_kind"]) for r in rows(export(tmp_path, *items))]
    assert found == [("One", None, "headline"), ("Two", "In short.", "snippet")]


def test_proquest_txt_takes_day_and_id_from_the_publication_info(tmp_path: Path) -> None:
    info = f"Publication info: Harbour Times ; Odesa. 04 Mar 2022: A.4. \n{ADDRESS}"
    (row,) = rows(export(tmp_path, item("One", info, "Full text: Text.")))
    assert row["published"] == dt.datetime(2022, 3, 4, tzinfo=dt.UTC)
    assert (row["article_id"], row["url"], row["outlet"]) == ("2001", ADDRESS, "Harbour Times")


def test_proquest_txt_vendor_error_in_place_of_an_article_is_refused(tmp_path: Path) -> None:
    whole = item("One", "Full text: Text.", "ProQuest document ID: 1")
    reading = wb.read(export(tmp_path, "An error occurred. Try again later.", whole))
    assert reading.articles["title"].to_list() == ["One"]
    assert reading.rejects.select("source_record", "reason").rows() == [("1", "vendor_error")]


def test_proquest_txt_cut_off_inside_the_text_keeps_what_is_there(tmp_path: Path) -> None:
    path = export(tmp_path, item("One", "Full text: Text.", "ProQuest document ID: 1"))
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[: whole.index(NOTICE)] + "Two\n\nFull text: Cut o", encoding="utf-8")
    reading = wb.read(path)
    assert reading.articles["text"].to_list() == ["Text.", "Cut o"]


def test_proquest_txt_in_windows_line_ends_and_a_legacy_encoding(tmp_path: Path) -> None:
    path = export(tmp_path, item("Café", "Full text: Été à Kiev.", "ProQuest document ID: 1"))
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(text.encode("cp1252"))
    (row,) = rows(path)
    assert (row["title"], row["text"]) == ("Café", "Été à Kiev.")
