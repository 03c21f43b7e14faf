"""A corpus folder held for writing: imports staged, moved in place, then named in the manifest."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from filelock import FileLock, Timeout

from workbench.errors import CorpusError
from workbench.schemas import TABLES
from workbench.store.corpus import Corpus, open_corpus
from workbench.store.manifest import MANIFEST, empty_manifest, write_manifest

OURS = re.compile(r"\d{5}(?:-[0-9a-f]+)?|rejects|cuts|totals")  # names of files of one import


@contextlib.contextmanager
def writing(folder: str | Path) -> Iterator[Corpus]:
    """Open a corpus folder for writing, making it where it is missing; one writer at a time.

    A new corpus has no manifest until something is recorded in it. What a killed import left in one
    that has a manifest is removed.
    """
    folder = Path(folder)
    _refuse_foreign(folder)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock", timeout=0)
    try:
        with lock:
            known = (folder / MANIFEST).exists()
            corpus = open_corpus(folder) if known else Corpus(folder, empty_manifest())
            if known:  # else what lies there may be somebody's own
                forget_unnamed(corpus)
            yield corpus
    except Timeout:
        raise CorpusError(
            f"{folder} is being written by another process; wait for it to end, then try again."
        ) from None


@contextlib.contextmanager
def staged_import(corpus: Corpus, key: str) -> Iterator[Path]:
    """Yield an empty folder for the tables of one import; move them in place on a clean exit.

    The staged folder holds `articles/00000.parquet` ..., `rejects.parquet`, `totals.parquet`, and
    under `successors/` partitions of other imports written anew, named by `successor`. They count
    only once `record_import` has named them in the manifest. The manifest must not name `key` yet:
    what lies there is taken for what a killed import left.
    """
    staging = corpus.folder / ".staging"
    shutil.rmtree(staging, ignore_errors=True)
    (staging / "articles").mkdir(parents=True)
    try:
        yield staging
        _move_in_place(staging, corpus, key)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def successor(partition: str, key: str) -> str:
    """Name what is to stand in place of a partition once the import `key` is recorded."""
    return f"{partition.partition('-')[0]}-{key}"


def _move_in_place(staging: Path, corpus: Corpus, key: str) -> None:
    for table in ("articles", "rejects", "totals"):
        shutil.rmtree(corpus.folder / table / key, ignore_errors=True)
    for table in ("rejects", "totals"):
        if (staging / f"{table}.parquet").exists():
            (corpus.folder / table / key).mkdir(parents=True)
            made = corpus.folder / table / key / f"{table}.parquet"
            (staging / f"{table}.parquet").replace(made)
    for path in sorted((staging / "successors").glob("*/*.parquet")):
        path.replace(corpus.folder / "articles" / path.relative_to(staging / "successors"))
    (corpus.folder / "articles").mkdir(exist_ok=True)
    (staging / "articles").replace(corpus.folder / "articles" / key)


def record_import(
    corpus: Corpus,
    entry: Mapping[str, Any],
    *,
    replacing: Sequence[str] = (),
    successors: Mapping[str, str] | None = None,
) -> Corpus:
    """Name an import in the manifest, then remove the files that it no longer names.

    Args:
        corpus: the folder, held by `writing`.
        entry: the import's key, options, partitions and files.
        replacing: keys of imports that are dropped.
        successors: partition of another import -> the one that stands in its place.
    """
    gone, places = {*replacing, entry["key"]}, successors or {}
    kept = [
        {**known, "partitions": [places.get(name, name) for name in known["partitions"]]}
        for known in corpus.manifest["imports"]
        if known["key"] not in gone
    ]
    changed = update_manifest(corpus, {"imports": [*kept, dict(entry)]})
    forget_unnamed(changed)
    return changed


def forget_unnamed(corpus: Corpus) -> None:
    """Remove the files of imports and of their annotation that the manifest does not name."""
    for table in TABLES:
        named = set(corpus.files_of(table))
        for path in list((corpus.folder / table).glob("**/*.parquet")):
            if path not in named and OURS.fullmatch(path.stem):
                path.unlink()
                _remove_empty(path.parent, up_to=corpus.folder / table)


def _remove_empty(folder: Path, *, up_to: Path) -> None:
    while folder != up_to and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def update_manifest(corpus: Corpus, changes: Mapping[str, Any]) -> Corpus:
    """Write the manifest anew with `changes` and fresh counts; return the corpus reopened."""
    manifest = {**corpus.manifest, **changes}
    changed = dataclasses.replace(corpus, manifest=manifest, filters=())
    counts = {table: _count(changed, table) for table in TABLES}
    write_manifest(corpus.folder, {**manifest, "counts": counts})
    return open_corpus(corpus.folder)


def _refuse_foreign(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise CorpusError(f"{folder} is a file; name a new or empty folder.")
    names = {path.name for path in folder.glob("*")}
    strangers = [name for name in names if not name.startswith(".") and name not in TABLES]
    if strangers and MANIFEST not in names:
        raise CorpusError(
            f"{folder} holds other things ({min(strangers)} ...); name a new or empty folder."
        )


def _count(corpus: Corpus, table: str) -> int:
    return int(corpus.scan(table).select(pl.len()).collect().item())
