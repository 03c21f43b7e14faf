"""What a corpus holds and what each step left out, so that no denominator is a surprise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import polars as pl

from workbench.measures.frames import Tables


class Imported(Tables, Protocol):
    """Tables that remember the files they came from."""

    @property
    def files(self) -> Sequence[Mapping[str, Any]]:
        """What is known of each file imported."""


def account_for_files(corpus: Imported) -> pl.DataFrame:
    """Return how each file was read: records found = articles + rejects.

    Returns:
        `source_file`, `format`, `records`, `articles`, `rejects` (u32), `undated` (u32),
        `date_order` and `columns` (what was decided, as text).
    """
    rows = [
        {
            "source_file": found["source_file"], "format": found["format"],
            "records": found["records"], "articles": found["articles"],
            "rejects": sum(found["rejects"].values()), "undated": sum(found["undated"].values()),
            "date_order": found["date_order"],
            "columns": ", ".join(f"{field} = {name}" for field, name in found["columns"].items()),
        }
        for found in corpus.files
    ]  # fmt: skip
    counts = dict.fromkeys(("records", "articles", "rejects", "undated"), pl.UInt32)
    text = dict.fromkeys(("source_file", "format"), pl.String)
    return pl.DataFrame(
        rows, schema=text | counts | {"date_order": pl.String, "columns": pl.String}
    )


def account_for_outlets(corpus: Tables) -> pl.DataFrame:
    """Return what a corpus holds of each outlet, most articles first.

    Returns:
        `outlet`, `outlet_country`, `articles` (u32), `first` and `last` (date), `undated` (u32),
        `full_text` (u32), `median_words` (f64), `languages` (text).
    """
    return (
        corpus.scan("articles")
        .group_by("outlet", "outlet_country")
        .agg(
            articles=pl.len(),
            first=pl.col("published").min().dt.date(),
            last=pl.col("published").max().dt.date(),
            undated=pl.col("published").null_count(),
            full_text=(pl.col("text_kind") == "full").sum(),
            median_words=pl.col("words").median(),
            languages=pl.col("language").fill_null("unknown").unique().sort().str.join(", "),
        )
        .sort("articles", "outlet", descending=[True, False], nulls_last=True)
        .collect()
    )


def published_span(corpus: Tables) -> tuple[dt.date | None, dt.date | None]:
    """Return the days of the first and the last article; None where none is dated."""
    day = pl.col("published").dt.date()
    found = corpus.scan("articles").select(first=day.min(), last=day.max()).collect().row(0)
    return found[0], found[1]


def caption_for(corpus: Tables) -> str:
    """Return the words that stand under a figure: how many articles, of whom, when, what is out."""
    articles = corpus.scan("articles")
    told = articles.select(
        n=pl.len(),
        outlets=pl.col("outlet").drop_nulls().n_unique(),
        first=pl.col("published").min(),
        last=pl.col("published").max(),
        undated=pl.col("published").null_count(),
    )
    row = told.collect().row(0, named=True)
    parts = [_number(row["n"], "article")]
    if row["outlets"]:
        parts[0] += f" of {_number(row['outlets'], 'outlet')}"
    if row["first"] is not None:
        parts[0] += f", {_day(row['first'])} to {_day(row['last'])}"
    if row["undated"]:
        parts.append(f"{row['undated']:,} without a date")
    skipped = corpus.scan("status").filter(status="skipped_language").select("article_id").unique()
    languages = articles.join(skipped, on="article_id", how="semi").group_by("language").len()
    told_languages = [
        f"{count:,} in {language or 'an unknown language'}"
        for language, count in languages.sort("len", "language", descending=True)
        .collect()
        .iter_rows()
    ]
    if told_languages:
        parts.append(f"not annotated: {', '.join(told_languages)}")
    return "; ".join(parts) + "."


def account_for_articles(corpus: Tables) -> pl.DataFrame:
    """Return how many records became articles, and how many articles each step could use.

    Returns:
        `step` (`import`, `dates`, `text`, `language`, or a layer's name), `outcome`, `records`
        (u32), in the order of the steps.
    """
    articles = corpus.scan("articles")
    undated = (
        pl.when(pl.col("published").is_not_null())
        .then(pl.lit("dated"))
        .when(pl.col("published_raw").is_null())
        .then(pl.lit("no date given"))
    )
    parts = [
        _count(articles.with_columns(outcome=pl.lit("article")), "import"),
        _count(
            corpus.scan("rejects").with_columns(outcome=pl.lit("reject: ") + pl.col("reason")),
            "import",
        ),
        _count(
            articles.with_columns(outcome=undated.otherwise(pl.lit("unreadable date"))), "dates"
        ),
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


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _day(time: dt.datetime) -> str:
    return f"{time.day} {time:%b %Y}"
