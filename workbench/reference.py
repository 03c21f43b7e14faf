"""The record from elsewhere that coverage is held against: dated events, air attacks by day."""

from __future__ import annotations

import datetime as dt

import dataframely as dy
import polars as pl

from workbench.codebook.lists import read_list
from workbench.schemas import AirAttacks, Events
from workbench.shipped import shipped


def load_events(
    since: dt.date | None = None,
    until: dt.date | None = None,
    *,
    at_most: int | None = None,
) -> dy.DataFrame[Events]:
    """Return the dated events of the war between two days, both included.

    Args:
        since, until: first and last day; None for no bound.
        at_most: keep the weightiest events, and among equals the earliest.
    """
    every: pl.DataFrame = read_list(shipped("reference") / "events.csv", Events)
    first, last = since or dt.date.min, until or dt.date.max
    events = every.filter(pl.col("date").is_between(first, last))
    return Events.validate(
        events.sort("weight", "date").head(at_most or events.height).sort("date")
    )


def load_air_attacks() -> dy.DataFrame[AirAttacks]:
    """Return missiles and drones launched and destroyed per day, as Ukraine's Air Force reports."""
    return read_list(shipped("reference") / "air_attacks_daily.csv", AirAttacks)
