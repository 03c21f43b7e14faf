"""Docs to tables: exact rows of hand-made Docs, and what must hold for all rows of the sample."""

from __future__ import annotations

import polars as pl
import pytest
import spacy
from polars.testing import assert_frame_equal
from spacy.tokens import Doc

from workbench import store
from workbench.annotation.lexicon import Actor
from workbench.annotation.linking import Mention
from workbench.annotation.tables import mentions_frame, sentences_frame
from workbench.schemas import Mentions, Sentences
from workbench.words import count_words

MARIA = Actor("maria-kalesnikava", "Maria Kalesnikava", "person", "belarus")
VOCAB = spacy.blank("en").vocab


def doc_of(words: list[str], starts: set[int], mentions: tuple[Mention, ...] = ()) -> Doc:
    """A Doc with a title of two words, sentences beginning at `starts`."""
    spaces = [not (following.isspace() or word.isspace() or following == ".")
              for word, following in zip(words, [*words[1:], "."], strict=True)]  # fmt: skip
    doc = Doc(VOCAB, words, spaces, sent_starts=[i in starts for i in range(len(words))])
    doc._.article_id, doc._.mentions = "a", mentions
    doc._.text_start = doc[3].idx
    return doc


TWO_SENTENCES = ["Maria", "speaks", "\n\n", "She", "spoke", ".", "\n", "\n", "They", "left", "."]


def test_sentences_frame_tells_parts_and_leaves_white_space_out() -> None:
    frame = sentences_frame([doc_of(TWO_SENTENCES, {0, 3, 6, 8})])
    expected = pl.DataFrame(
        [
            ("a", "title", 0, 0, 12, 2),
            ("a", "text", 1, 0, 10, 2),
            ("a", "text", 2, 12, 22, 2),
        ],
        schema=Sentences.create_empty().schema,
        orient="row",
    )
    assert_frame_equal(frame, expected)


def test_sentences_frame_of_nothing_is_empty() -> None:
    assert_frame_equal(sentences_frame([]), Sentences.create_empty())


def test_sentences_frame_does_not_cut_a_name() -> None:
    words = ["In", "Minsk", "\n\n", "Then", "Maria", "Kalesnikava", "left", "."]
    doc = doc_of(words, {0, 3, 5}, (Mention(4, 6, MARIA, None, "codebook"),))
    assert sentences_frame([doc])["end"].to_list() == [8, 28]


def test_mentions_frame_tells_place_sentence_and_actor() -> None:
    doc = doc_of(
        TWO_SENTENCES,
        {0, 3, 6, 8},
        (Mention(0, 1, MARIA, "activist", "codebook"), Mention(8, 9, MARIA, None, "ner")),
    )
    expected = pl.DataFrame(
        [
            ("a", "title", 0, 0, 5, "Maria", *MARIA.__dict__.values(), "activist", "codebook"),
            ("a", "text", 2, 12, 16, "They", *MARIA.__dict__.values(), None, "ner"),
        ],
        schema=Mentions.create_empty().schema,
        orient="row",
    )
    assert_frame_equal(mentions_frame([doc]), expected)


def test_mentions_frame_of_nothing_is_empty() -> None:
    assert_frame_equal(mentions_frame([]), Mentions.create_empty())


# ---- the sample -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sentences(sample: store.Corpus) -> pl.DataFrame:
    """Every sentence, with the words that stand at its place."""
    return with_words(sample, "sentences")


@pytest.fixture(scope="module")
def mentions(sample: store.Corpus) -> pl.DataFrame:
    """Every mention, with the words that stand at its place."""
    return with_words(sample, "mentions")


def with_words(sample: store.Corpus, table: str) -> pl.DataFrame:
    parts = sample.scan("articles").unpivot(
        ["title", "text"], index="article_id", variable_name="part", value_name="whole"
    )
    rows = sample.scan(table).join(parts, on=["article_id", "part"], maintain_order="left")
    there = pl.col("whole").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
    return rows.with_columns(there=there).collect()


def test_mentions_of_sample_stand_where_they_say(mentions: pl.DataFrame) -> None:
    assert mentions.height > 1000
    assert_frame_equal(
        mentions.select("article_id", "start", surface="there"),
        mentions.select("article_id", "start", "surface"),
    )


def test_mentions_of_sample_lie_in_their_sentence(
    mentions: pl.DataFrame, sentences: pl.DataFrame
) -> None:
    keys = ["article_id", "part", "sentence_id"]
    pairs = mentions.join(sentences, on=keys, how="left", suffix="_of_sentence")
    inside = (pl.col("start") >= pl.col("start_of_sentence")) & (
        pl.col("end") <= pl.col("end_of_sentence")
    )
    assert pairs.filter(inside.not_() | inside.is_null()).rows() == []


def test_mentions_of_sample_do_not_overlap(mentions: pl.DataFrame) -> None:
    earlier = pl.col("end").shift().over("article_id", "part", order_by="start")
    assert mentions.filter(earlier > pl.col("start")).rows() == []


def test_sentences_of_sample_begin_and_end_with_words(sentences: pl.DataFrame) -> None:
    assert sentences.filter(pl.col("there") != pl.col("there").str.strip_chars()).rows() == []
    counted = sentences["there"].map_elements(count_words, return_dtype=pl.UInt32)
    assert counted.to_list() == sentences["words"].to_list()


def test_sentences_of_sample_follow_each_other(sentences: pl.DataFrame) -> None:
    by_id = {"order_by": "sentence_id"}
    earlier = pl.col("end").shift().over("article_id", "part", **by_id)
    assert sentences.filter(earlier > pl.col("start")).rows() == []


def test_sentences_of_sample_are_numbered_over_both_parts(sentences: pl.DataFrame) -> None:
    title_first = sentences.sort("article_id", pl.col("part") == "text", "start")
    number = pl.int_range(pl.len()).over("article_id")
    assert title_first.filter(pl.col("sentence_id") != number).rows() == []
    assert set(sentences["part"]) == {"title", "text"}


def test_sentences_of_sample_leave_nothing_out(
    sample: store.Corpus, sentences: pl.DataFrame
) -> None:
    def letters(text: pl.Expr) -> pl.Expr:
        return text.fill_null("").str.replace_all(r"\s", "").str.len_chars()

    done = sample.scan("status").filter(layer="sentences", status="done")
    given = (
        sample.scan("articles")
        .join(done, on="article_id", how="semi")
        .join(sample.scan("cuts"), on="article_id", how="anti")
        .select("article_id", letters=letters(pl.col("title")) + letters(pl.col("text")))
        .collect()
    )
    uncut = sentences.join(given, on="article_id", how="semi")
    found = uncut.group_by("article_id").agg(letters=letters(pl.col("there")).sum())
    assert_frame_equal(found, given, check_row_order=False)
