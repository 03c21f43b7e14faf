"""Which articles are one story: by wording, within a window, under the earliest."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted_copies import planted, recall_and_precision

from workbench.corpus.shingles import shared, shingle
from workbench.corpus.stories import group_batches, group_stories
from workbench.errors import InputError
from workbench.schemas import Stories

DAY = dt.datetime(2022, 3, 1, 12, tzinfo=dt.UTC)
COLUMNS = ("article_id", "published", "published_precision", "title", "text")


def numbered(first: int, last: int) -> str:
    return " ".join(f"word{number}" for number in range(first, last))


def story_of(*rows: dict[str, Any], **options: Any) -> dict[str, str]:
    """article_id -> story_id of articles on DAY, 120 words each, unless a row says otherwise."""
    usual = {"published": DAY, "published_precision": "minute", "title": None}
    types = [pl.String, pl.Datetime("us", "UTC"), pl.String, pl.String, pl.String]
    frame = pl.DataFrame(
        [usual | {"text": numbered(0, 120)} | row for row in rows],
        schema=dict(zip(COLUMNS, types, strict=True)),
    )
    return dict(group_stories(frame, **options).select("article_id", "story_id").iter_rows())


def after(days: float) -> dt.datetime:
    return DAY + dt.timedelta(days=days)


# ---- planted copies -------------------------------------------------------------------------


@pytest.mark.parametrize("copies", [1, 3])
def test_group_stories_finds_planted_copies(copies: int) -> None:
    articles, truth = planted(400, copies=copies, days=30, seed=copies)
    recall, precision = recall_and_precision(group_stories(articles), truth)
    assert recall >= 0.95
    assert precision >= 0.99


@pytest.mark.verify
@pytest.mark.parametrize(("copies", "days"), [(1, 365), (3, 5), (6, 60)])
def test_group_stories_finds_planted_copies_among_many(copies: int, days: int) -> None:
    articles, truth = planted(10_000, copies=copies, days=days, seed=days)
    recall, precision = recall_and_precision(group_stories(articles), truth)
    assert recall >= 0.95
    assert precision >= 0.99


def test_planted_negatives_share_little() -> None:
    articles, truth = planted(60, copies=0)
    assert truth["original"].is_unique().all()
    sets = shingle(articles["text"]).sets
    pairs = [(a, b) for i, a in enumerate(sets) for b in sets[:i]]
    likest = max(shared(a, b) / (len(a) + len(b) - shared(a, b)) for a, b in pairs)
    assert 0.02 < likest < 0.1


# ---- wording --------------------------------------------------------------------------------


def test_group_stories_ignores_case_and_punctuation() -> None:
    shouted = numbered(0, 120).upper().replace(" ", ", ")
    assert story_of({"article_id": "a"}, {"article_id": "b", "text": shouted})["b"] == "a"


def test_group_stories_tells_different_texts_apart() -> None:
    found = story_of({"article_id": "a"}, {"article_id": "b", "text": numbered(500, 620)})
    assert found == {"a": "a", "b": "b"}


def test_group_stories_does_not_join_what_shares_a_long_quotation() -> None:
    quoting = numbered(0, 30) + " " + numbered(500, 620)
    assert story_of({"article_id": "a"}, {"article_id": "b", "text": quoting})["b"] == "b"


def test_group_stories_does_not_join_a_brief_inside_a_round_up() -> None:
    found = story_of(
        {"article_id": "a", "text": numbered(0, 1200)}, {"article_id": "b", "text": numbered(0, 80)}
    )
    assert found["b"] == "b"


def test_group_stories_works_for_scripts_without_spaces() -> None:
    text = "".join(chr(0x4E00 + number) for number in range(200))
    found = story_of({"article_id": "a", "text": text}, {"article_id": "b", "text": text[20:]})
    assert found["b"] == "a"


# ---- short texts ----------------------------------------------------------------------------

HEADLINE = "Russian missiles strike Kharkiv apartment block killing at least six people"


@pytest.mark.parametrize(
    ("other", "days", "joined"),
    [
        (HEADLINE, 0.5, True),
        (HEADLINE.upper() + "!", 1, True),
        (HEADLINE, 1.5, False),  # a recurring headline
        (HEADLINE.replace("six", "eight"), 0.5, False),
        ("What we know so far", 0.5, False),
    ],
)
def test_group_stories_headlines_match_only_nearly_identical(
    other: str, days: float, joined: bool
) -> None:
    first = HEADLINE if "Russian" in other or "RUSSIAN" in other else other
    found = story_of(
        {"article_id": "a", "title": first, "text": None},
        {"article_id": "b", "title": other, "text": " ", "published": after(days)},
    )
    assert (found["b"] == "a") == joined


def test_group_stories_short_texts_on_forms_stay_apart() -> None:
    form = "The General Staff reports that enemy losses as of this morning amount to"
    one, other = (f"{form} {numbered(n, n + 20)}" for n in (0, 100))
    assert (
        story_of({"article_id": "a", "text": one}, {"article_id": "b", "text": other})["b"] == "b"
    )


def test_group_stories_article_without_text_is_its_own_story() -> None:
    found = story_of(*({"article_id": i, "text": None, "title": None} for i in "ab"))
    assert found == {"a": "a", "b": "b"}


# ---- time -----------------------------------------------------------------------------------


def test_group_stories_earliest_leads_whatever_the_order() -> None:
    found = story_of(
        {"article_id": "a", "published": after(1)},
        {"article_id": "b"},
        {"article_id": "c", "published": after(0.5)},
    )
    assert set(found.values()) == {"b"}


def test_group_stories_ties_go_by_article_id() -> None:
    assert set(story_of({"article_id": "b"}, {"article_id": "a"}).values()) == {"a"}


def test_group_stories_day_without_time_comes_after_times_of_that_day() -> None:
    midnight = DAY.replace(hour=0)
    found = story_of(
        {"article_id": "a", "published": midnight, "published_precision": "day"},
        {"article_id": "b"},
    )
    assert set(found.values()) == {"b"}


@pytest.mark.parametrize(("days", "joined"), [(6.9, True), (7.1, False)])
def test_group_stories_window_ends(days: float, joined: bool) -> None:
    found = story_of({"article_id": "a"}, {"article_id": "b", "published": after(days)})
    assert (found["b"] == "a") == joined


def test_group_stories_does_not_chain_across_the_window() -> None:
    found = story_of(*({"article_id": f"{day:02}", "published": after(day)} for day in range(21)))
    assert sorted(set(found.values())) == ["00", "08", "16"]


def test_group_stories_does_not_chain_away_from_the_lead() -> None:
    steps = [(0, 120), (50, 170), (100, 220), (150, 270)]
    rows = (
        {"article_id": str(n), "text": numbered(*step), "published": after(n / 10)}
        for n, step in enumerate(steps)
    )
    assert story_of(*rows) == {"0": "0", "1": "0", "2": "0", "3": "3"}


def test_group_stories_window_can_be_set() -> None:
    rows = [{"article_id": "a"}, {"article_id": "b", "published": after(10)}]
    assert story_of(*rows, window_days=14)["b"] == "a"


def test_group_stories_undated_article_joins_but_does_not_lead() -> None:
    found = story_of({"article_id": "a", "published": None}, {"article_id": "b"})
    assert set(found.values()) == {"b"}


def test_group_stories_undated_article_joins_no_two_stories() -> None:
    found = story_of(
        {"article_id": "a"},
        {"article_id": "b", "published": after(30)},
        {"article_id": "c", "published": None},
    )
    assert found == {"a": "a", "b": "b", "c": "a"}


def test_group_stories_undated_articles_group_among_themselves() -> None:
    found = story_of(*({"article_id": i, "published": None} for i in "ba"))
    assert set(found.values()) == {"a"}


# ---- the table ------------------------------------------------------------------------------


def test_group_stories_empty_in_empty_out() -> None:
    found = group_stories(pl.DataFrame(schema=["article_id", "text"]))
    assert found.schema == Stories.create_empty().schema
    assert found.is_empty()


def test_group_stories_needs_only_ids_and_texts() -> None:
    frame = pl.DataFrame({"article_id": ["a", "b"], "text": [numbered(0, 120)] * 2})
    assert group_stories(frame).rows() == [("a", "a", True), ("b", "a", False)]


def test_group_stories_refuses_what_it_cannot_use() -> None:
    with pytest.raises(InputError, match="needs the column article_id"):
        group_stories(pl.DataFrame({"text": ["a"]}))
    with pytest.raises(InputError, match="window_days=-1"):
        group_stories(pl.DataFrame({"article_id": ["a"]}), window_days=-1)


def test_group_batches_gives_what_one_frame_gives() -> None:
    articles, _ = planted(200, copies=2, days=20)
    batches = (articles.slice(at, 37) for at in range(0, articles.height, 37))
    assert group_batches(batches).equals(group_stories(articles))


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_group_stories_does_not_depend_on_order(seed: int) -> None:
    articles, _ = planted(60, copies=2, days=10)
    mixed = articles.sample(fraction=1, shuffle=True, seed=seed)
    assert group_stories(mixed).equals(group_stories(articles))


def test_group_stories_lead_of_a_story_is_its_own() -> None:
    articles, _ = planted(200, copies=3, days=10)
    found = group_stories(articles)
    assert (found["story_lead"] == (found["story_id"] == found["article_id"])).all()
    assert set(found["story_id"]) == set(found.filter("story_lead")["article_id"])
    times = articles.select("article_id", "published")
    dated = found.join(times, on="article_id")
    assert (dated.sort("published").group_by("story_id").first()["story_lead"]).all()
