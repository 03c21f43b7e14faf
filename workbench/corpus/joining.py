"""Records of one article made one row: what is held stays, what it lacks is added, and told.

An article that two records tell of keeps the first one's id and details. The text is that of the
record that has more of it. `extra` names the other record under `joined_from`: what it gave, what
it says otherwise, and what gave way to its text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from workbench.corpus.addresses import article_address
from workbench.corpus.articles import as_json
from workbench.corpus.identities import FULLNESS, Addition
from workbench.schemas import Articles

TO = "joins"  # column of additions: the article that a record belongs to
OF_TEXT = ("text", "text_kind", "words", "language")
OF_DATE = ("published", "published_precision", "published_raw")
DETAILS = (
    "outlet", "outlet_country", "seen", "title", "url", "language", "authors", "section",
)  # fmt: skip
TOLD = ("article_id", "published", "text", *DETAILS)
BEFORE = (*TOLD, "published_raw")
PASSING = {"article_id", "seen"}  # differ between two deliveries of one record
NOTES = "joined_from"
Row = dict[str, Any]


def additions_frame(additions: list[Addition]) -> pl.DataFrame:
    """Return rows of `articles` that belong to articles held, each with that one's id (`joins`)."""
    schema = {**Articles.create_empty().schema, TO: pl.String()}
    return pl.DataFrame([{**found.row, TO: found.to} for found in additions], schema=schema)


def join_additions(articles: pl.DataFrame, additions: pl.DataFrame) -> pl.DataFrame:
    """Return articles with the additions that belong to them, in the order given.

    Args:
        articles: rows of `articles`.
        additions: as `additions_frame` gives them; those of other articles are passed over.
    """
    ours = additions.join(articles, left_on=TO, right_on="article_id", how="semi")
    if ours.is_empty():
        return articles
    placed = articles.with_row_index("place")
    rows = placed.join(ours, left_on="article_id", right_on=TO, how="semi").to_dicts()
    changed = {row["article_id"]: row for row in rows}
    for other in ours.iter_rows(named=True):
        changed[other[TO]] = joined_row(changed[other[TO]], other)
    joined = pl.DataFrame(list(changed.values()), schema=placed.schema)
    kept = placed.join(joined, on="article_id", how="anti")
    return pl.concat([kept, joined]).sort("place").drop("place")


def joined_row(held: Mapping[str, Any], other: Mapping[str, Any]) -> Row:
    """Return the row of an article held, with what another record of it adds."""
    taken: Row = {}
    if FULLNESS[other["text_kind"]] > FULLNESS[held["text_kind"]]:
        taken |= {column: other[column] for column in OF_TEXT if other[column] is not None}
    elif _is_host(held["outlet"], held["url"]) and other["outlet"] is not None:
        taken |= {"outlet": other["outlet"]}  # lists of articles know better than their addresses
    if held["published"] is None and other["published"] is not None:
        taken |= {column: other[column] for column in OF_DATE}
    taken |= {c: other[c] for c in DETAILS if _lacks(held[c]) and not _lacks(other[c])}
    taken = {column: value for column, value in taken.items() if value != held[column]}
    row = {**held, **taken}
    return row | {"extra": _noted(row, _note(held, row, other, set(taken)))}


def _lacks(value: Any) -> bool:
    return value is None or value == []


def _is_host(outlet: str | None, url: str | None) -> bool:
    return outlet is not None and outlet == (article_address(url) or "").partition("/")[0]


def _note(held: Mapping[str, Any], row: Row, other: Mapping[str, Any], taken: set[str]) -> Row:
    """What one record gave, says otherwise and put aside; its further fields."""
    own = json.loads(held["extra"] or "{}")
    further = json.loads(other["extra"] or "{}")
    note = {
        "source_file": other["source_file"],
        "source_record": other["source_record"],
        "gave": sorted(taken),
        "otherwise": {c: other[c] for c in TOLD if not _lacks(other[c]) and other[c] != row[c]},
        "before": {c: held[c] for c in BEFORE if not _lacks(held[c]) and held[c] != row[c]},
        "extra": {k: v for k, v in further.items() if k not in own or own[k] != v},
    }
    plain: Row = json.loads(json.dumps(note, default=str))
    return {name: value for name, value in plain.items() if value}


def _noted(row: Row, note: Row) -> str | None:
    """`extra` with one note more, where that gave anything or says what none before it does."""
    held_extra: str | None = row["extra"]
    extra = json.loads(held_extra or "{}")
    notes = extra.get(NOTES, [])
    notes = notes if isinstance(notes, list) else [notes]
    said = set().union(*map(_says, notes))
    if "gave" not in note and _says(note) <= said:
        return held_extra
    return as_json({**extra, NOTES: [*notes, note]})


def _says(note: Any) -> set[tuple[str, str]]:
    """What a note tells besides what was given, but for what differs between two deliveries."""
    if not isinstance(note, dict):
        return set()
    parts = (note.get(part, {}) for part in ("before", "otherwise", "extra"))
    told = (item for part in parts for item in part.items())
    return {(name, json.dumps(value)) for name, value in told if name not in PASSING}
