"""Articles in memory to tables: what each article gets, whatever its company."""

from __future__ import annotations

import datetime as dt
import importlib
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from spacy.language import Language
from spacy.tokens import Doc

from workbench.annotation import Annotations, annotate
from workbench.annotation.annotate import annotate_frame
from workbench.annotation.layers import LAYERS
from workbench.annotation.mentions import ActorMentions
from workbench.annotation.pipeline import default_model, kept_pipeline, versions_of
from workbench.errors import AnnotationError, CodebookError
from workbench.schemas import Mentions, Sentences, Status

MODULE = importlib.import_module("workbench.annotation.annotate")  # the function has its name
PUTIN = ["vladimir-putin", "Vladimir Putin", "person", "russia"]
ARTICLES = pl.DataFrame(
    [
        ("a", "Putin calls Xi", "Vladimir Putin called Xi Jinping on Monday. They spoke."),
        ("b", None, "Volodymyr Zelensky met Olaf Scholz in Kyiv.\nHe thanked Germany."),
        ("c", "Markets fall", "Shares fell on Friday.\n\nNobody said why."),
        ("d", "Lavrov in Geneva", None),
        ("e", None, None),
        ("f", "Kerry and Lavrov", "John Kerry met Sergei Lavrov. Kerry left early."),
        ("g", None, "The Kremlin said that NATO was to blame."),
    ],
    schema=["article_id", "title", "text"],
    orient="row",
)
TEXTS = ARTICLES.drop_nulls("text")


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The pipeline that `annotate` uses when nothing is said."""
    return kept_pipeline(default_model(), None, versions_of(default_model(), None))


def one(text: str | None, **columns: object) -> pl.DataFrame:
    return pl.DataFrame([{"article_id": "a", "text": text, **columns}])


def statuses(tables: Annotations) -> list[tuple[str, str, str | None]]:
    """Of the layer `mentions`, in the order of the ids."""
    rows = tables.status.filter(pl.col("layer") == "mentions").sort("article_id")
    return rows.select("article_id", "status", "reason").rows()


def test_annotate_of_id_and_text_alone() -> None:
    tables = annotate(one("Vladimir Putin called. Nobody answered."))
    assert_frame_equal(
        tables.sentences,
        pl.DataFrame(
            [("a", "text", 0, 0, 22, 3), ("a", "text", 1, 23, 39, 2)],
            schema=Sentences.create_empty().schema,
            orient="row",
        ),
    )
    assert_frame_equal(
        tables.mentions,
        pl.DataFrame(
            [("a", "text", 0, 0, 14, "Vladimir Putin", *PUTIN, None, "codebook")],
            schema=Mentions.create_empty().schema,
            orient="row",
        ),
    )
    assert_frame_equal(
        tables.status,
        pl.DataFrame(
            [("a", layer.name, layer.tagger, layer.version, "done", None) for layer in LAYERS],
            schema=Status.create_empty().schema,
            orient="row",
        ),
    )


def test_annotate_heeds_no_other_columns() -> None:
    extra = TEXTS.with_columns(sentence_id=pl.lit(1), words=pl.lit([1]), mentions=pl.lit(None))
    plain, with_extra = annotate(TEXTS), annotate(extra)
    assert_frame_equal(with_extra.sentences, plain.sentences)
    assert_frame_equal(with_extra.mentions, plain.mentions)
    assert_frame_equal(with_extra.status, plain.status)


@pytest.mark.parametrize(
    ("published", "role"),
    [
        pytest.param(dt.date(2025, 1, 20), "US senator", id="last day"),
        pytest.param(dt.date(2025, 1, 21), "US secretary of state", id="first day"),
        pytest.param(
            dt.datetime(2025, 1, 20, 23, 59, tzinfo=dt.UTC), "US senator", id="late on the last day"
        ),
        pytest.param(None, None, id="no date"),
    ],
)
def test_annotate_tells_role_at_date(published: dt.date | None, role: str | None) -> None:
    mentions = annotate(one("Marco Rubio called.", published=published)).mentions
    assert mentions["role"].to_list() == [role]


@pytest.mark.parametrize("schema", [pl.String, pl.Null, pl.Categorical], ids=str)
def test_annotate_of_no_articles_is_empty_tables(schema: type[pl.DataType]) -> None:
    tables = annotate(pl.DataFrame(schema={"article_id": schema, "text": schema}))
    assert_frame_equal(tables.sentences, Sentences.create_empty())
    assert_frame_equal(tables.mentions, Mentions.create_empty())
    assert_frame_equal(tables.status, Status.create_empty())


@pytest.mark.parametrize(
    ("columns", "named"),
    [
        (["article_id"], "lack the column text;"),
        (["text"], "lack the column article_id;"),
        ([], "lack the column article_id and text;"),
    ],
)
def test_annotate_names_missing_column(columns: list[str], named: str) -> None:
    with pytest.raises(AnnotationError, match=named):
        annotate(ARTICLES.select(columns))


@pytest.mark.parametrize(
    ("columns", "named"),
    [
        ({"published": "2022-02-24"}, "column published is String; cast it to a date or datetime"),
        ({"title": 7}, "column title is Int64; cast it to a string"),
        ({"text": b"bytes"}, "column text is Binary; cast it to a string"),
    ],
)
def test_annotate_names_column_of_wrong_type(columns: dict[str, object], named: str) -> None:
    with pytest.raises(AnnotationError, match=named):
        annotate(pl.DataFrame([{"article_id": "a", "text": "Text.", **columns}]))


@pytest.mark.parametrize(("ids", "named"), [(["a", "b", "a"], "'a'"), (["a", None], "None")])
def test_annotate_refuses_ids_that_tell_nothing(ids: list[str | None], named: str) -> None:
    with pytest.raises(AnnotationError, match=f"article_id {named} does not tell"):
        annotate(pl.DataFrame({"article_id": ids, "text": "Text."}))


def test_annotate_takes_numbers_as_ids() -> None:
    tables = annotate(pl.DataFrame({"article_id": [7], "text": ["Vladimir Putin called."]}))
    assert set(tables.status["article_id"]) == set(tables.mentions["article_id"]) == {"7"}


@pytest.mark.parametrize("text", [None, "", " \n\u00a0"])
def test_annotate_article_without_text(text: str | None) -> None:
    tables = annotate(one(text, title=" "))
    assert statuses(tables) == [("a", "no_text", "neither title nor text")]
    assert tables.sentences.height == 0


def test_annotate_title_of_article_without_text() -> None:
    tables = annotate(one(None, title="Vladimir Putin called"))
    assert tables.mentions.select("part", "start", "end").rows() == [("title", 0, 14)]
    assert statuses(tables) == [("a", "done", None)]


def test_annotate_skips_other_languages() -> None:
    two = pl.DataFrame(
        {"article_id": ["a", "b"], "text": "Vladimir Putin called.", "language": ["uk", None]}
    )
    tables = annotate(two)
    assert statuses(tables) == [
        ("a", "skipped_language", "no annotator for 'uk'"),
        ("b", "done", None),
    ]
    assert tables.sentences["article_id"].to_list() == ["b"]


def test_annotate_fails_on_text_too_long_alone(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nlp, "max_length", 50)
    tables = annotate(ARTICLES.filter(pl.col("article_id").is_in(["a", "d", "g"])))
    assert statuses(tables) == [
        ("a", "failed", "71 characters; the model takes 50"),
        ("d", "done", None),
        ("g", "done", None),
    ]
    assert set(tables.sentences["article_id"]) == {"d", "g"}


@pytest.mark.parametrize(
    ("limit", "expected"),
    [(14, ("a", "done", None)), (13, ("a", "failed", "14 characters; the model takes 13"))],
)
def test_annotate_counts_what_joins_title_and_text(
    nlp: Language,
    monkeypatch: pytest.MonkeyPatch,
    limit: int,
    expected: tuple[str, str, str | None],
) -> None:
    monkeypatch.setattr(nlp, "max_length", limit)
    assert statuses(annotate(one("He left.", title="Left"))) == [expected]


def test_annotate_keeps_a_failure_to_its_article(monkeypatch: pytest.MonkeyPatch) -> None:
    """Regression: articles before the failed one in a batch came out twice."""
    find = ActorMentions.find

    def find_or_fail(component: ActorMentions, doc: Doc) -> object:
        if doc._.article_id == "c":
            raise ValueError("no way")
        return find(component, doc)

    undisturbed = annotate(TEXTS.filter(pl.col("article_id") != "c"))
    monkeypatch.setattr(ActorMentions, "find", find_or_fail)
    tables = annotate(TEXTS)
    assert statuses(tables) == [
        ("a", "done", None),
        ("b", "done", None),
        ("c", "failed", "ValueError: no way"),
        ("f", "done", None),
        ("g", "done", None),
    ]
    assert_frame_equal(tables.sentences, undisturbed.sentences)
    assert_frame_equal(tables.mentions, undisturbed.mentions)


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_annotate_is_the_same_whatever_the_batch(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    usual = annotate(ARTICLES)
    monkeypatch.setattr(MODULE, "BATCH_SIZE", size)
    other = annotate(ARTICLES)
    assert_frame_equal(other.sentences, usual.sentences)
    assert_frame_equal(other.mentions, usual.mentions)
    assert_frame_equal(other.status, usual.status)


def test_annotate_of_sample_is_the_same_alone_and_in_company(
    root: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = pl.read_ndjson(root / "data/sample/articles.jsonl").head(24)
    articles = articles.select("article_id", "title", "text")
    together = annotate_frame(articles, nlp, LAYERS)
    monkeypatch.setattr(MODULE, "BATCH_SIZE", 1)
    alone = annotate_frame(articles.reverse(), nlp, LAYERS)
    for table in ("sentences", "mentions", "status"):
        keys = Status.primary_key() if table == "status" else ["article_id", "part", "start"]
        assert_frame_equal(alone[table].sort(keys), together[table].sort(keys))


@given(order=st.permutations(range(ARTICLES.height)), cut=st.integers(0, ARTICLES.height))
@settings(max_examples=15, deadline=None)
def test_annotate_is_the_same_whatever_the_order_and_the_split(order: list[int], cut: int) -> None:
    usual = annotate(ARTICLES)
    parts = [annotate(ARTICLES[order[:cut]]), annotate(ARTICLES[order[cut:]])]
    sentences = pl.concat(part.sentences for part in parts)
    mentions = pl.concat(part.mentions for part in parts)
    status = pl.concat(part.status for part in parts)
    assert_frame_equal(sentences, usual.sentences, check_row_order=False)
    assert_frame_equal(mentions, usual.mentions, check_row_order=False)
    assert_frame_equal(status, usual.status, check_row_order=False)


def test_annotate_only_the_layers_asked_for() -> None:
    tables = annotate(TEXTS, layers=["sentences"])
    assert tables.sentences.height > 0
    assert_frame_equal(tables.mentions, Mentions.create_empty())
    assert set(tables.status["layer"]) == {"sentences"}


def test_annotate_refuses_unknown_layer() -> None:
    with pytest.raises(AnnotationError, match="No layer 'stanzas'"):
        annotate(TEXTS, layers=["stanzas"])


def test_annotate_refuses_unknown_model() -> None:
    with pytest.raises(AnnotationError, match="The model 'en_core_web_xxl' cannot be loaded"):
        annotate(TEXTS, model="en_core_web_xxl")


def test_annotate_refuses_missing_overlay(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="no such overlay folder"):
        annotate(TEXTS, codebook=str(tmp_path / "overlay"))


def test_annotate_starts_each_line_as_a_sentence() -> None:
    starts = annotate(one("Under fire\nKyiv was hit. He left.", title="Day 3")).sentences
    assert starts.select("part", "start").rows() == [
        ("title", 0), ("text", 0), ("text", 11), ("text", 25)
    ]  # fmt: skip


def test_annotate_does_not_end_sentences_at_wrapped_lines() -> None:
    lines = [
        "The ministry said on Tuesday that its forces had left the northern",
        "bank of the river and that talks between the two delegations would",
        "go on in the neutral capital until both sides had put their names",
        "to a text, although neither of them expected this to happen before",
        "the end of the month.",
    ]
    text = "\n".join(lines)
    assert annotate(one(text)).sentences.select("start", "end").rows() == [(0, len(text))]
