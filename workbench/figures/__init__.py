"""From tidy frames to charts in one theme; nothing is computed here."""

from workbench.figures.accounting import draw_accounting
from workbench.figures.coverage import draw_coverage, draw_relevance
from workbench.figures.theme import SIDE_COLOURS, use_theme
from workbench.figures.visibility import draw_visibility, draw_visibility_over_time

use_theme()

__all__ = [
    "SIDE_COLOURS",
    "draw_accounting",
    "draw_coverage",
    "draw_relevance",
    "draw_visibility",
    "draw_visibility_over_time",
    "use_theme",
]
