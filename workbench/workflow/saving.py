"""Figures and tables onto disk: for print, for the screen, for a spreadsheet, for a reviewer."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import altair as alt
import polars as pl

from workbench import store
from workbench.errors import InputError
from workbench.workflow.provenance import provenance

PIXELS_PER_INCH = 300
NAME = re.compile(r"\w[\w.\-]*")
SHEET_ROWS, CELL_CHARACTERS = 1_048_575, 32_767  # below the header; of one cell
AS_TEXT = {"strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def save_figure(
    chart: alt.TopLevelMixin,
    name: str,
    *,
    corpus: store.Corpus,
    data: pl.DataFrame,
    folder: str | Path,
    parameters: Mapping[str, Any] | None = None,
) -> alt.TopLevelMixin:
    """Write a figure as SVG, PNG (300 dpi) and PDF, its data as CSV, its provenance as JSON.

    Saved again, every file has the same bytes but for the PDF, in which vl-convert lists the same
    fonts and shapes in changing order.

    Args:
        chart: the figure.
        name: file name without ending.
        corpus: what the data were measured on, filters included.
        data: the tidy frame behind the figure.
        folder: where to write; made where it is missing.
        parameters: what was chosen on the way, for the provenance.

    Returns:
        The chart, so that a notebook's cell shows it.

    Raises:
        InputError: if the name is no plain file name.
    """
    if not NAME.fullmatch(name):
        raise InputError(f"Figure name {name!r}: use letters, digits, dots, hyphens, underscores.")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    chart.save(folder / f"{name}.svg")
    chart.save(folder / f"{name}.png", ppi=PIXELS_PER_INCH)
    chart.save(folder / f"{name}.pdf")
    csv = folder / f"{name}.csv"
    write_csv(data, csv)
    told = {"figure": name, **provenance(corpus, data, csv, parameters or {})}
    sidecar = folder / f"{name}.provenance.json"
    text = json.dumps(told, indent=1, ensure_ascii=False, default=str)
    sidecar.write_text(text + "\n", encoding="utf-8", newline="\n")
    return chart


def figure_saver(
    corpus: store.Corpus, folder: str | Path, **parameters: Any
) -> Callable[[alt.TopLevelMixin, str, pl.DataFrame], alt.TopLevelMixin]:
    """Return `save(chart, name, data)`: `save_figure` with what a notebook's figures share.

    Example:
        >>> save = figure_saver(corpus, "figures", period="month")  # doctest: +SKIP
        >>> save(chart, "02_volume", data)  # doctest: +SKIP
    """

    def save(chart: alt.TopLevelMixin, name: str, data: pl.DataFrame) -> alt.TopLevelMixin:
        return save_figure(
            chart, name, corpus=corpus, data=data, folder=folder, parameters=parameters
        )

    return save


def export_table(corpus: store.Corpus, table: str, to: str | Path) -> int:
    """Write a table of a corpus as CSV, TSV, XLSX, JSON Lines or Parquet, by the file's ending.

    In CSV, TSV and XLSX, text that a spreadsheet would take for a formula is guarded by a leading
    apostrophe; lists are joined by `; `.

    Returns:
        The number of rows written.

    Raises:
        InputError: if the ending is none of these, or a spreadsheet cannot hold the table.
        CorpusError: if there is no such table.
    """
    to = Path(to)
    writers: dict[str, Callable[[pl.DataFrame, Path], None]] = {
        ".csv": write_csv,
        ".tsv": lambda frame, path: write_csv(frame, path, separator="\t"),
        ".xlsx": _write_xlsx,
        ".jsonl": lambda frame, path: frame.write_ndjson(path),
        ".parquet": lambda frame, path: frame.write_parquet(path),
    }
    if to.suffix.lower() not in writers:
        raise InputError(f"{to}: tables are written as {', '.join(writers)}; change the ending.")
    frame = corpus.read(table)
    to.parent.mkdir(parents=True, exist_ok=True)
    writers[to.suffix.lower()](frame, to)
    return frame.height


def write_csv(frame: pl.DataFrame, path: Path, *, separator: str = ",") -> None:
    """Write a frame as CSV that is safe to open in a spreadsheet."""
    guarded(frame).write_csv(path, separator=separator)


def guarded(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with lists joined and would-be formulas guarded by an apostrophe."""
    lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    flat = frame.with_columns(
        pl.col(name).cast(pl.List(pl.String)).list.join("; ") for name in lists
    )
    return flat.with_columns(
        pl.when(pl.col(name).str.slice(0, 1).is_in(FORMULA_STARTS))
        .then(pl.lit("'") + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name, dtype in flat.schema.items()
        if dtype == pl.String
    )


def _write_xlsx(frame: pl.DataFrame, path: Path) -> None:
    flat = guarded(frame).with_columns(pl.col(pl.Datetime("us", "UTC")).dt.replace_time_zone(None))
    _refuse_oversize(flat, path)
    try:
        xlsxwriter = importlib.import_module("xlsxwriter")
    except ModuleNotFoundError:
        raise InputError(
            f"{path}: spreadsheets need the package xlsxwriter; install it, or use .csv."
        ) from None
    with xlsxwriter.Workbook(path, AS_TEXT) as workbook:
        flat.write_excel(workbook, autofit=False)


def _refuse_oversize(flat: pl.DataFrame, path: Path) -> None:
    """Excel would cut longer text, and leave out further rows, without a word."""
    longest = flat.select(pl.col(pl.String).str.len_chars().max()).transpose().to_series().max()
    if flat.height > SHEET_ROWS:
        raise InputError(f"{path}: {flat.height:,} rows, a sheet holds {SHEET_ROWS:,}; use .csv.")
    if isinstance(longest, int) and longest > CELL_CHARACTERS:
        raise InputError(
            f"{path}: a text has {longest:,} characters, a cell holds {CELL_CHARACTERS:,}; "
            "use .csv or .parquet."
        )
