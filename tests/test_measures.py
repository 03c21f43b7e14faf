"""Coverage, relevance, visibility, accounting and concordance, counted by hand."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from workbench import measures, store
from workbench.errors import InputError
from workbench.schemas import TABLES


class Frames:
    """Tables in memory, in the shape that measures expect."""

    def __init__(self, **tables: pl.DataFrame) -> None:
        self.tables = tables
        self.files = ()

    def scan(self, table: str) -> pl.LazyFrame:
        return self.tables.get(table, TABLES[table].create_empty()).lazy()


def articles(*rows: tuple[str, str | None, str | None]) -> pl.DataFrame:
    """Articles of (id, outlet, day)."""
    schema = TABLES["articles"].create_empty().schema
    full = [
        {
            "article_id": i,
            "outlet": outlet,
            "published": dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC) if day else None,
            "published_raw": day,
            "title": None,
            "text": f"Text of {i}.",
            "text_kind": "full",
            "language": "en",
            "authors": [],
            "words": 3,
            "source_file": "x",
            "source_record": i,
        }
        for i, outlet, day in rows
    ]
    return pl.DataFrame(full, schema=schema)


def done(*ids: str, status: str = "done") -> pl.DataFrame:
    rows = [
        {"article_id": i, "layer": "mentions", "tagger": "t", "version": "1", "status": status}
        for i in ids
    ]
    return pl.DataFrame(rows, schema=TABLES["status"].create_empty().schema)


def mentions(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """Mentions of (article, actor, side)."""
    full = [
        {"article_id": a, "part": "text", "sentence_id": 0, "start": n, "end": n + 1,
         "surface": actor, "actor_id": actor.lower(), "actor": actor, "actor_type": "person",
         "side": side, "method": "codebook"}
        for n, (a, actor, side) in enumerate(rows)
    ]  # fmt: skip
    return pl.DataFrame(full, schema=TABLES["mentions"].create_empty().schema)


THREE = articles(("a", "X", "2022-01-05"), ("b", "X", "2022-03-01"), ("c", "Y", None))


def test_coverage_counts_fills_gaps_and_keeps_the_undated() -> None:
    found = measures.coverage(Frames(articles=THREE), period="month")
    expected = {
        "period": [dt.date(2022, 1, 1), dt.date(2022, 2, 1), dt.date(2022, 3, 1), None],
        "value": [1, 0, 1, 1],
    }
    assert found.select("period", "value").to_dict(as_series=False) == expected
    assert found["low"].null_count() == 4  # a count of everything has no sampling error


def test_coverage_sums_to_the_articles_by_any_grouping() -> None:
    for by in ([], ["outlet"], ["language"]):
        for period in ("day", "week", "month", "quarter", "year", None):
            found = measures.coverage(Frames(articles=THREE), period=period, by=by)
            assert found["value"].sum() == 3


def test_coverage_of_stories_counts_leads() -> None:
    stories = pl.DataFrame(
        {"article_id": ["a", "b"], "story_id": ["s", "s"], "story_lead": [True, False]}
    )
    frames = Frames(articles=THREE, stories=stories)
    assert measures.coverage(frames, period=None, count="stories")["value"].to_list() == [2]
    assert measures.coverage(frames, period=None)["value"].to_list() == [3]
    assert measures.coverage(frames, period=None)["clusters"].to_list() == [2]


def test_relevance_is_the_share_of_annotated_articles_that_name_a_party() -> None:
    frames = Frames(
        articles=THREE,
        status=pl.concat([done("a", "b"), done("c", status="skipped_language")]),
        mentions=mentions(("a", "Putin", "russia"), ("a", "Xi", "china"), ("b", "Xi", "china")),
    )
    found = measures.relevance(frames, period=None)
    assert found.select("numerator", "denominator", "share").row(0) == (1.0, 2.0, 0.5)
    assert found["low"].item() is None  # two stories are too few for an interval


def test_relevance_without_annotation_has_no_rows() -> None:
    assert measures.relevance(Frames(articles=THREE), period=None).is_empty()


def test_relevance_of_a_gap_is_null_not_zero() -> None:
    frames = Frames(articles=THREE, status=done("a", "b"), mentions=mentions(("a", "P", "russia")))
    found = measures.relevance(frames, period="month")
    assert found["share"].to_list() == [1.0, None, 0.0]
    assert found["denominator"].to_list() == [1.0, 0.0, 1.0]


def test_visibility_counts_an_article_once_per_actor() -> None:
    frames = Frames(
        articles=THREE,
        status=done("a", "b", "c"),
        mentions=mentions(
            ("a", "P", "russia"), ("a", "P", "russia"), ("b", "P", "russia"), ("b", "Z", "ukraine")
        ),
    )  # fmt: skip
    found = measures.visibility(frames, top=5).select("actor", "numerator", "denominator")
    expected = pl.DataFrame(
        {"actor": ["P", "Z"], "numerator": [2.0, 1.0], "denominator": [3.0, 3.0]}
    )
    assert_frame_equal(found, expected)


def test_visibility_keeps_a_row_for_every_actor_in_every_period() -> None:
    frames = Frames(
        articles=THREE, status=done("a", "b", "c"), mentions=mentions(("a", "P", "russia"))
    )
    found = measures.visibility(frames, top=5, period="month")
    assert found.filter(pl.col("period").is_not_null()).height == 3
    assert found.filter(pl.col("period").is_null()).height == 1


def test_coverage_share_needs_totals() -> None:
    assert measures.coverage_share(Frames(articles=THREE)).is_empty()


def test_coverage_share_counts_days_with_known_totals_only() -> None:
    totals = pl.DataFrame(
        {
            "outlet": ["X", "X"],
            "day": [dt.date(2022, 1, 5), dt.date(2022, 1, 6)],
            "articles": [10, 30],
            "origin": ["archive", "archive"],
        },
        schema=TABLES["totals"].create_empty().schema,
    )
    found = measures.coverage_share(Frames(articles=THREE, totals=totals), period="month")
    assert found.select("numerator", "denominator", "share").rows() == [(1.0, 40.0, 0.025)]


def test_account_for_articles_names_what_was_left_out() -> None:
    frames = Frames(articles=THREE, status=done("a"))
    found = measures.account_for_articles(frames)
    told = {(step, outcome): n for step, outcome, n in found.iter_rows()}
    assert told["dates", "dated"] == 2
    assert told["dates", "no date given"] == 1
    assert told["mentions", "done"] == 1
    assert told["text", "full"] == 3


def test_caption_for_names_languages_that_were_not_annotated() -> None:
    frames = Frames(articles=THREE, status=done("c", status="skipped_language"))
    assert measures.caption_for(frames) == (
        "3 articles of 2 outlets, 5 Jan 2022 to 1 Mar 2022; 1 without a date; "
        "not annotated: 1 in en."
    )


def test_concordance_gives_offsets_into_the_part() -> None:
    frames = Frames(articles=THREE)
    found = measures.concordance(frames, "text of b")
    assert found.select("article_id", "part", "start", "end", "match").rows() == [
        ("b", "text", 0, 9, "Text of b")
    ]


def test_concordance_refuses_a_broken_pattern() -> None:
    with pytest.raises(InputError, match="no regular expression"):
        measures.concordance(Frames(articles=THREE), "(")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"period": "fortnight"}, "period 'fortnight'"),
        ({"by": ["publisher"]}, "by 'publisher'"),
        ({"count": "pages"}, "count 'pages'"),
    ],
)
def test_coverage_refuses_what_it_does_not_know(options: dict, told: str) -> None:
    with pytest.raises(InputError, match=told):
        measures.coverage(Frames(articles=THREE), **options)


def test_measures_on_the_sample_agree_with_its_tables(sample: store.Corpus) -> None:
    relevance = measures.relevance(sample, period=None)
    assert relevance["denominator"].item() == 161
    off_topic = 9
    assert abs(relevance["numerator"].item() - (161 - off_topic)) <= 2
    seen = measures.visibility(sample, top=4)["actor"].to_list()
    assert {"Russia", "Ukraine", "Vladimir Putin", "Volodymyr Zelensky"} == set(seen)


def test_selection_restricts_measures(sample: store.Corpus) -> None:
    part = store.select(sample, outlet="Kyiv Ledger", since="2023-01-01")
    assert measures.coverage(part, period=None)["value"].item() == (
        sample.read("articles")
        .filter(outlet="Kyiv Ledger")
        .filter(pl.col("published").dt.date() >= dt.date(2023, 1, 1))
        .height
    )
