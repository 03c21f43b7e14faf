"""A corpus on disk: a folder of Parquet tables and a manifest.

Each import is a folder of article partitions named by what it was made from; annotation mirrors
the partitions. A partition is written whole or not at all; an import counts once the manifest
names it, and the manifest is replaced in one step.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import functools
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from filelock import FileLock, Timeout
from polars.exceptions import ComputeError

from workbench.errors import CorpusError, InputError
from workbench.schemas import ANNOTATION_TABLES, SCHEMA_VERSION, TABLES, WAR_SIDES

MANIFEST = "manifest.json"
MADE_FROM = "made_from"


# ---- reading --------------------------------------------------------------------------------


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
        rows = self._scan_whole(table)
        if not self.filters or "article_id" not in rows.collect_schema():
            return rows
        if table == "articles":
            return self._filtered(rows)
        kept = self._filtered(self._scan_whole("articles")).select("article_id")
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

    def _scan_whole(self, table: str) -> pl.LazyFrame:
        schema = _schema_of(table)
        files = self._files(table)
        if not files:
            return pl.LazyFrame(schema=schema.create_empty().schema)
        rows: pl.LazyFrame = pl.scan_parquet(files, glob=False, hive_partitioning=False)
        return rows.select(schema.column_names())

    def _files(self, table: str) -> list[Path]:
        names = self.partitions if table in ANNOTATION_TABLES else self._imported(table)
        place = {f"{name}.parquet": number for number, name in enumerate(names)}
        found = (("/".join(f.parts[-2:]), f) for f in (self.folder / table).glob("**/*.parquet"))
        return [f for _, f in sorted((place[name], f) for name, f in found if name in place)]

    def _imported(self, table: str) -> list[str]:
        if table == "articles":
            return list(self.partitions)
        if table == "stories":  # of all imports together
            return ["stories/all"]
        return [f"{entry['key']}/{table}" for entry in self.manifest["imports"]]

    def _filtered(self, articles: pl.LazyFrame) -> pl.LazyFrame:
        for asked in self.filters:
            articles = self._apply(articles, asked)
        return articles

    def _apply(self, articles: pl.LazyFrame, asked: Mapping[str, Any]) -> pl.LazyFrame:
        day = pl.col("published").dt.date()
        tests: dict[str, Callable[[Any], pl.Expr]] = {
            "since": lambda v: day >= dt.date.fromisoformat(v),
            "until": lambda v: day <= dt.date.fromisoformat(v),
            "where": lambda v: pl.Expr.deserialize(v.encode(), format="json"),
        }
        for name, value in asked.items():
            if name == "actor":
                mentioned = self._scan_whole("mentions").filter(pl.col("actor_id").is_in(value))
                articles = articles.join(mentioned, on="article_id", how="semi")
            elif name == "relevant":
                articles = articles.join(_relevant(self, value), on="article_id", how="semi")
            else:
                test: Callable[[Any], pl.Expr] = tests.get(name, pl.col(name).is_in)
                articles = articles.filter(test(value))
        return articles

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
    return Corpus(folder, _read_manifest(folder))


def select(
    corpus: Corpus,
    *,
    outlet: str | Sequence[str] | None = None,
    outlet_country: str | Sequence[str] | None = None,
    language: str | Sequence[str] | None = None,
    text_kind: str | Sequence[str] | None = None,
    since: str | dt.date | None = None,
    until: str | dt.date | None = None,
    actor: str | Sequence[str] | None = None,
    relevant: bool | None = None,
    where: pl.Expr | None = None,
) -> Corpus:
    """Return the corpus restricted to the articles that meet every condition given.

    Nothing is copied: tables are filtered as they are scanned, and `filters` remembers what was
    asked, so that figures can say so.

    Args:
        corpus: the corpus to restrict; filters set before stay in force.
        outlet, outlet_country, language, text_kind: one value or several, as in `articles`.
        since, until: first and last day of publication, both included; undated articles drop out.
        actor: `actor_id` of one or more actors, of whom at least one must be mentioned.
        relevant: keep the articles that mention an actor of side russia or ukraine; with False
            those that mention none. Articles that could not be annotated are neither.
        where: any further condition on the columns of `articles`.

    Raises:
        InputError: if a day is none.
        CorpusError: if actors are asked for and the corpus is not annotated.
    """
    if actor is not None or relevant is not None:
        _refuse_without_mentions(corpus)
    many = {
        "outlet": outlet, "outlet_country": outlet_country, "language": language,
        "text_kind": text_kind, "actor": actor,
    }  # fmt: skip
    asked: dict[str, Any] = {
        name: [value] if isinstance(value, str) else list(value)
        for name, value in many.items()
        if value is not None
    }
    days = (("since", since), ("until", until))
    asked |= {name: _as_day(name, day) for name, day in days if day is not None}
    asked |= {} if relevant is None else {"relevant": relevant}
    asked |= {} if where is None else {"where": where.meta.serialize(format="json")}
    return dataclasses.replace(corpus, filters=(*corpus.filters, asked)) if asked else corpus


def _relevant(corpus: Corpus, wanted: bool) -> pl.LazyFrame:
    """Articles that mention a party of the war (codebook 5), or annotated ones that don't."""
    mentions = corpus._scan_whole("mentions").filter(pl.col("side").is_in(WAR_SIDES))
    if wanted:
        return mentions
    done = corpus._scan_whole("status").filter(layer="mentions", status="done")
    return done.join(mentions, on="article_id", how="anti")


def _refuse_without_mentions(corpus: Corpus) -> None:
    if "mentions" not in corpus.manifest["annotation"].get("layers", {}):
        raise CorpusError(
            f"{corpus.folder} has no mentions of actors yet; run "
            f"`workbench annotate {corpus.folder}`, then open it again."
        )


def _as_day(name: str, value: str | dt.date) -> str:
    day = value.date() if isinstance(value, dt.datetime) else value
    try:
        return dt.date.fromisoformat(str(day)).isoformat()
    except ValueError:
        raise InputError(f"select({name}={value!r}): give a day, such as 2022-02-24.") from None


# ---- writing --------------------------------------------------------------------------------


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
            yield open_corpus(folder) if known else Corpus(folder, _empty_manifest())
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
    _write_manifest(corpus.folder, {**manifest, "counts": counts})
    return open_corpus(corpus.folder)


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


# ---- manifest -------------------------------------------------------------------------------


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.exists():
        raise CorpusError(
            f"{folder} is not a corpus (it has no {MANIFEST}); make one with "
            f"`workbench import FILES --into {folder}`."
        )
    again = "import the files again into a new folder"
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CorpusError(f"{path} is not JSON ({error}); {again}.") from None
    manifest: dict[str, Any] = found if isinstance(found, dict) else {}
    version, usual = manifest.get("schema_version"), _empty_manifest()
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise CorpusError(
            f"{folder} has schema {version}, this workbench reads up to {SCHEMA_VERSION}; "
            f"update the workbench, or {again}."
        )
    lacking = [key for key in usual if not isinstance(manifest.get(key), type(usual[key]))]
    if lacking:
        raise CorpusError(f"{path} lacks {', '.join(lacking)}; {again}.")
    _refuse_missing_partitions(folder, manifest)
    return manifest


def _refuse_missing_partitions(folder: Path, manifest: Mapping[str, Any]) -> None:
    named = (name for entry in manifest["imports"] for name in entry["partitions"])
    lost = [name for name in named if not (folder / "articles" / f"{name}.parquet").exists()]
    if lost:
        raise CorpusError(
            f"{folder} lacks {len(lost)} article partition(s) that its manifest names "
            f"(articles/{lost[0]}.parquet ...); restore them or import the files again."
        )


def _empty_manifest() -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "imports": [],
        "annotation": {},
        "counts": dict.fromkeys(TABLES, 0),
    }


def _write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    temporary = folder / f".{MANIFEST}.part"
    with temporary.open("w", encoding="utf-8") as out:
        json.dump(manifest, out, indent=1, ensure_ascii=False)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(folder / MANIFEST)


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


def _schema_of(table: str) -> Any:
    if table not in TABLES:
        raise CorpusError(f"No table {table!r}; the tables are {', '.join(TABLES)}.")
    return TABLES[table]


def _flush(path: Path) -> None:
    with path.open("rb") as written:
        os.fsync(written.fileno())
