"""Files into a corpus folder: nothing twice, nothing lost, and nothing half done."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import store
from workbench.corpus import ReadOptions
from workbench.corpus import loading as corpus_loading
from workbench.errors import InputError
from workbench.schemas import Articles, Rejects
from workbench.workflow import importing
from workbench.workflow.importing import ImportReport, import_files


def write_jsonl(path: Path, *ids: str, **fields: str) -> Path:
    """One article per id; its text names the id."""
    rows = ({"article_id": i, "title": f"On {i}", "text": f"All about {i}."} | fields for i in ids)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a corpus but the lock."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def ids(corpus: store.Corpus) -> list[str]:
    return corpus.read("articles")["article_id"].to_list()


def reasons(corpus: store.Corpus) -> list[tuple[str, str, str]]:
    rejects = corpus.read("rejects")
    return rejects.select(
        pl.col("source_file").map_elements(lambda name: Path(name).name, return_dtype=pl.String),
        "source_record",
        "reason",
    ).rows()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "war.corpus"


# ---- the same again -------------------------------------------------------------------------


def test_import_files_twice_changes_nothing_and_says_so(tmp_path: Path, folder: Path) -> None:
    paths = [write_jsonl(tmp_path / "a.jsonl", "1", "2"), write_jsonl(tmp_path / "b.jsonl", "3")]
    first = import_files(paths, folder)
    before = content(folder)
    second = import_files(paths, folder)
    assert content(folder) == before
    assert [report.articles for report in first.files] == [2, 1]
    assert (first.unchanged, second.files) == ([], ())
    assert second.unchanged == [str(path) for path in paths]
    assert second.corpus.manifest == first.corpus.manifest


def test_import_files_knows_content_under_another_name(tmp_path: Path, folder: Path) -> None:
    import_files([write_jsonl(tmp_path / "a.jsonl", "1")], folder)
    before = content(folder)
    again = import_files([write_jsonl(tmp_path / "moved" / "copy.jsonl", "1")], folder)
    assert again.unchanged == [str(tmp_path / "moved" / "copy.jsonl")]
    assert content(folder) == before


def test_import_files_makes_the_same_corpus_in_another_folder(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", "1", "2")
    for name in ("one.corpus", "two.corpus"):
        import_files([path], tmp_path / name)
    assert content(tmp_path / "one.corpus") == content(tmp_path / "two.corpus")


def test_import_files_reads_a_file_named_twice_once(tmp_path: Path, folder: Path) -> None:
    """Regression: each of its records was told as a duplicate of itself."""
    path = write_jsonl(tmp_path / "in" / "a.jsonl", "1")
    report = import_files([path, path.parent, str(path.parent / "*.jsonl")], folder)
    assert [found.source_file for found in report.files] == [str(path)]
    assert report.corpus.manifest["counts"]["rejects"] == 0


# ---- more -----------------------------------------------------------------------------------


def test_import_files_adds_up(tmp_path: Path, folder: Path) -> None:
    first = write_jsonl(tmp_path / "a.jsonl", "2", "1")
    import_files([first], folder)
    before = content(folder)
    report = import_files([first, write_jsonl(tmp_path / "b.jsonl", "0", "3")], folder)
    assert ids(report.corpus) == ["2", "1", "0", "3"]
    assert [found.articles for found in report.files] == [2]
    assert report.unchanged == [str(first)]
    kept = {name: data for name, data in content(folder).items() if name in before}
    whole = {store.MANIFEST, "stories/all.parquet"}  # of all imports together
    assert {name for name in before if kept[name] != before[name]} == whole


def test_import_files_tells_duplicates_and_conflicts_of_ids(tmp_path: Path, folder: Path) -> None:
    import_files([write_jsonl(tmp_path / "a.jsonl", "1", "2")], folder)
    changed = write_jsonl(tmp_path / "b.jsonl", "2", text="Other words.")
    same = write_jsonl(tmp_path / "c.jsonl", "3", "1")
    report = import_files([changed, same], folder)
    assert ids(report.corpus) == ["1", "2", "3"]
    assert reasons(report.corpus) == [
        ("b.jsonl", "1", "id_conflict"),
        ("c.jsonl", "2", "duplicate"),
    ]


def test_import_files_accounts_for_every_record(tmp_path: Path, folder: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", "1", "2")
    with path.open("a") as out:
        out.write('{"title": \n[]\n{"article_id": "x"}\n\n{"text": "Fine."}\n')
    report = import_files([path], folder)
    (found,) = report.files
    assert (found.records, found.articles) == (6, 3)
    assert dict(found.rejects) == {"broken_json": 1, "not_an_object": 1, "empty_record": 1}
    counts = report.corpus.manifest["counts"]
    assert (counts["articles"], counts["rejects"]) == (3, 3)
    Articles.validate(report.corpus.read("articles"))
    Rejects.validate(report.corpus.read("rejects"))


# ---- options and replacement ----------------------------------------------------------------


def test_import_files_refuses_other_options_for_a_file_it_holds(
    tmp_path: Path, folder: Path
) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", "1")
    import_files([path], folder, options=ReadOptions(outlet="Wire"))
    before = content(folder)
    with pytest.raises(InputError) as caught:
        import_files([path], folder, options=ReadOptions(outlet="Post"))
    assert str(caught.value) == (
        f"{path} was imported into this corpus before with other options (outlet Wire); "
        "say --replace to read it anew."
    )
    assert content(folder) == before


def test_import_files_takes_the_same_options_however_they_are_put(
    tmp_path: Path, folder: Path
) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", "1")
    columns = {"text": "title", "title": "text"}
    import_files([path], folder, options=ReadOptions(columns=columns, outlet=None))
    turned = dict(reversed(columns.items()))
    assert import_files([path], folder, options=ReadOptions(columns=turned, outlet="")).unchanged


def test_import_files_with_replace_reads_anew_and_drops_the_old(
    tmp_path: Path, folder: Path
) -> None:
    kept = write_jsonl(tmp_path / "kept.jsonl", "0")
    path = write_jsonl(tmp_path / "a.jsonl", "1", "2")
    import_files([kept], folder)
    old = import_files([path], folder, options=ReadOptions(outlet="Wire")).corpus
    place = old.path("mentions", old.partitions[1])
    store.write_whole(pl.DataFrame({"article_id": ["1"]}), place)
    report = import_files([path], folder, options=ReadOptions(outlet="Post"), replace=True)
    frame = report.corpus.read("articles")
    assert frame.select("article_id", "outlet").rows() == [
        ("0", None), ("1", "Post"), ("2", "Post"),
    ]  # fmt: skip
    assert report.unchanged == []
    assert not place.exists()
    assert len(list(folder.glob("articles/*"))) == len(list(folder.glob("rejects/*"))) == 2
    again = import_files([path], folder, options=ReadOptions(outlet="Post"))
    assert again.unchanged == [str(path)]


def test_import_files_with_replace_takes_new_files_too(tmp_path: Path, folder: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", "1")
    import_files([path], folder)
    new = write_jsonl(tmp_path / "b.jsonl", "2")
    assert ids(import_files([path, new], folder, replace=True).corpus) == ["1", "2"]


def test_import_files_refuses_replacement_that_loses_a_file(tmp_path: Path, folder: Path) -> None:
    paths = [write_jsonl(tmp_path / "a.jsonl", "1"), write_jsonl(tmp_path / "b.jsonl", "2")]
    import_files(paths, folder)
    before = content(folder)
    with pytest.raises(InputError, match=r"would lose .*b\.jsonl.* name all the files"):
        import_files(paths[:1], folder, replace=True)
    assert content(folder) == before


def test_import_files_refuses_unknown_format_and_makes_no_corpus(
    tmp_path: Path, folder: Path
) -> None:
    with pytest.raises(InputError, match="No format 'docs'; the formats are"):
        import_files(
            [write_jsonl(tmp_path / "a.jsonl", "1")], folder, options=ReadOptions(format="docs")
        )
    assert content(folder) == {}


def test_import_files_refuses_missing_path_and_makes_nothing(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(InputError, match="there is no such file or folder"):
        import_files([tmp_path / "nowhere.csv"], folder)
    assert not folder.exists()


# ---- files that cannot be read --------------------------------------------------------------


def zip_of(path: Path, *members: str, size: int = 0) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in members:
            row = {"title": name, "text": "x" * size or "Text."}
            archive.writestr(name, json.dumps(row) + "\n")
    return path


def truncated(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def unread(report: ImportReport) -> dict[str, str]:
    return {Path(name).name: why.partition(":")[0] for name, why in report.unread.items()}


def test_import_files_names_files_that_it_cannot_read(tmp_path: Path, folder: Path) -> None:
    inputs = tmp_path / "in"
    good = write_jsonl(inputs / "good.jsonl", "1")
    (inputs / "empty.csv").touch()
    (inputs / "half.json").write_text('{"articles": [{"title": "A"}, {"ti')
    (inputs / "none.json").write_text("{}")
    (inputs / "junk.bin").write_bytes(bytes(range(256)))
    (inputs / ".DS_Store").write_bytes(b"x")
    truncated(zip_of(inputs / "cut.zip", "a.jsonl", "b.jsonl"))
    pl.DataFrame({"title": ["A"]}).write_parquet(inputs / "cut.parquet")
    truncated(inputs / "cut.parquet")
    report = import_files([inputs], folder)
    assert unread(report) == {
        "cut.parquet": "broken_file",
        "cut.zip": "broken_archive",
        "empty.csv": "empty_file",
        "half.json": "broken_json",
        "junk.bin": "unknown_format",
        "none.json": "no_records",
    }
    assert [found.articles for found in report.files if found.source_file == str(good)] == [1]
    assert ids(report.corpus) == ["1"]


def test_import_files_names_unread_files_the_second_time_too(tmp_path: Path, folder: Path) -> None:
    paths = [truncated(zip_of(tmp_path / "cut.zip", "a.jsonl")), tmp_path / "empty.csv"]
    paths[1].touch()
    first = import_files(paths, folder)
    before = content(folder)
    second = import_files(paths, folder)
    assert second.unread == first.unread
    assert unread(second) == {"cut.zip": "broken_archive", "empty.csv": "empty_file"}
    assert content(folder) == before


def test_import_files_reads_a_mended_file(tmp_path: Path, folder: Path) -> None:
    path = truncated(zip_of(tmp_path / "a.zip", "a.jsonl"))
    import_files([path], folder)
    report = import_files([zip_of(path, "a.jsonl")], folder)
    assert report.unread == {}
    assert report.corpus.manifest["counts"]["articles"] == 1


def test_import_files_counts_refused_records_as_read(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "A"}\n{"title": "B\n')
    report = import_files([path], folder)
    assert dict(report.files[0].rejects) == {"broken_json": 1}
    assert report.unread == {}


def test_import_files_takes_damage_inside_a_zip_as_one_file(tmp_path: Path, folder: Path) -> None:
    """Regression: bytes broken after the first 64 KiB ended the import with a traceback."""
    path = zip_of(tmp_path / "a.zip", "bad.jsonl", "good.jsonl", size=100_000)
    data = bytearray(path.read_bytes())
    data[90_000] ^= 0xFF
    path.write_bytes(data)
    report = import_files([path], folder)
    assert unread(report) == {"a.zip!bad.jsonl": "broken_archive"}
    assert report.corpus.read("articles")["title"].to_list() == ["good.jsonl"]


def test_import_files_names_incomplete_files_the_second_time_too(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Regression: only the first import said that records were missing."""

    def load(*args: Any) -> Iterator[Any]:
        yield from corpus_loading.load(*args)
        args[-1][0].missing = ["2"]

    paths = [write_jsonl(tmp_path / "a.jsonl", "1"), write_jsonl(tmp_path / "b.jsonl", "2")]
    with monkeypatch.context() as patch:
        patch.setattr(importing, "load", load)
        assert import_files(paths, folder).incomplete == [str(paths[0])]
    assert import_files(paths, folder).incomplete == [str(paths[0])]


# ---- imports that end early -----------------------------------------------------------------


class KilledError(Exception):
    """Stands for whatever ends a process."""


def test_import_files_that_fails_leaves_corpus_as_it_was(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_files([write_jsonl(tmp_path / "a.jsonl", "1")], folder)
    before = content(folder)
    new = write_jsonl(tmp_path / "b.jsonl", "2", "3", "4")
    with monkeypatch.context() as patch:
        patch.setattr(importing, "ARTICLES_PER_PARTITION", 1)
        patch.setattr(corpus_loading, "BATCH", 1)
        patch.setattr(importing, "load", ending_after(2))
        with pytest.raises(KilledError):
            import_files([new], folder)
    assert content(folder) == before
    assert ids(import_files([new], folder).corpus) == ["1", "2", "3", "4"]


def ending_after(batches: int) -> Any:
    def load(*args: Any) -> Iterator[Any]:
        for number, batch in enumerate(corpus_loading.load(*args)):
            if number == batches:
                raise KilledError
            yield batch

    return load


def test_import_files_killed_before_it_is_recorded_counts_for_nothing(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_files([write_jsonl(tmp_path / "a.jsonl", "1")], folder)
    new = write_jsonl(tmp_path / "b.jsonl", "2")
    with monkeypatch.context() as patch:
        patch.setattr(store, "record_import", killed)
        with pytest.raises(KilledError):
            import_files([new], folder)
    assert len(list(folder.glob("articles/*"))) == 2
    assert ids(store.open_corpus(folder)) == ["1"]
    assert ids(import_files([new], folder).corpus) == ["1", "2"]
    assert len(list(folder.glob("articles/*"))) == 2


@pytest.mark.parametrize("end", ["load", "move", "record_import"])
def test_import_files_with_replace_killed_leaves_the_old(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    """Regression: the old files went before the new ones counted."""
    path = write_jsonl(tmp_path / "a.jsonl", "1", "2")
    old = import_files([path], folder).corpus.read("articles")
    with monkeypatch.context() as patch:
        if end == "load":
            patch.setattr(importing, "load", ending_after(0))
        elif end == "move":
            patch.setattr(Path, "replace", killed_at_articles)
        else:
            patch.setattr(store, "record_import", killed)
        with pytest.raises(KilledError):
            import_files([path], folder, replace=True)
    assert store.open_corpus(folder).read("articles").equals(old)
    assert import_files([path], folder, replace=True).corpus.read("articles").equals(old)


def killed(*args: Any, **kwargs: Any) -> None:
    raise KilledError


def killed_at_articles(path: Path, target: Path) -> Path:
    """Renames everything but the folder of articles, the last to be moved in place."""
    if path.name == "articles":
        raise KilledError
    path.rename(target)
    return target


def test_import_files_clears_what_a_killed_import_staged(tmp_path: Path, folder: Path) -> None:
    import_files([write_jsonl(tmp_path / "a.jsonl", "1")], folder)
    left = folder / ".staging" / "articles"
    left.mkdir(parents=True)
    (left / "00007.parquet").write_bytes(b"PAR1 half")
    report = import_files([write_jsonl(tmp_path / "b.jsonl", "2")], folder)
    assert ids(report.corpus) == ["1", "2"]
    assert not (folder / ".staging").exists()
    assert not list(folder.glob("**/00007.parquet"))


# ---- partitions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("articles", "sizes"), [(1, [1]), (4, [4]), (5, [4, 1]), (8, [4, 4]), (11, [4, 4, 3])]
)
def test_import_files_writes_partitions_of_at_most_so_many(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, articles: int, sizes: list[int]
) -> None:
    monkeypatch.setattr(importing, "ARTICLES_PER_PARTITION", 4)
    given = [f"{number}" for number in reversed(range(articles))]
    corpus = import_files([write_jsonl(tmp_path / "a.jsonl", *given)], folder).corpus
    parts = [pl.read_parquet(corpus.path("articles", name)) for name in corpus.partitions]
    assert [part.height for part in parts] == sizes
    assert ids(corpus) == given


@given(
    articles=st.integers(0, 12), per_partition=st.integers(1, 5), batch=st.integers(1, 5),
    files=st.integers(1, 3),
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_import_files_keeps_order_and_rows_whatever_the_sizes(
    tmp_path_factory: pytest.TempPathFactory,
    articles: int,
    per_partition: int,
    batch: int,
    files: int,
) -> None:
    folder = tmp_path_factory.mktemp("sizes")
    given = [f"{number}" for number in range(articles)]
    paths = [
        write_jsonl(folder / f"{place}.jsonl", *given[place::files], "again")
        for place in range(files)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "ARTICLES_PER_PARTITION", per_partition)
        patch.setattr(corpus_loading, "BATCH", batch)
        corpus = import_files(paths, folder / "a.corpus").corpus
    read = [i for place in range(files) for i in given[place::files]]
    assert [i for i in ids(corpus) if i != "again"] == read
    assert reasons(corpus) == [
        (f"{place}.jsonl", str(len(given[place::files]) + 1), "duplicate")
        for place in range(1, files)
    ]


def test_import_files_of_no_articles_gives_an_empty_corpus(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("{}\n")
    corpus = import_files([path], folder).corpus
    assert corpus.partitions == ()
    assert corpus.read("articles").height == 0
    assert reasons(corpus) == [("a.jsonl", "1", "empty_record")]


def test_import_files_counts_records_as_it_goes(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus_loading, "BATCH", 2)
    told: list[int] = []
    path = write_jsonl(tmp_path / "a.jsonl", "1", "2", "2", "3", "4")
    import_files([path], folder, on_records=told.append)
    assert told == [2, 2, 1]
