"""Who is named: the most visible actors, sides and types, in all, by outlet and over time."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from workbench.figures.coverage import PER_ROW, SAMPLED, SMALL_WIDTH, SPACING, UNDATED
from workbench.figures.events import events_in_every
from workbench.figures.theme import (
    FAINT,
    OKABE_ITO,
    WIDTH,
    Chart,
    nothing_to_draw,
    side_scale,
    time_axis,
    titled,
)

ROW, SMALL_ROW = 22, 15
SMALL_HEIGHT = 80
NOBODY = "No article that counts here names anybody."
NO_GROUP = "No article that counts here tells its {}."
PERCENT = alt.Axis(format="%", grid=True)
PLAIN = "replace(datum.value, '_', ' ')"
HEADER = alt.Header(labelExpr=PLAIN)


def draw_visibility(
    frame: pl.DataFrame,
    *,
    of: str = "actor",
    title: str | None = None,
    caption: str | None = None,
) -> Chart:
    """Points with intervals, one row per actor (or side, or type), coloured by side.

    Args:
        frame: as `measures.visibility` returns it, without periods or groups.
        of: what it was measured of: `actor`, `side` or `actor_type`.
        title, caption: above the chart.
    """
    head = titled(title or f"Most visible {_plural(of)}", caption, SAMPLED)
    if frame.is_empty():
        return nothing_to_draw(NOBODY, head)
    ranked = frame.sort("share", of, descending=[True, False])
    y = alt.Y(f"{of}:N", title=None, sort=ranked[of].to_list(), axis=alt.Axis(labelExpr=PLAIN))
    x = alt.X("share:Q", title=f"share of articles that name the {_words(of)}", axis=PERCENT)
    base = alt.Chart(ranked)
    spans = base.mark_rule(strokeWidth=2).encode(y=y, x="low:Q", x2="high:Q", **_coloured(frame))
    points = base.mark_point(filled=True, size=80, opacity=1).encode(
        y=y, x=x, **_coloured(frame), **_shaped(frame), tooltip=_tooltip(of)
    )
    return alt.layer(spans, points).properties(
        width=WIDTH - 150, height=ROW * frame.height, title=head
    )


def draw_visibility_by(
    frame: pl.DataFrame,
    *,
    by: str = "outlet",
    of: str = "side",
    title: str | None = None,
    caption: str | None = None,
) -> Chart:
    """A small chart for each side (or actor, or type): points with intervals, a row per outlet.

    Args:
        frame: as `measures.visibility` returns it by one group, without periods.
        by: the group, such as `outlet` or `outlet_country`; most articles stand first.
        of: what it was measured of: `actor`, `side` or `actor_type`.
        title, caption: above the chart.
    """
    told = title or f"Visible {_plural(of)} by {_words(by)}"
    head = titled(told, caption, SAMPLED)
    if frame.is_empty():
        return nothing_to_draw(NOBODY, head)
    if frame[by].null_count() == frame.height:
        return nothing_to_draw(NO_GROUP.format(_words(by)), head)
    rows = frame.with_columns(pl.col(by).fill_null("unknown"))
    rows = rows.sort("denominator", by, descending=[True, False])
    y = alt.Y(f"{by}:N", title=None, sort=rows[by].unique(maintain_order=True).to_list())
    axis = alt.Axis(format="%", grid=True, tickCount=3, labelOverlap=True)
    x = alt.X("share:Q", title=None, axis=axis, scale=alt.Scale(zero=True))
    base = alt.Chart(rows)
    spans = base.mark_rule(strokeWidth=1.5).encode(
        y=y, x="low:Q", x2="high:Q", **_coloured(frame, legend=None)
    )
    points = base.mark_point(filled=True, size=45, opacity=1).encode(
        y=y, x=x, **_coloured(frame, legend=None), tooltip=[f"{by}:N", *_tooltip(of)]
    )
    order = _most_visible_first(frame, of)
    panels = alt.Facet(f"{of}:N", title=None, sort=order, header=HEADER)
    return (
        alt.layer(spans, points)
        .properties(width=SMALL_WIDTH - 30, height=alt.Step(SMALL_ROW))
        .facet(panels, columns=PER_ROW, spacing=SPACING)
        .properties(title=head)
    )


def draw_visibility_over_time(
    frame: pl.DataFrame,
    *,
    of: str = "actor",
    period: str = "month",
    events: pl.DataFrame | None = None,
    title: str | None = None,
    caption: str | None = None,
) -> Chart:
    """Small multiples of the share per period with its interval, one per actor (or side, or type).

    Args:
        frame: as `measures.visibility` returns it with a period.
        of: what it was measured of: `actor`, `side` or `actor_type`.
        period: the period it was measured by.
        events: dated events, a thin line each; the caption names them.
        title, caption: above the chart.
    """
    dated = frame.filter(pl.col("period").is_not_null())
    marked = events_in_every(dated, events, of)
    head = titled(title or f"Most visible {_plural(of)} over time", caption, _error(marked))
    if dated.is_empty():
        return nothing_to_draw(UNDATED, head)
    x = time_axis(period)
    base = alt.Chart(pl.concat([dated, marked], how="diagonal"))
    measured = base.transform_filter("isValid(datum.period)")
    colour = _coloured(frame, legend=None if of == "side" else alt.Legend(symbolOpacity=1))
    band = measured.mark_area(opacity=0.18).encode(x=x, y="low:Q", y2="high:Q", **colour)
    bars = measured.mark_rule(strokeWidth=1.2, opacity=0.5).encode(
        x=x, y="low:Q", y2="high:Q", **colour
    )
    line = measured.mark_line(point=alt.OverlayMarkDef(size=16)).encode(
        x=x, y=alt.Y("share:Q", title=None, axis=alt.Axis(format="%")), **colour,
        tooltip=[alt.Tooltip("period:T", format="%b %Y"), *_tooltip(of)],
    )  # fmt: skip
    days = base.mark_rule(color=FAINT, strokeDash=[2, 3]).encode(x="date:T", tooltip="event:N")
    order = _most_visible_first(dated, of)
    panels = alt.Facet(f"{of}:N", title=None, sort=order, header=HEADER)
    layers = [band, bars, line] if marked.is_empty() else [days, band, bars, line]
    return (
        alt.layer(*layers)
        .properties(width=SMALL_WIDTH, height=SMALL_HEIGHT)
        .facet(panels, columns=PER_ROW, spacing=SPACING)
        .properties(title=head)
    )


def _error(marked: pl.DataFrame) -> str:
    """The words on sampling error, and what the dotted lines are."""
    days = marked.select("date", "event").unique().sort("date").iter_rows()
    named = ", ".join(f"{event} ({date.day} {date:%b %Y})" for date, event in days)
    return f"{SAMPLED} Dotted: {named}." if named else SAMPLED


def _most_visible_first(frame: pl.DataFrame, of: str) -> list[str]:
    ranked = frame.sort("numerator", of, descending=[True, False])
    return ranked[of].unique(maintain_order=True).to_list()


def _coloured(frame: pl.DataFrame, **options: Any) -> dict[str, Any]:
    """Colour by side where the frame has sides."""
    if "side" not in frame.columns:
        return {"color": alt.value(OKABE_ITO[0])}
    scale = side_scale(frame["side"].unique().to_list())
    return {"color": alt.Color("side:N", title="side", scale=scale, **options)}


def _shaped(frame: pl.DataFrame) -> dict[str, Any]:
    """Shape by side, for print in grey."""
    return {"shape": alt.Shape("side:N", legend=None)} if "side" in frame.columns else {}


def _tooltip(of: str) -> list[Any]:
    return [f"{of}:N", alt.Tooltip("share:Q", format=".1%"), "numerator:Q", "denominator:Q"]


def _words(column: str) -> str:
    return "type of actor" if column == "actor_type" else column.replace("_", " ")


def _plural(of: str) -> str:
    return "types of actors" if of == "actor_type" else f"{of}s"
