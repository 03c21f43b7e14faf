"""How much was published, and how much of it is about the war."""

from __future__ import annotations

import altair as alt
import polars as pl

from workbench.figures.events import draw_events
from workbench.figures.theme import OKABE_ITO, WIDTH, plain_number, titled

COUNTED = "Counts of the whole corpus; no sampling error."
SAMPLED = "Bands: 95% intervals over stories; sampling error only."
SMALL_WIDTH, SMALL_HEIGHT, PER_ROW = 190, 90, 3


def draw_coverage(
    frame: pl.DataFrame,
    *,
    by: str | None = None,
    events: pl.DataFrame | None = None,
    title: str = "Articles published",
    caption: str | None = None,
    counted: str = "articles",
) -> alt.TopLevelMixin:
    """Bars of the number of articles per period; small multiples where `by` is given.

    Args:
        frame: as `measures.coverage` returns it.
        by: the grouping column to draw one small chart for each value of.
        events: dated events to mark; not in small multiples.
        title, caption: above the chart.
        counted: what the values are, for the axis.
    """
    x = alt.X("period:T", title=None)
    y = alt.Y("value:Q", axis=alt.Axis(**plain_number(counted)))
    tooltip = [alt.Tooltip("period:T", format="%-d %b %Y"), "value:Q"]
    dated = frame.filter(pl.col("period").is_not_null())
    head = titled(title, caption, COUNTED, labels=by is None and events is not None)
    if by is None:
        bars = alt.Chart(dated).mark_bar(width=_bar_width(dated, WIDTH)).encode(x=x, y=y, tooltip=tooltip)
        return _with_events(bars, dated, events).properties(width=WIDTH, title=head)
    small = alt.Chart(dated.with_columns(pl.col(by).fill_null("unknown"))).mark_bar(
        width=_bar_width(dated, SMALL_WIDTH)
    )
    return (
        small.encode(x=x, y=y, tooltip=[*tooltip, by])
        .properties(width=SMALL_WIDTH, height=SMALL_HEIGHT)
        .facet(alt.Facet(f"{by}:N", title=None), columns=PER_ROW)
        .properties(title=head)
    )


def draw_relevance(
    frame: pl.DataFrame,
    *,
    events: pl.DataFrame | None = None,
    title: str = "Share of articles that mention a party of the war",
    caption: str | None = None,
) -> alt.TopLevelMixin:
    """A line of the share per period with its interval.

    Args:
        frame: as `measures.relevance` returns it, without groups.
        events: dated events to mark.
        title, caption: above the chart.
    """
    x = alt.X("period:T", title=None)
    dated = frame.filter(pl.col("period").is_not_null())
    base = alt.Chart(dated)
    y = alt.Y("share:Q", title="share of articles", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1]))
    tooltip = [
        alt.Tooltip("period:T", format="%-d %b %Y"),
        alt.Tooltip("share:Q", format=".1%"), "numerator:Q", "denominator:Q",
    ]  # fmt: skip
    band = base.mark_area(opacity=0.25, color=OKABE_ITO[0]).encode(x=x, y="low:Q", y2="high:Q")
    line = base.mark_line(color=OKABE_ITO[0]).encode(x=x, y=y)
    points = base.mark_point(filled=True, size=35, color=OKABE_ITO[0]).encode(x=x, y=y, tooltip=tooltip)
    head = titled(title, caption, SAMPLED, labels=events is not None)
    return _with_events(alt.layer(band, line, points), dated, events).properties(
        width=WIDTH, title=head
    )


def _with_events(
    chart: alt.Chart | alt.LayerChart, frame: pl.DataFrame, events: pl.DataFrame | None
) -> alt.LayerChart:
    """The chart over the events that lie in its span."""
    if events is None or frame.is_empty():
        return alt.layer(chart)
    first, last = frame["period"].min(), frame["period"].max()
    inside = events.filter(pl.col("date").is_between(first, last))  # type: ignore[arg-type]
    if inside.is_empty():
        return alt.layer(chart)
    return alt.layer(draw_events(inside, (first, last), WIDTH), chart)  # type: ignore[arg-type]


def _bar_width(frame: pl.DataFrame, width: int) -> float:
    """Pixels that leave a gap between the bars of a time axis."""
    return max(0.85 * width / max(frame["period"].n_unique(), 1), 1)
