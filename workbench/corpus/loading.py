"""Sources to articles and rejects: every record of every file ends in one of the two."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl

from workbench.codebook import Codebook, load_codebook
from workbench.corpus.articles import Plan, article_row
from workbench.corpus.columns import NAMES, recognise_columns
from workbench.corpus.dates import OrderEvidence, needs_order
from workbench.corpus.decoding import encoding_of
from workbench.corpus.language import main_language
from workbench.corpus.readers import reader_for
from workbench.corpus.records import (
    Announcement,
    Found,
    Reader,
    ReadOptions,
    Record,
    Refusal,
    Total,
)
from workbench.corpus.sources import NOT_AN_EXPORT, Skipped, Source, find_sources
from workbench.hashing import digest
from workbench.schemas import Articles, Rejects

BATCH = 500
EXAMINED = 500
Progress = Callable[[str, int], None]


@dataclasses.dataclass
class FileReport:
    """What became of one file: records found = articles + rejects, and how it was read.

    `skipped` says why a file that is no export was passed over; `announced` is the number of
    records that the file says it holds, `missing` the numbers of those that were not found;
    `totals` are what it says of all that outlets published.
    """

    source_file: str
    sha256: str = ""
    format: str = ""
    records: int = 0
    articles: int = 0
    rejects: Counter[str] = dataclasses.field(default_factory=Counter)
    undated: Counter[str] = dataclasses.field(default_factory=Counter)
    columns: dict[str, str] = dataclasses.field(default_factory=dict)
    date_order: str = ""
    encoding: str = ""
    skipped: str = ""
    totals: list[Total] = dataclasses.field(default_factory=list)
    announced: int | None = None
    missing: list[str] = dataclasses.field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for the manifest."""
        plain = {k: dict(v) if isinstance(v, dict) else v for k, v in vars(self).items()}
        return plain | {"totals": len(self.totals)}


@dataclasses.dataclass(frozen=True)
class Reading:
    """Articles and rejects in memory, and a report for every file."""

    articles: dy.DataFrame[Articles]
    rejects: dy.DataFrame[Rejects]
    reports: Sequence[FileReport]


@dataclasses.dataclass
class Identities:
    """The ids taken so far, each with a mark of the content that took it."""

    taken: dict[str, bytes] = dataclasses.field(default_factory=dict)

    def refuse(self, row: dict[str, Any]) -> Refusal | None:
        """Take the row's id, or say why it can't be had."""
        mark = content_mark(row["title"], row["text"], row["url"])
        held = self.taken.setdefault(row["article_id"], mark)
        if held is mark:
            return None
        if held == mark:
            return Refusal(row["source_record"], "duplicate", f"the same as {row['article_id']}")
        return Refusal(
            row["source_record"],
            "id_conflict",
            f"another article has the id {row['article_id']}; give each its own",
        )


def content_mark(title: str | None, text: str | None, url: str | None) -> bytes:
    """A short mark that differs where two articles differ."""
    return bytes.fromhex(digest(title or "", text or "", url or "")[:24])


def read(
    paths: str | Path | Sequence[str | Path],
    *,
    format: str | None = None,
    outlet: str | None = None,
    outlet_country: str | None = None,
    language: str | None = None,
    date: str | None = None,
    columns: dict[str, str] | None = None,
    date_order: str | None = None,
    encoding: str | None = None,
    codebook: Codebook | None = None,
) -> Reading:
    """Read files into memory: one row per article, one row per record that is none.

    Args:
        paths: files, globs, folders, zip archives.
        format: name of a reader, overruling what the content looks like.
        outlet, outlet_country, language, date: for records that do not say themselves.
        columns: field of `articles` -> column that holds it, where names don't tell.
        date_order: `DMY` or `MDY`, overruling what the column's values say.
        encoding: of text files, overruling what their bytes say.
        codebook: names and countries of outlets; the package's own by default.

    Raises:
        InputError: if a path names nothing, or an option fits nothing.

    Example:
        >>> reading = read("articles.jsonl", outlet="Kyiv Ledger")  # doctest: +SKIP
        >>> reading.articles.height + reading.rejects.height  # doctest: +SKIP
    """
    options = ReadOptions(
        format, outlet, outlet_country, language, date, columns or {}, date_order, encoding
    )
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    reports: list[FileReport] = []
    batches = load(find_sources(given), options, codebook or load_codebook(), Identities(), reports)
    articles, rejects = [Articles.create_empty()], [Rejects.create_empty()]
    for some_articles, some_rejects in batches:
        articles.append(some_articles)
        rejects.append(some_rejects)
    return Reading(
        Articles.validate(pl.concat(articles)), Rejects.validate(pl.concat(rejects)), reports
    )


Batch = tuple[dy.DataFrame[Articles], dy.DataFrame[Rejects]]


def load(
    sources: Iterator[Source | Skipped],
    options: ReadOptions,
    codebook: Codebook,
    identities: Identities,
    reports: list[FileReport],
) -> Iterator[Batch]:
    """Yield articles and rejects in batches, and append a report for every file read."""
    for source in sources:
        report = FileReport(source.name)
        reports.append(report)
        outcomes = _outcomes(source, options, codebook, report)
        for batch in _batched(_identified(outcomes, identities, report), BATCH):
            yield _frames(batch, report)


Outcome = dict[str, Any] | Refusal


def _outcomes(
    source: Source | Skipped, options: ReadOptions, codebook: Codebook, report: FileReport
) -> Iterator[Outcome]:
    if isinstance(source, Skipped) and source.reason == NOT_AN_EXPORT:
        report.skipped = source.detail
        return
    if isinstance(source, Skipped):
        yield Refusal("", source.reason, source.detail)
        return
    report.sha256 = source.sha256
    reader = reader_for(source, options)
    if reader is None:
        yield Refusal("", "unknown_format", "no reader knows this content; see --format")
        return
    report.format = reader.name
    if reader.is_text:
        report.encoding = encoding_of(source, options.encoding)
        options = dataclasses.replace(options, encoding=report.encoding)
    plan = _plan(source, reader, options, report)
    for found in _reconciled(reader.read(source, options), report):
        if isinstance(found, Refusal):
            yield found
        else:
            yield article_row(found, plan, options, source_file=source.name, codebook=codebook)


def _reconciled(found: Found, report: FileReport) -> Iterator[Record | Refusal]:
    """What a reader finds, or that it finds nothing; what is missing of the count announced."""
    numbers = set()
    for item in found:
        if isinstance(item, Announcement):
            report.announced = item.count
        elif isinstance(item, Total):
            report.totals.append(item)
        else:
            numbers.add(item.number)
            yield item
    if not numbers and not report.totals:
        yield Refusal("", "no_records", "the file holds no records")
    expected = map(str, range(1, (report.announced or 0) + 1))
    report.missing = [number for number in expected if number not in numbers]


def _plan(source: Source, reader: Reader, options: ReadOptions, report: FileReport) -> Plan:
    """Decide columns, date order and usual language from the first records."""
    head = []
    for found in reader.read(source, options):
        if isinstance(found, Record):
            head.append(found.fields)
        if len(head) == EXAMINED:
            break
    if reader.named and not options.columns:
        columns = {field: field for field in NAMES if any(field in row for row in head)}
    else:
        columns = recognise_columns(head, options.columns) if head else {}
    report.columns = columns
    texts = (
        " ".join(str(row.get(columns.get(f, "")) or "") for f in ("title", "text", "summary"))
        for row in head
    )
    language = options.language or main_language(texts)
    return Plan(columns, _date_order(source, reader, options, columns, head, report), language)


def _date_order(
    source: Source,
    reader: Reader,
    options: ReadOptions,
    columns: dict[str, str],
    head: list[Any],
    report: FileReport,
) -> str:
    column = columns.get("published")
    if options.date_order:
        report.date_order = f"{options.date_order} (as asked)"
        return options.date_order
    if column is None or not needs_order(row.get(column) for row in head):
        return "DMY"
    evidence = OrderEvidence()
    for found in reader.read(source, options):
        if isinstance(found, Record):
            evidence.add(found.fields.get(column))
    report.date_order = str(evidence)
    return evidence.order


def _identified(
    outcomes: Iterator[Outcome], identities: Identities, report: FileReport
) -> Iterator[Outcome]:
    """Outcomes whose id is their own.

    A file that counts its records counts repeats too: there each repeat is an article with a
    number behind its id, and stories group them; elsewhere it is a duplicate.
    """
    times: Counter[str] = Counter()
    for outcome in outcomes:
        if isinstance(outcome, Refusal):
            yield outcome
            continue
        times[outcome["article_id"]] += 1
        repeat = times[outcome["article_id"]]
        if repeat > 1 and report.announced is not None and "article_id" not in report.columns:
            outcome = {**outcome, "article_id": f"{outcome['article_id']}-{repeat}"}
        yield identities.refuse(outcome) or outcome


def _batched(outcomes: Iterator[Outcome], size: int) -> Iterator[list[Outcome]]:
    batch: list[Outcome] = []
    for outcome in outcomes:
        batch.append(outcome)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _frames(batch: list[Outcome], report: FileReport) -> Batch:
    """Two frames of a batch, counted into the report."""
    rows = [outcome for outcome in batch if not isinstance(outcome, Refusal)]
    refusals = [outcome for outcome in batch if isinstance(outcome, Refusal)]
    report.records += len(batch)
    report.articles += len(rows)
    report.rejects.update(refusal.reason for refusal in refusals)
    report.undated.update(
        "no date given" if row["published_raw"] is None else "unreadable date"
        for row in rows
        if row["published"] is None
    )
    articles = pl.DataFrame(rows, schema=Articles.create_empty().schema)
    rejects = pl.DataFrame(
        [(report.source_file, r.number, r.reason, r.detail) for r in refusals],
        schema=Rejects.create_empty().schema,
        orient="row",
    )
    return Articles.validate(articles), Rejects.validate(rejects)
