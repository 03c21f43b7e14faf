"""Paywalls, cookie walls and errors in place of articles; and articles about them."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from stub_examples import STUBS

import workbench as wb
from workbench.codebook import load_codebook
from workbench.corpus.cuts import cuts_frame
from workbench.corpus.stubs import REASONS, Verdict, find_stubs, judge
from workbench.errors import CodebookError

NEWS = "Ships wait off the port of Odesa for the ninth day, the harbour master said on Friday."
ARTICLE = Verdict()
EXAMPLES = [(kind, line) for kind, lines in STUBS.items() for line in lines.split("\n")]


@pytest.mark.parametrize(("kind", "line"), EXAMPLES)
def test_judge_refuses_a_text_of_stubs(kind: str, line: str) -> None:
    verdict = judge("Grain waits", line, load_codebook())
    assert verdict.reason == REASONS[kind]
    assert verdict.detail in line


def test_every_pattern_has_an_example() -> None:
    _, each = load_codebook().stub_patterns
    bare = [line.rstrip(".!…") for _, line in EXAMPLES]
    assert [p.pattern for p, _ in each if not any(map(p.fullmatch, bare))] == []


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("404 Not Found", "nginx", "error_page"),
        ("Just a moment...", "www.example.com\nRay ID: 7d4f2c9b8a1e3f50", "error_page"),
        (
            "Page not found",
            "Page not found.\nYou followed a link of an old newsletter, or of a site that keeps "
            "no count of us. Search, or choose one of the sections in the menu above.",
            "error_page",
        ),
        (
            "Subscribe to unlock this article",
            "Try unlimited access. Only $1 for 4 weeks. Then $75 per month. Cancel anytime.",
            "paywall_stub",
        ),
        ("Grain waits", "Grain waits\nSubscribe to continue reading.", "paywall_stub"),
        ("News", "We value your privacy\nAccept all", "cookie_wall"),
    ],
)
def test_judge_refuses_pages_with_little_else(title: str, text: str, reason: str) -> None:
    assert judge(title, text, load_codebook()).reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "An error occurred during the launch and the missile fell on a field, the ministry said.",
        "The document could not be found in the archive of the ministry, the court heard.",
        "Access denied: inspectors were turned back at the gate of the plant.",
        "“Subscribe to continue reading,” the sites told readers in Kherson who sought news.",
        "To continue reading, pupils in Kherson hide their books from the soldiers who search.",
        "Произошла ошибка, ракета упала в поле, сообщили в министерстве.",
        "The page was not found on Monday. The ministry said that the list had been withdrawn "
        "after complaints of relatives, and that it would be published again in a week.",
        "Cookies and tea were handed out at the border.",
        "",
    ],
)
def test_judge_keeps_news(text: str) -> None:
    assert judge("Grain waits", text, load_codebook()) == ARTICLE


def test_judge_keeps_headlines_whatever_they_say() -> None:
    assert judge("Access denied", None, load_codebook()) == ARTICLE
    teaser = "Inspectors were turned back at the gate of the plant for the third time this week."
    assert judge("Access denied", teaser, load_codebook()) == ARTICLE


def test_judge_keeps_an_article_about_paywalls() -> None:
    text = f"{NEWS * 3}\nSubscribe to continue reading.\n" + "Such words cost readers. " * 60
    assert judge("Paywalls", text, load_codebook()) == ARTICLE
    longer = "Access denied.\n" + "Such words were read by many on that day in spring. " * 5
    assert judge("Walls", longer, load_codebook()) == ARTICLE


def test_judge_tells_a_teaser() -> None:
    text = f"{NEWS}\nSubscribe to continue reading.\nAlready a subscriber? Log in."
    assert judge("Grain waits", text, load_codebook()) == Verdict(teaser=True)


def test_find_stubs_gives_places_of_whole_sentences() -> None:
    text = f"{NEWS} Subscribe to continue reading. He left."
    (stub,) = find_stubs(text, load_codebook())
    assert text[stub.start : stub.end] == "Subscribe to continue reading."
    assert (stub.kind, stub.words) == ("paywall", "Subscribe to continue reading")


def test_read_refuses_stubs_and_marks_teasers(tmp_path: Path) -> None:
    texts = [NEWS, f"{NEWS}\nSubscribe to continue reading.", "Page not found.", "Access denied"]
    rows = [{"title": f"Day {n}", "text": text} for n, text in enumerate(texts)]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    reading = wb.read(path)
    assert reading.articles["text"].to_list() == texts[:2]
    assert reading.articles["text_kind"].to_list() == ["full", "snippet"]
    assert reading.rejects.select("source_record", "reason", "detail").rows() == [
        ("3", "error_page", "Page not found"),
        ("4", "error_page", "Access denied"),
    ]
    cut = cuts_frame(reading.articles).row(0, named=True)
    assert texts[1][cut["start"] : cut["end"]] == "Subscribe to continue reading."
    assert cut["reason"] == "paywall"


def test_find_stubs_refuses_a_pattern_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "stubs.csv").write_text("pattern,kind,language,evidence\n(,paywall,en,here\n")
    with pytest.raises(CodebookError, match=r"stubs.csv: '\(' is no regular expression"):
        find_stubs(NEWS, load_codebook(tmp_path))


@pytest.mark.parametrize("kind", ["polnear/dev.jsonl.gz", "codings/articles.jsonl"])
def test_judge_keeps_the_gold_articles(shared: Path, kind: str) -> None:
    texts = pl.read_ndjson(shared / "data/gold" / kind)["text"]
    assert {judge(None, text, load_codebook()) for text in texts} == {ARTICLE}
