"""Who is named: the most visible actors, in all and over time."""

from __future__ import annotations

import altair as alt
import polars as pl

from workbench.figures.coverage import PER_ROW, SAMPLED, SMALL_WIDTH, SPACING, UNDATED
from workbench.figures.theme import WIDTH, Chart, nothing_to_draw, side_scale, time_axis, titled

ROW = 22
SMALL_HEIGHT = 80


def draw_visibility(
    frame: pl.DataFrame, *, title: str = "Most visible actors", caption: str | None = None
) -> Chart:
    """Points with intervals, one row per actor, coloured by side.

    Args:
        frame: as `measures.visibility` returns it, without periods or groups.
        title, caption: above the chart.
    """
    ranked = frame.sort("share", descending=True)
    y = alt.Y("actor:N", title=None, sort=ranked["actor"].to_list())
    x = alt.X(
        "share:Q",
        title="share of articles that mention the actor",
        axis=alt.Axis(format="%", grid=True),
    )
    colour = alt.Color("side:N", title="side", scale=side_scale(frame["side"].unique().to_list()))
    base = alt.Chart(ranked)
    spans = base.mark_rule(strokeWidth=2).encode(y=y, x="low:Q", x2="high:Q", color=colour)
    points = base.mark_point(filled=True, size=80, opacity=1).encode(
        y=y, x=x, color=colour, shape=alt.Shape("side:N", legend=None),
        tooltip=["actor", "side", alt.Tooltip("share:Q", format=".1%"), "numerator", "denominator"],
    )  # fmt: skip
    return alt.layer(spans, points).properties(
        width=WIDTH - 150, height=ROW * max(frame.height, 1), title=titled(title, caption, SAMPLED)
    )


def draw_visibility_over_time(
    frame: pl.DataFrame,
    *,
    period: str = "month",
    title: str = "Most visible actors over time",
    caption: str | None = None,
) -> Chart:
    """Small multiples of the share per period with its interval, one per actor.

    Args:
        frame: as `measures.visibility` returns it with a period.
        period: the period it was measured by.
        title, caption: above the chart.
    """
    dated = frame.filter(pl.col("period").is_not_null())
    head = titled(title, caption, SAMPLED)
    if dated.is_empty():
        return nothing_to_draw(UNDATED, head)
    order = dated.sort("numerator", descending=True)["actor"].unique(maintain_order=True).to_list()
    x = time_axis(period)
    colour = alt.Color("side:N", title="side", scale=side_scale(frame["side"].unique().to_list()))
    base = alt.Chart(dated)
    bars = base.mark_rule(strokeWidth=1.5, opacity=0.6).encode(
        x=x, y="low:Q", y2="high:Q", color=colour
    )
    line = base.mark_line(point=alt.OverlayMarkDef(size=16)).encode(
        x=x, y=alt.Y("share:Q", title=None, axis=alt.Axis(format="%")), color=colour,
        tooltip=[
            "actor", alt.Tooltip("period:T", format="%b %Y"),
            alt.Tooltip("share:Q", format=".1%"), "numerator", "denominator",
        ],
    )  # fmt: skip
    return (
        alt.layer(line, bars)
        .properties(width=SMALL_WIDTH, height=SMALL_HEIGHT)
        .facet(alt.Facet("actor:N", title=None, sort=order), columns=PER_ROW, spacing=SPACING)
        .properties(title=head)
    )
