"""Visible actors, sides and types, counted by hand; the planted pattern, found again."""

from __future__ import annotations

import polars as pl
import pytest
from small_tables import HE, STRANGER, SmallTables

from workbench import measures, store
from workbench.errors import InputError

THREE = {
    "a": [["Putin", "Lavrov"], ["Putin"]],
    "b": [["NATO"], [STRANGER + "Hanna Bilyk"]],
    "c": [["Zelensky"], [HE + "Putin"]],
}


def numerators(found: pl.DataFrame, of: str) -> dict[str, float]:
    return dict(found.select(of, "numerator").iter_rows())


def test_visibility_of_sides_counts_an_article_once_however_many_of_the_side_it_names() -> None:
    found = measures.visibility(SmallTables(THREE), of="side")
    assert numerators(found, "side") == {"europe": 1, "russia": 1, "ukraine": 1}
    assert found["denominator"].unique().to_list() == [3]


def test_visibility_counts_names_off_the_list_only_where_asked() -> None:
    tables = SmallTables(THREE)
    assert "other" not in numerators(measures.visibility(tables, of="side"), "side")
    assert numerators(measures.visibility(tables, of="side", unlisted=True), "side")["other"] == 1
    people = measures.visibility(tables, of="actor_type", unlisted=True, actor_type="person")
    assert numerators(people, "actor_type") == {"person": 3}


def test_visibility_counts_pronouns_only_where_asked() -> None:
    tables = SmallTables(THREE)
    assert numerators(measures.visibility(tables), "actor")["Putin"] == 1
    assert numerators(measures.visibility(tables, coreference=True), "actor")["Putin"] == 2


def test_visibility_by_outlet_has_every_side_in_every_outlet() -> None:
    tables = SmallTables(THREE, outlets={"a": "X", "b": "X", "c": "Y"})
    found = measures.visibility(tables, of="side", by=["outlet"])
    cells = found.select("outlet", "side", "numerator", "denominator").rows()
    assert cells == [
        ("X", "europe", 1, 2), ("X", "russia", 1, 2), ("X", "ukraine", 0, 2),
        ("Y", "europe", 0, 1), ("Y", "russia", 0, 1), ("Y", "ukraine", 1, 1),
    ]  # fmt: skip


def test_visibility_keeps_articles_without_an_outlet() -> None:
    found = measures.visibility(SmallTables(THREE), of="side", by=["outlet"])
    assert found["outlet"].null_count() == found.height == 3
    assert found["numerator"].sum() == 3


def test_visibility_settles_ties_by_name() -> None:
    ties = SmallTables({"a": [["Zelensky", "Putin", "NATO", "Lavrov"]]})
    assert measures.visibility(ties, top=2)["actor"].to_list() == ["Lavrov", "NATO"]


def test_visibility_keeps_a_namesake_off_the_list_apart() -> None:
    tables = SmallTables({"a": [["Johnson"]], "b": [[STRANGER + "Johnson"]]})
    found = measures.visibility(tables, unlisted=True)
    assert found.select("actor_id", "actor", "numerator").rows() == [
        ("johnson", "Johnson", 1), (None, "Johnson", 1),
    ]  # fmt: skip


def test_visibility_refuses_what_it_does_not_know() -> None:
    with pytest.raises(InputError, match="of 'country'"):
        measures.visibility(SmallTables(THREE), of="country")


def test_visibility_of_nobody_is_empty() -> None:
    assert measures.visibility(SmallTables({"a": [[]]}), of="side").is_empty()


def test_unlinked_names_says_why_and_counts_no_pronouns() -> None:
    tables = SmallTables(
        {"a": [[STRANGER + "Hanna Bilyk"], [HE + STRANGER + "Hanna Bilyk"]],
         "b": [[STRANGER + "Hanna Bilyk"], ["Putin"]]}
    )  # fmt: skip
    several = pl.col("article_id") == "b", pl.col("actor") == "Putin"
    shared = pl.when(*several).then(None).otherwise("actor_id").alias("actor_id")
    tables.tables["mentions"] = tables.tables["mentions"].with_columns(shared)
    found = measures.unlinked_names(tables)
    assert found.select("actor", "reason", "articles", "mentions").rows() == [
        ("Hanna Bilyk", "off the list", 2, 2), ("Putin", "not told apart", 1, 1),
    ]  # fmt: skip
    assert measures.unlinked_names(tables, top=1)["actor"].to_list() == ["Hanna Bilyk"]


def test_sample_shows_the_think_tanks_that_were_planted(sample: store.Corpus) -> None:
    found = measures.visibility(
        sample, of="actor_type", actor_type="think_tank", unlisted=True, period="year"
    ).sort("period")
    first, *_, last = found.iter_rows(named=True)
    assert first["high"] < 0.3
    assert last["low"] > 0.4


def test_sample_shows_that_outlets_name_their_own_side(sample: store.Corpus) -> None:
    found = measures.visibility(sample, of="side", by=["outlet"])
    share = {(row["outlet"], row["side"]): row["share"] for row in found.iter_rows(named=True)}
    assert share["Potomac Dispatch", "us"] > 0.9
    assert min(share["Spree Kurier International", "europe"], share["Vistula Post", "europe"]) > 0.8
