"""One record becomes one row of `articles`; nothing of it is changed or lost."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from workbench.codebook import load_codebook
from workbench.corpus.articles import Plan, article_row, country_name, language_code
from workbench.corpus.records import ReadOptions, Record, Refusal
from workbench.errors import InputError

CODEBOOK = load_codebook()
SAME_NAME = {
    name: name
    for name in (
        "article_id", "title", "text", "summary", "outlet", "outlet_country", "published", "seen",
        "url", "language", "authors", "section",
    )
}  # fmt: skip


def row(fields: dict[str, Any], **options: Any) -> dict[str, Any]:
    """The row of a record whose columns are called as the fields are."""
    columns = {name: name for name in SAME_NAME if name in fields}
    made = article_row(
        Record("1", fields),
        Plan(columns, "DMY", None),
        ReadOptions(**options),
        source_file="a.jsonl",
        codebook=CODEBOOK,
    )
    assert not isinstance(made, Refusal)
    return made


def test_article_row_of_a_whole_record() -> None:
    fields = {
        "article_id": "a-1",
        "title": "Talks go on",
        "text": " The talks\r\nwent on. ",
        "outlet": "Kyiv Ledger",
        "outlet_country": "UA",
        "published": "2022-03-01T10:15:30Z",
        "seen": "20220302T000000Z",
        "url": "https://ledger.example/a",
        "language": "English",
        "authors": "By Jane Doe and John Roe",
        "section": "World",
        "likes": 7,
    }
    assert row(fields) == {
        "article_id": "a-1",
        "outlet": "Kyiv Ledger",
        "outlet_country": "Ukraine",
        "published": dt.datetime(2022, 3, 1, 10, 15, 30, tzinfo=dt.UTC),
        "published_precision": "second",
        "published_raw": "2022-03-01T10:15:30Z",
        "seen": dt.datetime(2022, 3, 2, tzinfo=dt.UTC),
        "title": "Talks go on",
        "text": " The talks\r\nwent on. ",
        "text_kind": "full",
        "url": "https://ledger.example/a",
        "language": "en",
        "authors": ["Jane Doe", "John Roe"],
        "section": "World",
        "words": 4,
        "source_file": "a.jsonl",
        "source_record": "1",
        "extra": '{"likes":7}',
    }


@pytest.mark.parametrize(
    ("fields", "kind", "text"),
    [
        ({"text": "a", "summary": "b", "title": "c"}, "full", "a"),
        ({"summary": "b", "title": "c"}, "snippet", "b"),
        ({"title": "c"}, "headline", None),
        ({"url": "https://news.example/a"}, "none", None),
        ({"text": "The first words of an arti… [+1234 chars]"}, "snippet", None),
    ],
)
def test_article_row_kind_of_text(fields: dict[str, Any], kind: str, text: str | None) -> None:
    made = row(fields)
    assert made["text_kind"] == kind
    assert made["text"] == (text or fields.get("text"))


def test_article_row_summary_beside_a_text_is_kept() -> None:
    assert json.loads(row({"text": "a", "summary": "b"})["extra"]) == {"summary": "b"}


def test_article_row_unreadable_download_date_is_kept() -> None:
    assert json.loads(row({"text": "a", "seen": "soon"})["extra"]) == {"seen": "soon"}


@pytest.mark.parametrize("fields", [{}, {"title": " ", "text": "None", "url": None, "likes": 3}])
def test_article_row_of_an_empty_record_is_refused(fields: dict[str, Any]) -> None:
    plan = Plan({name: name for name in fields}, "DMY", None)
    made = article_row(
        Record("7", fields), plan, ReadOptions(), source_file="a", codebook=CODEBOOK
    )  # fmt: skip
    assert made == Refusal("7", "empty_record", "neither title, text nor address")


@pytest.mark.parametrize("raw", ["31/02/2022", "soon"])
def test_article_row_unreadable_date_keeps_the_article_and_the_words(raw: str) -> None:
    made = row({"title": "x", "published": raw})
    assert (made["published"], made["published_precision"], made["published_raw"]) == (
        None, None, raw,
    )  # fmt: skip


def test_article_row_date_that_says_none_is_not_given() -> None:
    assert row({"title": "x", "published": "None"})["published_raw"] is None


def test_article_row_takes_the_option_where_the_record_says_nothing() -> None:
    options = {
        "outlet": "Kyiv Ledger",
        "outlet_country": "ua",
        "language": "Ukrainian",
        "date": "2022-03-01",
    }
    made = row({"title": "Talks go on"}, **options)
    assert [made[name] for name in ("outlet", "outlet_country", "language", "published_raw")] == [
        "Kyiv Ledger", "Ukraine", "uk", "2022-03-01",
    ]  # fmt: skip
    assert made["published"] == dt.datetime(2022, 3, 1, tzinfo=dt.UTC)


def test_article_row_option_does_not_hide_an_unreadable_date() -> None:
    made = row({"title": "x", "published": "soon"}, date="2022-03-01")
    assert (made["published"], made["published_raw"]) == (None, "soon")


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.bbc.co.uk/news/1", "BBC"),
        ("https://ledger.example:8080/a", "ledger.example"),
        ("https://[broken/a", None),
        ("no address", None),
    ],
)
def test_article_row_outlet_from_the_address(url: str, outlet: str | None) -> None:
    assert row({"title": "x", "url": url})["outlet"] == outlet


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a-1", "a-1"),
        (12345.0, "12345"),
        (7, "7"),
        (" a\tb\n", "a b"),
        ("https://x/1", "https://x/1"),
    ],
)
def test_article_row_keeps_the_id_given(given: object, expected: str) -> None:
    assert row({"article_id": given, "title": "x"})["article_id"] == expected


def test_article_row_makes_an_id_of_the_content() -> None:
    first = row({"title": "x", "text": "y"})["article_id"]
    assert len(first) == 16
    assert row({"article_id": "\x01", "text": "y", "title": "x"})["article_id"] == first
    assert row({"title": "xy", "text": ""})["article_id"] != first


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (None, []),
        ("Jane Doe", ["Jane Doe"]),
        ("By Jane Doe, John Roe, Jr", ["Jane Doe", "John Roe, Jr"]),
        ("Doe; Roe | Poe", ["Doe", "Roe", "Poe"]),
        (["Jane Doe", "", None], ["Jane Doe"]),
        ([{"name": "Jane Doe"}, {"name": None}], ["Jane Doe"]),
        ("Alexandra Sandler", ["Alexandra Sandler"]),
        ("Jana Doe und Jan Roe", ["Jana Doe", "Jan Roe"]),
        ("Par Jean Roe et Marie Doe", ["Jean Roe", "Marie Doe"]),
        ("Juan Pérez y Ana Ruiz", ["Juan Pérez", "Ana Ruiz"]),
        ("Andrés Ortega y Gasset", ["Andrés Ortega y Gasset"]),
        ("Иван Иванов и Анна Петрова", ["Иван Иванов", "Анна Петрова"]),
        ("BY JANE DOE AND JOHN ROE", ["JANE DOE", "JOHN ROE"]),
        ("by Jane Doe", ["Jane Doe"]),
        ("Byron Doe", ["Byron Doe"]),
    ],
)
def test_article_row_splits_authors(authors: object, expected: list[str]) -> None:
    assert row({"title": "x", "authors": authors})["authors"] == expected


def test_article_row_extra_holds_what_json_can_not() -> None:
    fields = {"title": "x", "time": dt.time(10, 15), "n": 2**70, "blank": "", "raw": b"x"}
    assert json.loads(row(fields)["extra"]) == {"time": "10:15:00", "n": 2**70, "raw": "b'x'"}


def test_article_row_extra_holds_what_is_nested_deeply() -> None:
    nested: list[Any] = []
    for _ in range(300):
        nested = [nested]
    assert json.loads(row({"title": "x", "deep": nested})["extra"]) == {"deep": nested}


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("UA", "Ukraine"),
        ("gb", "United Kingdom"),
        (" Poland ", "Poland"),
        (None, None),
        ("UK", "United Kingdom"),
        ("U.K.", "United Kingdom"),
        ("USA", "United States"),
        ("UKR", "Ukraine"),
        ("Deutschland", "Germany"),
        ("Россия", "Russia"),
    ],
)
def test_country_name_of_codes_and_names(value: str | None, name: str | None) -> None:
    assert country_name(value) == name


@pytest.mark.parametrize(
    ("value", "code"),
    [("en", "en"), ("English", "en"), (" ukrainian", "uk"), ("en-US", "en"), ("zh_Hans", "zh")],
)
def test_language_code_of_codes_and_names(value: str, code: str) -> None:
    assert language_code(value) == code


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"date_order": "YMD"}, "No order of dates 'YMD'; say DMY or MDY"),
        ({"date": "31/02/2022"}, "'31/02/2022' is no date of an article"),
    ],
)
def test_read_options_that_fit_nothing_are_errors(options: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        ReadOptions(**options)
