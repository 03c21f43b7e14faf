"""The command line: parses arguments, calls one function each, tells what came of it."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from workbench import store, tell
from workbench.annotation import annotate_corpus
from workbench.corpus import ReadOptions
from workbench.errors import InputError, WorkbenchError
from workbench.workflow.fetching import fetch_pages
from workbench.workflow.importing import import_files
from workbench.workflow.notebooks import run_notebooks
from workbench.workflow.overlay import write_overlay
from workbench.workflow.saving import export_table

app = typer.Typer(
    name="workbench",
    help="Study how news covers the Russia-Ukraine war: import, annotate, make figures.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
INTERRUPTED = 130  # how typer ends on Ctrl-C
out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A corpus folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.command("import", epilog="Example: `workbench import exports/*.csv --into war.corpus`")
def import_command(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, globs, folders, zips.")
    ],
    into: Annotated[Path, typer.Option(help="The corpus folder; made where it is missing.")],
    format: Annotated[
        str | None, typer.Option(help="The files' format, overruling their content.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet of articles that don't say.")] = None,
    country: Annotated[str | None, typer.Option(help="Country of outlets that don't say.")] = None,
    language: Annotated[
        str | None, typer.Option(help="Language of all the articles (en, uk ...).")
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="Date of articles that don't say (YYYY-MM-DD).")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="FIELD=COLUMN, such as text=article; repeatable.")
    ] = None,
    date_order: Annotated[
        str | None, typer.Option(help="DMY or MDY, for dates like 03/04/2022.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of text files (utf-8, cp1251 ...).")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Read files imported before anew.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Read articles from files into a corpus folder, and account for every record.

    Exit status: 0 when every file was read, though single records may have been refused; 2 when
    a file could not be read, or not to its end (the other files' articles are in); 4 when a file
    holds fewer records than it says; 1 when nothing was done.
    """
    options = ReadOptions(
        format, outlet, country, language, date, _columns(column), date_order, encoding
    )
    with _progress("records", None) as advance:
        report = import_files(paths, into, options=options, replace=replace, on_records=advance)
    if as_json:
        print_json(tell.import_as_dict(report))
    else:
        tell.tell_import(report, out)
    if report.unread:
        raise typer.Exit(2)
    if report.incomplete:
        raise typer.Exit(4)


@app.command(epilog="Example: `workbench annotate war.corpus --workers 2`")
def annotate(
    folder: Folder,
    layers: Annotated[
        str | None, typer.Option(help="Layers, with commas between; all by default.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="spaCy model; the small English one by default.")
    ] = None,
    codebook: Annotated[
        str | None, typer.Option(metavar="OVERLAY", help="Folder laid over the codebook's lists.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes on this machine.")] = 1,
    as_json: Json = False,
) -> None:
    """Annotate the articles that are not annotated yet.

    Exit status: 0 when no article failed, 3 when one did (the table status says why), 1 when
    nothing was done.
    """
    names = None if layers is None else [name.strip() for name in layers.split(",")]
    with _progress("partitions", 1) as advance:
        report = annotate_corpus(
            store.open_corpus(folder),
            layers=names,
            model=model,
            codebook=codebook,
            workers=workers,
            on_partitions=lambda done, of: advance(1, of),
        )
    if as_json:
        print_json(tell.run_as_dict(report))
    else:
        tell.tell_run(report, out)
    if any(status == "failed" for (_, status), n in report.statuses.items() if n):
        raise typer.Exit(3)


@app.command(epilog="Example: `workbench figures war.corpus --out figures`")
def figures(
    folder: Folder,
    to: Annotated[Path, typer.Option("--out", help="Folder for figures and executed notebooks.")],
    notebook: Annotated[
        list[str] | None, typer.Option(help="Only this notebook; repeatable.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Execute the notebooks on a corpus and save their figures."""
    corpus = store.open_corpus(folder)
    with _progress("notebooks", None) as advance:
        report = run_notebooks(corpus, to, names=notebook, on_notebook=lambda name: advance(1))
    if as_json:
        print_json(
            {"figures": [str(p) for p in report.figures], "pages": [str(p) for p in report.pages]}
        )
    else:
        tell.tell_figures(report, out)


@app.command(epilog="Example: `workbench export war.corpus mentions --to mentions.csv`")
def export(
    folder: Folder,
    table: Annotated[str, typer.Argument(metavar="TABLE", help="articles, rejects, mentions ...")],
    to: Annotated[Path, typer.Option(help="File ending in .csv, .tsv, .xlsx, .jsonl or .parquet.")],
    as_json: Json = False,
) -> None:
    """Write a table for a spreadsheet, R, or any other tool."""
    rows = export_table(store.open_corpus(folder), table, to)
    if as_json:
        print_json({"table": table, "file": str(to), "rows": rows})
    else:
        out.print(Text(f"Wrote {rows:,} rows to {to}."))


@app.command(epilog="Example: `workbench overlay war.corpus --to overlay`")
def overlay(
    folder: Folder,
    to: Annotated[Path, typer.Option(help="Folder for actors.csv and en/aliases.csv.")],
    top: Annotated[int, typer.Option(min=1, help="How many names.")] = 50,
    codebook: Annotated[
        str | None, typer.Option(metavar="OVERLAY", help="Overlay of the annotation, if any.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write the most frequent names off the list of actors as an overlay, for you to check.

    Type and side are guesses. Check each row, delete what is wrong, then annotate with the folder
    as --codebook.
    """
    actors = write_overlay(store.open_corpus(folder), to, top=top, codebook=codebook)
    if as_json:
        print_json({"folder": str(to), "actors": actors["actor_id"].to_list()})
    else:
        told = f"Wrote {actors.height:,} names to {to}. Check each row and delete what is wrong, "
        out.print(Text(f"{told}then `workbench annotate {folder} --codebook {to}`."))


@app.command(epilog="Example: `workbench fetch links.csv --into pages --contact me@example.org`")
def fetch(
    lists: Annotated[
        list[str],
        typer.Argument(metavar="LIST...", help="Files that list addresses, or an address itself."),
    ],
    into: Annotated[Path, typer.Option(help="Folder for the pages; made where it is missing.")],
    delay: Annotated[
        float, typer.Option(min=1, help="Seconds between two requests to one site, at least.")
    ] = 2.0,
    contact: Annotated[
        str | None, typer.Option(help="Your e-mail or web address, told to the sites.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after so many pages.")] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Try what failed for good anew, too.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private networks, too.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Fetch web pages into a folder, for import; the one command that uses the network.

    A list is a text file with one address a line, any file that import reads with a column url,
    or the address of a feed, whose entries are added. Sites are asked slowly, and not for what
    their robots.txt forbids. Start the same command again to go on: pages that are there are left
    alone, what failed for a passing reason is tried anew.

    Exit status: 0 when every page is there, 5 when some are not (fetch-log.csv says why), 1 when
    nothing was done.
    """
    with _progress("pages", None) as advance:
        report = fetch_pages(
            lists,
            into,
            delay=delay,
            contact=contact,
            limit=limit,
            again=again,
            allow_private=allow_private,
            on_pages=advance,
        )
    if as_json:
        print_json(tell.fetch_as_dict(report))
    else:
        tell.tell_fetch(report, out)
    if not report.is_whole:
        raise typer.Exit(5)


@app.command(epilog="Example: `workbench doctor`")
def doctor(as_json: Json = False) -> None:
    """Check that everything the workbench needs is here, and say what is missing."""
    checks = tell.examine()
    if as_json:
        print_json([{"check": c.name, "ok": c.ok, "found": c.found} for c in checks])
    else:
        tell.tell_checks(checks, out)
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; an error that a user can mend is one sentence and status 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # where a pipe's encoding lacks a letter
    try:
        app(prog_name="workbench")
    except (WorkbenchError, OSError) as error:
        err.print(Text.assemble(("Error:", "red"), " ", _sentence(error)))
        sys.exit(1)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            err.print("Stopped; what was written whole stays, start again to go on.")
        raise


def print_json(value: Any) -> None:
    """Print a value as JSON, untouched by the terminal's width, in ASCII for any pipe."""
    sys.stdout.write(json.dumps(value, indent=1, default=str) + "\n")


def _columns(given: list[str] | None) -> dict[str, str]:
    columns: dict[str, str] = {}
    for text in given or ():
        field, _, column = (part.strip() for part in text.partition("="))
        if not field or not column:
            raise InputError(f"--column {text}: say FIELD=COLUMN, such as text=article.")
        if field in columns:
            raise InputError(f"--column {text}: {field} is {columns[field]} already; say one.")
        columns[field] = column
    return columns


@contextlib.contextmanager
def _progress(what: str, total: int | None) -> Iterator[Callable[..., None]]:
    """A progress bar on a terminal, nothing elsewhere; yields a function that advances it."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda count=1, of=None: bar.update(
            task, advance=count, **({"total": of} if of else {})
        )


def _sentence(error: WorkbenchError | OSError) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'the system'}: {error.strerror}; mend that, then try again."
    return str(error)
