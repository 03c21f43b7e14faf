"""Figures draw what the frames hold, in one theme, and compute nothing."""

from __future__ import annotations

import datetime as dt
import re

import altair as alt
import polars as pl
import pytest
import vl_convert

from workbench import figures, load_events, measures, store
from workbench.figures.events import ROWS, place_labels
from workbench.figures.theme import FONT, OKABE_ITO


@pytest.fixture(scope="module")
def charts(sample: store.Corpus) -> dict[str, alt.TopLevelMixin]:
    events = load_events(dt.date(2022, 1, 1), dt.date(2025, 12, 31), at_most=12)
    volume = measures.coverage(sample)
    by_outlet = measures.coverage(sample, by=["outlet"])
    return {
        "accounting": figures.draw_accounting(measures.account_for_articles(sample)),
        "coverage": figures.draw_coverage(volume, events=events),
        "by_outlet": figures.draw_coverage(by_outlet, by="outlet"),
        "relevance": figures.draw_relevance(measures.relevance(sample), events=events),
        "visibility": figures.draw_visibility(measures.visibility(sample)),
        "over_time": figures.draw_visibility_over_time(
            measures.visibility(sample, period="quarter"), period="quarter"
        ),
    }


NAMES = ("accounting", "coverage", "by_outlet", "relevance", "visibility", "over_time")


@pytest.mark.parametrize("name", NAMES)
def test_figure_says_what_was_counted_and_what_error_is_shown(charts: dict, name: str) -> None:
    title = charts[name].to_dict()["title"]
    told = " ".join(title["subtitle"])
    assert title["text"]
    assert "sampling error" in told


@pytest.mark.parametrize("name", NAMES)
def test_figure_renders_with_the_themes_font_and_no_text_under_seven_points(
    charts: dict, name: str
) -> None:
    svg = vl_convert.vegalite_to_svg(charts[name].to_dict())
    assert FONT.split(",")[0] in svg
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', svg)]
    assert sizes
    assert min(sizes) * 0.75 >= 7


@pytest.mark.parametrize("name", NAMES)
def test_figure_computes_nothing(charts: dict, name: str) -> None:
    spec = charts[name].to_json()
    assert '"aggregate"' not in spec
    assert '"bin"' not in spec


def test_draw_coverage_draws_every_dated_row() -> None:
    frame = pl.DataFrame(
        {"period": [dt.date(2022, 1, 1), dt.date(2022, 2, 1), None], "value": [3, 0, 2]}
    )
    spec = figures.draw_coverage(frame, title="T", caption="n = 5.").to_dict()
    (rows,) = spec["datasets"].values()
    assert [row["value"] for row in rows] == [3, 0]
    assert spec["title"]["text"] == "T"


def test_draw_coverage_of_an_empty_frame_is_an_empty_chart() -> None:
    frame = pl.DataFrame(schema={"period": pl.Date, "value": pl.UInt32})
    svg = vl_convert.vegalite_to_svg(figures.draw_coverage(frame).to_dict())
    assert "Articles per month" in svg


def test_draw_coverage_of_one_period_has_a_bar() -> None:
    frame = pl.DataFrame({"period": [dt.date(2025, 7, 1)], "value": [1]})
    svg = vl_convert.vegalite_to_svg(figures.draw_coverage(frame).to_dict())
    assert OKABE_ITO[0].lower() in svg.lower()


def test_outlet_names_from_the_world_stay_text() -> None:
    frame = pl.DataFrame(
        {"period": [dt.date(2022, 1, 1)], "outlet": ["<script>alert(1)</script>"], "value": [1]}
    )
    svg = vl_convert.vegalite_to_svg(figures.draw_coverage(frame, by="outlet").to_dict())
    assert "<script>" not in svg


def test_place_labels_lets_no_two_touch() -> None:
    days = [dt.date(2022, 2, 20) + dt.timedelta(days=3 * n) for n in range(12)]
    events = pl.DataFrame({"date": days, "title": ["A label of some length"] * 12, "weight": 1})
    placed = place_labels(events, (dt.date(2022, 1, 1), dt.date(2022, 12, 31)), 620)
    shown = placed.filter(pl.col("row") >= 0)
    assert shown.height == ROWS  # so close together that each row takes one
    assert shown["row"].is_unique().all()


def test_place_labels_turns_those_near_the_right_edge() -> None:
    events = pl.DataFrame({"date": [dt.date(2022, 12, 30)], "title": ["Late event"], "weight": 1})
    placed = place_labels(events, (dt.date(2022, 1, 1), dt.date(2022, 12, 31)), 620)
    assert placed["align"].item() == "right"
