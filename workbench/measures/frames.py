"""What all measures share: the articles that count, their periods, their clusters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import polars as pl

from workbench.errors import InputError

PERIODS = {"day": "1d", "week": "1w", "month": "1mo", "quarter": "1q", "year": "1y"}
COUNTS = ("articles", "stories")


class Tables(Protocol):
    """Anything that gives the public tables as lazy frames: a corpus on disk, or a selection."""

    def scan(self, table: str) -> pl.LazyFrame:
        """Return a lazy frame of a table."""


def counted_articles(
    corpus: Tables,
    *,
    period: str | None,
    by: Sequence[str],
    count: str = "articles",
    layer: str | None = None,
) -> pl.LazyFrame:
    """Return the articles that a measure counts: `article_id`, `cluster`, `period` and `by`.

    Args:
        corpus: where the tables come from.
        period: `day`, `week`, `month`, `quarter` or `year`, told by its first day; None for none.
        by: columns of `articles`.
        count: `articles`, or `stories` for one article (the lead) of each story.
        layer: count only articles whose status in this layer is `done`.

    Raises:
        InputError: if a period, column or way of counting is unknown.
    """
    _check(corpus, period, by, count)
    stories = corpus.scan("stories")
    rows = (
        corpus.scan("articles")
        .select("article_id", "published", *[name for name in by if name != "published"])
        .join(stories, on="article_id", how="left")
        .with_columns(
            cluster=pl.coalesce("story_id", "article_id"),
            story_lead=pl.col("story_lead").fill_null(True),
            period=period_of(pl.col("published"), period),
        )
    )
    if count == "stories":
        rows = rows.filter("story_lead")
    if layer is not None:
        done = corpus.scan("status").filter(layer=layer, status="done").select("article_id")
        rows = rows.join(done, on="article_id", how="semi")
    return rows.select("article_id", "cluster", "period", *by)


def period_of(published: pl.Expr, period: str | None) -> pl.Expr:
    """The first day of the period that a time lies in; null without a time or a period."""
    if period is None:
        return pl.lit(None, dtype=pl.Date)
    return published.dt.truncate(PERIODS[period]).dt.date()


def fill_gaps(
    frame: pl.DataFrame, period: str | None, by: Sequence[str], zeros: Sequence[str]
) -> pl.DataFrame:
    """Return the frame with a row for every period between the first and the last, per group.

    Columns named in `zeros` are 0 in the rows added, all others null.
    """
    dated = frame["period"].drop_nulls()
    if period is None or dated.is_empty():
        return frame
    first, last = dated.min(), dated.max()
    days = pl.date_range(first, last, interval=PERIODS[period])  # type: ignore[arg-type]
    periods = pl.select(period=days)
    groups = frame.select(by).unique() if by else pl.DataFrame({"_": [0]})
    grid = groups.join(periods, how="cross").select("period", *by)
    undated = frame.filter(pl.col("period").is_null()).select("period", *by)
    filled = pl.concat([grid, undated]).join(
        frame, on=["period", *by], how="left", nulls_equal=True
    )
    return filled.with_columns(pl.col(zeros).fill_null(0)).sort("period", *by, nulls_last=True)


def _check(corpus: Tables, period: str | None, by: Sequence[str], count: str) -> None:
    if period is not None and period not in PERIODS:
        raise InputError(f"period {period!r}: it is one of {', '.join(PERIODS)}, or None.")
    if count not in COUNTS:
        raise InputError(f"count {count!r}: it is one of {', '.join(COUNTS)}.")
    known = corpus.scan("articles").collect_schema().names()
    unknown = [name for name in by if name not in known]
    if unknown:
        raise InputError(f"by {unknown[0]!r}: articles have the columns {', '.join(known)}.")
