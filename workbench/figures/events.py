"""Dated events drawn over a time axis, their labels in rows so that they don't collide."""

from __future__ import annotations

import datetime as dt
from typing import Any

import altair as alt
import polars as pl

from workbench.figures.theme import FAINT

ROWS, ROW_HEIGHT = 4, 13
CHARACTER_WIDTH, MARGIN = 5.4, 12  # of a label, in pixels


def draw_events(events: pl.DataFrame, span: tuple[dt.date, dt.date], width: int) -> Any:
    """Rules at the events' days, their titles in rows above the plot.

    A title for which no row has room is left to the tooltip of its rule.

    Args:
        events: `date` and `title`, as `reference.load_events` gives them.
        span: first and last day on the time axis of the chart that they are laid over.
        width: of the plot, in pixels.
    """
    placed = place_labels(events, span, width)
    base = alt.Chart(placed)
    rules = base.mark_rule(color=FAINT, strokeDash=[2, 3], opacity=0.7).encode(
        x=alt.X("date:T", title=None),
        tooltip=["title", alt.Tooltip("date:T", format="%-d %b %Y")],
    )
    labels = [
        base.transform_filter((alt.datum.row == row) & (alt.datum.align == align))
        .mark_text(
            align=align,
            dx=3 if align == "left" else -3,
            color=FAINT,
            fontSize=10,
            baseline="middle",
        )
        .encode(x="date:T", y=alt.value(-ROW_HEIGHT * (row + 0.6)), text="title")
        for row, align in placed.filter(pl.col("row") >= 0)
        .select("row", "align")
        .unique()
        .sort("row", "align")
        .iter_rows()
    ]
    return alt.layer(rules, *labels)


def place_labels(events: pl.DataFrame, span: tuple[dt.date, dt.date], width: int) -> pl.DataFrame:
    """Return the events with the `row` of their label (-1 for none) and its `align`.

    Labels go, by weight, to the lowest row in which they touch no other.
    """
    first, last = span
    days = max((last - first).days, 1)
    taken: list[list[tuple[float, float]]] = [[] for _ in range(ROWS)]
    rows = []
    for event in events.sort("weight", "date").iter_rows(named=True):
        at = (event["date"] - first).days / days * width
        length = len(event["title"]) * CHARACTER_WIDTH + MARGIN
        align = "left" if at + length <= width + MARGIN else "right"
        left, right = (at, at + length) if align == "left" else (at - length, at)
        free = (r for r in range(ROWS) if all(right <= a or b <= left for a, b in taken[r]))
        row = next(free, -1)
        if row >= 0:
            taken[row].append((left, right))
        rows.append({**event, "row": row, "align": align})
    return pl.DataFrame(rows, schema=dict(events.schema) | {"row": pl.Int8, "align": pl.String})


def events_in_every(frame: pl.DataFrame, events: pl.DataFrame | None, panel: str) -> pl.DataFrame:
    """Return the events in a frame's span once for each of its panels, to be drawn in all of them.

    Args:
        frame: with `period` (no nulls) and the column that tells the panels.
        events: `date` and `title`, as `reference.load_events` gives them; None for none.
        panel: that column.

    Returns:
        `panel`, `date`, `event`.
    """
    panels = frame.select(pl.col(panel).unique(maintain_order=True))
    if events is None:
        return panels.clear().with_columns(date=pl.lit(None, pl.Date), event=pl.lit(""))
    inside = pl.col("date").is_between(frame["period"].min(), frame["period"].max())
    return panels.join(events.filter(inside).select("date", event="title"), how="cross")
