"""A corpus folder opened for reading: its tables as lazy frames, restricted to what is selected."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from workbench.errors import CorpusError
from workbench.schemas import ANNOTATION_TABLES, TABLES
from workbench.store.manifest import read_manifest
from workbench.store.selection import restricted


@dataclasses.dataclass(frozen=True)
class Corpus:
    """A corpus folder as it stood when opened, and the filters set on it since.

    Attributes:
        folder: where it is.
        manifest: versions, inputs and counts.
        filters: what `select` was asked, oldest first; `{}` for none.
    """

    folder: Path
    manifest: Mapping[str, Any]
    filters: tuple[Mapping[str, Any], ...] = ()

    def scan(self, table: str) -> pl.LazyFrame:
        """Return a lazy frame of `table`, restricted to the articles selected."""
        rows = self.scan_whole(table)
        if not self.filters or "article_id" not in rows.collect_schema():
            return rows
        if table == "articles":
            return restricted(self, rows)
        kept = restricted(self, self.scan_whole("articles")).select("article_id")
        return rows.join(kept, on="article_id", how="semi")

    def read(self, table: str) -> pl.DataFrame:
        """Return `table` in memory."""
        return self.scan(table).collect()

    @property
    def files(self) -> Sequence[Mapping[str, Any]]:
        """What the manifest says of each file imported."""
        return [found for entry in self.manifest["imports"] for found in entry["files"]]

    @functools.cached_property
    def partitions(self) -> tuple[str, ...]:
        """Names of the article partitions, `<import>/<number>`, in order of import."""
        imports = self.manifest["imports"]
        return tuple(name for entry in imports for name in entry["partitions"])

    def path(self, table: str, partition: str) -> Path:
        """Where a partition of a table lies."""
        return self.folder / table / f"{partition}.parquet"

    def scan_whole(self, table: str) -> pl.LazyFrame:
        """Return a lazy frame of `table`, whatever is selected."""
        schema = _schema_of(table)
        files = self.files_of(table)
        if not files:
            return pl.LazyFrame(schema=schema.create_empty().schema)
        rows: pl.LazyFrame = pl.scan_parquet(files, glob=False, hive_partitioning=False)
        return rows.select(schema.column_names())

    def files_of(self, table: str) -> list[Path]:
        """Where `table` lies, in order of import: what the manifest names, and nothing else."""
        names = self.partitions if table in ANNOTATION_TABLES else self._imported(table)
        place = {f"{name}.parquet": number for number, name in enumerate(names)}
        found = (("/".join(f.parts[-2:]), f) for f in (self.folder / table).glob("**/*.parquet"))
        return [f for _, f in sorted((place[name], f) for name, f in found if name in place)]

    def _imported(self, table: str) -> list[str]:
        if table in {"articles", "cuts"}:
            return list(self.partitions)
        if table == "stories":  # of all imports together
            return ["stories/all"]
        return [f"{entry['key']}/{table}" for entry in self.manifest["imports"]]

    def __repr__(self) -> str:
        counts = self.manifest["counts"]
        filters = f", filtered by {list(self.filters)}" if self.filters else ""
        return f"<Corpus {self.folder.name}: {counts['articles']:,} articles{filters}>"


def open_corpus(folder: str | Path) -> Corpus:
    """Open a corpus folder.

    Raises:
        CorpusError: if it is no corpus, is broken, or was written by a newer workbench.

    Example:
        >>> corpus = open_corpus("war.corpus")  # doctest: +SKIP
        >>> corpus.scan("articles").select("outlet").collect()  # doctest: +SKIP
    """
    folder = Path(folder)
    return Corpus(folder, read_manifest(folder))


def _schema_of(table: str) -> Any:
    if table not in TABLES:
        raise CorpusError(f"No table {table!r}; the tables are {', '.join(TABLES)}.")
    return TABLES[table]
