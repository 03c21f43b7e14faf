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
PARTIAL = re.compile(r"^\d{4}(-\d{2})?$")
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
    _fail(path, [_explained(row, schema) for row in _failures(frame, failure)])
    return good


def _read_text(path: Path, schema: type[dy.Schema]) -> pl.DataFrame:
    try:
        raw = pl.read_csv(path, infer_schema=False, encoding="utf8")
    except (PolarsError, OSError) as error:
        raise CodebookError(
            f"{path} cannot be read as CSV: {str(error).splitlines()[0]}."
        ) from None
    missing = [name for name in schema.column_names() if name not in raw.columns]
    if missing:
        raise CodebookError(
            f"{path} lacks the column {', '.join(missing)}; "
            f"it needs {', '.join(schema.column_names())}."
        )
    return raw.with_columns(pl.col(pl.String).str.strip_chars().replace("", None))


def _column(raw: pl.DataFrame, name: str, schema: type[dy.Schema], errors: list[str]) -> pl.Series:
    dtype = schema.columns()[name].dtype
    if dtype != pl.Date:
        cast = raw[name].cast(dtype, strict=False)
        bad = (raw[name].is_not_null() & cast.is_null()).arg_true()
        errors.extend(f"row {i + 2}, {name}: {raw[name][i]!r} is no {dtype}" for i in bad)
        return cast
    days: list[dt.date | None] = []
    for index, text in enumerate(raw[name]):
        try:
            days.append(_day(text, first=name == "from"))
        except ValueError:
            days.append(None)
            errors.append(f"row {index + 2}, {name}: {text!r} is no date (YYYY-MM-DD)")
    return pl.Series(name, days, dtype=pl.Date)


def _day(text: str | None, *, first: bool) -> dt.date | None:
    if text is None:
        return None
    if not PARTIAL.match(text):
        return dt.date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:] or (1 if first else 12))
    return dt.date(year, month, 1 if first else calendar.monthrange(year, month)[1])


def _failures(frame: pl.DataFrame, failure: dy.FailureInfo) -> list[dict[str, object]]:
    """Rows that break a rule: their number in the file, their values and the rules broken."""
    if not len(failure):
        return []
    details = failure.details()
    rules = [name for name in details.columns if name not in frame.columns]
    numbered = frame.with_row_index("row", offset=2)
    rows = details.join(numbered, on=frame.columns, how="left", nulls_equal=True)
    return [
        {**row, "broken": [r for r in rules if row[r] == "invalid"]}
        for row in rows.unique("row", keep="first").sort("row").iter_rows(named=True)
    ]


def _explained(row: dict[str, object], schema: type[dy.Schema]) -> str:
    told = []
    for rule in row["broken"]:  # type: ignore[attr-defined]
        column, _, kind = rule.partition("|")
        if rule == "primary_key":
            key = ", ".join(f"{name} {row[name]!r}" for name in schema.primary_key())
            told.append(f"{key} stands there twice")
        elif column in row:
            what = (
                "must not be empty" if kind == "nullability" else f"{row[column]!r} is not allowed"
            )
            told.append(f"{column}: {what}")
        else:
            told.append(rule.replace("_", " ") + " does not hold")
    return f"row {row['row']}, " + "; ".join(told)


def _fail(path: Path, errors: list[str]) -> None:
    if errors:
        more = f" (and {len(errors) - ERRORS_SHOWN} more)" if len(errors) > ERRORS_SHOWN else ""
        raise CodebookError(f"{path}: {'. '.join(errors[:ERRORS_SHOWN])}{more}.")
