"""Boilerplate inside articles: marked for annotation to skip, never taken out of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import dataframely as dy
import polars as pl
from polars.exceptions import ComputeError

from workbench.codebook import Codebook, load_codebook
from workbench.corpus.stubs import find_stubs
from workbench.errors import CodebookError
from workbench.schemas import FURNITURE, PARTS, Cuts

TOO_EXACT = re.compile(r"\\b|(?<=[\]swdSWD])\{[\d,]+\}")  # what makes a search of many slow
AT_ONCE = 40  # patterns in one expression, whose size polars limits


def find_cuts(
    article_id: str, title: str | None, text: str | None, *, codebook: Codebook | None = None
) -> list[dict[str, Any]]:
    """Return rows of `cuts` for one article: copyright lines, credits, "Read more" and the like.

    What counts is the codebook's list `boilerplate`, and of `stubs` the sentences about
    subscriptions and cookies. Cuts don't overlap; of two patterns that match at one place the one
    listed first gives the reason. A dateline ("KYIV, July 10 (Reuters) -") is the article's own and
    stays: it tells where the report comes from.

    Raises:
        CodebookError: if a pattern of the lists is none.

    Example:
        >>> [row["reason"] for row in find_cuts("a", None, "It rained.\\nRead more: Snow ahead")]
        ['read_more']
    """
    return list(_rows(article_id, (title, text), _Finder(codebook or load_codebook())))


def cuts_frame(articles: pl.DataFrame, *, codebook: Codebook | None = None) -> dy.DataFrame[Cuts]:
    """Return the cuts of articles with `article_id`, `title` and `text`."""
    lists = codebook or load_codebook()
    finder = _Finder(lists)
    suspects = _suspects(articles.select("article_id", *PARTS), lists).iter_rows()
    rows = [row for article_id, *parts in suspects for row in _rows(article_id, parts, finder)]
    return Cuts.validate(pl.DataFrame(rows, schema=Cuts.create_empty().schema))


def _suspects(articles: pl.DataFrame, codebook: Codebook) -> pl.DataFrame:
    """Articles in which a pattern may match: asked of all at once, which is much faster."""
    patterns = {part: _listed(codebook, part)["pattern"].to_list() for part in PARTS}
    beside = codebook.stubs.filter(pl.col("kind").is_in(FURNITURE))["pattern"]
    patterns["text"] += [f"(?i:{pattern})" for pattern in beside]
    try:
        return articles.filter(pl.any_horizontal(_matched(part, patterns[part]) for part in PARTS))
    except ComputeError:
        bad = next(filter(_is_none, (pattern for part in PARTS for pattern in patterns[part])), "")
        raise CodebookError(
            f"boilerplate.csv or stubs.csv: {bad!r} is none for polars; do without look-around."
        ) from None


def _is_none(pattern: str) -> bool:
    try:
        pl.Series([""]).str.contains(pattern)
    except ComputeError:
        return True
    return False


def _matched(part: str, patterns: Sequence[str]) -> pl.Expr:
    """Whether any pattern may match, however long and wherever in a word."""
    loose = [f"(?:{TOO_EXACT.sub(_loosened, pattern)})" for pattern in patterns]
    unions = ("|".join(loose[at : at + AT_ONCE]) for at in range(0, len(loose), AT_ONCE))
    found = [pl.col(part).str.contains(f"(?m){union}") for union in unions]
    return pl.any_horizontal(pl.lit(value=False), *found).fill_null(value=False)


def _loosened(match: re.Match[str]) -> str:
    return "*" if match[0].startswith("{") else ""


def _listed(codebook: Codebook, part: str) -> pl.DataFrame:
    return codebook.boilerplate.filter(pl.col("part") == part).select("pattern", "reason")


def _rows(
    article_id: str, parts: Sequence[str | None], finder: _Finder
) -> Iterator[dict[str, Any]]:
    for part, content in zip(PARTS, parts, strict=True):
        for start, end, reason in finder.find(part, content or ""):
            place = {"part": part, "start": start, "end": end}
            yield {"article_id": article_id, **place, "reason": reason}


class _Finder:
    """The lists' patterns, compiled once."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.patterns = {
            part: [(_compiled(text), reason) for text, reason in _listed(codebook, part).rows()]
            for part in PARTS
        }

    def find(self, part: str, content: str) -> Iterator[tuple[int, int, str]]:
        """Matches in order; where two overlap, the later one begins where the earlier one ends."""
        spans = [
            (match.start(), match.end(), place, reason)
            for place, (pattern, reason) in enumerate(self.patterns[part])
            for match in pattern.finditer(content)
        ]
        stubs = find_stubs(content, self.codebook) if part == "text" else []
        spans += [(s.start, s.end, len(spans), s.kind) for s in stubs if s.kind in FURNITURE]
        covered = 0
        for start, end, _, reason in sorted(spans):
            if max(start, covered) < end:
                yield max(start, covered), end, reason
                covered = end


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.MULTILINE)
    except re.error as error:
        raise CodebookError(
            f"boilerplate.csv: {pattern!r} is no regular expression ({error}); mend it."
        ) from None
