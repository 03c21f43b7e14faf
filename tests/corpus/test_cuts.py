"""Boilerplate: what is marked, and above all what is not."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from workbench.annotation.annotate import annotate
from workbench.codebook import load_codebook
from workbench.corpus.cuts import cuts_frame, find_cuts
from workbench.errors import AnnotationError, CodebookError
from workbench.schemas import Cuts

BOILERPLATE = {
    "copyright": [
        "© 2022 Kyiv Ledger. All rights reserved.",
        "(c) 2022 Meridian Wire",
        "Copyright 2022 The Albion Chronicle",
        "Copyright Meridian Wire, 2022",
        "The Albion Chronicle. All rights reserved",
        "Reprinted with the permission of Meridian Wire, Lisbon.",
        "This text is licensed under a Creative Commons licence.",
    ],
    "photo_credit": [
        "(Photo: Jane Doe)",
        "(PHOTOGRAPH BY JANE DOE/MERIDIAN WIRE)",
        "(AP Photo/Jane Doe)",
        "(Jane Doe was here) © Jane Doe/Meridian",
        "Photo credit: Jane Doe",
        "Illustrative photo: mil.example.ua",
        "Image source, Meridian Wire",
        "Photo from open sources",
        "Jane Doe/Getty Images",
    ],
    "read_more": [
        "Read more: Kyiv holds out",
        "Read more on the war: Kyiv holds out",
        "Also read: Kyiv holds out",
        "Read also",
        "READ ALSO: Kyiv holds out",
        "Read more",
        "Related articles",
        "For more information on the individuals designated today, click here.",
        "Visit ledger.example to learn more.",
        "Click here to watch the interview",
        "View photo news.",
        "Watch the full interview below:",
        "Lesen Sie auch: Kyjiw hält stand",
        "Читайте также: Киев держится",
        "Читайте також: Київ тримається",
    ],
    "newsletter": [
        "Sign up for our newsletter",
        "Subscribe to our Telegram channel",
        "Get this in your inbox each morning. Sign up here.",
        "Follow the news on Facebook, and in our morning newsletter",
        "Want this each morning? Sign up here.",
        "Subscribe to our podcast here.",
    ],
    "contact": [
        "Please email thoughts and suggestions to desk@ledger.example.com",
        "desk@ledger.example",
        "3 comments",
    ],
    "follow_us": [
        "Follow us on Twitter and Facebook",
        "Follow @jdoe on Twitter",
        "Follow Jane Doe and John Roe on Twitter: @jdoe and @jroe.",
        "Follow @jdoe.",
        "Join our Telegram channel",
        "Подписывайтесь на наш канал",
    ],
    "republished": [
        "This article was originally published on The Conversation.",
        "A version of this article appears in print on Feb. 25, 2022",
        "The post Kyiv holds out appeared first on Kyiv Ledger.",
        "Dieser Text erschien zuerst im Albion Chronicle.",
    ],
    "advertisement": ["ADVERTISEMENT", "Story continues below", "Skip advertisement", "Реклама"],
    "agency_credit": [
        "(Reporting by Jane Doe in Kyiv; Editing by John Roe)",
        "Additional reporting by Jane Doe",
        "Jane Doe in Lviv contributed reporting.",
        "Jane Doe contributed.",
        "Jane Doe reported from Kyiv, and John Roe from Odesa.",
        "(Writing by Jane Doe; editing by John Roe)",
    ],
    "edition_note": [
        "This article was amended on 4 March 2022 to correct a name.",
        "This story has been updated with comments of the ministry.",
        "CORRECTION: The ship left on Friday.",
        "(Adds quotes, background)",
    ],
    "live_blog": [
        "Live updates",
        "4h ago 11.32 GMT",
        "Updated at 12.03 BST",
        "Key event",
        "9:05 p.m.",
        "11:32 (CET)",
        "Last updated: 3 hours ago",
        "What we know so far",
    ],
    "share": ["Share on Facebook", "Facebook Twitter Telegram"],
    "site_notice": [
        "If you notice an error, highlight it and press Ctrl+Enter",
        "Found a mistake? Tell us.",
        "Если вы нашли ошибку, выделите её",
        "видеофрагмент | фото |",
        "Please enable JavaScript to view the comments.",
    ],
    "source_line": [
        "Source: https://example.org/a?b=c",
        "https://example.org/a",
        "— Ukrinform.",
        "Source: Censor.NET",
    ],
    "end_mark": ["###", "***"],
}
ARTICLE = [
    "Copyright reform passed in 2019, after years of dispute.",
    "(c) the term “source material” has the same meaning given to that term in section 11(z).",
    "Read more books, the president told pupils.",
    "Readers see more of the war than ever.",
    "Photographs by the satellite firm show the convoy.",
    "The paper (photo editor included) moved to Lviv.",
    "A poll (Reuters/Ipsos) found support for aid.",
    "Follow the money, investigators say.",
    "Sign up now, recruits were told in Mariupol.",
    "They subscribe to the view that sanctions work.",
    "This article of the treaty was first tested in 2001.",
    "Live fire was heard in Kherson.",
    "Two hours ago the siren went off.",
    "The advertisement was pulled.",
    "Source close to the ministry said no.",
    "The agency Ukrinform reported it.",
    "SIMFEROPOL, Ukraine (AFP) - Flags flooded the square.",
    "“It is over.” (Applause.)",
    "KYIV, July 10 (Reuters) - Drones fell on the port.",
    "Source: General Staff of the Armed Forces",
    "Photos from the satellite firm show the convoy.",
    "The talks contributed to this report of a truce, he said.",
    "Share the burden, the ministers were told.",
    "This article was changed by parliament in 2020, lawyers said of the law.",
    "The ministry was reached by Ledger, and said no.",
    "SEE ALSO: Kyiv holds out “We will not leave,” said the mayor, who spoke on Friday.",
    "9:05 p.m. was when the siren went off.",
]


def reasons(text: str | None, title: str | None = None) -> list[str]:
    return [row["reason"] for row in find_cuts("a", title, text)]


@pytest.mark.parametrize(
    ("reason", "line"), [(reason, line) for reason, lines in BOILERPLATE.items() for line in lines]
)
def test_find_cuts_marks_boilerplate(reason: str, line: str) -> None:
    (row,) = find_cuts("a", None, f"It rained.\n\n{line}\n\nIt snowed.")
    assert row["reason"] == reason
    assert f"It rained.\n\n{line}\n\nIt snowed."[row["start"] : row["end"]] in line


@pytest.mark.parametrize("line", ARTICLE)
def test_find_cuts_leaves_the_articles_words(line: str) -> None:
    assert reasons(f"It rained.\n{line}\nIt snowed.") == []


def test_every_pattern_has_an_example() -> None:
    lines = [line for lines in BOILERPLATE.values() for line in lines]
    listed = load_codebook().boilerplate.filter(part="text")["pattern"]
    assert [p for p in listed if not any(re.search(p, line) for line in lines)] == []


def test_find_cuts_sees_through_unbreakable_spaces() -> None:
    assert reasons("It rained.\n\xa0\xa0Read more: Snow ahead") == ["read_more"]


def test_find_cuts_marks_sentences_about_subscriptions_and_cookies() -> None:
    text = "It rained. Subscribe to continue reading.\nWe value your privacy\nIt snowed."
    found = [(text[c["start"] : c["end"]], c["reason"]) for c in find_cuts("a", None, text)]
    assert found == [
        ("Subscribe to continue reading.", "paywall"),
        ("We value your privacy", "cookie_wall"),
    ]


def test_find_cuts_leaves_what_may_be_news_of_errors() -> None:
    assert reasons("It rained.\nAccess denied.\nAn error occurred.") == []


def test_find_cuts_marks_the_end_of_a_paragraph() -> None:
    text = "Explosions were heard in Kyiv. View news."
    assert find_cuts("a", None, text) == [
        {"article_id": "a", "part": "text", "start": 31, "end": 41, "reason": "read_more"}
    ]


def test_find_cuts_marks_a_sites_name_in_a_title_only() -> None:
    name = "Kyiv holds out « War in Ukraine | Censor.NET"
    assert reasons(None, name) == ["site_name"]
    assert reasons(name) == []


def test_find_cuts_nothing_in_nothing() -> None:
    assert find_cuts("a", None, None) == []


def test_find_cuts_do_not_overlap() -> None:
    rows = find_cuts("a", None, "© 2022 Kyiv Ledger (© Jane Doe). All rights reserved.")
    assert len(rows) == 1


def test_cuts_frame_gives_what_find_cuts_does() -> None:
    texts = [line for lines in BOILERPLATE.values() for line in lines] + ARTICLE + [None]
    frame = pl.DataFrame({"text": texts}).with_row_index("article_id")
    frame = frame.select(
        pl.col("article_id").cast(pl.String), pl.lit("A day").alias("title"), "text"
    )
    rows = [row for article in frame.iter_rows() for row in find_cuts(*article)]
    assert cuts_frame(frame).to_dicts() == rows


def test_cuts_frame_empty_in_empty_out() -> None:
    none = pl.DataFrame(schema=dict.fromkeys(("article_id", "title", "text"), pl.String))
    assert cuts_frame(none).schema == Cuts.create_empty().schema


@pytest.mark.parametrize(("pattern", "message"), [("(", "is no regular"), ("(?=a)b", "none for")])
def test_cuts_frame_refuses_a_pattern_that_is_none(
    tmp_path: Path, pattern: str, message: str
) -> None:
    (tmp_path / "en").mkdir()
    listed = f"pattern,part,reason,evidence\n{pattern},text,mine,here\n"
    (tmp_path / "en/boilerplate.csv").write_text(listed)
    frame = pl.DataFrame({"article_id": ["a"], "title": ["b"], "text": ["b"]})
    with pytest.raises(CodebookError, match=message):
        cuts_frame(frame, codebook=load_codebook(tmp_path))


def test_overlay_adds_patterns(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    listed = "pattern,part,reason,evidence\n^Meridian out$,text,mine,here\n"
    (tmp_path / "en/boilerplate.csv").write_text(listed)
    found = find_cuts("a", None, "It rained.\nMeridian out", codebook=load_codebook(tmp_path))
    assert [row["reason"] for row in found] == ["mine"]


# ---- annotation -----------------------------------------------------------------------------

TEXT = "Vladimir Putin spoke.\nRead more: Volodymyr Zelensky visits London\nIt rained in Kyiv."


def test_annotate_looks_for_no_cuts_by_itself() -> None:
    frame = pl.DataFrame({"article_id": ["a"], "text": [TEXT]})
    assert annotate(frame).sentences.height == 3


def test_annotate_skips_cuts_and_numbers_on() -> None:
    frame = pl.DataFrame({"article_id": ["a"], "title": ["A day"], "text": [TEXT]})
    found = annotate(frame, cuts=cuts_frame(frame))
    assert found.sentences["sentence_id"].to_list() == [0, 1, 2]
    assert "Volodymyr Zelensky" not in found.mentions["actor"]
    numbers = dict(found.mentions.select("surface", "sentence_id").iter_rows())
    assert numbers["Vladimir Putin"] == 1


def test_annotate_keeps_a_sentence_that_a_cut_only_touches() -> None:
    text = "The Dutch voted no (Photo: Vladimir Putin) on Wednesday."
    frame = pl.DataFrame({"article_id": ["a"], "title": [None], "text": [text]})
    frame = frame.cast({"title": pl.String})
    found = annotate(frame, cuts=cuts_frame(frame))
    assert found.sentences.height == 1
    assert "Vladimir Putin" not in found.mentions["surface"]


def test_annotate_refuses_cuts_without_places() -> None:
    frame = pl.DataFrame({"article_id": ["a"], "text": ["It rained."]})
    with pytest.raises(AnnotationError, match="lack the column start"):
        annotate(frame, cuts=pl.DataFrame({"article_id": ["a"], "part": ["text"], "end": [3]}))
