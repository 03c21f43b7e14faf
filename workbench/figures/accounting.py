"""What a corpus holds and what each step left out."""

from __future__ import annotations

import altair as alt
import polars as pl

from workbench.figures.coverage import COUNTED
from workbench.figures.theme import OKABE_ITO, WIDTH, Chart, plain_number, titled

ROW = 20
LOST = ("reject", "no date", "unreadable", "skipped", "failed", "no_text", "unknown", "none")


def draw_accounting(
    frame: pl.DataFrame,
    *,
    title: str = "What the corpus holds, and what each step could not use",
    caption: str | None = None,
) -> Chart:
    """Bars of records by outcome, a block for each step; what was left out stands apart by colour.

    Args:
        frame: as `measures.account_for_articles` returns it.
        title, caption: above the chart.
    """
    starts = " || ".join(f"indexof(datum.outcome, '{word}') == 0" for word in LOST)
    base = alt.Chart(frame).transform_calculate(use=f"({starts}) ? 'left out' : 'used'")
    x = alt.X("records:Q", axis=alt.Axis(grid=True, **plain_number("records")))
    y = alt.Y("outcome:N", title=None, sort="-x")
    colours = alt.Scale(domain=["used", "left out"], range=[OKABE_ITO[0], OKABE_ITO[1]])
    bars = base.mark_bar().encode(
        x=x,
        y=y,
        color=alt.Color("use:N", title=None, scale=colours),
        tooltip=["step", "outcome", "records"],
    )
    numbers = base.mark_text(align="left", dx=4, fontSize=10).encode(
        x=x, y=y, text=alt.Text("records:Q", format=",d")
    )
    order = frame["step"].unique(maintain_order=True).to_list()
    return (
        alt.layer(bars, numbers)
        .properties(width=WIDTH - 200, height=alt.Step(ROW))
        .facet(
            row=alt.Row(
                "step:N", title=None, sort=order, header=alt.Header(labelAngle=0, labelAlign="left")
            )
        )
        .resolve_scale(y="independent")
        .properties(title=titled(title, caption, COUNTED))
    )
