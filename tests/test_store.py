"""The corpus folder: what is read from it, what is refused, and that writing is all or nothing."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from workbench import store
from workbench.errors import CorpusError, InputError
from workbench.schemas import SCHEMA_VERSION, TABLES, Articles, Mentions, Rejects, Status

Row = dict[str, Any]
USUAL: Row = {
    "title": None, "text": "Text.", "text_kind": "full", "authors": [], "words": 1,
    "source_file": "a.jsonl", "source_record": "1",
}  # fmt: skip


def articles(*rows: Row) -> pl.DataFrame:
    dated = [row | {"published_precision": "second"} if "published" in row else row for row in rows]
    frame = pl.DataFrame([USUAL | row for row in dated], schema=Articles.create_empty().schema)
    return Articles.validate(frame)


def named(*ids: str) -> pl.DataFrame:
    return articles(*({"article_id": i} for i in ids))


def put(folder: Path, key: str, *partitions: pl.DataFrame, **kwargs: Any) -> store.Corpus:
    """Import frames of articles, one partition each."""
    with store.writing(folder) as corpus:
        stage(corpus, key, partitions)
        return store.record_import(corpus, entry(key, len(partitions)), **kwargs)


def stage(corpus: store.Corpus, key: str, partitions: Sequence[pl.DataFrame]) -> None:
    with store.staged_import(corpus, key) as staging:
        for number, frame in enumerate(partitions):
            store.write_whole(frame, staging / "articles" / f"{number:05}.parquet")
        store.write_whole(Rejects.create_empty(), staging / "rejects.parquet")


def entry(key: str, partitions: int) -> Row:
    names = [f"{key}/{number:05}" for number in range(partitions)]
    return {"key": key, "options": {}, "partitions": names, "files": []}


def ids(corpus: store.Corpus, table: str = "articles") -> list[str]:
    return corpus.read(table)["article_id"].to_list()


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the lock."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def refused(action: Callable[[], object], folder: Path) -> str:
    """The message of a CorpusError, once it is one sentence that names the folder."""
    with pytest.raises(CorpusError) as caught:
        action()
    message = str(caught.value)
    assert str(folder) in message
    assert "\n" not in message
    assert message.endswith(".")
    return message


# ---- opening --------------------------------------------------------------------------------


def test_open_corpus_gives_what_was_imported(tmp_path: Path) -> None:
    put(tmp_path / "a.corpus", "k", named("x", "y"))
    corpus = store.open_corpus(tmp_path / "a.corpus")
    assert_frame_equal(corpus.read("articles"), named("x", "y"))
    assert corpus.manifest["counts"]["articles"] == 2
    assert repr(corpus) == "<Corpus a.corpus: 2 articles>"


def test_open_corpus_refuses_no_folder(tmp_path: Path) -> None:
    folder = tmp_path / "missing.corpus"
    message = refused(lambda: store.open_corpus(folder), folder)
    assert "workbench import" in message
    assert not folder.exists()


def test_open_corpus_refuses_foreign_folder(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("x")
    assert "not a corpus" in refused(lambda: store.open_corpus(tmp_path), tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is not JSON"),
        ('{"schema_version": 1, "impo', "is not JSON"),
        ("\xff", "is not JSON"),
        ("[]", "lacks schema_version, imports, annotation, counts"),
        ("null", "lacks schema_version"),
        ("{}", "lacks schema_version, imports, annotation, counts"),
        ('{"schema_version": 1, "imports": [], "counts": {}}', "lacks annotation"),
        (
            '{"schema_version": "1", "imports": [], "annotation": {}, "counts": {}}',
            "schema_version",
        ),
        ('{"schema_version": 1, "imports": {}, "annotation": {}, "counts": {}}', "lacks imports"),
    ],
)
def test_open_corpus_refuses_broken_manifest(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / store.MANIFEST).write_bytes(text.encode("latin-1"))
    message = refused(lambda: store.open_corpus(tmp_path), tmp_path)
    assert told in message
    assert "import the files again" in message


def test_open_corpus_refuses_newer_schema(tmp_path: Path) -> None:
    newer = {"schema_version": SCHEMA_VERSION + 1}
    (tmp_path / store.MANIFEST).write_text(json.dumps(newer))
    assert "update the workbench" in refused(lambda: store.open_corpus(tmp_path), tmp_path)


def test_open_corpus_refuses_missing_partition(tmp_path: Path) -> None:
    corpus = put(tmp_path, "k", named("x"), named("y"))
    corpus.path("articles", "k/00001").unlink()
    message = refused(lambda: store.open_corpus(tmp_path), tmp_path)
    assert "lacks 1 article partition" in message
    assert "articles/k/00001.parquet" in message


# ---- scanning -------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_scan_gives_empty_table_with_its_schema(tmp_path: Path, table: str) -> None:
    corpus = put(tmp_path, "k", named("x"))
    if table != "articles":
        assert_frame_equal(corpus.read(table), pl.DataFrame(TABLES[table].create_empty()))


def test_scan_refuses_unknown_table(tmp_path: Path) -> None:
    corpus = put(tmp_path, "k", named("x"))
    with pytest.raises(CorpusError, match="No table 'quotes'; the tables are articles, rejects"):
        corpus.scan("quotes")


def test_scan_keeps_order_of_imports_partitions_and_rows(tmp_path: Path) -> None:
    """Regression: files came in the order of the imports' hashes."""
    put(tmp_path, "z", named("5", "4"), named("9"))
    corpus = put(tmp_path, "a", named("1"), named("8", "2"))
    assert ids(corpus) == ["5", "4", "9", "1", "8", "2"]
    assert corpus.partitions == ("z/00000", "z/00001", "a/00000", "a/00001")


@given(st.lists(st.integers(min_value=1, max_value=4), min_size=1, max_size=5))
@settings(max_examples=20, deadline=None)
def test_scan_is_the_same_however_articles_are_split(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int]
) -> None:
    frame = named(*(f"{number:02}" for number in range(sum(sizes))))
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    parts = [frame.slice(start, size) for start, size in zip(starts, sizes, strict=True)]
    corpus = put(tmp_path_factory.mktemp("split"), "k", *parts)
    assert_frame_equal(corpus.read("articles"), frame)


def test_scan_reads_folder_with_brackets_and_stars(tmp_path: Path) -> None:
    """Regression: polars took the folder's name for a pattern."""
    corpus = put(tmp_path / "[war] *.corpus", "k", named("x"))
    assert ids(corpus) == ["x"]


def test_scan_leaves_out_folders_that_manifest_does_not_name(tmp_path: Path) -> None:
    corpus = put(tmp_path, "k", named("x"))
    store.write_whole(named("stray"), tmp_path / "articles" / "other" / "00000.parquet")
    store.write_whole(named("stray"), tmp_path / "articles" / "k" / "00001.parquet")
    store.write_whole(named("stray"), tmp_path / ".staging" / "articles" / "00000.parquet")
    assert ids(corpus) == ["x"]
    assert ids(store.open_corpus(tmp_path)) == ["x"]


def test_scan_is_readable_as_design_says(tmp_path: Path) -> None:
    put(tmp_path, "k", named("x"), named("y"))
    frame = pl.scan_parquet(f"{tmp_path}/articles/**/*.parquet").collect()
    assert frame["article_id"].to_list() == ["x", "y"]


# ---- selecting ------------------------------------------------------------------------------


def day(year: int, month: int, number: int, hour: int = 0) -> dt.datetime:
    return dt.datetime(year, month, number, hour, 59, tzinfo=dt.UTC)


def mention(article_id: str, actor_id: str, side: str) -> Row:
    return {
        "article_id": article_id, "part": "text", "sentence_id": 0, "start": 0, "end": 4,
        "surface": "Text", "actor_id": actor_id, "actor": actor_id, "actor_type": "person",
        "side": side, "role": None, "method": "codebook",
    }  # fmt: skip


def annotated(folder: Path) -> store.Corpus:
    """Five articles; e is in Ukrainian and not annotated, d has no date."""
    frame = articles(
        {"article_id": "a", "outlet": "Wire", "outlet_country": "Poland", "language": "en",
         "published": day(2022, 2, 24, 23), "words": 10},
        {"article_id": "b", "outlet": "Post", "outlet_country": "Poland", "language": "en",
         "published": day(2022, 2, 25), "words": 20, "text_kind": "snippet"},
        {"article_id": "c", "outlet": "Post", "outlet_country": "Chad", "language": "en",
         "published": day(2023, 1, 1), "words": 30},
        {"article_id": "d", "outlet": None, "language": "en", "words": 40},
        {"article_id": "e", "outlet": "Час", "language": "uk", "published": day(2023, 1, 2)},
    )  # fmt: skip
    made = put(folder, "k", frame)
    mentions = [
        mention("a", "putin", "russia"), mention("b", "xi", "china"),
        mention("d", "putin", "russia"), mention("d", "xi", "china") | {"start": 5, "end": 6},
    ]  # fmt: skip
    found = pl.DataFrame(mentions, schema=Mentions.create_empty().schema)
    store.write_whole(Mentions.validate(found), made.path("mentions", "k/00000"))
    status = pl.DataFrame(
        {
            "article_id": list("abcde"), "layer": "mentions", "tagger": "codebook", "version": "1",
            "status": ["done"] * 4 + ["skipped_language"], "reason": None,
        },
        schema=Status.create_empty().schema,
    )  # fmt: skip
    place = made.folder / "status" / "mentions" / "k" / "00000.parquet"
    store.write_whole(Status.validate(status), place)
    return store.update_manifest(made, {"annotation": {"layers": {"mentions": {}}}})


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> store.Corpus:
    return annotated(tmp_path_factory.mktemp("five") / "war.corpus")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "abcde"),
        ({"outlet": "Post"}, "bc"),
        ({"outlet": ["Post", "Wire"]}, "abc"),
        ({"outlet": "post"}, ""),
        ({"outlet": []}, ""),
        ({"outlet_country": "Poland"}, "ab"),
        ({"language": "uk"}, "e"),
        ({"text_kind": ("snippet", "none")}, "b"),
        ({"since": "2022-02-25"}, "bce"),
        ({"until": "2022-02-24"}, "a"),
        ({"since": dt.date(2022, 2, 24), "until": dt.date(2022, 2, 25)}, "ab"),
        ({"since": dt.datetime(2022, 2, 25, 12)}, "bce"),
        ({"actor": "putin"}, "ad"),
        ({"actor": ["putin", "xi"]}, "abd"),
        ({"relevant": True}, "ad"),
        ({"relevant": False}, "bc"),
        ({"where": pl.col("words") >= 30}, "cd"),
        ({"where": pl.col("published") > day(2022, 12, 31)}, "ce"),
        ({"outlet": "Post", "where": pl.col("words") < 30}, "b"),
    ],
)
def test_select_keeps_articles_that_meet_conditions(
    corpus: store.Corpus, asked: Row, expected: str
) -> None:
    assert ids(store.select(corpus, **asked)) == list(expected)


def test_select_restricts_every_table_of_articles(corpus: store.Corpus) -> None:
    chosen = store.select(corpus, outlet="Wire")
    assert ids(chosen, "mentions") == ["a"]
    assert ids(chosen, "status") == ["a"]
    assert chosen.read("rejects").height == 0


def test_select_chained_meets_both_and_remembers_both(corpus: store.Corpus) -> None:
    first = store.select(corpus, actor="xi")
    second = store.select(first, since="2022-02-25", outlet=["Post"])
    assert ids(second) == ["b"]
    assert ids(first) == ["b", "d"]
    assert ids(corpus) == list("abcde")
    assert second.filters == ({"actor": ["xi"]}, {"outlet": ["Post"], "since": "2022-02-25"})
    assert corpus.filters == ()
    assert "filtered by [{'actor': ['xi']}, {'outlet': ['Post']" in repr(second)


def test_select_filters_are_plain_values(corpus: store.Corpus) -> None:
    chosen = store.select(
        corpus, until=dt.date(2023, 1, 1), relevant=True, where=pl.col("words") > 1
    )
    (asked,) = json.loads(json.dumps(chosen.filters))
    assert asked["until"] == "2023-01-01"
    assert asked["relevant"] is True
    condition = pl.Expr.deserialize(asked["where"].encode(), format="json")
    assert condition.meta.eq(pl.col("words") > 1)


CONDITIONS = [
    {"outlet": "Post"}, {"language": "en"}, {"since": "2022-02-25"}, {"actor": "xi"},
    {"relevant": False}, {"where": pl.col("words") < 30},
]  # fmt: skip


@given(chosen=st.lists(st.sampled_from(CONDITIONS), max_size=4))
@settings(max_examples=25, deadline=None)
def test_select_is_the_same_in_any_order(corpus: store.Corpus, chosen: list[Row]) -> None:
    forward = backward = corpus
    for asked in chosen:
        forward = store.select(forward, **asked)
    for asked in reversed(chosen):
        backward = store.select(backward, **asked)
    assert ids(forward) == ids(backward)


@pytest.mark.parametrize("asked", [{"since": "yesterday"}, {"until": "24.02.2022"}, {"since": ""}])
def test_select_refuses_what_is_no_day(corpus: store.Corpus, asked: Row) -> None:
    with pytest.raises(InputError, match=r"select\((since|until)='.*'\): give a day"):
        store.select(corpus, **asked)


@pytest.mark.parametrize("asked", [{"actor": "putin"}, {"relevant": True}, {"relevant": False}])
def test_select_by_actor_refuses_corpus_without_mentions(tmp_path: Path, asked: Row) -> None:
    """Regression: before annotation, nobody was mentioned and every article irrelevant."""
    made = put(tmp_path, "k", named("x"))
    assert "workbench annotate" in refused(lambda: store.select(made, **asked), tmp_path)


# ---- writing --------------------------------------------------------------------------------


def test_writing_refuses_foreign_folder_and_leaves_it_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("x")
    message = refused(lambda: put(tmp_path, "k", named("x")), tmp_path)
    assert "thesis.docx" in message
    assert sorted(path.name for path in tmp_path.iterdir()) == ["thesis.docx"]


def test_writing_refuses_file_in_place_of_folder(tmp_path: Path) -> None:
    place = tmp_path / "notes.txt"
    place.write_text("x")
    assert "is a file" in refused(lambda: put(place, "k", named("x")), place)


def test_writing_takes_folder_with_hidden_files(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_text("x")
    assert ids(put(tmp_path, "k", named("x"))) == ["x"]


def test_writing_makes_no_corpus_of_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "new.corpus"
    with store.writing(folder) as corpus:
        assert corpus.partitions == ()
    refused(lambda: store.open_corpus(folder), folder)


HOLD = """
import sys
from workbench import store
with store.writing(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_writing_refuses_second_process(tmp_path: Path) -> None:
    put(tmp_path, "k", named("x"))
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        message = refused(lambda: put(tmp_path, "l", named("y")), tmp_path)
        assert "written by another process" in message
        assert ids(store.open_corpus(tmp_path)) == ["x"]  # readers need not wait
        other.communicate("")
    assert ids(put(tmp_path, "l", named("y"))) == ["x", "y"]


KILLED = """
import os, sys
from workbench import store
with store.writing(sys.argv[1]) as corpus, store.staged_import(corpus, "l") as staging:
    (staging / "articles" / "00000.parquet").write_bytes(b"PAR1 half a f")
    os._exit(9)
"""


def test_killed_import_leaves_corpus_as_it_was(tmp_path: Path) -> None:
    put(tmp_path, "k", named("x"))
    before = content(tmp_path)
    assert (
        subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False).returncode == 9
    )
    left = {name for name in content(tmp_path) if name.startswith(".staging")}
    assert len(left) == 1
    assert {name: data for name, data in content(tmp_path).items() if name not in left} == before
    assert ids(store.open_corpus(tmp_path)) == ["x"]
    assert ids(put(tmp_path, "l", named("y"))) == ["x", "y"]
    assert not (tmp_path / ".staging").exists()


def test_staged_import_that_fails_leaves_nothing(tmp_path: Path) -> None:
    put(tmp_path, "k", named("x"))
    before = content(tmp_path)

    def fail() -> None:
        with store.writing(tmp_path) as corpus, store.staged_import(corpus, "l") as staging:
            store.write_whole(named("y"), staging / "articles" / "00000.parquet")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert content(tmp_path) == before
    assert not (tmp_path / ".staging").exists()


def test_staged_import_counts_once_it_is_recorded(tmp_path: Path) -> None:
    put(tmp_path, "k", named("x"))
    with store.writing(tmp_path) as corpus:
        stage(corpus, "l", [named("y"), named("z")])
    assert ids(store.open_corpus(tmp_path)) == ["x"]
    assert ids(put(tmp_path, "l", named("w"))) == ["x", "w"]
    assert not (tmp_path / "articles" / "l" / "00001.parquet").exists()


def test_record_import_drops_what_it_replaces(tmp_path: Path) -> None:
    assert annotated(tmp_path).manifest["counts"]["mentions"] == 4
    changed = put(tmp_path, "l", named("n"), replacing=["k"])
    assert ids(changed) == ["n"]
    assert changed.read("mentions").height == changed.read("status").height == 0
    assert not list(tmp_path.glob("**/k"))
    counts = {table: n for table, n in changed.manifest["counts"].items() if n}
    assert counts == {"articles": 1}


def test_update_manifest_that_fails_leaves_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = put(tmp_path, "k", named("x"))

    def full_disk(value: object, out: Any, **kwargs: object) -> None:
        out.write('{"schema_ver')
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(json, "dump", full_disk)
    with pytest.raises(OSError, match="No space"):
        store.update_manifest(corpus, {"annotation": {"model": "new"}})
    assert store.open_corpus(tmp_path).manifest["annotation"] == {}


def test_write_whole_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "part.parquet"
    store.write_whole(named("x"), place, made_from="old")

    def full_disk(frame: pl.DataFrame, path: Path, **kwargs: object) -> None:
        Path(path).write_bytes(b"PAR1 half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full_disk)
    with pytest.raises(OSError, match="No space"):
        store.write_whole(named("y"), place, made_from="new")
    assert pl.read_parquet(place)["article_id"].to_list() == ["x"]
    assert store.made_from(place) == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["part.parquet"]


def test_write_whole_gives_the_same_bytes_again(tmp_path: Path) -> None:
    for name in ("1.parquet", "2.parquet"):
        store.write_whole(named("x", "y"), tmp_path / name, made_from="key")
    assert (tmp_path / "1.parquet").read_bytes() == (tmp_path / "2.parquet").read_bytes()


def test_made_from_is_none_where_nothing_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "half.parquet").write_bytes(b"PAR1 half")
    named("x").write_parquet(tmp_path / "other.parquet")
    assert store.made_from(tmp_path / "missing.parquet") is None
    assert store.made_from(tmp_path / "half.parquet") is None
    assert store.made_from(tmp_path / "other.parquet") is None


def test_record_import_puts_successors_in_place_of_partitions(tmp_path: Path) -> None:
    put(tmp_path, "k", named("x"), named("y"))
    with store.writing(tmp_path) as corpus:
        later = store.successor("k/00001", "e")
        with store.staged_import(corpus, "e") as staging:
            store.write_whole(named("z"), staging / "successors" / f"{later}.parquet")
        corpus = store.record_import(corpus, entry("e", 0), successors={"k/00001": later})
    assert corpus.partitions == ("k/00000", "k/00001-e")
    assert ids(corpus) == ["x", "z"]
    assert store.successor(later, "f") == "k/00001-f"
    assert not corpus.path("articles", "k/00001").exists()


def test_writing_removes_what_a_killed_import_left_and_nothing_else(tmp_path: Path) -> None:
    corpus = put(tmp_path, "k", named("x"))
    left = [corpus.path(table, "l/00000") for table in ("articles", "mentions", "status/mentions")]
    own = corpus.path("articles", "mine/notes")
    for path in (*left, own):
        store.write_whole(named("y"), path)
    with store.writing(tmp_path):
        assert not any(path.parent.exists() for path in left)
    assert own.exists()
    assert ids(store.open_corpus(tmp_path)) == ["x"]


def test_writing_removes_nothing_where_there_is_no_manifest(tmp_path: Path) -> None:
    store.write_whole(named("y"), tmp_path / "articles" / "mine" / "00000.parquet")
    with store.writing(tmp_path):
        pass
    assert (tmp_path / "articles" / "mine" / "00000.parquet").exists()
