"""Who counts as named: mentions by method, list, type and side, and which actors lead."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from workbench.measures.frames import Tables

ACTOR = ("actor_id", "actor", "actor_type", "side")


def namings(
    corpus: Tables,
    *,
    actor_type: str | Sequence[str] | None = None,
    side: str | Sequence[str] | None = None,
    unlisted: bool,
    coreference: bool,
) -> pl.LazyFrame:
    """Return the mentions that a measure counts, with `key`: one value for each actor.

    An actor of the list is his `actor_id`. A name off the list is one actor for each type that it
    was given: nothing in a corpus tells namesakes off the list apart, and a listed actor of the
    same name stays another.

    Args:
        corpus: where the tables come from.
        actor_type, side: only actors of these types or sides.
        unlisted: whether names off the list count.
        coreference: whether "he" and "the minister" count.
    """
    mentions = corpus.scan("mentions")
    if not unlisted:
        mentions = mentions.filter(pl.col("actor_id").is_not_null())
    if not coreference:
        mentions = mentions.filter(pl.col("method") != "coreference")
    for column, wanted in (("actor_type", actor_type), ("side", side)):
        if wanted is not None:
            values = [wanted] if isinstance(wanted, str) else list(wanted)
            mentions = mentions.filter(pl.col(column).is_in(values))
    off_the_list = pl.format("{}: {}", "actor_type", "actor")
    return mentions.with_columns(key=pl.coalesce("actor_id", off_the_list))


def leading(mentions: pl.LazyFrame, units: pl.LazyFrame, top: int) -> pl.DataFrame:
    """Return the `top` actors that most of the articles in `units` name; ties go by name.

    Returns:
        `key`, `actor_id`, `actor`, `actor_type`, `side` (each the most frequent), `articles` (u32).
    """
    pairs = mentions.select("article_id", "key").unique()
    counted = pairs.join(units.select("article_id"), on="article_id", how="semi")
    counts = counted.group_by("key").agg(articles=pl.len()).collect(engine="streaming")
    least = counts["articles"].top_k(top).min() or 0
    most = counts.lazy().filter(pl.col("articles") >= least)  # ties are settled by name
    described = mentions.join(most, on="key").group_by("key", "articles", *ACTOR).len()
    usual = described.sort("len", *ACTOR, descending=[True, *[False] * len(ACTOR)], nulls_last=True)
    return (
        usual.unique("key", keep="first", maintain_order=True)
        .sort("articles", "actor", "key", descending=[True, False, False])
        .head(top)
        .select("key", *ACTOR, "articles")
        .collect(engine="streaming")
    )
