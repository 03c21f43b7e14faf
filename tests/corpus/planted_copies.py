"""Composed articles of which some are copies of others: what the grouping of stories is tried on.

No two originals share more than stock paragraphs, which keeps the Jaccard similarity of their word
3-shingles under .1; a copy has paragraphs cut, a new lead, and 5 to 15% of its words edited.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
import polars as pl

VOCABULARY = np.array([f"w{number}" for number in range(40_000)])
COMMON = 1 / np.arange(1, len(VOCABULARY) + 1) ** 0.9  # word frequencies fall off as in news
CUMULATED = np.cumsum(COMMON / COMMON.sum())
PARAGRAPHS, PARAGRAPH_WORDS = 12, 50
STOCK = 40  # paragraphs of background that any article may hold
FIRST = dt.datetime(2022, 2, 24, tzinfo=dt.UTC)


def planted(
    originals: int, *, copies: int = 1, days: int = 365, seed: int = 0
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return articles in chance order, and a frame `article_id`, `original` of what is one story.

    Every other original has `copies` copies, published up to five days after it.
    """
    rng = np.random.default_rng(seed)
    rows = list(_rows(rng, originals, copies, days))
    rng.shuffle(rows)
    frame = pl.DataFrame(rows, schema=["article_id", "original", "published", "text"], orient="row")
    return frame.drop("original"), frame.select("article_id", "original")


def _rows(rng: np.random.Generator, originals: int, copies: int, days: int) -> Iterator[tuple]:
    stock = [words(rng) for _ in range(STOCK)]
    for number in range(originals):
        name = f"a{number:06}"
        published = FIRST + dt.timedelta(minutes=int(rng.integers(days * 1440)))
        paragraphs = [words(rng) for _ in range(PARAGRAPHS)]
        paragraphs[-2] = stock[rng.integers(STOCK)]
        yield name, name, published, _text(paragraphs)
        for copy in range(copies if number % 2 else 0):
            later = published + dt.timedelta(minutes=int(rng.integers(1, 5 * 1440)))
            yield f"{name}-{copy}", name, later, _text(copied(rng, paragraphs))


def words(rng: np.random.Generator, count: int = PARAGRAPH_WORDS) -> list[str]:
    """Words drawn by frequency."""
    return VOCABULARY[np.searchsorted(CUMULATED, rng.random(count))].tolist()


def copied(rng: np.random.Generator, paragraphs: list[list[str]]) -> list[list[str]]:
    """Up to half of the paragraphs cut, the first one new, words edited."""
    kept = rng.permutation(len(paragraphs) - 1)[
        : rng.integers(len(paragraphs) // 2, len(paragraphs))
    ]
    share = rng.uniform(0.05, 0.15)
    rest = (edited(rng, paragraphs[1 + number], share) for number in sorted(kept))
    return [words(rng), *rest]


def edited(rng: np.random.Generator, paragraph: list[str], share: float) -> list[str]:
    """A share of the words replaced, left out, or given a neighbour."""
    out: list[str] = []
    for word, chance, kind in zip(
        paragraph, rng.random(len(paragraph)), rng.integers(3, size=len(paragraph)), strict=True
    ):
        fresh = words(rng, 1) if chance < share else []
        out += [word] if chance >= share else [fresh, [], [word, *fresh]][kind]
    return out


def _text(paragraphs: list[list[str]]) -> str:
    return "\n".join(" ".join(paragraph).capitalize() + "." for paragraph in paragraphs)


def pairs(frame: pl.DataFrame, story: str) -> set[tuple[str, str]]:
    """The pairs of articles that a column puts together."""
    both = frame.join(frame, on=story, suffix="_2")
    both = both.filter(pl.col("article_id") < pl.col("article_id_2"))
    return set(both.select("article_id", "article_id_2").iter_rows())


def recall_and_precision(found: pl.DataFrame, truth: pl.DataFrame) -> tuple[float, float]:
    """Of pairs of articles in one story."""
    got, wanted = pairs(found, "story_id"), pairs(truth, "original")
    return len(got & wanted) / len(wanted), len(got & wanted) / len(got)
