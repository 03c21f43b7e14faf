"""What the list of actors misses."""

from __future__ import annotations

import altair as alt
import polars as pl

from workbench.figures.coverage import COUNTED
from workbench.figures.theme import (
    OKABE_ITO,
    WIDTH,
    Chart,
    nothing_to_draw,
    plain_number,
    titled,
)

ROW = 18
REASONS = {"off the list": OKABE_ITO[0], "not told apart": OKABE_ITO[7]}
NOTHING = "Every name found is linked to an actor of the list."


def draw_unlinked(
    frame: pl.DataFrame,
    *,
    title: str = "Most frequent names linked to nobody on the list",
    caption: str | None = None,
) -> Chart:
    """Bars of articles per name, a block for each type of actor as the tagger guessed it.

    Args:
        frame: as `measures.unlinked_names` returns it.
        title, caption: above the chart.
    """
    head = titled(title, caption, COUNTED)
    if frame.is_empty():
        return nothing_to_draw(NOTHING, head)
    x = alt.X("articles:Q", axis=alt.Axis(grid=True, **plain_number("articles that hold the name")))
    y = alt.Y("actor:N", title=None, sort="-x")
    colours = alt.Scale(domain=list(REASONS), range=list(REASONS.values()))
    bars = alt.Chart(frame).mark_bar().encode(
        x=x, y=y, color=alt.Color("reason:N", title=None, scale=colours),
        tooltip=["actor", "actor_type", "side", "reason", "articles", "mentions"],
    )  # fmt: skip
    header = alt.Header(labelAngle=0, labelAlign="left", labelExpr="replace(datum.value, '_', ' ')")
    order = frame["actor_type"].unique(maintain_order=True).to_list()
    return (
        bars.properties(width=WIDTH - 240, height=alt.Step(ROW))
        .facet(row=alt.Row("actor_type:N", title=None, sort=order, header=header))
        .resolve_scale(y="independent")
        .properties(title=head)
    )
