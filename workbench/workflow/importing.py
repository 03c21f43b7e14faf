"""Files into a corpus folder: what is new is added, what is there already is left alone."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from workbench import store
from workbench.codebook import Codebook, load_codebook
from workbench.corpus.identities import Identities, marks_of
from workbench.corpus.loading import Batch, FileReport, load
from workbench.corpus.records import ReadOptions
from workbench.corpus.sources import Skipped, Source, find_sources
from workbench.errors import InputError
from workbench.hashing import digest
from workbench.schemas import Rejects, Totals
from workbench.workflow.cuts import renew_cuts
from workbench.workflow.joining import join_staged
from workbench.workflow.stories import renew_stories

ARTICLES_PER_PARTITION = 250
KEY_LENGTH = 16
IDENTIFYING = ["article_id", "title", "text", "url", "text_kind"]


@dataclasses.dataclass(frozen=True)
class ImportReport:
    """What one import did.

    Attributes:
        corpus: the folder as it stands now.
        files: a report for every file read this time.
        unchanged: files that had been imported before and were left alone.
        unread: files given now that could not be read, or not to their end -> why, whether they
            were tried this time or before.
        incomplete: files given now that hold fewer records than they say, likewise.
    """

    corpus: store.Corpus
    files: Sequence[FileReport]
    unchanged: Sequence[str]
    unread: Mapping[str, str]
    incomplete: Sequence[str]


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
    nothing; other files add to what is there. A record with the address or the id of an article
    of another file, of which one has more of the text, completes that article (`joined` among the
    rejects).

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
    options, lists = options or ReadOptions(), codebook or load_codebook()
    sources = list(find_sources(paths))
    with store.writing(into) as corpus:
        given = _sort_out(sources, corpus, options, replace)
        reports: list[FileReport] = []
        if given.fresh:
            corpus = _take_in(given, corpus, options, lists, reports, on_records)
        changed = renew_stories(renew_cuts(corpus, lists))
        return ImportReport(
            changed, tuple(reports), given.unchanged, given.unread, given.incomplete
        )


@dataclasses.dataclass
class Given:
    """What is to be done about the files given: read them or leave them alone."""

    fresh: list[Source | Skipped] = dataclasses.field(default_factory=list)
    unchanged: list[str] = dataclasses.field(default_factory=list)
    unread: dict[str, str] = dataclasses.field(default_factory=dict)
    incomplete: list[str] = dataclasses.field(default_factory=list)
    replaced: list[str] = dataclasses.field(default_factory=list)


def _take_in(
    given: Given,
    corpus: store.Corpus,
    options: ReadOptions,
    codebook: Codebook,
    reports: list[FileReport],
    on_records: Callable[[int], None],
) -> store.Corpus:
    """Read what is new, join to what is held, and name the import in the manifest."""
    key = _key(given, options)
    with store.staged_import(corpus, key) as staging:
        identities = _identities(corpus, without=given.replaced)
        batches = load(iter(given.fresh), options, codebook, identities, reports)
        partitions, unread = _write(batches, staging, key, on_records)
        _write_totals(reports, staging)
        successors = join_staged(corpus, staging, key, without=given.replaced)
    entry = {
        "key": key,
        "options": dataclasses.asdict(options),
        "partitions": partitions,
        "joined": sorted({name.partition("/")[0] for name in successors}),
        "files": [r.as_dict() | {"unread": unread.get(r.source_file)} for r in reports],
    }
    given.unread |= unread
    given.incomplete += [r.source_file for r in reports if r.missing]
    return store.record_import(corpus, entry, replacing=given.replaced, successors=successors)


def _sort_out(
    sources: Iterable[Source | Skipped],
    corpus: store.Corpus,
    options: ReadOptions,
    replace: bool,
) -> Given:
    """Tell files to read from files held; name the imports to be replaced."""
    held = {
        (f["sha256"] or f["source_file"]): (entry, f)
        for entry in corpus.manifest["imports"]
        for f in entry["files"]
    }
    given = Given()
    for source in sources:
        entry, file = held.get(_mark(source), (None, None))
        if entry is None or replace:
            given.fresh.append(source)
            given.replaced += [entry["key"]] if entry else []
        elif isinstance(source, Source) and _set(entry["options"]) != _set(_plain(options)):
            raise InputError(
                f"{source.name} was imported into this corpus before with other options "
                f"({_told(entry['options'])}); say --replace to read it anew."
            )
        else:
            given.unchanged.append(source.name)
            given.unread |= {source.name: file["unread"]} if file.get("unread") else {}
            given.incomplete += [source.name] if file.get("missing") else []
    given.replaced = _with_joined(corpus, given.replaced)
    _refuse_partial_replacement(corpus, given.replaced, given.fresh)
    return given


def _with_joined(corpus: store.Corpus, keys: Iterable[str]) -> list[str]:
    """Imports, and those that share articles with them: made together, they go together."""
    found = set(keys)
    shared = [{e["key"], *e.get("joined", [])} for e in corpus.manifest["imports"]]
    while (more := found.union(*(group for group in shared if group & found))) != found:
        found = more
    return sorted(found)


def _mark(source: Source | Skipped) -> str:
    """What a file is known by: its content where that can be read, else its name."""
    return source.sha256 if isinstance(source, Source) else source.name


def _set(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value}


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
                    f"--replace would lose {lost[0]}, imported together or joined with a file "
                    "named now; name all the files of these imports."
                )


def _plain(options: ReadOptions) -> Any:
    return json.loads(json.dumps(dataclasses.asdict(options)))


def _told(options: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in _set(options).items()) or "none"


def _key(given: Given, options: ReadOptions) -> str:
    """The import's name: never that of one it replaces, which must stay whole until the end."""
    marks = sorted(map(_mark, given.fresh))
    told = json.dumps([dataclasses.asdict(options), given.replaced], sort_keys=True)
    return digest(told, *marks)[:KEY_LENGTH]


def _identities(corpus: store.Corpus, *, without: Sequence[str]) -> Identities:
    """What the corpus holds, but for the imports that are to be replaced."""
    identities = Identities()
    for partition in corpus.partitions:
        if partition.partition("/")[0] not in without:
            path = corpus.path("articles", partition)
            columns = pl.read_parquet(path, columns=IDENTIFYING, glob=False)
            for article_id, *rest in columns.select(IDENTIFYING).iter_rows():
                identities.take(article_id, marks_of(*rest))
    return identities


def _write(
    batches: Iterator[Batch], staging: Path, key: str, on_records: Callable[[int], None]
) -> tuple[list[str], dict[str, str]]:
    """Write articles, additions and rejects; return the partitions' names and files not read."""
    articles, additions = _Parts(staging / "articles"), _Parts(staging / "additions")
    rejects: list[pl.DataFrame] = [Rejects.create_empty()]
    for batch in batches:
        on_records(batch.articles.height + batch.rejects.height)
        rejects.append(batch.rejects)
        articles.add(batch.articles)
        additions.add(batch.additions)
    articles.close()
    additions.close()
    store.write_whole(pl.concat(rejects), staging / "rejects.parquet")
    names = [f"{key}/{number:05}" for number in range(articles.written)]
    return names, _unread(pl.concat(rejects))


class _Parts:
    """A folder of Parquet files, `00000.parquet` ..., of so many rows each."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.written = folder, 0
        self._waiting: list[pl.DataFrame] = []

    def add(self, rows: pl.DataFrame) -> None:
        self._waiting.append(rows)
        while sum(frame.height for frame in self._waiting) >= ARTICLES_PER_PARTITION:
            waiting = pl.concat(self._waiting)
            self._flush(waiting.head(ARTICLES_PER_PARTITION))
            self._waiting = [waiting.slice(ARTICLES_PER_PARTITION)]

    def close(self) -> None:
        if any(frame.height for frame in self._waiting):
            self._flush(pl.concat(self._waiting))

    def _flush(self, rows: pl.DataFrame) -> None:
        store.write_whole(rows, self.folder / f"{self.written:05}.parquet")
        self.written += 1


def _write_totals(reports: Sequence[FileReport], staging: Path) -> None:
    """What the files say of all that was published; of two for a day the later file's counts."""
    totals = [dataclasses.astuple(total) for report in reports for total in report.totals]
    if totals:
        rows = pl.DataFrame(totals, schema=Totals.create_empty().schema, orient="row")
        rows = rows.unique(["outlet", "day"], keep="last", maintain_order=True)
        store.write_whole(rows, staging / "totals.parquet")


def _unread(rejects: pl.DataFrame) -> dict[str, str]:
    """File -> why it could not be read whole; such a refusal names no record."""
    whole = rejects.filter(pl.col("source_record") == "")
    rows = whole.select("source_file", "reason", "detail").iter_rows()
    return {name: ": ".join(filter(None, (reason, detail))) for name, reason, detail in rows}
