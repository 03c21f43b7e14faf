"""Keyword in context: every place where a pattern stands, with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import polars as pl

from workbench.errors import InputError
from workbench.measures.frames import Tables

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "article_id": pl.String, "outlet": pl.String, "published": pl.Datetime("us", "UTC"),
    "part": pl.String, "start": pl.UInt32, "end": pl.UInt32,
    "before": pl.String, "match": pl.String, "after": pl.String,
}  # fmt: skip


def concordance(
    corpus: Tables,
    pattern: str,
    *,
    context: int = 60,
    ignore_case: bool = True,
    top: int | None = 1000,
) -> pl.DataFrame:
    """Return every place where a pattern stands in title or text.

    Args:
        corpus: a corpus on disk or a selection of it.
        pattern: a regular expression; plain words are one.
        context: characters shown on either side.
        ignore_case: whether "War" finds "war".
        top: stop after so many places; None for all.

    Returns:
        `article_id`, `outlet`, `published`, `part`, `start`, `end` (characters of the part),
        `before`, `match`, `after`, in order of publication.

    Raises:
        InputError: if the pattern is no regular expression.
    """
    try:
        compiled = re.compile(pattern, re.IGNORECASE if ignore_case else 0)
    except re.error as error:
        raise InputError(f"The pattern {pattern!r} is no regular expression: {error}.") from None
    articles = (
        corpus.scan("articles")
        .select("article_id", "outlet", "published", "title", "text")
        .sort("published", "article_id", nulls_last=True)
    )
    rows: list[dict[str, Any]] = []
    for batch in articles.collect_batches(chunk_size=2000, maintain_order=True):
        for article in batch.iter_rows(named=True):
            rows.extend(_places(article, compiled, context))
            if top is not None and len(rows) >= top:
                return pl.DataFrame(rows[:top], schema=SCHEMA)
    return pl.DataFrame(rows, schema=SCHEMA)


def _places(
    article: dict[str, Any], pattern: re.Pattern[str], context: int
) -> Iterator[dict[str, Any]]:
    for part in ("title", "text"):
        text = article[part] or ""
        for match in pattern.finditer(text):
            start, end = match.span()
            if start < end:
                yield {
                    "article_id": article["article_id"], "outlet": article["outlet"],
                    "published": article["published"], "part": part, "start": start, "end": end,
                    "before": " ".join(text[max(start - context, 0) : start].split()),
                    "match": match.group(),
                    "after": " ".join(text[end : end + context].split()),
                }  # fmt: skip
