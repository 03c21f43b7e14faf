"""What a corpus holds and what each step left out, so that no denominator is a surprise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import polars as pl

from workbench.measures.frames import Tables


class Filtered(Tables, Protocol):
    """Tables that remember how they were filtered."""

    filters: tuple[Mapping[str, Any], ...]


def account_for_articles(corpus: Tables) -> pl.DataFrame:
    """Return how many records became articles, and how many articles each step could use.

    Returns:
        `step` (`import`, `dates`, `text`, `language`, or a layer's name), `outcome`, `records`
        (u32), in the order of the steps.
    """
    articles = corpus.scan("articles")
    undated = pl.when(pl.col("published").is_not_null()).then(pl.lit("dated"))
    undated = undated.when(pl.col("published_raw").is_null()).then(pl.lit("no date given"))
    parts = [
        _count(articles.with_columns(outcome=pl.lit("article")), "import"),
        _count(corpus.scan("rejects").with_columns(outcome=pl.lit("reject: ") + pl.col("reason")), "import"),
        _count(articles.with_columns(outcome=undated.otherwise(pl.lit("unreadable date"))), "dates"),
        _count(articles.with_columns(outcome="text_kind"), "text"),
        _count(articles.with_columns(outcome=pl.col("language").fill_null("unknown")), "language"),
    ]
    status = corpus.scan("status").group_by("layer", "status").agg(records=pl.len())
    parts.append(status.select(step="layer", outcome="status", records="records"))
    counted: list[pl.DataFrame] = [
        part.sort("step", "records", "outcome", descending=[False, True, False]).collect()
        for part in parts
    ]
    return pl.concat(counted)


def _count(rows: pl.LazyFrame, step: str) -> pl.LazyFrame:
    counted = rows.group_by("outcome").agg(records=pl.len())
    return counted.select(pl.lit(step).alias("step"), "outcome", "records")
