"""Who is named: actors, sides and types of actors, as shares of articles."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from workbench.errors import InputError
from workbench.measures.frames import Tables, counted_articles, fill_gaps
from workbench.measures.naming import leading, namings
from workbench.statistics import shares_with_intervals

OF = {"actor": ("actor_id", "actor", "side"), "side": ("side",), "actor_type": ("actor_type",)}


def visibility(
    corpus: Tables,
    *,
    of: str = "actor",
    top: int = 10,
    period: str | None = None,
    by: Sequence[str] = (),
    actor_type: str | Sequence[str] | None = None,
    side: str | Sequence[str] | None = None,
    unlisted: bool = False,
    coreference: bool = False,
    count: str = "articles",
    seed: int = 0,
) -> pl.DataFrame:
    """Return the share of articles that name each of the most visible actors, sides or types.

    The `top` are those that most articles of the corpus name, over all periods and groups; ties go
    by name. An article counts once per actor, however often it names him.

    Args:
        corpus: a corpus on disk or a selection of it.
        of: `actor`, `side` or `actor_type`: what is counted as visible.
        top: how many of them.
        period: `day`, `week`, `month`, `quarter`, `year`, or None.
        by: columns of `articles`.
        actor_type, side: only actors of these types or sides.
        unlisted: whether names off the list count; their type and side are the tagger's guesses.
        coreference: whether "he" and "the minister" count as naming.
        count: `articles` or `stories`.
        seed: of the bootstrap over stories.

    Returns:
        `period`, `by`, `actor_id`, `actor`, `side` (or the one column that `of` names),
        `numerator`, `denominator` (articles with mentions done), `share`, `low`, `high`,
        `articles`, `clusters`; a row for every actor in every cell.

    Raises:
        InputError: if `of`, a period, a column or a way of counting is unknown.
    """
    if of not in OF:
        raise InputError(f"of {of!r}: it is one of {', '.join(OF)}.")
    articles = counted_articles(corpus, period=period, by=by, count=count, layer="mentions")
    units = articles.with_columns(pl.col("cluster").rank("dense")).collect()  # numbers join faster
    mentions = namings(
        corpus, actor_type=actor_type, side=side, unlisted=unlisted, coreference=coreference
    )
    if of != "actor":
        mentions = mentions.with_columns(pl.col(of).alias("key"), pl.col(of).alias("actor"))
    most = leading(mentions, units.lazy(), top).select("key", *OF[of])
    per_cluster = _counted(mentions, units, most, ["period", *by])
    groups = [*by, *OF[of]]
    shares = shares_with_intervals(per_cluster, ["period", *groups], seed=seed)
    counted = shares.with_columns(articles=pl.col("denominator").cast(pl.UInt32))
    zeros = ("numerator", "denominator", "articles", "clusters")
    return fill_gaps(counted, period, groups, zeros).select(
        "period", *groups, "numerator", "denominator", "share", "low", "high",
        "articles", "clusters",
    )  # fmt: skip


def _counted(
    mentions: pl.LazyFrame, units: pl.DataFrame, most: pl.DataFrame, cell: Sequence[str]
) -> pl.DataFrame:
    """Per cell, cluster and actor: articles that name the actor, and articles there are."""
    sizes = units.group_by(*cell, "cluster").agg(denominator=pl.len())
    hits = (
        mentions.join(most.lazy().select("key"), on="key", how="semi")
        .select("article_id", "key")
        .unique()
        .join(units.lazy(), on="article_id")
        .group_by(*cell, "cluster", "key")
        .agg(numerator=pl.len())
        .collect(engine="streaming")
    )
    every = sizes.join(most, how="cross")
    found = every.join(hits, on=[*cell, "cluster", "key"], how="left", nulls_equal=True)
    return found.with_columns(pl.col("numerator").fill_null(0))
