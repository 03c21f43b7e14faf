"""What an import adds to articles that are held: their partitions written anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from workbench import store
from workbench.corpus.joining import TO, join_additions

AT_ONCE = 40  # partitions: the additions are read once for so many


def join_staged(
    corpus: store.Corpus, staging: Path, key: str, *, without: Sequence[str] = ()
) -> dict[str, str]:
    """Join the additions of a staged import to the articles staged with it and to those held.

    Args:
        corpus: the folder.
        staging: as `store.staged_import` gives it; `additions/` lies there too.
        key: the import's.
        without: imports that are to be replaced.

    Returns:
        Partition of another import -> its successor, which is staged; none where it gains nothing.
    """
    files = sorted((staging / "additions").glob("*.parquet"))
    if not files:
        return {}
    kept = [name for name in corpus.partitions if name.partition("/")[0] not in without]
    successors = {name: store.successor(name, key) for name in kept}
    staged = {path: path for path in sorted((staging / "articles").glob("*.parquet"))}
    held = {corpus.path("articles", name): _place(staging, to) for name, to in successors.items()}
    _write_joined(held | staged, pl.scan_parquet(files, glob=False))
    return {name: to for name, to in successors.items() if _place(staging, to).exists()}


def _place(staging: Path, successor: str) -> Path:
    return staging / "successors" / f"{successor}.parquet"


def _write_joined(places: Mapping[Path, Path], additions: pl.LazyFrame) -> None:
    """Write each partition that gains anything to its place."""
    wanted = additions.select(article_id=pl.col(TO)).unique().collect()
    ids = {path: _ids_among(path, wanted) for path in places}
    concerned = [path for path in places if ids[path]]
    for start in range(0, len(concerned), AT_ONCE):
        group = concerned[start : start + AT_ONCE]
        theirs = pl.col(TO).is_in([article_id for path in group for article_id in ids[path]])
        some = additions.filter(theirs).collect()
        for path in group:
            articles = pl.read_parquet(path, glob=False)
            joined = join_additions(articles, some)
            if not joined.equals(articles):
                store.write_whole(joined, places[path])


def _ids_among(path: Path, wanted: pl.DataFrame) -> list[str]:
    ids = pl.read_parquet(path, columns=["article_id"], glob=False)
    return ids.join(wanted, on="article_id", how="semi").to_series().to_list()
