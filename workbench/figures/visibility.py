"""Who is named: the most visible actors, in all and over time."""

from __future__ import annotations

import altair as alt
import polars as pl

from workbench.figures.coverage import SAMPLED
from workbench.figures.theme import WIDTH, side_scale, titled

ROW = 22
SMALL_WIDTH, SMALL_HEIGHT, PER_ROW = 190, 80, 3


def draw_visibility(
    frame: pl.DataFrame, *, title: str = "Most visible actors", caption: str | None = None
) -> alt.TopLevelMixin:
    """Points with intervals, one row per actor, coloured by side.

    Args:
        frame: as `measures.visibility` returns it, without periods or groups.
        title, caption: above the chart.
    """
    ranked = frame.sort("share", descending=True)
    y = alt.Y("actor:N", title=None, sort=ranked["actor"].to_list())
    x = alt.X("share:Q", title="share of articles that mention the actor", axis=alt.Axis(format="%", grid=True))
    colour = alt.Color("side:N", title="side", scale=side_scale(frame["side"].unique().to_list()))
    base = alt.Chart(ranked)
    spans = base.mark_rule(strokeWidth=2).encode(y=y, x="low:Q", x2="high:Q", color=colour)
    points = base.mark_point(filled=True, size=80, opacity=1).encode(
        y=y, x=x, color=colour, shape=alt.Shape("side:N", legend=None),
        tooltip=["actor", "side", alt.Tooltip("share:Q", format=".1%"), "numerator", "denominator"],
    )  # fmt: skip
    return alt.layer(spans, points).properties(
        width=WIDTH - 150, height=ROW * max(frame.height, 1), title=titled(title, caption, SAMPLED.replace("Bands", "Bars"))
    )


def draw_visibility_over_time(
    frame: pl.DataFrame, *, title: str = "Most visible actors over time", caption: str | None = None
) -> alt.TopLevelMixin:
    """Small multiples of the share per period with its interval, one per actor.

    Args:
        frame: as `measures.visibility` returns it with a period.
        title, caption: above the chart.
    """
    dated = frame.filter(pl.col("period").is_not_null())
    order = dated.sort("numerator", descending=True)["actor"].unique(maintain_order=True).to_list()
    x = alt.X("period:T", title=None)
    colour = alt.Color("side:N", title="side", scale=side_scale(frame["side"].unique().to_list()))
    base = alt.Chart(dated)
    band = base.mark_area(opacity=0.25).encode(x=x, y="low:Q", y2="high:Q", color=colour)
    line = base.mark_line(point=alt.OverlayMarkDef(size=16)).encode(
        x=x, y=alt.Y("share:Q", title=None, axis=alt.Axis(format="%")), color=colour,
        tooltip=["actor", alt.Tooltip("period:T", format="%b %Y"), alt.Tooltip("share:Q", format=".1%"), "numerator", "denominator"],
    )  # fmt: skip
    return (
        alt.layer(band, line)
        .properties(width=SMALL_WIDTH, height=SMALL_HEIGHT)
        .facet(alt.Facet("actor:N", title=None, sort=order), columns=PER_ROW)
        .properties(title=titled(title, caption, SAMPLED))
    )
