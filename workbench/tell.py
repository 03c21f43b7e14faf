"""What the command line tells of the work: tables on the terminal, plain values for scripts."""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib.metadata
import platform
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from workbench import store
from workbench.annotation import RunReport
from workbench.annotation.pipeline import default_model, load_pipeline, model_version
from workbench.codebook import load_codebook
from workbench.corpus import FileReport
from workbench.corpus.sources import FETCH_LOG
from workbench.errors import WorkbenchError
from workbench.shipped import shipped
from workbench.workflow.fetching import FetchReport
from workbench.workflow.importing import ImportReport
from workbench.workflow.notebooks import FiguresReport

FILES_TOLD = 12
COMMONEST = 5


# ---- import ---------------------------------------------------------------------------------


def tell_import(report: ImportReport, console: Console) -> None:
    """Print what one import did: per file, then the corpus as it stands."""
    if report.files:
        console.print(_files_table(report.files))
    for found in report.files[:FILES_TOLD]:
        _tell_decisions(found, console)
    if report.unchanged:
        console.print(f"{len(report.unchanged):,} file(s) were imported before and are unchanged.")
    _tell_unread(report.unread, console)
    for name in report.incomplete:
        console.print(Text.assemble(("Incomplete: ", "red"), f"{name} says it holds more records"))
    console.print(_corpus_table(report.corpus))


def import_as_dict(report: ImportReport) -> dict[str, Any]:
    """The same for scripts."""
    return {
        "files": [found.as_dict() for found in report.files],
        "unchanged": list(report.unchanged),
        "unread": dict(report.unread),
        "incomplete": list(report.incomplete),
        "corpus": summarise(report.corpus),
    }


def summarise(corpus: store.Corpus) -> dict[str, Any]:
    """Articles, stories, rejects by reason, dates, outlets and languages of a corpus."""
    articles = corpus.scan("articles")
    dates = articles.select(
        first=pl.col("published").min(),
        last=pl.col("published").max(),
        undated=pl.col("published").null_count(),
    ).collect()
    return {
        "records": corpus.manifest["counts"]["articles"] + corpus.manifest["counts"]["rejects"],
        "articles": corpus.manifest["counts"]["articles"],
        "stories": corpus.scan("stories").select(pl.col("story_lead").sum()).collect().item(),
        "rejects": _counts(corpus.scan("rejects"), "reason"),
        **dates.row(0, named=True),
        "outlets": _counts(articles, "outlet"),
        "languages": _counts(articles, "language"),
        "text_kinds": _counts(articles, "text_kind"),
    }


def _counts(rows: pl.LazyFrame, column: str) -> dict[str, int]:
    counted = rows.group_by(pl.col(column).fill_null("unknown")).len()
    return dict(counted.sort("len", column, descending=[True, False]).collect().iter_rows())


def _files_table(files: Sequence[FileReport]) -> Table:
    table = Table(title="Files read", title_justify="left")
    table.add_column("file", overflow="fold")
    table.add_column("format")
    for name in ("records", "articles", "rejects"):
        table.add_column(name, justify="right")
    for found in files[:FILES_TOLD]:
        table.add_row(*_file_row(found))
    if len(files) > FILES_TOLD:
        rest = files[FILES_TOLD:]
        table.add_row(f"... {len(rest):,} more", "", *_sums(rest))
    table.add_section()
    table.add_row("in all", "", *_sums(files))
    return table


def _file_row(found: FileReport) -> tuple[Text | str, ...]:
    if found.skipped:
        return (Text(found.source_file), f"skipped: {found.skipped}")
    numbers = (found.records, found.articles, sum(found.rejects.values()))
    return (Text(found.source_file), found.format or "-", *(f"{n:,}" for n in numbers))


def _sums(files: Sequence[FileReport]) -> tuple[str, ...]:
    sums = (
        sum(f.records for f in files),
        sum(f.articles for f in files),
        sum(sum(f.rejects.values()) for f in files),
    )
    return tuple(f"{n:,}" for n in sums)


def _tell_decisions(found: FileReport, console: Console) -> None:
    """What was decided about a file that a user may want to overrule."""
    told = [f"{field} = {column}" for field, column in found.columns.items() if field != column]
    lines = {
        "encoding": _encoding(found),
        "columns": ", ".join(told),
        "order of dates": found.date_order,
        "totals": f"{len(found.totals):,} days" if found.totals else "",
        "without a date": ", ".join(f"{n:,} {why}" for why, n in found.undated.items()),
        "announced": _announced(found),
    }
    lines = {name: text for name, text in lines.items() if text}
    if lines:
        console.print(Text(found.source_file, style="bold"))
        for name, text in lines.items():
            console.print(Text(f"  {name}: {text}"))


def _encoding(found: FileReport) -> str:
    """What is not plain UTF-8, and how many articles had to be decoded anew."""
    guessed = found.encoding if not found.encoding.startswith("utf-8") else ""
    repaired = ", ".join(f"{n:,} articles repaired ({what})" for what, n in found.repaired.items())
    return "; ".join(filter(None, (guessed, repaired)))


def _announced(found: FileReport) -> str:
    """What the file says it holds, and which of it was not found."""
    if found.announced is None:
        return ""
    if not found.missing:
        return f"{found.announced:,} records, all found"
    shown = ", ".join(found.missing[:FILES_TOLD])
    more = " ..." if len(found.missing) > FILES_TOLD else ""
    return f"{found.announced:,} records; {len(found.missing):,} missing: {shown}{more}"


def _tell_unread(unread: Mapping[str, str], console: Console) -> None:
    """Files that could not be read, and why."""
    for name, why in list(unread.items())[:FILES_TOLD]:
        console.print(Text.assemble(("Not read: ", "red"), f"{name} ({why})"))
    if len(unread) > FILES_TOLD:
        console.print(f"... and {len(unread) - FILES_TOLD:,} more; see the table rejects.")


def _corpus_table(corpus: store.Corpus) -> Table:
    told = summarise(corpus)
    title = Text(f"Corpus {corpus.folder.name}")
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_row("records", f"{told['records']:,}")
    table.add_row("articles", f"{told['articles']:,}")
    table.add_row("stories", f"{told['stories']:,}")
    table.add_row("rejects", _listed(told["rejects"]) or "none")
    if told["first"] is not None:
        table.add_row("dates", f"{_day(told['first'])} to {_day(told['last'])}")
    table.add_row("without a date", f"{told['undated']:,}")
    for name in ("outlets", "languages", "text_kinds"):
        table.add_row(name.replace("_", " "), Text(_listed(told[name])))
    return table


def _day(time: dt.datetime) -> str:
    return f"{time.day} {time:%b %Y}"


def _listed(counts: dict[str, int]) -> str:
    shown = [f"{name} {n:,}" for name, n in list(counts.items())[:COMMONEST]]
    rest = len(counts) - COMMONEST
    return ", ".join(shown) + (f" and {rest:,} more" if rest > 0 else "")


# ---- annotation and figures -----------------------------------------------------------------


def tell_run(report: RunReport, console: Console) -> None:
    """Print how many partitions were annotated, and what became of the articles by layer."""
    console.print(f"{report.annotated:,} partition(s) annotated, {report.unchanged:,} unchanged.")
    table = Table(title="Articles by layer", title_justify="left")
    statuses = sorted({status for _, status in report.statuses})
    table.add_column("layer")
    for status in statuses:
        table.add_column(status, justify="right")
    for layer in dict.fromkeys(layer for layer, _ in sorted(report.statuses)):
        table.add_row(layer, *(f"{report.statuses[layer, status]:,}" for status in statuses))
    console.print(table)


def run_as_dict(report: RunReport) -> dict[str, Any]:
    """The same for scripts."""
    layers: dict[str, Counter[str]] = {}
    for (layer, status), count in sorted(report.statuses.items()):
        layers.setdefault(layer, Counter())[status] = count
    return {"annotated": report.annotated, "unchanged": report.unchanged, "articles": layers}


def tell_figures(report: FiguresReport, console: Console) -> None:
    """Print where the figures and pages are."""
    console.print(f"{len(report.figures)} figures, each as SVG, PNG, PDF, CSV and provenance:")
    for path in (*report.figures, *report.pages):
        console.print(Text(f"  {path}"))


# ---- fetch ----------------------------------------------------------------------------------


def tell_fetch(report: FetchReport, console: Console) -> None:
    """Print how many pages are there, why others are not, and how to go on."""
    table = Table(title="Pages", title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for what, count in _fetched(report).items():
        table.add_row(what, f"{count:,}")
    console.print(table)
    for address, entries in report.feeds.items():
        console.print(Text(f"Feed: {address} ({entries:,} entries)"))
    for text in report.unusable[:FILES_TOLD]:
        console.print(Text.assemble(("No web address: ", "red"), text))
    for address, (reason, detail) in list(report.failed.items())[:FILES_TOLD]:
        console.print(Text.assemble(("Not fetched: ", "red"), f"{address} ({reason}: {detail})"))
    if len(report.failed) > FILES_TOLD:
        console.print(Text(f"... and more; see {report.folder / FETCH_LOG}."))
    if report.fetched or report.held:
        console.print(Text(f"To read them: workbench import {report.folder} --into NAME.corpus"))


def fetch_as_dict(report: FetchReport) -> dict[str, Any]:
    """The same for scripts."""
    failed = {a: {"reason": why, "detail": what} for a, (why, what) in report.failed.items()}
    return dataclasses.asdict(report) | {"failed": failed}


def _fetched(report: FetchReport) -> dict[str, int]:
    """What became of the addresses -> how many, failures by reason."""
    reasons = Counter(reason for reason, _ in report.failed.values())
    return {
        "fetched now": report.fetched,
        "there already": report.held,
        **{f"failed: {reason}": count for reason, count in reasons.most_common()},
        **{f"left: {why}": count for why, count in Counter(report.left.values()).items()},
        **({"no web address": len(report.unusable)} if report.unusable else {}),
    }


# ---- doctor ---------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Check:
    """One thing that must be right, whether it is, and what was found."""

    name: str
    ok: bool
    found: str


def examine() -> list[Check]:
    """Check Python, packages, model, codebook and shipped files."""
    return list(_checks())


def tell_checks(checks: Sequence[Check], console: Console) -> None:
    """Print the checks, one line each."""
    for check in checks:
        mark = "[green]ok[/green]" if check.ok else "[red]missing[/red]"
        console.print(f"{mark:<18} {check.name}: ", end="", highlight=False)
        console.print(Text(check.found))


def _checks() -> Iterator[Check]:
    supported = (3, 11) <= sys.version_info[:2] <= (3, 13)
    yield Check("Python 3.11 to 3.13", supported, platform.python_version())
    for name in ("polars", "spacy", "altair", "jupyterlab", "vl-convert-python"):
        yield _attempt(name, lambda name=name: importlib.metadata.version(name))
    yield _attempt("English model", lambda: model_version(default_model()))
    yield _attempt("pipeline", lambda: ", ".join(load_pipeline().pipe_names))
    yield _attempt("codebook", _codebook)
    yield _attempt("notebooks", lambda: str(shipped("notebooks")))
    yield _attempt("reference tables", lambda: str(shipped("reference")))


def _attempt(name: str, find: Any) -> Check:
    try:
        return Check(name, True, find())
    except (WorkbenchError, importlib.metadata.PackageNotFoundError) as error:
        return Check(name, False, str(error))


def _codebook() -> str:
    codebook = load_codebook()
    lists = f"{codebook.actors.height:,} actors, {codebook.outlets.height:,} outlets"
    return f"{lists}, version {codebook.version}"
