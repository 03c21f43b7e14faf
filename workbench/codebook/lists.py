"""One list, one CSV file: read as text, checked cell by cell, errors name row and column."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from pathlib import Path
from typing import TypeVar

import dataframely as dy
import polars as pl
from polars.exceptions import PolarsError

from workbench.errors import CodebookError

S = TypeVar("S", bound=dy.Schema)
PARTIAL = re.compile(r"\d{4}(-\d{2})?")
WHOLE = re.compile(r"\d{4}-\d{2}-\d{2}")
ROW = "row in the file"
ERRORS_SHOWN = 10


def read_list(path: Path, schema: type[S]) -> dy.DataFrame[S]:
    """Return a list as a frame of `schema`.

    Dates may be given as a year or a month: `from` is then its first day, any other its last.

    Raises:
        CodebookError: naming the file and every cell at fault (the first ten).
    """
    raw = _read_text(path, schema)
    errors: list[str] = []
    columns = [_column(raw, name, schema, errors) for name in schema.column_names()]
    _fail(path, errors)
    frame = pl.DataFrame(columns)
    good, failure = schema.filter(frame)
    numbered = frame.with_columns(raw[ROW])
    _fail(path, [_explained(row, schema) for row in _failures(numbered, failure)])
    return good


def rows_with(path: Path, schema: type[dy.Schema], column: str, value: str) -> list[int]:
    """Return the numbers of the rows of a list that hold a value, the heading being row 1."""
    return _read_text(path, schema).filter(pl.col(column) == value)[ROW].to_list()


def _read_text(path: Path, schema: type[dy.Schema]) -> pl.DataFrame:
    """The schema's columns as text, rows that hold anything numbered as a spreadsheet does."""
    try:
        raw = pl.read_csv(path, infer_schema=False, encoding="utf8")
    except (PolarsError, OSError) as error:
        raise CodebookError(
            f"{path} cannot be read as CSV: {str(error).splitlines()[0]}."
        ) from None
    names = schema.column_names()
    missing = [name for name in names if name not in raw.columns]
    if missing:
        raise CodebookError(
            f"{path} lacks the column {', '.join(missing)}; "
            f"it needs {', '.join(schema.column_names())}."
        )
    cells = raw.select(pl.col(names).str.strip_chars().replace("", None))
    numbered = cells.with_row_index(ROW, offset=2)
    return numbered.filter(~pl.all_horizontal(pl.col(names).is_null()))


def _column(raw: pl.DataFrame, name: str, schema: type[dy.Schema], errors: list[str]) -> pl.Series:
    dtype = schema.columns()[name].dtype
    if dtype != pl.Date:
        cast = raw[name].cast(dtype, strict=False)
        bad = (raw[name].is_not_null() & cast.is_null()).arg_true()
        errors.extend(f"row {raw[ROW][i]}, {name}: {raw[name][i]!r} is no {dtype}" for i in bad)
        return cast
    days: list[dt.date | None] = []
    for row, text in raw.select(ROW, name).iter_rows():
        try:
            days.append(_day(text, first=name == "from"))
        except ValueError:
            days.append(None)
            errors.append(f"row {row}, {name}: {text!r} is no date (YYYY-MM-DD)")
    return pl.Series(name, days, dtype=pl.Date)


def _day(text: str | None, *, first: bool) -> dt.date | None:
    if text is None:
        return None
    if WHOLE.fullmatch(text):
        return dt.date.fromisoformat(text)
    if not PARTIAL.fullmatch(text):
        raise ValueError(text)
    year, month = int(text[:4]), int(text[5:] or (1 if first else 12))
    return dt.date(year, month, 1 if first else calendar.monthrange(year, month)[1])


def _failures(numbered: pl.DataFrame, failure: dy.FailureInfo) -> list[dict[str, object]]:
    """Rows that break a rule: their number in the file, their values and the rules broken."""
    if not len(failure):
        return []
    details = failure.details()
    columns = [name for name in numbered.columns if name != ROW]
    rules = [name for name in details.columns if name not in columns]
    rows = details.join(numbered, on=columns, how="left", nulls_equal=True)
    return [
        {**row, "broken": [r for r in rules if row[r] == "invalid"]}
        for row in rows.unique(ROW, keep="first").sort(ROW).iter_rows(named=True)
    ]


def _explained(row: dict[str, object], schema: type[dy.Schema]) -> str:
    told = []
    for rule in row["broken"]:  # type: ignore[attr-defined]
        column, _, kind = rule.partition("|")
        if rule == "primary_key":
            key = ", ".join(f"{name} {row[name]!r}" for name in schema.primary_key())
            told.append(f"{key} stands there twice")
        elif kind:
            what = (
                "must not be empty" if kind == "nullability" else f"{row[column]!r} is not allowed"
            )
            told.append(f"{column}: {what}")
        else:
            told.append(rule.replace("_", " ") + " does not hold")
    return f"row {row[ROW]}, " + "; ".join(told)


def _fail(path: Path, errors: list[str]) -> None:
    if errors:
        more = f" (and {len(errors) - ERRORS_SHOWN} more)" if len(errors) > ERRORS_SHOWN else ""
        raise CodebookError(f"{path}: {'. '.join(errors[:ERRORS_SHOWN])}{more}.")
