"""Articles that are nearly the same text: syndicated copies, updates, editions.

MinHash proposes pairs; the shingles themselves decide; a story stays near its lead in time and
wording, so that copies of copies don't chain across the corpus.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import dataframely as dy
import numpy as np
import numpy.typing as npt
import polars as pl

from workbench.corpus.shingles import SIGNATURE, Hashes
from workbench.corpus.sketches import Numbers, Sketches, sketched
from workbench.errors import InputError
from workbench.schemas import Stories

VERSION = "2"  # raised whenever the same articles may get other stories
WINDOW_DAYS = 7.0

HELD = 0.4  # share of the shorter text's shingles that the longer one must hold
ALIKE = 0.1  # Jaccard similarity below which nothing is alike: quotes and background recur
EVIDENCE = 30  # shingles in common, about a paragraph: less is a phrase or a form
OF_LEAD = 0.1  # share of the shorter text's shingles that each article shares with the lead

SHORT_WORDS = 60
SHORT_ALIKE = 0.75
SHORT_DAYS = 1.0
FEWEST_WORDS = 7

ROWS_PER_BAND = 2  # 128 bands find 99.5% of the pairs at Jaccard .2, 94.6% at .15
NEIGHBOURS = 16  # earlier articles in a bucket that one is compared with
PROMISING = 0.06  # estimated Jaccard from which a pair is looked at, two errors below ALIKE
PAIRS_AT_ONCE = 20_000
BATCH = 250
COLUMNS_AT_ONCE = 16  # of the signatures


def group_stories(
    articles: pl.DataFrame, *, window_days: float = WINDOW_DAYS
) -> dy.DataFrame[Stories]:
    """Group articles whose texts are nearly the same; every article is in one story.

    Two texts are alike when the longer holds at least .4 of the shorter one's word 3-shingles, 30
    or more of them, and their Jaccard similarity is at least .1: of a copy with 15% of its words
    edited .6 remains, less where it has a new lead. Case and punctuation don't count. An article
    joins a story when it is like any of its articles, shares a tenth of its shingles (of the
    shorter text's) with the lead, and is published within the window after it.

    Texts under 60 words, and headlines of articles without text, must be nearly identical (Jaccard
    .75: about two words in sixty, none in a headline), have at least seven words, and be dated
    within a day of the lead, whatever the outlet: teasers and headlines follow forms ("Summary of
    the General Staff", "What we know on day 90"), and only the date tells the next one from a copy.
    Longer texts without a date may join any story, but never lead one with dated articles nor join
    two stories together. An article with neither text nor headline is a story of its own.

    Args:
        articles: `article_id`, and where known `published`, `published_precision`, `title`, `text`.
        window_days: how long after the lead an article may be published.

    Returns:
        A row per article. The lead is the earliest article, by `article_id` where two are equally
        early; one known by its day only comes after those of that day whose time is known.

    Raises:
        InputError: if there is no `article_id`, or the window is no number of days.

    Example:
        >>> text = " ".join(f"word{i}" for i in range(60))
        >>> frame = pl.DataFrame({"article_id": ["b", "a"], "text": [text, text.upper()]})
        >>> group_stories(frame)["story_id"].to_list()
        ['a', 'a']
    """
    if "article_id" not in articles.columns:
        raise InputError(f"group_stories needs the column article_id, got {articles.columns}.")
    if not window_days >= 0:
        raise InputError(f"group_stories(window_days={window_days}): give a number of days from 0.")
    return group_batches(articles.iter_slices(BATCH), window_days=window_days)


def group_batches(
    batches: Iterable[pl.DataFrame],
    *,
    window_days: float = WINDOW_DAYS,
    folder: Path | None = None,
) -> dy.DataFrame[Stories]:
    """Return what `group_stories` does, for articles that come in batches and need not fit.

    Args:
        batches: frames as `group_stories` takes them.
        window_days: as there.
        folder: where temporary files are to lie, 3.5 KB for an article of 600 words; by default
            where the system has them.
    """
    with sketched(batches, folder) as sketches:
        stories = _Grouping(sketches, window_days)
        for later, earlier in _alike_pairs(sketches, window_days):
            stories.place(later, earlier)
        return _rows(sketches.ids, stories.lead_of)


def _rows(ids: Sequence[str], leads: Sequence[int]) -> dy.DataFrame[Stories]:
    rows = pl.DataFrame(
        {
            "article_id": ids,
            "story_id": [ids[lead] for lead in leads],
            "story_lead": [lead == number for number, lead in enumerate(leads)],
        },
        schema=Stories.create_empty().schema,
    )
    return Stories.validate(rows.sort("article_id"))


# ---- pairs ----------------------------------------------------------------------------------


def _alike_pairs(sketches: Sketches, window_days: float) -> Iterator[tuple[int, list[int]]]:
    """For each article that has any, the earlier articles it is like, the likest first."""
    found = _candidates(sketches, window_days)
    for later, group in groupby(found, key=lambda pair: pair[0]):
        likeness = {earlier: _likeness(sketches, later, earlier) for _, earlier in group}
        alike = [earlier for earlier, degree in likeness.items() if degree > 0]
        if alike:
            yield later, sorted(alike, key=lambda earlier: (-likeness[earlier], earlier))


def _likeness(sketches: Sketches, later: int, earlier: int) -> float:
    """Jaccard similarity of two texts that are one story by their wording, else 0."""
    common, held, jaccard = sketches.overlap(later, earlier)
    if _is_short(sketches, later, earlier):
        enough = jaccard >= SHORT_ALIKE and sketches.words[later] >= FEWEST_WORDS
    else:
        enough = common >= EVIDENCE and held >= HELD and jaccard >= ALIKE
    return jaccard if enough else 0.0


def _is_short(sketches: Sketches, *numbers: int) -> bool:
    return any(sketches.words[number] < SHORT_WORDS for number in numbers)


def _candidates(sketches: Sketches, window_days: float) -> Iterator[tuple[int, int]]:
    """Pairs (later, earlier) that look alike by their signatures, each once, in order."""
    filled, count = np.flatnonzero(sketches.sizes), len(sketches.ids)
    pairs = np.empty(0, dtype=np.int64)
    for start in range(0, SIGNATURE, COLUMNS_AT_ONCE):
        columns = sketches.columns(start, start + COLUMNS_AT_ONCE)[filled]
        bucketed = _bucketed(columns, sketches.days[filled], window_days)
        found = (_promising(sketches, filled[one], filled[other]) for one, other in bucketed)
        pairs = np.unique(np.concatenate([pairs, *(one * count + other for one, other in found)]))
    for at in range(0, len(pairs), PAIRS_AT_ONCE):
        later, earlier = np.divmod(pairs[at : at + PAIRS_AT_ONCE], count)
        yield from zip(later.tolist(), earlier.tolist(), strict=True)


def _promising(sketches: Sketches, later: Numbers, earlier: Numbers) -> tuple[Numbers, Numbers]:
    """Those of the pairs whose signatures agree often enough."""
    kept = np.empty(len(later), dtype=bool)
    for at in range(0, len(later), PAIRS_AT_ONCE):
        some = slice(at, at + PAIRS_AT_ONCE)
        agree = sketches.traces[later[some]] == sketches.traces[earlier[some]]
        kept[some] = agree.mean(axis=1) >= PROMISING
    return later[kept], earlier[kept]


def _bucketed(
    columns: Hashes, days: npt.NDArray[np.float64], window_days: float
) -> Iterator[tuple[Numbers, Numbers]]:
    """Locality-sensitive hashing: articles that agree in a band, and are near in time.

    Each is paired with its nearest predecessors in the bucket only: a thousand copies of one text
    make thousands of pairs, not half a million.
    """
    for band in range(0, columns.shape[1], ROWS_PER_BAND):
        keys = columns[:, band : band + ROWS_PER_BAND].astype(np.uint64)
        key = keys[:, 0] << np.uint64(32) | keys[:, 1]
        order = np.argsort(key, kind="stable")
        for step in range(1, NEIGHBOURS + 1):
            earlier, later = order[:-step], order[step:]
            far = days[later] - days[earlier] > window_days  # False where a date is missing
            near = (key[later] == key[earlier]) & ~far
            if not near.any():
                break
            yield later[near], earlier[near]


# ---- stories --------------------------------------------------------------------------------


class _Grouping:
    """Stories as they grow; each is known by its lead, the earliest of its articles."""

    def __init__(self, sketches: Sketches, window_days: float) -> None:
        self.sketches, self.window_days = sketches, window_days
        self.lead_of = list(range(len(sketches.ids)))
        self.members: dict[int, list[int]] = {}

    def place(self, later: int, alike: Sequence[int]) -> None:
        """Put an article in the story of the likest that admits it; join stories it shows one."""
        joined = False
        for lead in dict.fromkeys(self.lead_of[earlier] for earlier in alike):
            if not joined:
                joined = self._join(lead, later)
            elif not np.isnan(self.sketches.days[later]):
                self._join(*sorted((lead, self.lead_of[later])))

    def _join(self, lead: int, other: int) -> bool:
        """Move the story of `other`, or it alone, under `lead`, if that admits all of it."""
        moving = self.members.get(other, [other])
        if not all(self._admits(lead, number) for number in moving):
            return False
        self.members.setdefault(lead, [lead]).extend(moving)
        self.members.pop(other, None)
        for number in moving:
            self.lead_of[number] = lead
        return True

    def _admits(self, lead: int, other: int) -> bool:
        """Whether an article is near a lead in time and wording."""
        apart = self.sketches.apart(other, lead)
        if _is_short(self.sketches, lead, other):
            return apart <= SHORT_DAYS  # False where a date is missing
        if apart > self.window_days:
            return False
        return self.sketches.overlap(lead, other)[1] >= OF_LEAD
