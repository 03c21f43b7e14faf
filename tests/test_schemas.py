"""The tables' contract: DESIGN's columns are there, and what must not be is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import dataframely as dy
import polars as pl
import pytest
from dataframely.exc import ValidationError
from polars.testing import assert_frame_equal

from workbench import schemas
from workbench.schemas import ANNOTATION_TABLES, CORPUS_TABLES, TABLES

Row = dict[str, Any]

# As DESIGN.md lists them; `?` marks what may be missing. Columns may be added, never taken away.
DESIGN = {
    "articles": "article_id outlet? outlet_country? published? published_precision? seen? title? "
    "text? text_kind url? language? authors section? words source_file source_record",
    "rejects": "source_file source_record reason detail?",
    "cuts": "article_id part start end reason",
    "stories": "article_id story_id story_lead",
    "totals": "outlet day articles origin",
    "status": "article_id layer tagger version status reason?",
    "sentences": "article_id part sentence_id start end words",
    "mentions": "article_id part sentence_id start end surface actor_id? actor actor_type side "
    "role? method",
    "quotations": "article_id part quotation_id kind start end words cue_start? cue_end? "
    "source_start? source_end? source? source_name? actor_id? source_type side named anonymous "
    "confidence",
    "stances": "article_id part tagger sentence_id target stance score voice quotation_id?",
    "escalation": "article_id part tagger sentence_id level nuclear hypothetical background "
    "initiator voice quotation_id? start end",
}
DTYPES = {
    ("articles", "published"): pl.Datetime("us", "UTC"),
    ("articles", "authors"): pl.List(pl.String),
    ("stories", "story_lead"): pl.Boolean,
    ("totals", "day"): pl.Date,
    ("sentences", "sentence_id"): pl.UInt32,
    ("quotations", "quotation_id"): pl.UInt32,
    ("quotations", "named"): pl.Boolean,
    ("quotations", "anonymous"): pl.Boolean,
    ("quotations", "confidence"): pl.Float32,
    ("stances", "stance"): pl.Int8,
    ("stances", "score"): pl.Float32,
    ("escalation", "level"): pl.Int8,
}

WITHOUT = dict.fromkeys(("cue_start", "cue_end", "source_start", "source_end", "source"))
SPAN: Row = {"article_id": "a", "part": "text", "start": 0, "end": 4}
GOOD: dict[str, Row] = {
    "articles": {
        "article_id": "a", "published": None, "published_precision": None, "text_kind": "none",
        "authors": [], "words": 0, "source_file": "f", "source_record": "1",
    },
    "rejects": {"source_file": "f", "source_record": "", "reason": "empty_file"},
    "cuts": SPAN | {"reason": "boilerplate"},
    "stories": {"article_id": "a", "story_id": "a", "story_lead": True},
    "totals": {"outlet": "Wire", "day": dt.date(2022, 2, 24), "articles": 0, "origin": "archive"},
    "status": {
        "article_id": "a", "layer": "mentions", "tagger": "t", "version": "1", "status": "done",
    },
    "sentences": SPAN | {"sentence_id": 0, "words": 1},
    "mentions": SPAN | {
        "sentence_id": 0, "surface": "Kyiv", "actor_id": None, "actor": "Ukraine",
        "actor_type": "state", "side": "ukraine", "role": None, "method": "codebook",
    },
    "quotations": SPAN | WITHOUT | {
        "quotation_id": 0, "kind": "direct", "words": 1, "source_type": "unknown", "side": "none",
        "named": False, "anonymous": False, "confidence": 0.5,
    },
    "stances": {
        "article_id": "a", "part": "text", "tagger": "t", "sentence_id": 0, "target": "russia",
        "stance": 0, "score": 0.0, "voice": "author",
    },
    "escalation": SPAN | {
        "tagger": "t", "sentence_id": 0, "level": 4, "nuclear": False, "hypothetical": False,
        "background": False, "initiator": "russia", "voice": "author",
    },
}  # fmt: skip
NOON = dt.datetime(2022, 2, 24, 12, tzinfo=dt.UTC)


def frame(table: str, *rows: Row) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=TABLES[table].create_empty().schema)


def is_valid(table: str, *rows: Row) -> bool:
    return TABLES[table].is_valid(frame(table, *rows))


# ---- what DESIGN promises -------------------------------------------------------------------


@pytest.mark.parametrize("table", DESIGN)
def test_tables_have_the_columns_of_design(table: str) -> None:
    columns = TABLES[table].columns()
    for told in DESIGN[table].split():
        name = told.removesuffix("?")
        assert name in columns
        assert columns[name].nullable == told.endswith("?"), name


def test_tables_are_those_of_design() -> None:
    assert set(TABLES) == set(DESIGN)
    assert not set(CORPUS_TABLES) & set(ANNOTATION_TABLES)


@pytest.mark.parametrize(("table", "column"), DTYPES)
def test_tables_have_the_types_of_design(table: str, column: str) -> None:
    assert TABLES[table].create_empty().schema[column] == DTYPES[table, column]


def test_tables_give_one_concept_one_type() -> None:
    types: dict[str, set[str]] = {}
    for table in TABLES.values():
        for name, dtype in table.create_empty().schema.items():
            types.setdefault(name, set()).add(str(dtype))
    shared = {name for name, found in types.items() if len(found) > 1}
    assert shared == set()


@pytest.mark.parametrize("table", TABLES)
def test_tables_take_a_good_row_and_no_row(table: str) -> None:
    good = frame(table, GOOD[table])
    assert_frame_equal(pl.DataFrame(TABLES[table].validate(good)), good)
    assert TABLES[table].is_valid(frame(table))


@pytest.mark.parametrize("table", TABLES)
def test_tables_refuse_null_where_something_must_stand(table: str) -> None:
    needed = [name for name, column in TABLES[table].columns().items() if not column.nullable]
    assert needed
    for name in needed:
        assert not is_valid(table, GOOD[table] | {name: None}), name


@pytest.mark.parametrize("table", [name for name in TABLES if TABLES[name].primary_key()])
def test_tables_refuse_the_same_key_twice(table: str) -> None:
    assert not is_valid(table, GOOD[table], GOOD[table])


@pytest.mark.parametrize("table", TABLES)
def test_tables_refuse_missing_columns(table: str) -> None:
    for name in TABLES[table].column_names():
        assert not TABLES[table].is_valid(frame(table, GOOD[table]).drop(name)), name


# ---- keys -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("articles", ["article_id"]),
        ("stories", ["article_id"]),
        ("totals", ["outlet", "day"]),
        ("status", ["article_id", "layer", "tagger"]),
        ("sentences", ["article_id", "sentence_id"]),
        ("quotations", ["article_id", "quotation_id"]),
        ("stances", ["article_id", "tagger", "sentence_id", "target"]),
        ("escalation", ["article_id", "tagger", "sentence_id"]),
    ],
)
def test_tables_have_the_keys_that_measures_join_on(table: str, key: list[str]) -> None:
    assert TABLES[table].primary_key() == key


# ---- facts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "change", "valid"),
    [
        ("articles", {"published": NOON, "published_precision": "minute"}, True),
        ("articles", {"published": NOON}, False),
        ("articles", {"published_precision": "day"}, False),
        ("articles", {"published": NOON, "published_precision": "hour"}, False),
        ("articles", {"text_kind": "abstract"}, False),
        ("cuts", {"start": 4}, False),
        ("cuts", {"part": "body"}, False),
        ("sentences", {"start": 4, "end": 4}, False),
        ("sentences", {"part": "title"}, True),
        ("mentions", {"end": 0}, False),
        ("mentions", {"side": "nato"}, False),
        ("mentions", {"side": "belarus"}, True),
        ("mentions", {"actor_type": "executive"}, False),
        ("mentions", {"method": "guess"}, False),
        ("quotations", {"cue_start": 5, "cue_end": 9}, True),
        ("quotations", {"cue_start": 5}, False),
        ("quotations", {"source_start": 5, "source_end": 9, "source": "he"}, True),
        ("quotations", {"source_start": 5, "source_end": 9}, False),
        ("quotations", {"source": "he"}, False),
        ("quotations", {"kind": "free"}, False),
        ("quotations", {"source_type": "think_tank"}, True),
        ("quotations", {"source_type": "person"}, False),
        ("stances", {"stance": -1, "score": -1.0, "target": "ukraine"}, True),
        ("stances", {"stance": 2}, False),
        ("stances", {"score": 1.01}, False),
        ("stances", {"target": "nato"}, False),
        ("stances", {"voice": "reporter"}, False),
        ("escalation", {"level": 0}, False),
        ("escalation", {"level": -2}, True),
        ("escalation", {"level": 5}, True),
        ("escalation", {"level": -3}, False),
        ("escalation", {"level": 6}, False),
        ("escalation", {"initiator": "europe"}, False),
        ("escalation", {"start": 9}, False),
        ("status", {"status": "skipped_language"}, True),
        ("status", {"status": "skipped"}, False),
    ],
)
def test_tables_hold_rows_to_the_codebook(table: str, change: Row, valid: bool) -> None:
    assert is_valid(table, GOOD[table] | change) is valid


def test_validate_names_every_rule_that_failed() -> None:
    bad = frame("stances", GOOD["stances"] | {"stance": 2, "voice": "reporter"})
    with pytest.raises(ValidationError) as caught:
        TABLES["stances"].validate(bad)
    assert "stance" in str(caught.value)
    assert "voice" in str(caught.value)


# ---- the codebook's words -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (schemas.ACTOR_TYPES, "person state ministry military legislature court igo think_tank "
         "university ngo media company other"),
        (schemas.SIDES, "russia ukraine us europe un china belarus other none"),
        (schemas.SOURCE_TYPES, "executive military legislative local igo court think_tank academic "
         "ngo media business civilian former_official unknown"),
        (schemas.QUOTATION_KINDS, "direct indirect mixed"),
        (schemas.INITIATORS, "russia ukraine west other unclear"),
        (schemas.TEXT_KINDS, "full snippet headline none"),
        (schemas.PRECISIONS, "day minute second"),
        (schemas.STATUSES, "done failed skipped_language no_text"),
        (schemas.MENTION_METHODS, "codebook ner coreference"),
    ],
)  # fmt: skip
def test_words_are_the_codebooks(values: tuple[str, ...], told: str) -> None:
    assert set(values) == set(told.split())
    assert len(values) == len(set(values))


@pytest.mark.parametrize(
    ("since", "until", "valid"),
    [
        (dt.date(2022, 1, 1), dt.date(2022, 1, 1), True),
        (dt.date(2022, 1, 2), dt.date(2022, 1, 1), False),
        (None, dt.date(2022, 1, 1), True),
        (dt.date(2022, 1, 1), None, True),
        (None, None, True),
    ],
)
def test_roles_begin_before_they_end(
    since: dt.date | None, until: dt.date | None, valid: bool
) -> None:
    role: Row = {
        "actor_id": "a", "role": "minister", "office": "minister", "body": "b",
        "source_type": "executive", "from": since, "until": until, "evidence": "e",
        "checked": dt.date(2025, 1, 1),
    }  # fmt: skip
    rows = pl.DataFrame([role], schema_overrides={"from": pl.Date, "until": pl.Date})
    assert schemas.Roles.is_valid(rows.select(schemas.Roles.column_names())) is valid


@pytest.mark.parametrize(
    ("nullable", "value", "valid"),
    [(True, None, True), (False, None, False), (False, "a", True), (True, "c", False)],
)
def test_one_of_takes_only_its_values(nullable: bool, value: str | None, valid: bool) -> None:
    class Table(dy.Schema):
        letter = schemas.one_of(("a", "b"), nullable=nullable)

    assert Table.is_valid(pl.DataFrame({"letter": [value]}, schema={"letter": pl.String})) is valid
