"""Pairs of actors that share sentences, counted by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from small_tables import HE, STRANGER, SmallTables

from workbench import measures
from workbench.errors import InputError

TWO = {
    "a": [["Putin", "Zelensky", "Putin"], ["Putin"], []],
    "b": [["Putin", "Zelensky"], ["Zelensky", "NATO"]],
}
COUNTS = ("named", "other_named", "numerator", "denominator", "articles", "clusters")


def pair(found: pl.DataFrame, actor: str, other: str) -> dict[str, object]:
    names = [{row["actor"], row["other"]} == {actor, other} for row in found.iter_rows(named=True)]
    return found.filter(pl.Series(names)).row(0, named=True)


def test_co_mentions_counts_sentences_that_name_both() -> None:
    found = pair(measures.co_mentions(SmallTables(TWO)), "Putin", "Zelensky")
    assert [found[name] for name in COUNTS] == [3, 3, 2, 5, 2, 2]
    assert found["expected"] == pytest.approx(3 * 3 / 5)
    assert found["value"] == pytest.approx(2 / (3 * 3 / 5))
    assert found["low"] is None  # two stories are too few for an interval


def test_co_mentions_has_a_row_for_every_pair_also_one_that_never_meets() -> None:
    found = measures.co_mentions(SmallTables(TWO))
    assert found.height == 3
    never = pair(found, "Putin", "NATO")
    assert (never["numerator"], never["value"], never["articles"]) == (0, 0, 0)
    assert never["expected"] == pytest.approx(3 * 1 / 5)


def test_co_mentions_within_articles_counts_articles() -> None:
    found = measures.co_mentions(SmallTables(TWO), within="article")
    assert [pair(found, "Putin", "NATO")[name] for name in COUNTS[:4]] == [2, 1, 1, 2]


def test_co_mentions_puts_the_more_visible_first_and_keeps_to_the_top() -> None:
    found = measures.co_mentions(SmallTables(TWO), top=2)
    assert found.select("actor", "other").rows() == [("Putin", "Zelensky")]


def test_co_mentions_keeps_a_namesake_off_the_list_apart() -> None:
    tables = SmallTables({"a": [["Johnson", STRANGER + "Johnson", "Putin"]]})
    found = measures.co_mentions(tables)
    ids = [set(row) for row in found.select("actor_id", "other_id").iter_rows()]
    assert len(ids) == 3
    assert all(two in ids for two in ({"johnson", None}, {"johnson", "putin"}, {None, "putin"}))
    assert measures.co_mentions(tables, unlisted=False).height == 1


def test_co_mentions_takes_what_he_did_only_where_asked() -> None:
    tables = SmallTables({"a": [["Putin"], [HE + "Putin", "Zelensky"]]})
    assert pair(measures.co_mentions(tables), "Putin", "Zelensky")["numerator"] == 0
    told = measures.co_mentions(tables, coreference=True)
    assert pair(told, "Putin", "Zelensky")["numerator"] == 1


def test_co_mentions_by_period_and_outlet_counts_each_cell_alone() -> None:
    tables = SmallTables(
        TWO, days={"a": "2022-01-05", "b": "2022-03-01"}, outlets={"a": "X", "b": "Y"}
    )
    found = measures.co_mentions(tables, top=2, period="month", by=["outlet"])
    cells = found.filter(pl.col("denominator") > 0)
    rows = cells.select("outlet", pl.col("period").dt.month(), "numerator", "denominator").rows()
    assert sorted(rows) == [("X", 1, 1, 3), ("Y", 3, 1, 2)]
    gaps = found.filter(denominator=0)
    assert gaps["numerator"].sum() == 0
    assert gaps["value"].null_count() == gaps.height == 4  # February, and each outlet's other month


def test_co_mentions_of_copies_tell_no_more_than_the_originals() -> None:
    rng = np.random.default_rng(3)
    once = {f"a{n}": random_sentences(rng) for n in range(40)}
    twice = once | {f"{i}-copy": sentences for i, sentences in once.items()}
    stories = {i: i.removesuffix("-copy") for i in twice}
    columns = ["actor", "other", "value", "low", "high", "clusters"]
    first = measures.co_mentions(SmallTables(once)).select(columns)
    copied = measures.co_mentions(SmallTables(twice, stories=stories))
    assert first["low"].null_count() < first.height
    pl.testing.assert_frame_equal(copied.select(columns), first, rel_tol=1e-9)
    leads = measures.co_mentions(SmallTables(twice, stories=stories), count="stories")
    pl.testing.assert_frame_equal(leads.select(columns), first, rel_tol=1e-9)


def random_sentences(rng: np.random.Generator) -> list[list[str]]:
    actors = np.array(["Putin", "Zelensky", "NATO"])
    return [actors[rng.random(3) < 0.4].tolist() for _ in range(6)]


@pytest.mark.parametrize("articles", [{}, {"a": [[]]}, {"a": [["Putin"]]}])
def test_co_mentions_of_fewer_than_two_actors_is_empty(articles: dict) -> None:
    found = measures.co_mentions(SmallTables(articles))
    assert found.is_empty()
    assert found.columns == measures.co_mentions(SmallTables(TWO)).columns


def test_co_mentions_refuses_what_it_does_not_know() -> None:
    with pytest.raises(InputError, match="within 'paragraph'"):
        measures.co_mentions(SmallTables(TWO), within="paragraph")
