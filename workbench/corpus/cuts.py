"""Boilerplate inside articles: marked for annotation to skip, never taken out of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import dataframely as dy
import polars as pl
from polars.exceptions import ComputeError

from workbench.codebook import Codebook, load_codebook
from workbench.errors import CodebookError
from workbench.schemas import PARTS, Cuts

Patterns = Sequence[tuple[re.Pattern[str], str]]


def find_cuts(
    article_id: str, title: str | None, text: str | None, *, codebook: Codebook | None = None
) -> list[dict[str, Any]]:
    """Return rows of `cuts` for one article: copyright lines, credits, "Read more" and the like.

    What counts is the codebook's list `boilerplate`. Cuts don't overlap; of two patterns that match
    at one place the one listed first gives the reason.

    Raises:
        CodebookError: if a pattern of the list is none.

    Example:
        >>> [row["reason"] for row in find_cuts("a", None, "It rained.\\nRead more: Snow ahead")]
        ['read_more']
    """
    lists = codebook or load_codebook()
    rows = []
    for part, content in zip(PARTS, (title, text), strict=True):
        for start, end, reason in _found(content or "", _patterns(lists, part)):
            place = {"part": part, "start": start, "end": end}
            rows.append({"article_id": article_id, **place, "reason": reason})
    return rows


def cuts_frame(articles: pl.DataFrame, *, codebook: Codebook | None = None) -> dy.DataFrame[Cuts]:
    """Return the cuts of articles with `article_id`, `title` and `text`."""
    lists = codebook or load_codebook()
    suspects = _suspects(articles.select("article_id", *PARTS), lists).iter_rows()
    rows = [row for article in suspects for row in find_cuts(*article, codebook=lists)]
    return Cuts.validate(pl.DataFrame(rows, schema=Cuts.create_empty().schema))


def _suspects(articles: pl.DataFrame, codebook: Codebook) -> pl.DataFrame:
    """Articles in which a pattern may match: asked of all at once, which is much faster."""
    matched = [_matched(part, [p.pattern for p, _ in _patterns(codebook, part)]) for part in PARTS]
    try:
        return articles.filter(pl.any_horizontal(matched))
    except ComputeError as error:
        raise CodebookError(
            f"boilerplate.csv: a pattern is none for polars ({error}); do without look-around."
        ) from None


def _matched(part: str, patterns: Sequence[str]) -> pl.Expr:
    if not patterns:
        return pl.lit(value=False)
    union = "|".join(f"(?:{pattern})" for pattern in patterns)
    return pl.col(part).str.contains(f"(?m){union}").fill_null(value=False)


def _patterns(codebook: Codebook, part: str) -> Patterns:
    """The patterns of one part of articles, compiled (`re` keeps them), with their reasons."""
    listed = codebook.boilerplate.filter(pl.col("part") == part).select("pattern", "reason")
    return [(_compiled(pattern), reason) for pattern, reason in listed.iter_rows()]


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.MULTILINE)
    except re.error as error:
        raise CodebookError(
            f"boilerplate.csv: {pattern!r} is no regular expression ({error}); mend it."
        ) from None


def _found(content: str, patterns: Patterns) -> Iterator[tuple[int, int, str]]:
    """Matches in order; where two overlap, the later one begins where the earlier one ends."""
    spans = [
        (match.start(), match.end(), place, reason)
        for place, (pattern, reason) in enumerate(patterns)
        for match in pattern.finditer(content)
    ]
    covered = 0
    for start, end, _, reason in sorted(spans):
        if max(start, covered) < end:
            yield max(start, covered), end, reason
            covered = end
