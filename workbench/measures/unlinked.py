"""Which names the list of actors misses."""

from __future__ import annotations

import polars as pl

from workbench.measures.frames import Tables

OFF_THE_LIST, NOT_TOLD_APART = "off the list", "not told apart"


def unlinked_names(corpus: Tables, *, top: int | None = 50) -> pl.DataFrame:
    """Return the most frequent names that are linked to nobody on the list of actors.

    A name is `off the list`, or `not told apart`: a surname that several listed people share, "the
    defence ministry" of no state told, "Russian banks". Only the former can be added to the list
    (`write_overlay`). A name off the list may be more than one person; `concordance` shows every
    place where it stands. "He" and "the minister" are no names and don't count.

    Args:
        corpus: a corpus on disk or a selection of it.
        top: how many names; None for all.

    Returns:
        `actor` (the name), `actor_type`, `side` (the most frequent told), `reason`, `articles`,
        `mentions` (u32), most articles first.
    """
    off_the_list = pl.col("method") == "ner"
    names = (
        corpus.scan("mentions")
        .filter(pl.col("actor_id").is_null(), pl.col("method") != "coreference")
        .group_by("actor", "actor_type")
        .agg(
            side=pl.col("side").sort().mode(maintain_order=True).first(),
            reason=pl.when(off_the_list.any())
            .then(pl.lit(OFF_THE_LIST))
            .otherwise(pl.lit(NOT_TOLD_APART)),
            articles=pl.col("article_id").n_unique(),
            mentions=pl.len(),
        )
        .sort("articles", "mentions", "actor", "actor_type", descending=[True, True, False, False])
    )
    shown = names if top is None else names.head(top)
    return shown.collect(engine="streaming")
