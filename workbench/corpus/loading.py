"""Sources to articles and rejects: every record of every file ends in one of the two."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import dataframely as dy
import polars as pl

from workbench.codebook import Codebook, load_codebook
from workbench.corpus.articles import Plan, article_row
from workbench.corpus.columns import NAMES, recognise_columns
from workbench.corpus.dates import OrderEvidence, needs_order
from workbench.corpus.decoding import encoding_of
from workbench.corpus.identities import Addition, Identities
from workbench.corpus.joining import additions_frame, join_additions
from workbench.corpus.language import main_language
from workbench.corpus.limits import TooLargeError
from workbench.corpus.mojibake import is_damaged, repair_mojibake
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
from workbench.schemas import Articles, Rejects

BATCH = 500
EXAMINED = 500
MOST_CHARACTERS = 2**24  # held at once, however few the records
Progress = Callable[[str, int], None]


@dataclasses.dataclass
class FileReport:
    """What became of one file: records found = articles + rejects, and how it was read.

    `repaired` counts the articles whose characters were decoded anew, by what was wrong;
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
    repaired: Counter[str] = dataclasses.field(default_factory=Counter)
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
    found = [Batch(Articles.create_empty(), Rejects.create_empty(), additions_frame([])), *batches]
    articles, rejects, additions = (pl.concat(frames) for frames in zip(*found, strict=True))
    joined = join_additions(articles, additions)
    return Reading(Articles.validate(joined), Rejects.validate(rejects), reports)


class Batch(NamedTuple):
    """Some articles, some rejects, and the rejects that complete articles held.

    Additions are rows of `articles` with the `article_id` that they belong to.
    """

    articles: dy.DataFrame[Articles]
    rejects: dy.DataFrame[Rejects]
    additions: pl.DataFrame


def load(
    sources: Iterator[Source | Skipped],
    options: ReadOptions,
    codebook: Codebook,
    identities: Identities,
    reports: list[FileReport],
) -> Iterator[Batch]:
    """Yield articles and rejects in batches, and append a report for every file read."""
    for file, source in enumerate(sources, 1):
        report = FileReport(source.name)
        reports.append(report)
        outcomes = _outcomes(source, options, codebook, report)
        for batch in _batched(_identified(outcomes, identities, report, file)):
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
    try:
        yield from _read(source, options, codebook, report)
    except TooLargeError as error:
        yield Refusal("", "too_large", str(error))


def _read(
    source: Source, options: ReadOptions, codebook: Codebook, report: FileReport
) -> Iterator[Outcome]:
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
            record = _repaired(found, plan, report)
            yield article_row(record, plan, options, source_file=source.name, codebook=codebook)


def _repaired(record: Record, plan: Plan, report: FileReport) -> Record:
    """The record, decoded anew where it was decoded by the wrong table, which it then says."""
    fields = repair_mojibake(record.fields, throughout=plan.damaged)
    if fields is None:
        return record
    report.repaired["mojibake"] += 1
    return Record(record.number, {**fields, "repaired": "mojibake"})


def _reconciled(found: Found, report: FileReport) -> Iterator[Record | Refusal]:
    """What a reader finds, or that it finds nothing; what is missing of the count announced."""
    numbers, found_any = set(), False
    for item in found:
        if isinstance(item, Announcement):
            report.announced = item.count
        elif isinstance(item, Total):
            report.totals.append(item)
        else:
            found_any = True
            if report.announced is not None:  # else there may be millions
                numbers.add(item.number)
            yield item
    if not found_any and not report.totals:
        yield Refusal("", "no_records", "the file holds no records")
    expected = map(str, range(1, (report.announced or 0) + 1))
    report.missing = [number for number in expected if number not in numbers]


def _plan(source: Source, reader: Reader, options: ReadOptions, report: FileReport) -> Plan:
    """Decide columns, date order and usual language from the first records."""
    head, held = [], 0
    for found in reader.read(source, options):
        if isinstance(found, Record):
            head.append(found.fields)
            held += _characters(found.fields)
        if len(head) == EXAMINED or held > MOST_CHARACTERS:
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
    order = _date_order(source, reader, options, columns, head, report)
    return Plan(columns, order, language, damaged=is_damaged(head))


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
    outcomes: Iterator[Outcome], identities: Identities, report: FileReport, file: int
) -> Iterator[Outcome]:
    """Outcomes whose id is their own; what completes an article of another file is an addition.

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
        yield identities.settle(outcome, file=file)


def _batched(outcomes: Iterator[Outcome]) -> Iterator[list[Outcome]]:
    batch: list[Outcome] = []
    held = 0
    for outcome in outcomes:
        batch.append(outcome)
        held += 0 if isinstance(outcome, Refusal) else _characters(outcome)
        if len(batch) == BATCH or held > MOST_CHARACTERS:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _characters(fields: Mapping[str, Any]) -> int:
    return sum(len(value) for value in fields.values() if isinstance(value, str))


def _frames(batch: list[Outcome], report: FileReport) -> Batch:
    """The frames of a batch, counted into the report."""
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
    additions = additions_frame([found for found in refusals if isinstance(found, Addition)])
    return Batch(Articles.validate(articles), Rejects.validate(rejects), additions)
