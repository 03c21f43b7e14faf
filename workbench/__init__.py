"""A research workbench for the study of news coverage of the Russia-Ukraine war.

import workbench as wb

reading = wb.read("export.csv")                  # articles and rejects
tables = wb.annotate(reading.articles)           # sentences, mentions, ... as polars frames
corpus = wb.open("war.corpus")                   # a corpus folder, made by `workbench import`
frame = wb.measures.coverage(corpus, period="month", by=["outlet"])
wb.figures.draw_coverage(frame, by="outlet")
"""

from workbench import figures, measures
from workbench.annotation import annotate
from workbench.corpus import read
from workbench.measures import concordance
from workbench.reference import load_air_attacks, load_events
from workbench.store import Corpus, select
from workbench.store import open_corpus as open  # noqa: A004
from workbench.workflow.overlay import write_overlay
from workbench.workflow.saving import figure_saver, save_figure

__version__ = "0.1.0"

__all__ = [
    "Corpus",
    "annotate",
    "concordance",
    "figure_saver",
    "figures",
    "load_air_attacks",
    "load_events",
    "measures",
    "open",
    "read",
    "save_figure",
    "select",
    "write_overlay",
]
