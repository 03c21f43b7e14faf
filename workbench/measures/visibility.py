"""Who is named: the actors that most articles mention, over time, and the names off the list."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from workbench.measures.frames import Tables, counted_articles, fill_gaps
from workbench.statistics import shares_with_intervals


def visibility(
    corpus: Tables,
    *,
    top: int = 10,
    period: str | None = None,
    by: Sequence[str] = (),
    actor_type: str | Sequence[str] | None = None,
    side: str | Sequence[str] | None = None,
    count: str = "articles",
    seed: int = 0,
) -> pl.DataFrame:
    """Return the share of articles that mention each of the most visible actors.

    The `top` actors are those that most articles of the corpus mention, over all periods and
    groups; ties go by name. An article counts once per actor, however often it names him.

    Args:
        corpus: a corpus on disk or a selection of it.
        top: how many actors.
        period: `day`, `week`, `month`, `quarter`, `year`, or None.
        by: columns of `articles`.
        actor_type, side: only actors of these types or sides.
        count: `articles` or `stories`.
        seed: of the bootstrap over stories.

    Returns:
        `period`, `by`, `actor`, `side`, `numerator`, `denominator` (articles with mentions done),
        `share`, `low`, `high`, `articles`, `clusters`; a row for every actor in every cell.
    """
    rows = counted_articles(corpus, period=period, by=by, count=count, layer="mentions").collect()
    named = _named(corpus, actor_type, side).join(rows.lazy(), on="article_id").collect()
    leading = (
        named.group_by("actor", "side")
        .len()
        .sort("len", "actor", descending=[True, False])
        .head(top)
    )
    cells = leading.select("actor", "side").join(rows, how="cross")
    hits = named.select("article_id", "actor").with_columns(hit=True)
    per_cluster = (
        cells.join(hits, on=["article_id", "actor"], how="left")
        .group_by("period", *by, "actor", "side", "cluster")
        .agg(numerator=pl.col("hit").fill_null(False).sum(), denominator=pl.len())
    )
    groups = [*by, "actor", "side"]
    shares = shares_with_intervals(per_cluster, ["period", *groups], seed=seed)
    counted = shares.with_columns(articles=pl.col("denominator").cast(pl.UInt32))
    zeros = ("numerator", "denominator", "articles", "clusters")
    return fill_gaps(counted, period, groups, zeros).select(
        "period",
        *groups,
        "numerator",
        "denominator",
        "share",
        "low",
        "high",
        "articles",
        "clusters",
    )


def unlinked_names(corpus: Tables, *, top: int = 50) -> pl.DataFrame:
    """Return the most frequent names of people and organisations that are not on the list.

    Returns:
        `actor`, `actor_type`, `side` (the most frequent told), `articles`, `mentions`.
    """
    return (
        corpus.scan("mentions")
        .filter(pl.col("actor_id").is_null())
        .group_by("actor", "actor_type")
        .agg(
            side=pl.col("side").sort().mode().first(),
            articles=pl.col("article_id").n_unique(),
            mentions=pl.len(),
        )
        .sort("articles", "mentions", "actor", descending=[True, True, False])
        .head(top)
        .select("actor", "actor_type", "side", "articles", "mentions")
        .collect()
    )


def _named(
    corpus: Tables, actor_type: str | Sequence[str] | None, side: str | Sequence[str] | None
) -> pl.LazyFrame:
    """Article and listed actor, once each."""
    mentions = corpus.scan("mentions").filter(pl.col("actor_id").is_not_null())
    for column, wanted in (("actor_type", actor_type), ("side", side)):
        if wanted is not None:
            values = [wanted] if isinstance(wanted, str) else list(wanted)
            mentions = mentions.filter(pl.col(column).is_in(values))
    return mentions.select("article_id", "actor", "side").unique()
