"""Title and text as one Doc: where paragraphs begin, and the way back to the parts."""

from __future__ import annotations

import datetime as dt
import textwrap

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.annotation.layout import (
    Place,
    joined,
    make_doc,
    paragraph_starts,
    place_of,
    trimmed,
)

WRAPPED = textwrap.fill(
    "The ministry said on Tuesday that its forces had left the northern bank of the river and "
    "that talks between the two delegations would go on in the neutral capital until both sides "
    "had put their names to a text, although neither of them expected this to happen before the "
    "end of the month, officials close to the negotiators told several reporters",
    width=65,
)
LINES = "\n".join(["A line that is a paragraph of its own, so it ends as one does."] * 5)
BLANK = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("One.", [0], id="one"),
        pytest.param("One.\nTwo.", [0, 5], id="line end"),
        pytest.param("One.\n\nTwo.", [0, 6], id="blank line"),
        pytest.param("One.\n \t\n\nTwo.", [0, 9], id="lines of white space"),
        pytest.param("One.\r\nTwo.\r\n\r\nThree.", [0, 6, 14], id="Windows line ends"),
        pytest.param("One.\u00a0\n\u00a0Two.", [0, 7], id="no-break spaces"),
        pytest.param("One.\n    Two.", [0, 9], id="indented"),
        pytest.param("\n One.\n", [0, 2], id="white space around"),
        pytest.param("One. Two.", [0], id="no line end"),
    ],
)
def test_paragraph_starts_in_text(text: str, expected: list[int]) -> None:
    assert paragraph_starts(text) == expected


@pytest.mark.parametrize(
    ("whole", "text_start", "expected"),
    [
        pytest.param("Title\n\nText.", 7, [0, 7], id="title and text"),
        pytest.param("Title\n\n  Text.", 7, [0, 7, 9], id="text indented"),
        pytest.param("Long\ntitle\n\nText.", 12, [0, 5, 12], id="title of two lines"),
        pytest.param("Title", 5, [0], id="title alone"),
    ],
)
def test_paragraph_starts_at_title_boundary(
    whole: str, text_start: int, expected: list[int]
) -> None:
    assert paragraph_starts(whole, text_start) == expected


def test_paragraph_starts_of_wrapped_text_only_at_blank_lines() -> None:
    assert paragraph_starts(WRAPPED) == [0]
    assert paragraph_starts(f"{WRAPPED}\n\n{WRAPPED}") == [0, len(WRAPPED) + 2]


def test_paragraph_starts_of_wrapped_text_with_windows_line_ends() -> None:
    windows = WRAPPED.replace("\n", "\r\n")
    assert paragraph_starts(f"{windows}\r\n\r\n{windows}") == [0, len(windows) + 4]


def test_paragraph_starts_of_wrapped_text_under_a_title() -> None:
    assert paragraph_starts(f"Title\n\n{WRAPPED}", 7) == [0, 7]


def test_paragraph_starts_of_whole_lines_of_one_width() -> None:
    assert len(paragraph_starts(LINES)) == 5


def test_paragraph_starts_of_few_wide_lines_are_line_starts() -> None:
    four = "\n".join(WRAPPED.split("\n")[:4])
    assert len(paragraph_starts(four)) == 4
    assert len(paragraph_starts(f"Title\n\n{four}", 7)) == 1 + 4


def test_paragraph_starts_takes_long_white_space_in_linear_time() -> None:
    assert paragraph_starts("One." + " " * 200_000 + "Two.") == [0]


def test_make_doc_joins_title_and_text() -> None:
    doc = make_doc(BLANK, {"article_id": "a", "title": "Title", "text": " Text."})
    assert (doc.text, doc._.article_id, doc._.text_start) == ("Title\n\n Text.", "a", 7)


@pytest.mark.parametrize(
    ("article", "whole", "text_start"),
    [
        pytest.param({"text": "Text."}, "Text.", 0, id="text alone"),
        pytest.param({"title": None, "text": "Text."}, "Text.", 0, id="no title"),
        pytest.param({"title": "Title", "text": None}, "Title", 5, id="no text"),
        pytest.param({"title": "Title", "text": ""}, "Title", 5, id="empty text"),
        pytest.param({"title": None, "text": None}, "", 0, id="neither"),
    ],
)
def test_joined_where_a_part_is_missing(
    article: dict[str, str | None], whole: str, text_start: int
) -> None:
    assert joined(article) == (whole, text_start)


@pytest.mark.parametrize(
    "published", [dt.date(2022, 2, 24), dt.datetime(2022, 2, 24, 23, 59, tzinfo=dt.UTC)]
)
def test_make_doc_keeps_the_day(published: dt.date) -> None:
    doc = make_doc(BLANK, {"article_id": "a", "text": "Text.", "published": published})
    assert doc._.published == dt.date(2022, 2, 24)


def test_make_doc_without_a_day() -> None:
    assert make_doc(BLANK, {"article_id": "a", "text": "Text."})._.published is None


@pytest.mark.parametrize(
    ("article", "span", "expected"),
    [
        pytest.param(
            {"title": "Putin speaks", "text": "He spoke."}, (0, 5), Place("title", 0, 5), id="title"
        ),
        pytest.param(
            {"title": "Putin speaks", "text": "He spoke."}, (14, 16), Place("text", 0, 2), id="text"
        ),
        pytest.param({"text": "He spoke."}, (3, 8), Place("text", 3, 8), id="text alone"),
        pytest.param({"title": "Putin speaks"}, (6, 12), Place("title", 6, 12), id="title alone"),
    ],
)
def test_place_of_range(article: dict[str, str], span: tuple[int, int], expected: Place) -> None:
    assert place_of(make_doc(BLANK, article), *span) == expected


texts = st.text(alphabet="aZ.' \n\r\t\u00a0\u2028é„\U0001f600", max_size=40)


@given(title=texts, text=texts)
@settings(max_examples=50, deadline=None)
def test_place_of_every_token_is_where_the_part_has_it(title: str, text: str) -> None:
    doc = make_doc(BLANK, {"title": title, "text": text})
    for token in doc:
        if not token.is_space:
            part, start, end = place_of(doc, token.idx, token.idx + len(token))
            assert {"title": title, "text": text}[part][start:end] == token.text


@given(title=texts, text=texts)
@settings(max_examples=50, deadline=None)
def test_paragraph_starts_with_words_are_token_starts(title: str, text: str) -> None:
    doc = make_doc(BLANK, {"title": title, "text": text})
    starts = paragraph_starts(doc.text, doc._.text_start)
    tokens = {token.idx for token in doc}
    assert starts == sorted(set(starts))
    assert all(start in tokens for start in starts if not doc.text[start].isspace())


def test_trimmed_takes_white_space_off_both_ends() -> None:
    doc = BLANK("\n\n One two \n\n")
    span = trimmed(doc[:])
    assert span is not None
    assert span.text == "One two"


def test_trimmed_white_space_is_none() -> None:
    assert trimmed(BLANK(" \n\n ")[:]) is None
