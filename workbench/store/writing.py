"""A corpus folder held for writing: imports staged, moved in place, then named in the manifest."""

from __future__ import annotations

import contextlib
import dataclasses
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


@contextlib.contextmanager
def writing(folder: str | Path) -> Iterator[Corpus]:
    """Open a corpus folder for writing, making it where it is missing; one writer at a time.

    A new corpus has no manifest until something is recorded in it.
    """
    folder = Path(folder)
    _refuse_foreign(folder)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock", timeout=0)
    try:
        with lock:
            known = (folder / MANIFEST).exists()
            yield open_corpus(folder) if known else Corpus(folder, empty_manifest())
    except Timeout:
        raise CorpusError(
            f"{folder} is being written by another process; wait for it to end, then try again."
        ) from None


@contextlib.contextmanager
def staged_import(corpus: Corpus, key: str) -> Iterator[Path]:
    """Yield an empty folder for the tables of one import; move them in place on a clean exit.

    The staged folder holds `articles/00000.parquet` ..., `rejects.parquet`, `cuts.parquet`. They
    count only once `record_import` has named the import in the manifest. The manifest must not
    name `key` yet: what lies there is taken for what a killed import left.
    """
    staging = corpus.folder / ".staging"
    shutil.rmtree(staging, ignore_errors=True)
    (staging / "articles").mkdir(parents=True)
    try:
        yield staging
        _move_in_place(staging, corpus, key)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _move_in_place(staging: Path, corpus: Corpus, key: str) -> None:
    forget_files(corpus, key)
    for table in ("rejects", "cuts", "totals"):
        if (staging / f"{table}.parquet").exists():
            (corpus.folder / table / key).mkdir(parents=True)
            made = corpus.folder / table / key / f"{table}.parquet"
            (staging / f"{table}.parquet").replace(made)
    (corpus.folder / "articles").mkdir(exist_ok=True)
    (staging / "articles").replace(corpus.folder / "articles" / key)


def record_import(
    corpus: Corpus, entry: Mapping[str, Any], *, replacing: Sequence[str] = ()
) -> Corpus:
    """Name an import in the manifest; drop the imports that it replaces, then their files."""
    gone = {*replacing, entry["key"]}
    kept = [e for e in corpus.manifest["imports"] if e["key"] not in gone]
    changed = update_manifest(corpus, {"imports": [*kept, dict(entry)]})
    for key in gone - {entry["key"]}:
        forget_files(corpus, key)
    return changed


def forget_files(corpus: Corpus, key: str) -> None:
    """Remove every file made from one import, annotation included."""
    for table in TABLES:
        for found in list((corpus.folder / table).glob(f"**/{key}")):
            shutil.rmtree(found)


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
