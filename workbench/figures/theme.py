"""One look for all figures: colour-blind safe, readable in print and on screen."""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt
import polars as pl

Chart = Any  # altair types the result of each step differently; all of them are charts

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, FAINT, GRID = "#222222", "#5f5f5f", "#e3e3e3"
WIDTH, HEIGHT = 620, 260
CAPTION_CHARACTERS = 96

# Okabe & Ito (2008), Color Universal Design: told apart with any colour vision, and in lightness.
OKABE_ITO = (
    "#0072B2", "#D55E00", "#009E73", "#E69F00", "#56B4E9", "#CC79A7", "#7A5195", "#8C8C8C",
)  # fmt: skip
SIDE_COLOURS = {
    "ukraine": "#0072B2", "russia": "#D55E00", "us": "#009E73", "europe": "#56B4E9",
    "un": "#CC79A7", "china": "#E69F00", "belarus": "#7A5195", "other": "#8C8C8C",
    "none": "#444444",
}  # fmt: skip


def use_theme() -> None:
    """Make the workbench's theme the one that altair uses, and let frames of any length in.

    Notebooks show charts as SVG, which needs no script from elsewhere: not in JupyterLab, not in a
    page on disk.
    """
    alt.theme.enable("workbench")
    alt.renderers.enable("svg")
    alt.data_transformers.disable_max_rows()


@alt.theme.register("workbench", enable=False)
def _theme() -> Any:
    text = {"labelColor": INK, "titleColor": INK, "labelFontSize": 11, "titleFontSize": 12}
    return {
        "config": {
            "font": FONT,
            "background": "white",
            "view": {"continuousWidth": WIDTH, "continuousHeight": HEIGHT, "stroke": None},
            "title": {
                "anchor": "start", "fontSize": 15, "fontWeight": 600, "color": INK, "offset": 12,
                "subtitleFontSize": 11, "subtitleColor": FAINT, "subtitlePadding": 5,
                "frame": "group",
            },
            "axis": {
                **text, "gridColor": GRID, "domainColor": FAINT, "tickColor": FAINT,
                "titleFontWeight": "normal",
            },
            "axisX": {"grid": False},
            "axisY": {
                "labelLimit": 280, "domain": False, "ticks": False, "titleAnchor": "end",
            },
            "header": {
                "labelFontSize": 12, "labelFontWeight": 600, "labelColor": INK, "title": None,
            },
            "legend": {**text, "orient": "top", "symbolSize": 90},
            "range": {"category": list(OKABE_ITO)},
            "bar": {"color": OKABE_ITO[0]},
            "line": {"strokeWidth": 2},
        }
    }  # fmt: skip


def titled(title: str, caption: str | None, error: str) -> alt.TitleParams:
    """A title with its caption: what was counted, and what kind of error is shown."""
    told = " ".join(part for part in (caption, error) if part)
    return alt.TitleParams(title, subtitle=textwrap.wrap(told, CAPTION_CHARACTERS))


def side_scale(sides: list[str]) -> alt.Scale:
    """Colours of the sides that occur."""
    known = [side for side in SIDE_COLOURS if side in sides]
    return alt.Scale(domain=known, range=[SIDE_COLOURS[side] for side in known])


UNITS: dict[str, Any] = {
    "day": "yearmonthdate", "week": "yearweek", "month": "yearmonth", "quarter": "yearquarter",
    "year": "year",
}  # fmt: skip


def time_axis(period: str, **axis: Any) -> alt.X:
    """The time axis of a measure: each value stands for its whole period."""
    return alt.X(
        "period:T", timeUnit=UNITS[period], title=None, axis=alt.Axis(labelOverlap=True, **axis)
    )


def plain_number(value: str) -> dict[str, Any]:
    """Axis settings for counts: whole numbers only."""
    whole = "datum.value % 1 === 0 ? format(datum.value, ',d') : ''"
    return {"title": value, "labelExpr": whole, "tickMinStep": 1}


def nothing_to_draw(why: str, title: alt.TitleParams) -> Chart:
    """A chart that says why there is nothing in it."""
    told = alt.Chart(pl.DataFrame({"why": [why]})).mark_text(fontSize=13, color=FAINT)
    return told.encode(text="why").properties(width=WIDTH, height=HEIGHT // 3, title=title)
