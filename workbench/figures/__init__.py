"""From tidy frames to charts in one theme; nothing is computed here."""

from workbench.figures.accounting import draw_accounting
from workbench.figures.co_mentions import draw_co_mentions, draw_pairs
from workbench.figures.coverage import draw_coverage, draw_relevance
from workbench.figures.theme import SIDE_COLOURS, use_theme
from workbench.figures.unlinked import draw_unlinked
from workbench.figures.visibility import (
    draw_visibility,
    draw_visibility_by,
    draw_visibility_over_time,
)

use_theme()

__all__ = [
    "SIDE_COLOURS",
    "draw_accounting",
    "draw_co_mentions",
    "draw_coverage",
    "draw_pairs",
    "draw_relevance",
    "draw_unlinked",
    "draw_visibility",
    "draw_visibility_by",
    "draw_visibility_over_time",
    "use_theme",
]
