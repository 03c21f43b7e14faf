"""Factiva's RTF, as its users describe it: a table of codes, coded lines, or no codes at all.

No real file was at hand; these layouts follow what public parsers expect.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from workbench.corpus import read
from workbench.corpus.readers import reader_for
from workbench.corpus.records import ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

ONE, TWO = "KYLE000020220301ei3100001", "KYLE000020220302ei3200002"
HEAD = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title Factiva RTF Display Format}}"


def escaped(text: str) -> str:
    units = text.encode("utf-16-le")
    codes = [int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2)]
    signed = [code - 65536 if code > 32767 else code for code in codes]
    return "".join(chr(c) if 0 <= c < 128 else rf"\u{c}?" for c in signed)


def lines(*texts: str) -> str:
    return "".join(rf"\pard {escaped(text)}\par" + "\n" for text in texts)


def table(**values: str) -> str:
    rows = []
    for code, value in values.items():
        cell = r"\par ".join(escaped(part) for part in value.split("\n"))
        rows.append(rf"\trowd\cellx900\cellx9000\intbl {{\b {code}}}\cell {cell}\cell\row" + "\n")
    return "".join(rows) + r"\pard\par" + "\n"


def coded(title: str, accession: str) -> dict[str, str]:
    return {
        "SE": "World",
        "HD": title,
        "BY": "By Ann Lee",
        "WC": "120 words",
        "PD": "1 March 2022",
        "ET": "16:05",
        "SN": "Kyiv Ledger",
        "SC": "KYLE",
        "LA": "English",
        "CY": "(c) KL",
        "LP": "First paragraph.\nSecond paragraph.",
        "TD": "Third paragraph.",
        "NS": "gcat : News | gpol : Politics",
        "AN": f"Document {accession}",
    }


def plain(title: str, *, above: tuple[str, ...] = (), below: tuple[str, ...] = ()) -> list[str]:
    return [
        *above,
        title,
        *below,
        "120 words",
        "1 March 2022",
        "Kyiv Ledger",
        "KYLE",
        "English",
        "(c) 2022 Ledger Media",
        "",
        "First paragraph: it goes on.",
        "",
        "Second paragraph.",
        "",
        "Ledger Media Ltd",
        "",
        f"Document {ONE}",
        "",
    ]


def outcomes(folder: Path, content: str) -> list[Record | Refusal]:
    path = folder / "Factiva-20220301.rtf"
    path.write_bytes(content.encode("ascii"))
    given = Source(path.name, path)
    reader = reader_for(given, ReadOptions())
    assert reader is not None
    assert reader.name == "factiva_rtf"
    return list(reader.read(given, ReadOptions()))  # type: ignore[arg-type]


def fields(folder: Path, content: str) -> list[dict[str, Any]]:
    found = outcomes(folder, content)
    assert [item for item in found if isinstance(item, Refusal)] == []
    return [dict(item.fields) for item in found if isinstance(item, Record)]


EXPECTED = {
    "section": "World",
    "title": "Bridge | river: a “fall” 🌉",
    "length": "120 words",
    "published": "1 March 2022 16:05",
    "outlet": "Kyiv Ledger",
    "source_code": "KYLE",
    "copyright": "(c) KL",
    "subjects": ["gcat : News", "gpol : Politics"],
    "text": "First paragraph.\n\nSecond paragraph.\n\nThird paragraph.",
    "authors": "Ann Lee",
    "language": "en",
    "article_id": ONE,
}


def test_read_takes_fields_from_a_table(tmp_path: Path) -> None:
    first = table(**coded(str(EXPECTED["title"]), ONE))
    found = fields(tmp_path, f"{HEAD}{first}\\page\n{table(**coded('Two', TWO))}}}")
    assert found[0] == EXPECTED
    assert [(row["title"], row["article_id"]) for row in found[1:]] == [("Two", TWO)]


@pytest.mark.parametrize("between", [r"\page ", ""])
def test_read_takes_fields_from_coded_lines(tmp_path: Path, between: str) -> None:
    articles = [
        lines(*(f"{code}\t{part}" if i == 0 else part
                for code, value in coded(title, accession).items()
                for i, part in enumerate(value.split("\n"))))
        for title, accession in ((str(EXPECTED["title"]), ONE), ("Two", TWO))
    ]  # fmt: skip
    found = fields(tmp_path, HEAD + between.join(articles) + "}")
    assert found[0] == EXPECTED
    assert [row["title"] for row in found] == [EXPECTED["title"], "Two"]


def test_read_takes_fields_from_the_order_of_lines(tmp_path: Path) -> None:
    article = plain("Bridge falls into the river", above=("World",), below=("Ann Lee",))
    assert fields(tmp_path, HEAD + lines(*article) + "}") == [
        {
            "section": "World",
            "title": "Bridge falls into the river",
            "authors": "Ann Lee",
            "length": "120 words",
            "published": "1 March 2022",
            "outlet": "Kyiv Ledger",
            "source_code": "KYLE",
            "language": "en",
            "copyright": "(c) 2022 Ledger Media",
            "text": "First paragraph: it goes on.\n\nSecond paragraph.",
            "publisher": "Ledger Media Ltd",
            "article_id": ONE,
        }
    ]


def test_read_finds_headlines_by_the_marks_of_the_contents(tmp_path: Path) -> None:
    contents = r"\pard {\field{\*\fldinst HYPERLINK \\l toc1}{\fldrslt Bridge}}\par\page" + "\n"
    start = r"{\*\bkmkstart toc1}{\*\bkmkend toc1}"
    body = lines("World") + start + lines(*plain("Bridge", below=("Ann Lee of the Ledger",)))
    (row,) = fields(tmp_path, HEAD + contents + body + "}")
    assert (row["section"], row["title"], row["authors"]) == (
        "World",
        "Bridge",
        "Ann Lee of the Ledger",
    )


def test_read_goes_on_over_a_page_inside_an_article(tmp_path: Path) -> None:
    article = plain("Bridge falls")
    cut = article.index("Second paragraph.")
    content = HEAD + lines(*article[:cut]) + r"\page " + lines(*article[cut:]) + "}"
    (row,) = fields(tmp_path, content)
    assert row["text"] == "First paragraph: it goes on.\n\nSecond paragraph."


def test_read_dates_other_interfaces(tmp_path: Path) -> None:
    place = ("8 字", "2022 年 3 月 1 日 16:05", "基辅报", "KYLE", "英文", "版权所有")
    article = lines("桥塌了", *place, "", "第一段。", "", f"文件 {ONE}")
    path = tmp_path / "a.rtf"
    path.write_text(HEAD + article + "}")
    row = read(path).articles.row(0, named=True)
    assert row["published"] == dt.datetime(2022, 3, 1, 16, 5, tzinfo=dt.UTC)
    assert (row["title"], row["text"], row["outlet"]) == ("桥塌了", "第一段。", "基辅报")


def test_read_of_a_file_cut_short_yields_what_is_whole(tmp_path: Path) -> None:
    content = HEAD + lines(*plain("One")) + lines(*plain("Two"))
    cut = content[: content.rindex("Second")]
    assert [item.number for item in outcomes(tmp_path, cut)] == ["1", ""]
    assert outcomes(tmp_path, cut)[-1] == Refusal(
        "", "broken_file", "the RTF breaks off after article 1"
    )


def test_read_of_rtf_without_articles_finds_none(tmp_path: Path) -> None:
    assert outcomes(tmp_path, HEAD + lines("Search summary", "No results") + "}") == []
