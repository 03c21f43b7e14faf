"""How much the outlets published, and how much of it is about the war (codebook 5)."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from workbench.measures.frames import Tables, counted_articles, fill_gaps, period_of
from workbench.schemas import WAR_SIDES
from workbench.statistics import shares_with_intervals


def coverage(
    corpus: Tables,
    *,
    period: str | None = "month",
    by: Sequence[str] = (),
    count: str = "articles",
) -> pl.DataFrame:
    """Return the number of articles (or stories) per period and group.

    A corpus is counted whole, so there is no sampling error and no interval. Periods without an
    article between the first and the last have value 0; articles without a date or group stand in
    rows of their own, with null there.

    Args:
        corpus: a corpus on disk or a selection of it.
        period: `day`, `week`, `month`, `quarter`, `year`, or None.
        by: columns of `articles`, such as `outlet`, `outlet_country`, `language`.
        count: `articles` or `stories`.

    Returns:
        `period` (its first day), `by`, `value` (u32), `low`, `high` (null), `articles`, `clusters`.
    """
    rows = counted_articles(corpus, period=period, by=by, count=count)
    counted = rows.group_by("period", *by).agg(
        value=pl.len(), articles=pl.len(), clusters=pl.col("cluster").n_unique()
    )
    filled = fill_gaps(counted.collect(), period, by, ("value", "articles", "clusters"))
    nothing = pl.lit(None, dtype=pl.Float64)
    return (
        filled.with_columns(low=nothing, high=nothing)
        .select("period", *by, "value", "low", "high", "articles", "clusters")
        .sort("period", *by, nulls_last=True)
    )


def coverage_share(
    corpus: Tables, *, period: str | None = "month", by: Sequence[str] = ("outlet",)
) -> pl.DataFrame:
    """Return the share that the corpus's articles are of all that the outlets published.

    Only outlets and days for which the table `totals` knows the number count, on both sides of the
    ratio; without totals the result is empty. Clusters are days of an outlet.

    Args:
        corpus: a corpus on disk or a selection of it.
        period: `day`, `week`, `month`, `quarter`, `year`, or None.
        by: `outlet` or nothing.

    Returns:
        `period`, `by`, `numerator`, `denominator`, `share`, `low`, `high`, `articles`, `clusters`.
    """
    day = pl.col("published").dt.date().alias("day")
    found = corpus.scan("articles").group_by("outlet", day).agg(found=pl.len())
    days = (
        corpus.scan("totals")
        .unique(["outlet", "day"], keep="last", maintain_order=True)
        .join(found, on=["outlet", "day"], how="left")
        .select(
            period=period_of(pl.col("day").cast(pl.Datetime("us", "UTC")), period),
            outlet="outlet",
            numerator=pl.col("found").fill_null(0),
            denominator="articles",
        )
        .collect()
    )
    shares = shares_with_intervals(days, ["period", *by])
    return shares.with_columns(articles=pl.col("numerator").cast(pl.UInt32)).sort(
        "period", *by, nulls_last=True
    )


def relevance(
    corpus: Tables,
    *,
    period: str | None = "month",
    by: Sequence[str] = (),
    count: str = "articles",
    seed: int = 0,
) -> pl.DataFrame:
    """Return the share of articles that mention an actor of side russia or ukraine.

    The denominator is the articles whose mentions are `done`; those in a language without an
    annotator, without text, or failed are not in it (`account_for_articles` counts them).

    Args:
        corpus: a corpus on disk or a selection of it.
        period: `day`, `week`, `month`, `quarter`, `year`, or None.
        by: columns of `articles`.
        count: `articles` or `stories`.
        seed: of the bootstrap over stories.

    Returns:
        `period`, `by`, `numerator`, `denominator`, `share`, `low`, `high`, `articles`, `clusters`.
    """
    rows = counted_articles(corpus, period=period, by=by, count=count, layer="mentions")
    about = corpus.scan("mentions").filter(pl.col("side").is_in(WAR_SIDES)).select("article_id")
    marked = rows.join(
        about.unique().with_columns(about=True), on="article_id", how="left"
    ).with_columns(pl.col("about").fill_null(False))
    per_cluster = (
        marked.group_by("period", *by, "cluster")
        .agg(numerator=pl.col("about").sum(), denominator=pl.len())
        .collect()
    )
    shares = shares_with_intervals(per_cluster, ["period", *by], seed=seed)
    return _with_gaps(shares, period, by)


def _with_gaps(shares: pl.DataFrame, period: str | None, by: Sequence[str]) -> pl.DataFrame:
    counted = shares.with_columns(articles=pl.col("denominator").cast(pl.UInt32))
    zeros = ("numerator", "denominator", "articles", "clusters")
    return fill_gaps(counted, period, by, zeros).select(
        "period", *by, "numerator", "denominator", "share", "low", "high", "articles", "clusters"
    )
