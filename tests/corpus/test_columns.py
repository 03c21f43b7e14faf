"""Which column is which field: by name, by content, or as the user says."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.corpus.columns import count_known, plain_name, recognise_columns, unique_names
from workbench.errors import InputError

LONG = "The ministry said on Tuesday that the talks would go on. " * 5


def test_recognise_columns_of_ruwa() -> None:
    header = ["", "Unnamed: 0", "src", "desc", "title", "ref", "Date", "Site", "Event", "KW"]
    values = [
        "0", "1", "https://www.bbc.co.uk/news/60554910", "Claims go viral", "Ukraine invasion",
        "[{'site': 'bbc.com'}]", "02/28/2022", "bbc.co.uk", "beginning", "['invasion']",
    ]  # fmt: skip
    assert recognise_columns([dict(zip(header, values, strict=True))]) == {
        "title": "title",
        "summary": "desc",
        "outlet": "Site",
        "published": "Date",
        "url": "src",
    }


def test_recognise_columns_of_government_statements() -> None:
    row = {
        "source": "whitehouse",
        "keyword": "ukraine",
        "date": "September 30, 2022",
        "title": "Statement",
        "url": "https://www.whitehouse.gov/a",
        "article": "The United States condemns the attempt.",
    }
    assert recognise_columns([row]) == {
        "title": "title",
        "text": "article",
        "outlet": "source",
        "published": "date",
        "url": "url",
    }


@pytest.mark.parametrize(
    ("column", "field", "value"),
    [
        ("TITLE", "title", "x"),
        ("Headline ", "title", "x"),
        ("Full Text", "text", "x"),
        ("article-text", "text", "x"),
        ("fields.bodyText", "text", "x"),
        ("Publication Date", "published", "1 March 2022"),
        ("publishedAt", "published", "2022-03-01T10:15:30Z"),
        ("webPublicationDate", "published", "2022-03-01T10:15:30Z"),
        ("seendate", "seen", "20220301T101530Z"),
        ("URL", "url", "https://news.example/a"),
        ("webUrl", "url", "https://news.example/a"),
        ("source.name", "outlet", "Kyiv Ledger"),
        ("Media_Name", "outlet", "Kyiv Ledger"),
        ("sourceCountry", "outlet_country", "Ukraine"),
        ("LANG", "language", "uk"),
        ("Byline", "authors", "Jane Doe"),
        ("sectionName", "section", "World"),
        ("Doc ID", "article_id", "a-1"),
        ("Description", "summary", "x"),
        ("Datum", "published", "1.3.2022"),
    ],
)
def test_recognise_columns_by_names_in_odd_case(column: str, field: str, value: str) -> None:
    assert recognise_columns([{column: value}]) == {field: column}


def test_recognise_columns_given_by_the_user_go_first() -> None:
    rows = [{"title": "kicker", "Zeile": "the headline", "text": "x"}]
    assert recognise_columns(rows, {"title": "Zeile"}) == {"title": "Zeile", "text": "text"}


def test_recognise_columns_given_column_takes_no_second_field() -> None:
    rows = [{"source": "Kyiv Ledger", "title": "x"}]
    assert recognise_columns(rows, {"section": "source"}) == {
        "section": "source",
        "title": "title",
    }


def test_recognise_columns_wrong_column_names_those_there_are() -> None:
    with pytest.raises(InputError) as error:
        recognise_columns([{"Title": "x", "Body": "y"}], {"text": "body"})
    assert str(error.value) == (
        "--column text=body: no such column; the file has Title, Body."
    )  # fmt: skip


def test_recognise_columns_wrong_field_names_the_fields() -> None:
    with pytest.raises(InputError, match=r"--column headline=.*fields are article_id, title, text"):
        recognise_columns([{"Title": "x"}], {"headline": "Title"})


def test_recognise_columns_by_content_where_names_say_nothing() -> None:
    row = {
        "c1": "https://news.example/a",
        "c2": "1 March 2022",
        "c3": LONG,
        "c4": "short",
        "c5": "1646129730",
    }
    assert recognise_columns([row]) == {"text": "c3", "url": "c1", "published": "c2"}


def test_recognise_columns_by_content_takes_the_longest_text() -> None:
    assert recognise_columns([{"c1": LONG, "c2": LONG * 2, "c3": LONG}]) == {"text": "c2"}


def test_recognise_columns_name_whose_values_do_not_fit_is_passed_over() -> None:
    row = {"source": "https://news.example/a", "domain": "news.example", "link": "a link"}
    assert recognise_columns([row]) == {"outlet": "domain", "url": "source"}


@pytest.mark.parametrize(
    ("ids", "taken"),
    [(["a", "b", "c", "a"], True), (["world"] * 3, False), ([None, None, "a"], True)],
)
def test_recognise_columns_id_must_mostly_differ(ids: list[Any], taken: bool) -> None:
    rows = [{"id": value, "title": str(place)} for place, value in enumerate(ids)]
    assert ("article_id" in recognise_columns(rows)) is taken


def test_recognise_columns_unreadable_date_is_still_the_date() -> None:
    assert recognise_columns([{"date": "31/02/2022", "title": "x"}])["published"] == "date"


@pytest.mark.parametrize("field", ["summary", "outlet", "url", "published"])
def test_recognise_columns_empty_at_first_may_be_filled_later(field: str) -> None:
    assert recognise_columns([{field: None, "title": "x"}]) == {"title": "title", field: field}


def test_recognise_columns_readable_date_goes_before_an_unreadable_one() -> None:
    row = {"published": "soon", "Printed": "1 March 2022", "day": "2022-03-01"}
    assert recognise_columns([row]) == {"published": "day"}


def test_recognise_columns_does_not_depend_on_copies() -> None:
    assert recognise_columns([{"id": "a", "title": "x"}] * 5)["article_id"] == "id"


def test_recognise_columns_does_not_depend_on_the_order_of_rows() -> None:
    rows = [{"b": LONG, "a": "https://news.example/a"}, {"a": "https://news.example/b", "c": LONG}]
    assert recognise_columns(rows) == recognise_columns(rows[::-1])


def test_unique_names_numbers_repeated_and_empty_ones() -> None:
    header = ["", "title", "title", "title (2)", " "]
    assert unique_names(header) == ["column 1", "title", "title (2)", "title (2) (2)", "column 5"]


@pytest.mark.parametrize(
    ("name", "plain"),
    [(" Publication Date ", "publication_date"), ("article-ID", "article_id"), ("a / b", "a_b")],
)
def test_plain_name_joins_words(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_count_known_counts_each_name_once() -> None:
    assert count_known(["Title", "title", "URL", "colour", 7, None]) == 2
