"""Parquet files written whole or not at all, that say what they were made from."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import polars as pl
from polars.exceptions import ComputeError

MADE_FROM = "made_from"


def write_whole(frame: pl.DataFrame, path: Path, *, made_from: str = "") -> None:
    """Write a Parquet file under a temporary name, then rename it: whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    os.close(handle)
    temporary = Path(name)
    try:
        frame.write_parquet(temporary, metadata={MADE_FROM: made_from}, compression="zstd")
        _flush(temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def made_from(path: Path) -> str | None:
    """What a partition says that it was made from; None where it is missing or unreadable."""
    try:
        return pl.read_parquet_metadata(path).get(MADE_FROM)
    except (ComputeError, OSError):
        return None


def _flush(path: Path) -> None:
    with path.open("rb") as written:
        os.fsync(written.fileno())
