"""How much was published, and how much of it is about the war."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from workbench.figures.events import draw_events
from workbench.figures.theme import (
    OKABE_ITO,
    WIDTH,
    Chart,
    nothing_to_draw,
    plain_number,
    time_axis,
    titled,
)

COUNTED = "Counts of the whole corpus; no sampling error."
SAMPLED = "Bars: 95% intervals over stories, none under ten; sampling error only."
UNDATED = "No article that counts here has a date."
SMALL_WIDTH, SMALL_HEIGHT, PER_ROW, SPACING = 185, 90, 3, 26


def draw_coverage(
    frame: pl.DataFrame,
    *,
    period: str = "month",
    by: str | None = None,
    events: pl.DataFrame | None = None,
    title: str | None = None,
    caption: str | None = None,
    counted: str = "articles",
) -> Chart:
    """Bars of the number of articles per period; small multiples where `by` is given.

    Args:
        frame: as `measures.coverage` returns it.
        period: the period it was measured by.
        by: the grouping column to draw one small chart for each value of.
        events: dated events to mark; not in small multiples.
        title, caption: above the chart.
        counted: what the values are, for the axis.
    """
    x = time_axis(period)
    y = alt.Y("value:Q", axis=alt.Axis(**plain_number(counted)))
    tooltip = [alt.Tooltip("period:T", format="%-d %b %Y"), "value:Q"]
    dated = frame.filter(pl.col("period").is_not_null())
    told = title or f"Articles per {period}" + (f" and {by.replace('_', ' ')}" if by else "")
    head = titled(told, caption, COUNTED)
    if dated.is_empty():
        return nothing_to_draw(UNDATED, head)
    if by is None:
        bars = alt.Chart(dated).mark_bar(binSpacing=1).encode(x=x, y=y, tooltip=tooltip)
        return _with_events(bars, dated, events).properties(width=WIDTH, title=head)
    small = alt.Chart(dated.with_columns(pl.col(by).fill_null("unknown"))).mark_bar(binSpacing=0)
    return (
        small.encode(x=x, y=y, tooltip=[*tooltip, by])
        .properties(width=SMALL_WIDTH, height=SMALL_HEIGHT)
        .facet(alt.Facet(f"{by}:N", title=None), columns=PER_ROW, spacing=SPACING)
        .properties(title=head)
    )


def draw_relevance(
    frame: pl.DataFrame,
    *,
    period: str = "month",
    events: pl.DataFrame | None = None,
    title: str = "Share of articles that mention a party of the war",
    caption: str | None = None,
) -> Chart:
    """A line of the share per period with its interval.

    Args:
        frame: as `measures.relevance` returns it, without groups.
        period: the period it was measured by.
        events: dated events to mark.
        title, caption: above the chart.
    """
    x = time_axis(period)
    dated = frame.filter(pl.col("period").is_not_null())
    head = titled(title, caption, SAMPLED)
    if dated.is_empty():
        return nothing_to_draw(UNDATED, head)
    base = alt.Chart(dated)
    y = alt.Y(
        "share:Q",
        title="share of articles",
        axis=alt.Axis(format="%"),
        scale=alt.Scale(domain=[0, 1]),
    )
    tooltip = [
        alt.Tooltip("period:T", format="%-d %b %Y"),
        alt.Tooltip("share:Q", format=".1%"), "numerator:Q", "denominator:Q",
    ]  # fmt: skip
    bars = base.mark_rule(color=OKABE_ITO[0], strokeWidth=1.5, opacity=0.6).encode(
        x=x, y="low:Q", y2="high:Q"
    )
    line = base.mark_line(color=OKABE_ITO[0]).encode(x=x, y=y)
    points = base.mark_point(filled=True, size=35, color=OKABE_ITO[0]).encode(
        x=x, y=y, tooltip=tooltip
    )
    return _with_events(alt.layer(bars, line, points), dated, events).properties(
        width=WIDTH, title=head
    )


def _with_events(chart: Any, frame: pl.DataFrame, events: pl.DataFrame | None) -> Any:
    """The chart over the events that lie in its span."""
    if events is None or frame.is_empty():
        return alt.layer(chart)
    first, last = frame["period"].sort()[[0, -1]]
    inside = events.filter(pl.col("date").is_between(first, last))
    if inside.is_empty():
        return alt.layer(chart)
    return alt.layer(draw_events(inside, (first, last), WIDTH), chart)
