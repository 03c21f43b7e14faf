"""Annotation of a corpus folder: what is done, what is left alone, what survives a kill."""

from __future__ import annotations

import csv
import functools
import json
import shutil
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from workbench import store
from workbench.annotation import annotate, annotate_corpus, runner
from workbench.codebook import codebook
from workbench.errors import AnnotationError, CodebookError
from workbench.workflow import importing

TEXTS = {
    "a": "Vladimir Putin called Xi Jinping on Monday. They spoke.",
    "b": "Volodymyr Zelensky met Olaf Scholz in Kyiv.\nHe thanked Germany.",
    "c": "Shares fell on Friday. Nobody said why.",
    "d": "Sergei Lavrov landed in Geneva.",
    "e": "John Kerry met Sergei Lavrov. Kerry left early.",
    "f": "The Kremlin said that NATO was to blame.",
    "g": "Emmanuel Macron spoke with Vladimir Putin for an hour.",
}
ACTORS = {
    "vladimir-putin", "xi-jinping", "volodymyr-zelensky", "sergei-lavrov", "john-kerry", "nato",
    "kremlin", "russia", "ukraine", "united-states",
}  # fmt: skip
LINKS = {
    "actors.csv": ["actor_id"],
    "roles.csv": ["actor_id", "body"],
    "en/aliases.csv": ["actor_id"],
}
TABLES = ("sentences", "mentions", "status")
ACTORS_HEADER = "actor_id,name,actor_type,side,country,about,evidence,checked"


def write_articles(path: Path, texts: dict[str, str], language: str = "en") -> Path:
    rows = (
        {
            "article_id": name, "title": f"Report {name}", "text": text, "outlet": "Daily Lantern",
            "published": "2022-02-24", "language": language,
        }
        for name, text in texts.items()
    )  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture(autouse=True)
def _small_partitions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "ARTICLES_PER_PARTITION", 3)


@pytest.fixture(scope="module")
def few_actors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A codebook of the actors in the texts, so that pipelines load fast."""
    home = tmp_path_factory.mktemp("codebook")
    shutil.copytree(codebook.HOME, home, dirs_exist_ok=True)
    for name, columns in LINKS.items():
        rows = pl.read_csv(home / name, infer_schema=False)
        known = pl.all_horizontal(pl.col(columns).is_in(list(ACTORS)))
        rows.filter(known).write_csv(home / name)
    return home


@pytest.fixture(autouse=True)
def _few_actors(few_actors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codebook, "HOME", few_actors)


@pytest.fixture
def corpus(tmp_path: Path) -> store.Corpus:
    """Seven articles in three partitions, not annotated."""
    source = write_articles(tmp_path / "articles.jsonl", TEXTS)
    return importing.import_files([source], tmp_path / "war.corpus").corpus


def copied(corpus: store.Corpus, name: str) -> store.Corpus:
    folder = corpus.folder.with_name(name)
    shutil.copytree(corpus.folder, folder)
    return store.open_corpus(folder)


def content(corpus: store.Corpus) -> dict[str, bytes]:
    """Every file of a corpus folder but the lock."""
    files = (path for path in corpus.folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(corpus.folder)): path.read_bytes() for path in files}


def times(corpus: store.Corpus) -> dict[str, int]:
    """When each file was written."""
    return {name: (corpus.folder / name).stat().st_mtime_ns for name in content(corpus)}


def overlay_renaming(folder: Path, name: str) -> str:
    """An overlay in which Vladimir Putin is called otherwise."""
    folder.mkdir(exist_ok=True)
    row = ["vladimir-putin", name, "person", "russia", "RU", "president", "test", "2025-06-30"]
    with (folder / "actors.csv").open("w", newline="") as out:
        csv.writer(out).writerows([ACTORS_HEADER.split(","), row])
    return str(folder)


def names(corpus: store.Corpus) -> set[str]:
    """What the actor with Putin's id is called in the mentions."""
    return set(corpus.read("mentions").filter(actor_id="vladimir-putin")["actor"])


def test_annotate_corpus_makes_the_tables_of_annotate(corpus: store.Corpus) -> None:
    report = annotate_corpus(corpus)
    assert (report.annotated, report.unchanged) == (3, 0)
    assert len(corpus.partitions) == 3
    in_memory = annotate(corpus.read("articles"))
    for table in TABLES:
        assert_frame_equal(
            report.corpus.read(table), getattr(in_memory, table), check_row_order=False
        )


def test_annotate_corpus_twice_leaves_everything_alone(corpus: store.Corpus) -> None:
    annotate_corpus(corpus)
    before = times(corpus)
    report = annotate_corpus(store.open_corpus(corpus.folder))
    assert (report.annotated, report.unchanged) == (0, 3)
    assert times(corpus) == before


def test_annotate_corpus_counts_statuses_of_the_whole_corpus(
    corpus: store.Corpus, tmp_path: Path
) -> None:
    annotate_corpus(corpus)
    source = write_articles(tmp_path / "more.jsonl", {"h": "Путін у Москві."}, language="uk")
    importing.import_files([source], corpus.folder)
    expected = {
        (layer, status): count
        for layer in ("sentences", "mentions")
        for status, count in (("done", 7), ("skipped_language", 1))
    }
    report = annotate_corpus(corpus)
    assert {key: report.statuses[key] for key in expected} == expected
    assert isinstance(report.statuses, Counter)


def test_annotate_corpus_annotates_only_what_was_added(
    corpus: store.Corpus, tmp_path: Path
) -> None:
    annotate_corpus(corpus)
    before = times(corpus)
    source = write_articles(tmp_path / "more.jsonl", {"h": "Vladimir Putin went to Beijing."})
    importing.import_files([source], corpus.folder)
    report = annotate_corpus(corpus)
    assert (report.annotated, report.unchanged) == (1, 3)
    assert report.corpus.read("status")["article_id"].n_unique() == 8
    after = times(corpus)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {store.MANIFEST, "stories/all.parquet"}


def test_annotate_corpus_is_the_same_added_to_or_at_once(
    corpus: store.Corpus, tmp_path: Path
) -> None:
    more = write_articles(tmp_path / "more.jsonl", {"h": "Vladimir Putin went to Beijing."})
    at_once = copied(corpus, "at_once.corpus")
    importing.import_files([more], at_once.folder)
    annotate_corpus(at_once)
    annotate_corpus(corpus)
    importing.import_files([more], corpus.folder)
    annotate_corpus(corpus)
    for table in TABLES:
        assert_frame_equal(
            store.open_corpus(corpus.folder).read(table),
            store.open_corpus(at_once.folder).read(table),
        )


def test_annotate_corpus_anew_when_the_codebook_changes(
    corpus: store.Corpus, tmp_path: Path
) -> None:
    assert names(annotate_corpus(corpus).corpus) == {"Vladimir Putin"}
    overlay = overlay_renaming(tmp_path / "overlay", "Vladimir Vladimirovich Putin")
    report = annotate_corpus(corpus, codebook=overlay)
    assert report.annotated == 3
    assert names(report.corpus) == {"Vladimir Vladimirovich Putin"}


def test_annotate_corpus_anew_when_the_overlay_is_edited(
    corpus: store.Corpus, tmp_path: Path
) -> None:
    """Regression: one process kept the codebook that it had read first."""
    overlay = overlay_renaming(tmp_path / "overlay", "Vladimir Putin")
    assert names(annotate_corpus(corpus, codebook=overlay).corpus) == {"Vladimir Putin"}
    overlay_renaming(tmp_path / "overlay", "President Putin")
    aliases = tmp_path / "overlay/en/aliases.csv"
    aliases.parent.mkdir()
    aliases.write_text("actor_id,alias,use\nvladimir-putin,Vladimir Putin,full\n")
    report = annotate_corpus(corpus, codebook=overlay)
    assert report.annotated == 3
    assert names(report.corpus) == {"President Putin"}


def test_annotate_corpus_layer_by_layer_is_as_at_once(corpus: store.Corpus) -> None:
    at_once = copied(corpus, "at_once.corpus")
    annotate_corpus(at_once)
    first = annotate_corpus(corpus, layers=["sentences"]).corpus
    assert first.read("mentions").is_empty()
    assert set(first.read("status")["layer"]) == {"sentences"}
    report = annotate_corpus(corpus)
    assert report.annotated == 3
    assert content(corpus) == content(at_once)


def test_annotate_corpus_tells_the_versions_of_each_layer(
    corpus: store.Corpus, tmp_path: Path
) -> None:
    """Regression: layers that were left alone were told to have the versions of the last run."""
    before = annotate_corpus(corpus).corpus.manifest["annotation"]["layers"]
    overlay = overlay_renaming(tmp_path / "overlay", "Vladimir Vladimirovich Putin")
    after = annotate_corpus(corpus, layers=["sentences"], codebook=overlay).corpus
    layers = after.manifest["annotation"]["layers"]
    assert layers["mentions"] == before["mentions"]
    assert layers["sentences"]["codebook"] != before["sentences"]["codebook"]
    assert {**layers["sentences"], "codebook": ""} == {**before["sentences"], "codebook": ""}


class KilledError(Exception):
    """Stands for a power cut."""


@pytest.mark.parametrize("survivors", [0, 1, 2, 4, 8])
def test_annotate_corpus_killed_between_tables_resumes_to_the_same(
    corpus: store.Corpus, monkeypatch: pytest.MonkeyPatch, survivors: int
) -> None:
    undisturbed = copied(corpus, "undisturbed.corpus")
    annotate_corpus(undisturbed)
    written: list[Path] = []
    write_whole = store.write_whole

    def write_or_die(frame: pl.DataFrame, path: Path, *, made_from: str = "") -> None:
        if len(written) == survivors:
            raise KilledError
        written.append(path)
        write_whole(frame, path, made_from=made_from)

    with monkeypatch.context() as patched:
        patched.setattr(store, "write_whole", write_or_die)
        with pytest.raises(KilledError):
            annotate_corpus(corpus)
    report = annotate_corpus(corpus)
    assert report.unchanged == survivors // 4  # four files to a partition
    assert content(corpus) == content(undisturbed)


def use_codebook(home: Path) -> None:
    """What a monkeypatch does here, done in another process."""
    codebook.HOME = home


def test_annotate_corpus_with_two_workers_is_the_same(
    corpus: store.Corpus, few_actors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = functools.partial(ProcessPoolExecutor, initializer=use_codebook, initargs=(few_actors,))
    monkeypatch.setattr(runner, "ProcessPoolExecutor", pool)
    alone = copied(corpus, "alone.corpus")
    annotate_corpus(alone, workers=1)
    report = annotate_corpus(corpus, workers=2)
    assert report.annotated == 3
    assert content(corpus) == content(alone)


def test_annotate_corpus_tells_of_a_process_that_died(
    corpus: store.Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dying(ProcessPoolExecutor):
        def map(self, *args: Any, **kwargs: Any) -> Any:
            raise BrokenProcessPool

    monkeypatch.setattr(runner, "ProcessPoolExecutor", Dying)
    with pytest.raises(AnnotationError, match="A process of --workers died"):
        annotate_corpus(corpus, workers=2)


def test_annotate_corpus_reports_partitions(corpus: store.Corpus) -> None:
    told: list[tuple[int, int]] = []
    annotate_corpus(corpus, on_partitions=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_annotate_corpus_heeds_no_filters(corpus: store.Corpus) -> None:
    report = annotate_corpus(store.select(corpus, since="2030-01-01"))
    assert report.annotated == 3


def test_annotate_corpus_without_articles(tmp_path: Path) -> None:
    source = write_articles(tmp_path / "articles.jsonl", {"a": "Vladimir Putin called."})
    corpus = importing.import_files([source], tmp_path / "war.corpus").corpus
    emptied = {**corpus.manifest, "imports": []}
    (corpus.folder / store.MANIFEST).write_text(json.dumps(emptied))
    report = annotate_corpus(store.open_corpus(corpus.folder))
    assert (report.annotated, report.unchanged, report.statuses) == (0, 0, Counter())


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"workers": 0}, AnnotationError, "--workers 0: at least 1 process"),
        ({"layers": ["stanzas"]}, AnnotationError, "No layer 'stanzas'"),
        ({"model": "en_core_web_xxl"}, AnnotationError, "'en_core_web_xxl' cannot be loaded"),
        ({"codebook": "no/such/overlay"}, CodebookError, "no such overlay folder"),
    ],
)
def test_annotate_corpus_refuses_and_writes_nothing(
    corpus: store.Corpus, options: dict[str, Any], error: type[Exception], told: str
) -> None:
    before = content(corpus)
    with pytest.raises(error, match=told):
        annotate_corpus(corpus, **options)
    assert content(corpus) == before


def test_annotate_corpus_refuses_two_at_once(corpus: store.Corpus) -> None:
    with store.writing(corpus.folder), pytest.raises(Exception, match="another process"):
        annotate_corpus(corpus)
