"""Factiva's HTML: with field codes and without, in any interface's language."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from workbench.corpus import read
from workbench.corpus.readers import reader_for
from workbench.corpus.records import ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

ID = "KYLE000020220301ei3100001"


def page(*articles: str, top: str = "", end: str = "</body></html>") -> str:
    body = "".join(f'<div class="article">{a}</div><br>' for a in articles)
    return f"<!DOCTYPE html><html><head><title>Factiva</title>{top}</head><body>{body}{end}"


def row(code: str, value: str) -> str:
    return f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>'


def coded(**values: str) -> str:
    rows = "".join(row(code, value) for code, value in values.items())
    return f'<div class="article frArticle"><table>{rows}</table></div>'


def paragraphs(*texts: str) -> str:
    return "".join(f'<p class="articleParagraph enarticleParagraph">{t}</p>' for t in texts)


def plain(
    title: str,
    *lines: str,
    body: str = paragraphs("First sentence.", "Last sentence."),
    section: str = "",
    author: str = "",
    tail: tuple[str, ...] = ("Ledger Media Ltd", f"Document {ID}"),
    headline: str = "enHeadline",
) -> str:
    above = f"<div>{section}</div>" if section else ""
    byline = f'<div class="author">{author} </div>' if author else ""
    return (
        f'<div class="article enArticle"><p>\n</p>{above}'
        f'<div id="hd"><span class="{headline}">{title}</span>\n</div>{byline}'
        f"{''.join(f'<div>{line}</div>' for line in lines)}<p></p>{body}"
        f"{''.join(f'<p>{line}</p>' for line in tail)}</div>"
    )


PLACE = (
    "120 words",
    "1 March 2022",
    "Kyiv Ledger",
    "KYLE",
    "1; National",
    "7",
    "English",
    "(c) KL",
)


def outcomes(folder: Path, content: str | bytes) -> list[Record | Refusal]:
    path = folder / "Factiva.html"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    given = Source(path.name, path)
    reader = reader_for(given, ReadOptions())
    assert reader is not None
    assert reader.name == "factiva_html"
    return list(reader.read(given, ReadOptions()))  # type: ignore[arg-type]


def fields(folder: Path, content: str) -> list[dict[str, Any]]:
    found = outcomes(folder, content)
    assert [item for item in found if isinstance(item, Refusal)] == []
    return [dict(item.fields) for item in found if isinstance(item, Record)]


def test_read_takes_fields_from_codes(tmp_path: Path) -> None:
    article = coded(
        SE="Monde",
        HD='<b class="frHeadline">Un pont tombe</b>',
        BY="Par Anne Martin",
        WC="295 mots",
        PD="29 décembre 2011",
        ET="15:32",
        SN="Le Grand Livre",
        SC="LEGRAN",
        LA="Français",
        CY="(c) Livre SA.",
        LP=paragraphs("Le pont est <b>tombé</b>.", "Il était vieux."),
        TD=paragraphs("Personne n'est blessé."),
        NS="<br>gcat : Actualité | gpol : Politique",
        PUB="Livre SA",
        AN="<br>Document LEGRAN0020111229e7ct0001r",
    )
    assert fields(tmp_path, page(article)) == [
        {
            "section": "Monde",
            "title": "Un pont tombe",
            "length": "295 mots",
            "published": "29 décembre 2011 15:32",
            "outlet": "Le Grand Livre",
            "source_code": "LEGRAN",
            "copyright": "(c) Livre SA.",
            "subjects": ["gcat : Actualité", "gpol : Politique"],
            "publisher": "Livre SA",
            "text": "Le pont est tombé.\n\nIl était vieux.\n\nPersonne n'est blessé.",
            "authors": "Anne Martin",
            "language": "fr",
            "article_id": "LEGRAN0020111229e7ct0001r",
        }
    ]


def test_read_keeps_a_table_in_the_text_with_the_text(tmp_path: Path) -> None:
    table = "<table><tr><td>USA</td><td>12</td></tr><tr><td>SN</td><td>3</td></tr></table>"
    article = coded(HD="Votes", SN="Kyiv Ledger", LP=paragraphs("Votes:") + table)
    (row,) = fields(tmp_path, page(article))
    assert (row["text"], row["outlet"]) == ("Votes:\n\nUSA\n\n12\n\nSN\n\n3", "Kyiv Ledger")
    assert "usa" not in row


def test_read_takes_fields_from_the_order_of_lines(tmp_path: Path) -> None:
    article = plain("Talks: day two", *PLACE, section="World", author="By Ann Lee")
    assert fields(tmp_path, page(article)) == [
        {
            "section": "World",
            "title": "Talks: day two",
            "authors": "Ann Lee",
            "length": "120 words",
            "published": "1 March 2022",
            "outlet": "Kyiv Ledger",
            "source_code": "KYLE",
            "edition_and_page": "1; National | 7",
            "language": "en",
            "copyright": "(c) KL",
            "text": "First sentence.\n\nLast sentence.",
            "publisher": "Ledger Media Ltd",
            "article_id": ID,
        }
    ]


@pytest.mark.parametrize(
    ("words", "date", "language", "code", "day"),
    [
        ("1.285 Wörter", "3 Dezember 2021", "Deutsch", "de", dt.date(2021, 12, 3)),
        ("295 mots", "1 août 2021", "Français", "fr", dt.date(2021, 8, 1)),
        ("295 palabras", "4 enero 2021", "Español", "es", dt.date(2021, 1, 4)),
        ("295 parole", "4 Gennaio 2021", "Italiano", "it", dt.date(2021, 1, 4)),
        ("295 palavras", "4 fevereiro 2021", "Português", "pt", dt.date(2021, 2, 4)),
        ("295 слов", "4 Май 2021", "Русский", "ru", dt.date(2021, 5, 4)),
        ("808 字", "2021 年 11 月 13 日", "英文", "en", dt.date(2021, 11, 13)),
        ("808 文字", "2021年11月13日", "中文(简体)", "zh", dt.date(2021, 11, 13)),
    ],
)
def test_read_knows_the_interfaces_languages(
    tmp_path: Path, words: str, date: str, language: str, code: str, day: dt.date
) -> None:
    article = plain("Title", words, date, "Kyiv Ledger", "KYLE", language, "(c) KL")
    (tmp_path / "f.html").write_text(page(article), encoding="utf-8")
    row = read(tmp_path / "f.html").articles.row(0, named=True)
    assert row["published"].date() == day
    assert (row["language"], row["outlet"], row["title"]) == (code, "Kyiv Ledger", "Title")


def test_read_takes_the_time_that_follows_the_date(tmp_path: Path) -> None:
    article = plain(
        "T", "9 words", "1 March 2022", "16:05", "Kyiv Ledger", "KYLE", "English", "(c)"
    )
    (row,) = fields(tmp_path, page(article))
    assert (row["published"], row["outlet"]) == ("1 March 2022 16:05", "Kyiv Ledger")


def test_read_drops_the_count_before_headlines_and_numbers_by_it(tmp_path: Path) -> None:
    articles = [plain(f"{n}) 5. title", *PLACE, headline="enHeadline counted") for n in (1, 2, 4)]
    found = outcomes(tmp_path, page(*articles))
    assert [(r.number, r.fields["title"]) for r in found if isinstance(r, Record)] == [
        ("1", "5. title"),
        ("2", "5. title"),
        ("4", "5. title"),
    ]


def test_read_keeps_numbers_that_are_the_headline_s_own(tmp_path: Path) -> None:
    articles = [plain("10) Downing Street", *PLACE), plain("Other", *PLACE)]
    assert [row["title"] for row in fields(tmp_path, page(*articles))] == [
        "10) Downing Street",
        "Other",
    ]


def test_read_takes_each_article_once_however_it_is_wrapped(tmp_path: Path) -> None:
    inner = plain("Title", *PLACE)
    wrapped = f'<div class="lastarticle"><div class="article enArticle">{inner}</div></div>'
    assert [row["title"] for row in fields(tmp_path, page(wrapped))] == ["Title"]


def test_read_tells_captions_and_references_from_the_publisher(tmp_path: Path) -> None:
    tail = ("A bridge in the fog.", "REF12-X", "Ledger Media Ltd", f"Document {ID}")
    (row,) = fields(tmp_path, page(plain("T", *PLACE, tail=tail)))
    assert (row["caption"], row["reference"]) == ("A bridge in the fog.", "REF12-X")
    assert (row["publisher"], row["text"]) == (
        "Ledger Media Ltd",
        "First sentence.\n\nLast sentence.",
    )


def test_read_keeps_an_article_without_text(tmp_path: Path) -> None:
    (row,) = fields(tmp_path, page(plain("A map", *PLACE, body="")))
    assert row["title"] == "A map"
    assert "text" not in row
    assert row["article_id"] == ID


def test_read_refuses_the_vendor_s_message_in_place_of_an_article(tmp_path: Path) -> None:
    message = '<div class="article enArticle">This article is not available.</div>'
    found = outcomes(tmp_path, page(plain("T", *PLACE), message))
    assert found[1] == Refusal("2", "vendor_error", "This article is not available.")


def test_read_of_a_page_cut_short_yields_what_is_whole(tmp_path: Path) -> None:
    whole = page(plain("One", *PLACE), plain("Two", *PLACE))
    found = outcomes(tmp_path, whole[: whole.index("Last sentence", whole.index("Two"))])
    assert [item.number for item in found] == ["1", ""]
    assert found[-1] == Refusal("", "broken_file", "the page breaks off after article 1")


def test_sniff_finds_articles_below_a_long_head(tmp_path: Path) -> None:
    top = f"<script>{'x' * 3_000_000}</script>"
    content = page(plain("T", *PLACE), top=top).replace("<title>Factiva</title>", "")
    assert len(fields(tmp_path, content)) == 1


def test_sniff_leaves_other_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><title>On Factiva</title><div class='article'><p>x</p></div></html>")
    reader = reader_for(Source("a.html", path), ReadOptions())
    assert reader is not None
    assert reader.name != "factiva_html"


@pytest.mark.parametrize(
    ("name", "articles", "language"),
    [
        ("factiva_irish_independent.html", 44, "en"),
        ("factiva_german_ui.html", 100, "de"),
        ("factiva_test.html", 2, "fr"),
    ],
)
def test_read_of_real_exports(shared: Path, name: str, articles: int, language: str) -> None:
    reading = read(shared / "data/exports" / name)
    (report,) = reading.reports
    frame = reading.articles
    assert (report.format, frame.height, reading.rejects.height) == (
        "factiva_html",
        articles,
        0,
    )
    complete = frame.drop_nulls(["title", "text", "outlet", "published", "article_id"])
    assert complete.height == articles
    assert set(frame["language"]) == {language}
    assert not frame["title"].str.contains(r"^\d+\) ").any()
    assert not frame["text"].str.contains(r"Docu?kument?\s+[A-Z]").any()
    assert frame["published"].dt.year().is_between(2011, 2018).all()
