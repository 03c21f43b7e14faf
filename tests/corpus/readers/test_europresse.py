"""Europresse's HTML in both its views."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from workbench.corpus import read
from workbench.corpus.readers import reader_for
from workbench.corpus.records import ReadOptions, Record, Refusal
from workbench.corpus.sources import Source


def older(
    title: str = "Le pont",
    *,
    outlet: str = "Le Livre, no. 12",
    place: tuple[str, ...] = ("Monde, ", "mardi ", "1 mars 2022", ", p. 03"),
    above: str = "",
    below: str = "Anne Martin<br><p></p>Le pont est <b>tombé</b>.<p></p>Il était vieux.",
) -> str:
    heads = "".join(f'<span class="DocHeader">{part}</span>' for part in place)
    return (
        '<table><tr><td><table id="tbHeaderImages"><tr><td><img><br></td></tr></table>'
        f'<span class="DocPublicationName">{outlet}</span><br>{heads}<br><br>{above}'
        f'<span class="TitreArticleVisu">{title}</span><br><br>{below}<p></p>'
        "<b><i>© 2022 Livre SA. Tous droits réservés.</i></b><p></p>"
        "Numéro de document : news·20220301·LL·12a3<br><br><table><tr><td>news·20220301·LL·12a3"
        "</td></tr><tr><td>Certificat émis à <b>Université</b></td></tr></table>"
        "</td></tr></table><p>"
    )


def newer(header: str = "Monde, mardi 1 mars 2022 - 15:04 UTC +01:00 120 mots, p. 3") -> str:
    return (
        '<article><header><div class="rdp__DocPublicationName">'
        '<span class="DocPublicationName">Le Livre, no. 12</span></div>'
        f'<div><span class="DocHeader">{header}</span></div><div class="titreArticle">'
        '<p class="sm-margin-bottomNews">Rubrique</p>'
        '<p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Le pont</p>'
        '<p class="sm-margin-TopNews rdp__subtitle">Un récit</p></div>'
        '<p class="sm-margin-bottomNews">Par Anne Martin</p></header><section>'
        '<div class="DocText clearfix"><div class="docOcurrContainer"><p>Le pont est <mark>tombé'
        "</mark>.</p><p>Il était vieux.</p><aside>Lire aussi</aside></div></div></section>"
        '<footer><div class="publiC-lblNodoc">news·20220301·LL·12a3</div></footer></article>'
    )


def page(*articles: str, end: str = "</body></html>") -> str:
    return f"<html><head><title>Europresse</title></head><body>{''.join(articles)}{end}"


def outcomes(folder: Path, content: str) -> list[Record | Refusal]:
    path = folder / "a.HTML"
    path.write_text(content, encoding="utf-8")
    given = Source(path.name, path)
    reader = reader_for(given, ReadOptions())
    assert reader is not None
    assert reader.name == "europresse"
    return list(reader.read(given, ReadOptions()))  # type: ignore[arg-type]


def fields(folder: Path, content: str) -> list[dict[str, Any]]:
    found = outcomes(folder, content)
    assert [item for item in found if isinstance(item, Refusal)] == []
    return [dict(item.fields) for item in found if isinstance(item, Record)]


EXPECTED = {
    "outlet": "Le Livre",
    "issue": "12",
    "section": "Monde",
    "article_id": "news·20220301·LL·12a3",
    "title": "Le pont",
    "text": "Le pont est tombé.\n\nIl était vieux.",
    "authors": "Anne Martin",
}


def test_read_takes_the_print_view(tmp_path: Path) -> None:
    assert fields(tmp_path, page(older(above="Un récit<br>"), older())) == [
        EXPECTED
        | {
            "published": "1 mars 2022",
            "page": "03",
            "subtitle": "Un récit",
            "copyright": "© 2022 Livre SA. Tous droits réservés.",
        },
        EXPECTED
        | {
            "published": "1 mars 2022",
            "page": "03",
            "copyright": "© 2022 Livre SA. Tous droits réservés.",
        },
    ]


def test_read_takes_the_newer_view(tmp_path: Path) -> None:
    assert fields(tmp_path, page(newer())) == [
        EXPECTED
        | {
            "published": "1 mars 2022 15:04 +01:00",
            "page": "3",
            "length": "120 mots",
            "subtitle": "Un récit",
        }
    ]


def test_read_of_an_article_without_byline_loses_no_text(tmp_path: Path) -> None:
    below = "Le pont est tombé.<p></p>Anne Martin est vieille."
    (row,) = fields(tmp_path, page(older(below=below)))
    assert row["text"] == "Le pont est tombé.\n\nAnne Martin est vieille."
    assert "authors" not in row


def test_read_takes_a_short_title_that_stands_in_the_text_and_the_section(tmp_path: Path) -> None:
    below = "Anne Martin<br><p></p>Monde, quel Monde ?<p></p>© AFP<p></p>La fin."
    (row,) = fields(tmp_path, page(older("Monde", below=below)))
    assert (row["title"], row["section"]) == ("Monde", "Monde")
    assert row["text"] == "Monde, quel Monde ?\n\n© AFP\n\nLa fin."


@pytest.mark.parametrize(
    ("header", "section", "time"),
    [
        ("Monde, mardi 1er mars 2022, p. 3", "Monde", (2022, 3, 1, 0, 0)),
        ("mardi 1 mars 2022 - 15h04", None, (2022, 3, 1, 15, 4)),
        ("World, Tuesday, March 1, 2022, p. A3", "World", (2022, 3, 1, 0, 0)),
        ("Politik, Dienstag, 1. März 2022, S. 3", "Politik", (2022, 3, 1, 0, 0)),
        ("Mundo, martes 1 de marzo de 2022", "Mundo", (2022, 3, 1, 0, 0)),
        ("Monde, mardi 1 mars 2022 - 15:04:09 UTC", "Monde", (2022, 3, 1, 15, 4)),
    ],
)
def test_read_places_articles_in_other_languages(
    tmp_path: Path, header: str, section: str | None, time: tuple[int, int, int, int, int]
) -> None:
    path = tmp_path / "a.html"
    path.write_text(page(newer(header)), encoding="utf-8")
    row = read(path).articles.row(0, named=True)
    assert row["published"].replace(second=0) == dt.datetime(*time, tzinfo=dt.UTC)
    assert row["section"] == section


def test_read_keeps_an_article_without_text(tmp_path: Path) -> None:
    (row,) = fields(tmp_path, page(older(below="")))
    assert row["title"] == "Le pont"
    assert "text" not in row


def test_read_of_a_page_cut_short_yields_what_is_whole(tmp_path: Path) -> None:
    content = page(older("Un"), older("Deux"))
    found = outcomes(tmp_path, content[: content.index("vieux", content.index("Deux"))])
    assert [item.number for item in found] == ["1", ""]
    assert found[-1] == Refusal("", "broken_file", "the page breaks off after article 1")


def test_read_refuses_articles_that_cannot_be_told_apart(tmp_path: Path) -> None:
    merged = older().replace("</td></tr></table><p>", "") + older().replace(
        "<table><tr><td>", "", 1
    )
    found = outcomes(tmp_path, page(merged))
    assert [item.reason for item in found if isinstance(item, Refusal)] == ["unknown_layout"]


def test_read_of_the_real_export(shared: Path) -> None:
    reading = read(shared / "data/exports/europresse_1.html")
    (report,) = reading.reports
    assert (report.format, report.encoding, report.rejects.total()) == ("europresse", "utf-8", 0)
    rows = reading.articles.select("outlet", "section", "title", "authors").rows()
    assert rows == [
        ("l'Humanité", "Politique", "A heading: some text", []),
        ("Mag", None, "Another heading with colored text inside", ["Second Author"]),
        ("Magazine 1", "Éditorial", "Heading", ["Author Name"]),
    ]
    assert [f"{day:%Y-%m-%d}" for day in reading.articles["published"]] == [
        "2013-10-05",
        "2012-10-03",
        "2012-10-04",
    ]
    assert reading.articles["text"].to_list() == [
        "Some text, and a few accentuated characters: éèêù. Continuation. More text, a sentence."
        "\n\nTest.",
        "Contents of the article.\n\n(1) A note.",
        "This is a test: a test",
    ]
