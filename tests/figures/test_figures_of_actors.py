"""Figures of actors: what the charts hold, and what they say where nothing can be drawn."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import altair as alt
import polars as pl
import pytest
import vl_convert

from workbench import figures, load_events, measures, store

SCHEMA = {
    "actor_id": pl.String, "actor": pl.String, "actor_type": pl.String, "side": pl.String,
    "other_id": pl.String, "other": pl.String, "other_type": pl.String, "other_side": pl.String,
    "named": pl.Float64, "other_named": pl.Float64, "numerator": pl.Float64,
    "expected": pl.Float64, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64,
    "articles": pl.UInt32, "clusters": pl.UInt32,
}  # fmt: skip
PUTIN = ("putin", "Putin", "person", "russia")
BIDEN = ("biden", "Biden", "person", "us")
STRANGER = (None, "Hanna Bilyk", "person", "ukraine")
PAIRS = pl.DataFrame(
    [
        (*PUTIN, *BIDEN, 40, 20, 12, 4.0, 3.0, 2.0, 4.5, 11, 11),
        (*PUTIN, *STRANGER, 40, 9, 3, 1.5, 2.0, None, None, 3, 3),
        (*BIDEN, *STRANGER, 20, 9, 0, 0.8, 0.0, None, None, 0, 0),
    ],
    schema=SCHEMA,
    orient="row",
)


@pytest.fixture(scope="module")
def charts(sample: store.Corpus) -> dict[str, alt.TopLevelMixin]:
    events = load_events(dt.date(2022, 1, 1), dt.date(2025, 12, 31), at_most=4)
    sides = {"of": "side", "top": 6}
    pairs = measures.co_mentions(sample)
    return {
        "sides": figures.draw_visibility(measures.visibility(sample, **sides), of="side"),
        "types": figures.draw_visibility(
            measures.visibility(sample, of="actor_type"), of="actor_type"
        ),
        "by_outlet": figures.draw_visibility_by(
            measures.visibility(sample, by=["outlet"], **sides)
        ),
        "over_time": figures.draw_visibility_over_time(
            measures.visibility(sample, period="quarter", **sides),
            of="side", period="quarter", events=events,
        ),
        "co_mentions": figures.draw_co_mentions(pairs),
        "pairs": figures.draw_pairs(pairs),
        "unlinked": figures.draw_unlinked(measures.unlinked_names(sample)),
    }  # fmt: skip


NAMES = ("sides", "types", "by_outlet", "over_time", "co_mentions", "pairs", "unlinked")


@pytest.mark.parametrize("name", NAMES)
def test_figure_of_actors_says_what_error_it_shows(charts: dict, name: str) -> None:
    title = charts[name].to_dict()["title"]
    assert title["text"]
    assert "sampling error" in told(charts[name])


@pytest.mark.parametrize("name", NAMES)
def test_figure_of_actors_renders_with_no_text_under_seven_points(charts: dict, name: str) -> None:
    svg = vl_convert.vegalite_to_svg(charts[name].to_dict())
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', svg)]
    assert sizes
    assert min(sizes) * 0.75 >= 7


@pytest.mark.parametrize("name", NAMES)
def test_figure_of_actors_computes_nothing(charts: dict, name: str) -> None:
    spec = charts[name].to_json()
    assert '"aggregate"' not in spec
    assert '"bin"' not in spec


def told(chart: Any) -> str:
    return " ".join(chart.to_dict()["title"]["subtitle"])


def rows_with(chart: Any, column: str) -> list[dict]:
    sets = chart.to_dict()["datasets"].values()
    return [row for rows in sets for row in rows if column in row]


def texts(chart: Any) -> list[str]:
    svg = vl_convert.vegalite_to_svg(chart.to_dict())
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_draw_co_mentions_draws_each_pair_that_meets_once_below_the_diagonal() -> None:
    chart = figures.draw_co_mentions(PAIRS)
    order = chart.to_dict()["layer"][0]["encoding"]["y"]["sort"]
    assert order == ["Hanna Bilyk*", "Putin", "Biden"]  # by side; the star: not on the list
    cells = {(row["row"], row["column"]) for row in rows_with(chart, "expected")}
    assert cells == {("Biden", "Putin"), ("Putin", "Hanna Bilyk*")}
    assert {"12", "3", "40", "20", "9"} <= set(texts(chart))
    assert "0" not in texts(chart)


def test_draw_co_mentions_prints_bold_what_the_interval_tells_from_chance() -> None:
    svg = vl_convert.vegalite_to_svg(figures.draw_co_mentions(PAIRS).to_dict())
    bold = re.findall(r'<text[^>]*font-weight="bold"[^>]*>([^<]*)</text>', svg)
    assert "12" in bold
    assert "3" not in bold


def test_draw_co_mentions_tells_namesakes_off_the_list_by_their_type() -> None:
    army = (None, "Azov", "military", "ukraine")
    firm = (None, "Azov", "company", "ukraine")
    frame = pl.DataFrame(
        [(*army, *firm, 5, 4, 1, 0.5, 2.0, None, None, 1, 1)], schema=SCHEMA, orient="row"
    )
    order = figures.draw_co_mentions(frame).to_dict()["layer"][0]["encoding"]["y"]["sort"]
    assert order == ["Azov* (military)", "Azov* (company)"]


def test_draw_pairs_leaves_out_those_without_an_interval() -> None:
    chart = figures.draw_pairs(PAIRS)
    assert [row["pair"] for row in rows_with(chart, "pair")] == ["Putin · Biden"]
    assert "12 (4.0)" in texts(chart)


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (figures.draw_co_mentions(PAIRS.clear()), "Fewer than two actors are named."),
        (figures.draw_pairs(PAIRS[1:]), "No two actors share a sentence in ten stories"),
        (
            figures.draw_unlinked(pl.DataFrame(schema={"actor": pl.String})),
            "Every name found is linked",
        ),
    ],
)
def test_figure_says_why_there_is_nothing_in_it(chart: Any, said: str) -> None:
    assert any(text.startswith(said) for text in texts(chart))


def shares(**columns: list) -> pl.DataFrame:
    rows = len(next(iter(columns.values())))
    numbers = {"numerator": 3.0, "denominator": 4.0, "share": 0.75, "low": 0.5, "high": 0.9}
    schema = {"outlet": pl.String, "side": pl.String, "period": pl.Date}
    frame = pl.DataFrame(columns, schema={name: schema[name] for name in columns})
    return frame.with_columns(pl.repeat(n, rows, eager=True).alias(c) for c, n in numbers.items())


def test_draw_visibility_by_names_unknown_outlets_and_says_where_all_are() -> None:
    some = figures.draw_visibility_by(shares(outlet=["Wire", None], side=["us", "us"]))
    assert {"Wire", "unknown"} <= set(texts(some))
    none = figures.draw_visibility_by(shares(outlet=[None, None], side=["us", "russia"]))
    assert "No article that counts here tells its outlet." in texts(none)


def test_draw_visibility_by_and_over_time_of_nobody_say_so() -> None:
    nobody = shares(outlet=["Wire"], side=["us"], period=[None]).clear()
    assert "No article that counts here names anybody." in texts(figures.draw_visibility_by(nobody))
    assert "No article that counts here names anybody." in texts(
        figures.draw_visibility(nobody, of="side")
    )
    chart = figures.draw_visibility_over_time(nobody, of="side")
    assert "No article that counts here has a date." in texts(chart)


def test_draw_visibility_over_time_names_the_events_in_its_span_only() -> None:
    days = [dt.date(2022, 1, 1), dt.date(2022, 4, 1)]
    frame = shares(side=["us", "us"], period=days)
    events = pl.DataFrame(
        {"date": [dt.date(2022, 2, 24), dt.date(2023, 3, 17)], "title": ["Invasion", "Warrant"]}
    )
    chart = figures.draw_visibility_over_time(frame, of="side", period="quarter", events=events)
    assert "Dotted: Invasion (24 Feb 2022)." in told(chart)
    assert "Warrant" not in told(chart)
