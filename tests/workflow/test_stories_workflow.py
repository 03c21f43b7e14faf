"""The tables `stories` and `cuts` of a corpus, renewed with its articles."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest

from workbench import store
from workbench.annotation import annotate_corpus
from workbench.schemas import Cuts
from workbench.tell import summarise
from workbench.workflow.importing import import_files
from workbench.workflow.stories import renew_stories

TEXT = " ".join(f"word{number}" for number in range(120))
FILE = "stories/all.parquet"


def write(path: Path, *rows: dict[str, str]) -> Path:
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def article(article_id: str, day: int, text: str = TEXT) -> dict[str, str]:
    published = f"2022-03-{day:02}T12:00:00Z"
    return {"article_id": article_id, "published": published, "title": article_id, "text": text}


@pytest.fixture
def corpus(tmp_path: Path) -> store.Corpus:
    source = write(tmp_path / "one.jsonl", article("a", 2), article("b", 3, TEXT[::-1]))
    return import_files([source], tmp_path / "war.corpus").corpus


def stories(corpus: store.Corpus) -> list[tuple[str, str, bool]]:
    return corpus.read("stories").sort("article_id").rows()


def test_import_writes_stories(corpus: store.Corpus) -> None:
    assert stories(corpus) == [("a", "a", True), ("b", "b", True)]
    assert corpus.manifest["counts"]["stories"] == 2


def test_import_regroups_all_articles(corpus: store.Corpus, tmp_path: Path) -> None:
    source = write(tmp_path / "two.jsonl", article("c", 1))
    changed = import_files([source], corpus.folder).corpus
    assert stories(changed) == [("a", "c", False), ("b", "b", True), ("c", "c", True)]
    assert summarise(changed)["stories"] == 2


def test_import_of_nothing_new_leaves_stories_alone(corpus: store.Corpus, tmp_path: Path) -> None:
    before = (corpus.folder / FILE).stat().st_mtime_ns
    import_files([tmp_path / "one.jsonl"], corpus.folder)
    assert (corpus.folder / FILE).stat().st_mtime_ns == before


def test_import_makes_up_for_stories_lost(corpus: store.Corpus, tmp_path: Path) -> None:
    (corpus.folder / FILE).unlink()
    again = import_files([tmp_path / "one.jsonl"], corpus.folder).corpus
    assert len(stories(again)) == 2


def test_replaced_import_leaves_no_rows_behind(corpus: store.Corpus, tmp_path: Path) -> None:
    changed = import_files([tmp_path / "one.jsonl"], corpus.folder, replace=True).corpus
    assert len(stories(changed)) == changed.manifest["counts"]["articles"] == 2


def test_selected_corpus_has_the_selected_articles_stories(corpus: store.Corpus) -> None:
    assert store.select(corpus, since="2022-03-03").read("stories")["article_id"].to_list() == ["b"]


def test_renew_stories_leaves_an_empty_folder_alone(tmp_path: Path) -> None:
    with store.writing(tmp_path / "new.corpus") as empty:
        assert renew_stories(empty) is empty
    assert not (tmp_path / "new.corpus" / FILE).exists()


def test_sample_has_the_planted_copies_and_no_others(sample: store.Corpus, root: Path) -> None:
    with (root / "data/sample/planted.csv").open(encoding="utf-8") as lines:
        of = {row["article_id"]: row["of"] for row in csv.DictReader(lines) if row["of"]}
    found = {row[0]: row[1] for row in stories(sample)}
    first = {copy: of.get(original, original) for copy, original in of.items()}
    assert {a: s for a, s in found.items() if a != s} == first


# ---- cuts -----------------------------------------------------------------------------------


def test_import_writes_cuts_and_annotation_skips_them(tmp_path: Path) -> None:
    text = "Vladimir Putin spoke.\nRead more: Volodymyr Zelensky visits London\nIt rained."
    source = write(tmp_path / "one.jsonl", article("a", 2, text))
    corpus = import_files([source], tmp_path / "war.corpus").corpus
    assert corpus.read("cuts").rows() == [("a", "text", 22, 65, "read_more")]
    done = annotate_corpus(corpus).corpus
    assert done.read("mentions").filter(part="text")["surface"].to_list() == ["Vladimir Putin"]
    sentences = done.read("sentences").filter(part="text")
    assert sentences.select("start", "end").rows() == [(0, 21), (66, 76)]


def test_annotation_is_renewed_where_cuts_changed(corpus: store.Corpus) -> None:
    assert annotate_corpus(corpus).annotated == 1
    assert annotate_corpus(corpus).annotated == 0
    other = {"article_id": "a", "part": "text", "start": 0, "end": 5, "reason": "read_more"}
    cuts = pl.DataFrame([other], schema=Cuts.create_empty().schema)
    store.write_whole(cuts, corpus.path("cuts", corpus.partitions[0]))
    assert annotate_corpus(corpus).annotated == 1
