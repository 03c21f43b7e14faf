"""What holds for whatever records there are: all accounted for, text exact, ids stable."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.corpus import Reading, read
from workbench.corpus.dates import Moment, is_blank, parse_moment
from workbench.corpus.mojibake import repair_mojibake

NAMES = [
    "id",
    "title",
    "headline",
    "text",
    "summary",
    "url",
    "date",
    "outlet",
    "authors",
    "x.y",
    "",
]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
UNDAMAGED = TEXT.filter(lambda text: repair_mojibake({"text": text}, throughout=True) is None)
DATE = st.sampled_from(["2022-03-01", "03/04/2022", "13/04/2022", "31/02/2022", "soon", ""])
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | TEXT | DATE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
RECORD = st.dictionaries(st.sampled_from(NAMES) | TEXT, VALUE, max_size=6)
LINE = st.one_of(
    RECORD.map(json.dumps),
    VALUE.map(json.dumps),
    st.sampled_from(["", "  ", "{", '{"title": "x"', "null", "\0", "\ufeff", "[[[["]),
)


def read_bytes(content: bytes, name: str = "a.jsonl", **options: Any) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        return read(path, **options)


def json_lines(records: list[dict[str, Any]]) -> bytes:
    return "\n".join(json.dumps(record) for record in records).encode()


@settings(max_examples=60, deadline=None)
@given(st.lists(LINE, max_size=12))
def test_read_json_lines_accounts_for_every_record(lines: list[str]) -> None:
    content = "\n".join(lines).encode()
    reading = read_bytes(content, format="jsonl")
    (report,) = reading.reports
    filled = sum(bool(line.strip()) for line in content.split(b"\n"))
    assert report.records == reading.articles.height + reading.rejects.height == max(filled, 1)
    assert report.articles == reading.articles.height
    assert reading.articles["article_id"].n_unique() == reading.articles.height


@settings(max_examples=40, deadline=None)
@given(st.lists(RECORD, max_size=6))
def test_read_json_document_accounts_for_every_record(records: list[dict[str, Any]]) -> None:
    reading = read_bytes(json.dumps(records).encode(), "a.json")
    assert reading.articles.height + reading.rejects.height == max(len(records), 1)


@settings(max_examples=60, deadline=None)
@given(st.lists(UNDAMAGED, min_size=1, max_size=8))
def test_read_json_lines_gives_the_text_exactly(texts: list[str]) -> None:
    content = json_lines([{"article_id": str(n), "text": text} for n, text in enumerate(texts)])
    expected = [text for text in texts if not is_blank(text)]
    assert read_bytes(content).articles["text"].to_list() == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(UNDAMAGED, min_size=1, max_size=8))
def test_read_table_gives_the_text_exactly(texts: list[str]) -> None:
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([["article_id", "text"], *enumerate(texts)])
    expected = [text for text in texts if not is_blank(text)]
    reading = read_bytes(table.getvalue().encode(), format="delimited", encoding="utf-8")
    assert reading.articles["text"].to_list() == expected


@settings(max_examples=40, deadline=None)
@given(UNDAMAGED.filter(lambda text: not is_blank(text.removeprefix("\ufeff"))))
def test_read_plain_text_gives_the_text_exactly(text: str) -> None:
    reading = read_bytes(text.encode(), "a.txt", format="text", encoding="utf-8-sig")
    assert reading.articles["text"].to_list() == [text.removeprefix("\ufeff")]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(RECORD, min_size=1, max_size=10).flatmap(
        lambda x: st.tuples(st.just(x), st.permutations(x))
    )
)
def test_read_shuffled_records_have_the_same_ids(
    both: tuple[list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    in_order, shuffled = (read_bytes(json_lines(records)) for records in both)
    assert set(in_order.articles["article_id"]) == set(shuffled.articles["article_id"])


@settings(max_examples=40, deadline=None)
@given(st.lists(RECORD, min_size=1, max_size=6))
def test_read_doubled_records_give_the_same_articles(records: list[dict[str, Any]]) -> None:
    once, twice = read_bytes(json_lines(records)), read_bytes(json_lines(records * 2))
    assert set(once.articles["article_id"]) == set(twice.articles["article_id"])


@settings(max_examples=60, deadline=None)
@given(VALUE, st.sampled_from(["DMY", "MDY"]))
def test_parse_moment_of_anything_is_a_moment_in_utc_or_none(value: Any, order: str) -> None:
    moment = parse_moment(value, order)
    assert moment is None or moment.time.tzinfo is dt.UTC


@settings(max_examples=100, deadline=None)
@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2022, 12, 31)),
    st.sampled_from(
        [("%Y-%m-%d", "DMY"), ("%d.%m.%Y", "DMY"), ("%m/%d/%Y", "MDY"), ("%Y%m%d", "DMY"),
         ("%d %B %Y", "MDY"), ("%B %d, %Y", "DMY"), ("%Y/%m/%d", "MDY")]
    ),
)  # fmt: skip
def test_parse_moment_reads_back_what_was_written(day: dt.date, form: tuple[str, str]) -> None:
    moment = parse_moment(day.strftime(form[0]), form[1])
    assert moment == Moment(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC), "day")
