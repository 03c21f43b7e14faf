"""Nexis Uni's RTF: the same paragraphs as in Word, without bookmarks and bold type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from workbench.corpus import read

COVER = ["Job Number: 1", "Documents (2)", "1. A first ship", "Client/Matter: -None-", "2. Zürich"]
FIRST = [
    "A first ship;\\line a second title line", "Kyiv Ledger", "July 1, 2022 Friday 9:20 AM GMT",
    "", "Copyright 2022 Paper", "Section:\\~WORLD; Pg. 4", "Length:\\~30 words",
    "Byline:\\~Anna Bell", "Highlight:\\~Hopes.", "Body", "", "A ship left. Language: plain.",
    "The mayor: it was slow.", "Classification", "Language:\\~ENGLISH",
    "Anchors:\\~none", "Geographic:\\~ODESA (90%)", "Load-Date:\\~July 2, 2022", "End of Document",
]  # fmt: skip
SECOND = [
    "{\\field{\\*\\fldinst {HYPERLINK \"http://x.example/?a=1&b\"}}{\\fldrslt {Z\\'fcrich}}}",
    "Seeblatt", "July 2, 2022",
    "Length:\\~3 words", "Body", "\\u8220?Ja\\u8221?", "End of Document",
]  # fmt: skip


def write_rtf(path: Path, paragraphs: Sequence[str], *, end: str = "}") -> Path:
    body = "\\par\n".join(paragraphs)
    path.write_text(f"{{\\rtf1\\ansi\\ansicpg1252 {body}\\par{end}", encoding="ascii")
    return path


def test_read_nexis_rtf_also_under_the_endings_of_word(tmp_path: Path) -> None:
    cover = [text.replace("ü", "\\'fc") for text in COVER]
    reading = read(write_rtf(tmp_path / "a.doc", [*cover, *FIRST, *SECOND]))
    report = reading.reports[0]
    assert (report.format, report.announced, report.articles) == ("nexis_rtf", 2, 2)
    assert reading.articles.select("title", "outlet", "text", "section").rows() == [
        (
            "A first ship; a second title line", "Kyiv Ledger",
            "A ship left. Language: plain.\n\nThe mayor: it was slow.", "WORLD",
        ),
        ("Zürich", "Seeblatt", "“Ja”", None),
    ]  # fmt: skip
    assert reading.articles["authors"].to_list() == [["Anna Bell"], []]
    assert reading.articles["published"].to_list() == [
        dt.datetime(2022, 7, 1, 9, 20, tzinfo=dt.UTC),
        dt.datetime(2022, 7, 2, tzinfo=dt.UTC),
    ]


def test_read_nexis_rtf_with_plain_spaces_after_labels(tmp_path: Path) -> None:
    plain = [text.replace("\\~", " ") for text in FIRST]
    articles = read(write_rtf(tmp_path / "a.rtf", plain)).articles
    assert articles["section"].to_list() == ["WORLD"]
    assert articles["text"].to_list() == [
        "A ship left. Language: plain.\n\nThe mayor: it was slow."
    ]


def test_read_nexis_rtf_numbers_by_the_cover(tmp_path: Path) -> None:
    report = read(write_rtf(tmp_path / "a.rtf", [*COVER[:4], "2. Z\\'fcrich", *SECOND])).reports[0]
    assert report.missing == ["1"]


def test_read_nexis_rtf_cut_short_yields_what_is_whole(tmp_path: Path) -> None:
    reading = read(write_rtf(tmp_path / "a.rtf", [*FIRST, *SECOND[:5]], end=""))
    assert reading.articles["source_record"].to_list() == ["1"]
    assert reading.rejects.select("source_record", "reason").rows() == [("", "broken_file")]
