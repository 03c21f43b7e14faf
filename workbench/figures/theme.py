"""One look for all figures: colour-blind safe, readable in print and on screen."""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, FAINT, GRID = "#222222", "#5f5f5f", "#e3e3e3"
WIDTH, HEIGHT = 620, 260
CAPTION_CHARACTERS = 96
OFFSET, LABEL_ROOM = 12, 62  # between title and plot, in pixels

# Okabe & Ito (2008), Color Universal Design: told apart with any colour vision, and in lightness.
OKABE_ITO = (
    "#0072B2", "#D55E00", "#009E73", "#E69F00", "#56B4E9", "#CC79A7", "#7A5195", "#8C8C8C",
)  # fmt: skip
SIDE_COLOURS = {
    "ukraine": "#0072B2", "russia": "#D55E00", "us": "#009E73", "europe": "#56B4E9",
    "un": "#CC79A7", "china": "#E69F00", "belarus": "#7A5195", "other": "#8C8C8C", "none": "#444444",
}  # fmt: skip


def use_theme() -> None:
    """Make the workbench's theme the one that altair uses, and let frames of any length in."""
    alt.theme.enable("workbench")
    alt.data_transformers.disable_max_rows()


@alt.theme.register("workbench", enable=False)
def _theme() -> alt.theme.ThemeConfig:
    text = {"labelColor": INK, "titleColor": INK, "labelFontSize": 11, "titleFontSize": 12}
    return {
        "config": {
            "font": FONT,
            "background": "white",
            "view": {"continuousWidth": WIDTH, "continuousHeight": HEIGHT, "stroke": None},
            "title": {
                "anchor": "start", "fontSize": 15, "fontWeight": 600, "color": INK, "offset": OFFSET,
                "subtitleFontSize": 11, "subtitleColor": FAINT, "subtitlePadding": 5,
                "frame": "group",
            },
            "axis": {**text, "gridColor": GRID, "domainColor": FAINT, "tickColor": FAINT, "titleFontWeight": "normal"},
            "axisX": {"grid": False},
            "axisY": {"domain": False, "ticks": False, "titleAnchor": "end"},
            "header": {"labelFontSize": 12, "labelFontWeight": 600, "labelColor": INK, "title": None},
            "legend": {**text, "orient": "top", "symbolSize": 90},
            "range": {"category": list(OKABE_ITO)},
            "bar": {"color": OKABE_ITO[0]},
            "line": {"strokeWidth": 2},
        }
    }  # fmt: skip


def titled(
    title: str, caption: str | None, error: str, *, labels: bool = False
) -> alt.TitleParams:
    """A title with its caption: what was counted, and what kind of error is shown.

    `labels` leaves room for the labels of events between the title and the plot.
    """
    told = " ".join(part for part in (caption, error) if part)
    room = LABEL_ROOM if labels else OFFSET
    return alt.TitleParams(title, subtitle=textwrap.wrap(told, CAPTION_CHARACTERS), offset=room)


def side_scale(sides: list[str]) -> alt.Scale:
    """Colours of the sides that occur."""
    known = [side for side in SIDE_COLOURS if side in sides]
    return alt.Scale(domain=known, range=[SIDE_COLOURS[side] for side in known])


def plain_number(value: str) -> dict[str, Any]:
    """Axis settings for counts: whole numbers only."""
    return {"title": value, "format": ",d", "tickMinStep": 1}
