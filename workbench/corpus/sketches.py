"""Articles reduced to what the grouping of stories compares; most of that lies on disk.

A million articles of 600 words: 3.5 GB in temporary files, 0.5 GB in memory.
"""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt
import polars as pl

from workbench.corpus.shingles import SIGNATURE, Hashes, shared, shingle
from workbench.words import EDITION_MARK

NEEDED = ("article_id", "published", "published_precision", "title", "text")
NUMBER = 4  # bytes of a hash
ROWS_AT_ONCE = 4096  # of the file of signatures

Numbers = npt.NDArray[np.int64]


@dataclasses.dataclass(frozen=True)
class Sketches:
    """Articles in order of publication, undated ones last.

    Attributes:
        ids: `article_id`.
        days: of publication, since 1970; NaN where there is no date.
        words: their number.
        sizes: number of shingles.
        traces: of each signature the low bytes: two agree as far as the sets of shingles do, and
            in one of 256 by chance.
    """

    ids: Sequence[str]
    days: npt.NDArray[np.float64]
    words: Numbers
    sizes: Numbers
    traces: npt.NDArray[np.uint8]
    _starts: Numbers
    _places: Numbers  # of the rows of the file of signatures
    _shingles: IO[bytes]
    _signatures: IO[bytes]

    def apart(self, later: int, earlier: int) -> float:
        """Days between two articles; NaN where one has no date."""
        return float(self.days[later] - self.days[earlier])

    def overlap(self, one: int, other: int) -> tuple[int, float, float]:
        """Shingles in common, their share of the smaller set, and the Jaccard similarity."""
        sizes = int(self.sizes[one]), int(self.sizes[other])
        common = shared(self._set(one), self._set(other))
        return common, common / min(sizes), common / (sum(sizes) - common)

    def _set(self, number: int) -> Hashes:
        self._shingles.seek(NUMBER * int(self._starts[number]))
        return _read(self._shingles, int(self.sizes[number]))

    def columns(self, start: int, stop: int) -> Hashes:
        """Some of the numbers of every signature, a row per article."""
        found = np.empty((len(self.ids), stop - start), dtype=np.uint32)
        for places, rows in _signatures(self._signatures, self._places):
            found[places] = rows[:, start:stop]
        return found


@contextlib.contextmanager
def sketched(batches: Iterable[pl.DataFrame], folder: Path | None = None) -> Iterator[Sketches]:
    """Yield the sketches of articles that come in batches and need not fit in memory.

    Args:
        batches: frames of `article_id` and where known the rest of `NEEDED`.
        folder: where temporary files are to lie; by default where the system has them.
    """
    with (
        tempfile.TemporaryFile(dir=folder) as shingles,
        tempfile.TemporaryFile(dir=folder) as signatures,
    ):
        dates, counts = [_dated(pl.DataFrame())], [np.empty((0, 2), dtype=np.int64)]
        for batch in batches:
            rows = _with_columns(batch)
            texts = shingle(_compared(rows))
            dates.append(_dated(rows))
            counts.append(np.column_stack([texts.words, [len(found) for found in texts.sets]]))
            shingles.writelines(found.tobytes() for found in texts.sets)
            signatures.write(texts.signatures.tobytes())
        yield _in_order(pl.concat(dates), np.concatenate(counts), shingles, signatures)


def _in_order(
    dates: pl.DataFrame, counts: Numbers, shingles: IO[bytes], signatures: IO[bytes]
) -> Sketches:
    """Sketches of articles whose rows, in the frame and the files, are in order of import."""
    dated = dates.with_row_index("row")
    dated = dated.sort("day", "by_day", "time", "article_id", nulls_last=True)
    order = dated["row"].to_numpy().astype(np.int64)
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    traces = np.empty((len(order), SIGNATURE), dtype=np.uint8)
    for some, rows in _signatures(signatures, places):
        traces[some] = rows.astype(np.uint8)
    words, sizes = counts.T
    return Sketches(
        dated["article_id"].to_list(),
        dated["time"].cast(pl.Float64).to_numpy() / 86_400_000_000,
        words[order],
        sizes[order],
        traces,
        (np.cumsum(sizes) - sizes)[order],
        places,
        shingles,
        signatures,
    )


def _signatures(file: IO[bytes], places: Numbers) -> Iterator[tuple[Numbers, Hashes]]:
    """Some rows of the file of signatures at a time, and the articles' places."""
    file.seek(0)
    for at in range(0, len(places), ROWS_AT_ONCE):
        rows = _read(file, ROWS_AT_ONCE * SIGNATURE).reshape(-1, SIGNATURE)
        yield places[at : at + ROWS_AT_ONCE], rows


def _read(file: IO[bytes], count: int) -> Hashes:
    """So many numbers from where the file stands, or what is left."""
    return np.frombuffer(file.read(NUMBER * count), dtype=np.uint32)


# ---- an article's part ----------------------------------------------------------------------


def _with_columns(batch: pl.DataFrame) -> pl.DataFrame:
    """The columns needed, null where the frame has none."""
    missing = [pl.lit(None).alias(name) for name in NEEDED if name not in batch.columns]
    return batch.with_columns(missing).select(NEEDED)


def _dated(rows: pl.DataFrame) -> pl.DataFrame:
    """Article, day and time of publication, and whether no more than the day is known."""
    time = pl.col("published").cast(pl.Datetime("us"))
    return _with_columns(rows).select(
        pl.col("article_id").cast(pl.String),
        day=time.dt.date(),
        by_day=(pl.col("published_precision").cast(pl.String) == "day").fill_null(value=False),
        time=time.cast(pl.Int64),
    )


def _compared(rows: pl.DataFrame) -> pl.Series:
    """The text; where it has no words, the headline without the mark of its edition."""
    text, title = (rows[name].cast(pl.String).fill_null("") for name in ("text", "title"))
    return text.zip_with(text.str.contains(r"\w"), title.str.replace_all(EDITION_MARK, ""))
