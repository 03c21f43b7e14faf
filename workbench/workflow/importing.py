"""Files into a corpus folder: what is new is added, what is there already is left alone."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from workbench import store
from workbench.codebook import Codebook, load_codebook
from workbench.corpus.loading import Batch, FileReport, Identities, content_mark, load
from workbench.corpus.records import ReadOptions
from workbench.corpus.sources import Skipped, Source, find_sources
from workbench.errors import InputError
from workbench.hashing import digest
from workbench.schemas import Rejects

ARTICLES_PER_PARTITION = 250
KEY_LENGTH = 16


@dataclasses.dataclass(frozen=True)
class ImportReport:
    """What one import did.

    Attributes:
        corpus: the folder as it stands now.
        files: a report for every file read this time.
        unchanged: files that had been imported before and were left alone.
    """

    corpus: store.Corpus
    files: Sequence[FileReport]
    unchanged: Sequence[str]


def import_files(
    paths: Sequence[str | Path],
    into: str | Path,
    *,
    options: ReadOptions | None = None,
    codebook: Codebook | None = None,
    replace: bool = False,
    on_records: Callable[[int], None] = lambda count: None,
) -> ImportReport:
    """Read files into a corpus folder.

    A file whose content was imported before is left alone, so that the same import twice changes
    nothing; other files add to what is there.

    Args:
        paths: files, globs, folders, zip archives.
        into: the corpus folder, made where it is missing.
        options: what is fixed about the files.
        codebook: names and countries of outlets; the package's own by default.
        replace: read files that were imported before anew, in place of what they gave.
        on_records: called with the number of records after each batch.

    Raises:
        InputError: if a path names nothing, or a file was imported before with other options.
        CorpusError: if the folder can't be written as a corpus.
    """
    options = options or ReadOptions()
    sources = list(find_sources(paths))
    with store.writing(into) as corpus:
        fresh, unchanged, replaced = _sort_out(sources, corpus, options, replace)
        if not fresh:
            return ImportReport(corpus, (), unchanged)
        key = _key(fresh, options)
        reports: list[FileReport] = []
        with store.staged_import(corpus, key) as staging:
            identities = _identities(corpus, without=replaced)
            batches = load(iter(fresh), options, codebook or load_codebook(), identities, reports)
            partitions = _write(batches, staging, key, on_records)
        entry = {
            "key": key,
            "options": dataclasses.asdict(options),
            "partitions": partitions,
            "files": [report.as_dict() for report in reports],
        }
        return ImportReport(
            store.record_import(corpus, entry, replacing=replaced), reports, unchanged
        )


def _sort_out(
    sources: Iterable[Source | Skipped],
    corpus: store.Corpus,
    options: ReadOptions,
    replace: bool,
) -> tuple[list[Source | Skipped], list[str], list[str]]:
    """Split sources into those to read and those held; name the imports to be replaced."""
    held = {
        (f["sha256"] or f["source_file"]): entry
        for entry in corpus.manifest["imports"]
        for f in entry["files"]
    }
    fresh: list[Source | Skipped] = []
    unchanged, replaced = [], []
    for source in sources:
        entry = held.get(source.sha256 if isinstance(source, Source) else source.name)
        if entry is None:
            fresh.append(source)
        elif replace:
            fresh.append(source)
            replaced.append(entry["key"])
        elif isinstance(source, Source) and entry["options"] != _plain(options):
            raise InputError(
                f"{source.name} was imported into this corpus before with other options "
                f"({_told(entry['options'])}); say --replace to read it anew."
            )
        else:
            unchanged.append(source.name)
    _refuse_partial_replacement(corpus, replaced, fresh)
    return fresh, unchanged, sorted(set(replaced))


def _refuse_partial_replacement(
    corpus: store.Corpus, replaced: Sequence[str], fresh: Sequence[Source | Skipped]
) -> None:
    given = {s.sha256 for s in fresh if isinstance(s, Source)}
    for entry in corpus.manifest["imports"]:
        if entry["key"] in replaced:
            lost = [
                f["source_file"] for f in entry["files"] if f["sha256"] and f["sha256"] not in given
            ]
            if lost:
                raise InputError(
                    f"--replace would lose {lost[0]}, imported together with a file named now; "
                    "name all the files of that import."
                )


def _plain(options: ReadOptions) -> Any:
    return json.loads(json.dumps(dataclasses.asdict(options)))


def _told(options: dict[str, Any]) -> str:
    return ", ".join(f"{k} {v}" for k, v in options.items() if v) or "none"


def _key(sources: Iterable[Source | Skipped], options: ReadOptions) -> str:
    marks = sorted(s.sha256 if isinstance(s, Source) else s.name for s in sources)
    return digest(json.dumps(dataclasses.asdict(options), sort_keys=True), *marks)[:KEY_LENGTH]


def _identities(corpus: store.Corpus, *, without: Sequence[str]) -> Identities:
    """The ids that the corpus holds, but for those of imports to be replaced."""
    taken: dict[str, bytes] = {}
    for partition in corpus.partitions:
        if partition.partition("/")[0] not in without:
            path = corpus.path("articles", partition)
            columns = pl.read_parquet(path, columns=["article_id", "title", "text", "url"])
            taken |= {i: content_mark(*rest) for i, *rest in columns.iter_rows()}
    return Identities(taken)


def _write(
    batches: Iterator[Batch], staging: Path, key: str, on_records: Callable[[int], None]
) -> list[str]:
    """Write partitions of articles and the rejects; return the partitions' names."""
    names: list[str] = []
    waiting: list[pl.DataFrame] = []
    rejects: list[pl.DataFrame] = [Rejects.create_empty()]

    def flush(rows: pl.DataFrame) -> None:
        names.append(f"{key}/{len(names):05}")
        store.write_whole(rows, staging / "articles" / f"{names[-1].partition('/')[2]}.parquet")

    for articles, refused in batches:
        on_records(articles.height + refused.height)
        rejects.append(refused)
        waiting.append(articles)
        while sum(frame.height for frame in waiting) >= ARTICLES_PER_PARTITION:
            rows = pl.concat(waiting)
            flush(rows.head(ARTICLES_PER_PARTITION))
            waiting = [rows.slice(ARTICLES_PER_PARTITION)]
    if sum(frame.height for frame in waiting):
        flush(pl.concat(waiting))
    store.write_whole(pl.concat(rejects), staging / "rejects.parquet")
    return names
