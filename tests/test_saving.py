"""Tables and figures on disk: what is written reads back, and says where it comes from."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import importlib
import json
import re
from pathlib import Path
from typing import Any

import altair as alt
import polars as pl
import pytest
import python_calamine as calamine
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from workbench import store
from workbench.errors import CorpusError, InputError, WorkbenchError
from workbench.workflow.importing import import_files
from workbench.workflow.notebooks import notebooks_named
from workbench.workflow.provenance import NOTEBOOK_VARIABLE, fingerprint
from workbench.workflow.saving import export_table, figure_saver, guarded, save_figure, write_csv

ARTICLES = [
    {"article_id": "a", "title": "=SUM(A1)", "text": 'One, "two"\nthree\tfour', "outlet": "Wire",
     "published": "2022-02-24T05:06:07Z", "authors": ["Ann Lee", "@handle"], "url": "https://x.org/a"},
    {"article_id": "b", "title": "Київ стоїть", "text": "- Where are you?", "outlet": "[Post]"},
]  # fmt: skip
TEXTS = [article["text"] for article in ARTICLES]


def imported(folder: Path, articles: list[dict[str, Any]]) -> store.Corpus:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(article) + "\n" for article in articles))
    return import_files([path], folder / "war.corpus").corpus


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> store.Corpus:
    return imported(tmp_path_factory.mktemp("saving"), ARTICLES)


# ---- tables ---------------------------------------------------------------------------------


def test_export_table_to_parquet_is_the_table(corpus: store.Corpus, tmp_path: Path) -> None:
    assert export_table(corpus, "articles", tmp_path / "new" / "a.parquet") == 2
    frame = pl.read_parquet(tmp_path / "new" / "a.parquet")
    assert_frame_equal(frame, corpus.read("articles"))


def test_export_table_to_jsonl_keeps_texts_and_lists(corpus: store.Corpus, tmp_path: Path) -> None:
    export_table(corpus, "articles", tmp_path / "a.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    assert [row["text"] for row in rows] == TEXTS
    assert [row["title"] for row in rows] == ["=SUM(A1)", "Київ стоїть"]
    assert [row["authors"] for row in rows] == [["Ann Lee", "@handle"], []]
    assert [row["published"] for row in rows] == ["2022-02-24T05:06:07+00:00", None]


@pytest.mark.parametrize(("ending", "separator"), [("csv", ","), ("TSV", "\t")])
def test_export_table_to_text_reads_back(
    corpus: store.Corpus, tmp_path: Path, ending: str, separator: str
) -> None:
    assert export_table(corpus, "articles", tmp_path / f"a.{ending}") == 2
    with (tmp_path / f"a.{ending}").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=separator))
    assert list(rows[0]) == corpus.read("articles").columns
    assert [row["text"] for row in rows] == [TEXTS[0], "'- Where are you?"]
    assert [row["title"] for row in rows] == ["'=SUM(A1)", "Київ стоїть"]
    assert [row["authors"] for row in rows] == ["Ann Lee; @handle", ""]
    assert [row["words"] for row in rows] == ["4", "3"]
    assert [row["published"] for row in rows] == ["2022-02-24T05:06:07.000000+0000", ""]


def test_export_table_to_xlsx_reads_back(corpus: store.Corpus, tmp_path: Path) -> None:
    assert export_table(corpus, "articles", tmp_path / "a.xlsx") == 2
    header, *values = sheet(tmp_path / "a.xlsx")
    rows = [dict(zip(header, row, strict=True)) for row in values]
    assert header == corpus.read("articles").columns
    assert [row["text"] for row in rows] == [TEXTS[0], "'- Where are you?"]
    assert [row["title"] for row in rows] == ["'=SUM(A1)", "Київ стоїть"]
    assert [row["words"] for row in rows] == [4, 3]
    assert [row["published"] for row in rows] == [dt.datetime(2022, 2, 24, 5, 6, 7), ""]


def sheet(path: Path) -> list[list[Any]]:
    return calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def test_export_table_to_xlsx_keeps_addresses_of_any_length(tmp_path: Path) -> None:
    """Regression: addresses too long for a link left their cells empty."""
    url = "https://x.org/" + "a" * 3000
    made = imported(tmp_path, [{"title": "A", "url": url}])
    export_table(made, "articles", tmp_path / "a.xlsx")
    header, row = sheet(tmp_path / "a.xlsx")
    assert dict(zip(header, row, strict=True))["url"] == url


def test_export_table_to_xlsx_refuses_texts_that_excel_would_cut(tmp_path: Path) -> None:
    """Regression: long articles ended after 32,767 characters."""
    made = imported(tmp_path, [{"title": "A", "text": "x" * 32_768}])
    with pytest.raises(InputError, match=r"a\.xlsx: a text has 32,768 characters.*use \.csv"):
        export_table(made, "articles", tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()


def test_export_table_to_xlsx_names_the_package_that_is_missing(
    corpus: store.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(InputError, match=r"a\.xlsx: spreadsheets need the package xlsxwriter"):
        export_table(corpus, "articles", tmp_path / "a.xlsx")


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx", "jsonl", "parquet"])
def test_export_table_writes_empty_tables_and_selections(
    corpus: store.Corpus, tmp_path: Path, ending: str
) -> None:
    assert export_table(corpus, "mentions", tmp_path / f"none.{ending}") == 0
    assert (tmp_path / f"none.{ending}").exists()
    chosen = store.select(corpus, outlet="Wire")
    assert export_table(chosen, "articles", tmp_path / f"one.{ending}") == 1


@pytest.mark.parametrize("name", ["a.docx", "a", "a.csv.gz", "csv"])
def test_export_table_refuses_unknown_ending(
    corpus: store.Corpus, tmp_path: Path, name: str
) -> None:
    with pytest.raises(InputError) as caught:
        export_table(corpus, "articles", tmp_path / name)
    written = ".csv, .tsv, .xlsx, .jsonl, .parquet"
    assert str(caught.value) == (
        f"{tmp_path / name}: tables are written as {written}; change the ending."
    )


def test_export_table_refuses_unknown_table_and_writes_nothing(
    corpus: store.Corpus, tmp_path: Path
) -> None:
    with pytest.raises(CorpusError, match="No table 'quotes'"):
        export_table(corpus, "quotes", tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"), ("+49 30", "'+49 30"), ("-5", "'-5"), ("@you", "'@you"),
        ("\tx", "'\tx"), ("\rx", "'\rx"), ("plain", "plain"), ("a=b", "a=b"), ("", ""),
        (" =1", " =1"), ("'=1", "'=1"), ("–5", "–5"), (None, None),
    ],
)  # fmt: skip
def test_guarded_guards_what_a_spreadsheet_would_run(
    value: str | None, expected: str | None
) -> None:
    frame = pl.DataFrame({"x": [value]}, schema={"x": pl.String})
    assert guarded(frame)["x"].to_list() == [expected]


def test_guarded_leaves_numbers_and_dates_alone() -> None:
    frame = pl.DataFrame(
        {
            "whole": [-1, 2], "real": [-0.5, None], "day": [dt.date(2022, 2, 24), None],
            "time": [dt.datetime(2022, 2, 24, tzinfo=dt.UTC), None], "yes": [True, None],
        }
    )  # fmt: skip
    assert_frame_equal(guarded(frame), frame)


def test_guarded_joins_lists_of_anything() -> None:
    frame = pl.DataFrame({"names": [["=a", "b"], None], "numbers": [[1, 2], []]})
    expected = pl.DataFrame({"names": ["'=a; b", None], "numbers": ["1; 2", ""]})
    assert_frame_equal(guarded(frame), expected)


@given(st.lists(st.text(alphabet="=+-@\t\r,;\"'\n ab", max_size=6), max_size=5))
@settings(max_examples=50, deadline=None)
def test_write_csv_reads_back_but_for_the_guard(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "guard.csv"
    write_csv(pl.DataFrame({"x": texts, "n": 1}, schema={"x": pl.String, "n": pl.Int8}), path)
    with path.open(encoding="utf-8", newline="") as stream:
        read = [row["x"] for row in csv.DictReader(stream)]
    assert [text.removeprefix("'") for text in read] == [text.removeprefix("'") for text in texts]
    assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r")) for text in read)


# ---- figures --------------------------------------------------------------------------------


DATA = pl.DataFrame({"outlet": ["Wire", "=Post"], "value": [2, 1]})
ENDINGS = {"csv", "pdf", "png", "provenance.json", "svg"}


def chart() -> alt.Chart:
    return alt.Chart(DATA, title="Київ").mark_bar().encode(x="value:Q", y="outlet:N")


def save(corpus: store.Corpus, folder: Path, **parameters: Any) -> dict[str, Any]:
    """Save the chart; return what its provenance says."""
    save_figure(chart(), "01_one", corpus=corpus, data=DATA, folder=folder, parameters=parameters)
    told: dict[str, Any] = json.loads((folder / "01_one.provenance.json").read_text("utf-8"))
    return told


@pytest.fixture(scope="module")
def saved(corpus: store.Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("figures") / "deep" / "figures"
    save(corpus, folder, period="month", since=dt.date(2022, 2, 24))
    return folder


def test_save_figure_writes_five_files(saved: Path) -> None:
    assert {path.name for path in saved.iterdir()} == {f"01_one.{ending}" for ending in ENDINGS}
    assert "Київ" in (saved / "01_one.svg").read_text("utf-8")
    assert (saved / "01_one.png").read_bytes().startswith(b"\x89PNG")
    assert (saved / "01_one.pdf").read_bytes().startswith(b"%PDF")
    assert (saved / "01_one.csv").read_text() == "outlet,value\nWire,2\n'=Post,1\n"


def test_save_figure_returns_the_chart(corpus: store.Corpus, tmp_path: Path) -> None:
    drawn = chart()
    assert save_figure(drawn, "x", corpus=corpus, data=DATA, folder=tmp_path) is drawn


def test_figure_saver_saves_with_what_it_was_given(
    corpus: store.Corpus, saved: Path, tmp_path: Path
) -> None:
    keep = figure_saver(corpus, tmp_path, period="month", since=dt.date(2022, 2, 24))
    keep(chart(), "01_one", DATA)
    sidecar = "01_one.provenance.json"
    assert (tmp_path / sidecar).read_bytes() == (saved / sidecar).read_bytes()


def test_save_figure_tells_hashes_and_versions(saved: Path, corpus: store.Corpus) -> None:
    told = json.loads((saved / "01_one.provenance.json").read_text("utf-8"))
    written = (saved / "01_one.csv").read_bytes()
    source = corpus.folder.parent / "in.jsonl"
    assert told["figure"] == "01_one"
    assert told["parameters"] == {"period": "month", "since": "2022-02-24"}
    assert told["data"] == {
        "file": "01_one.csv", "sha256": hashlib.sha256(written).hexdigest(), "rows": 2,
        "columns": ["outlet", "value"],
    }  # fmt: skip
    assert told["corpus"]["inputs"] == [
        {"source_file": "in.jsonl", "sha256": hashlib.sha256(source.read_bytes()).hexdigest()}
    ]
    assert told["corpus"]["name"] == "war.corpus"
    assert told["corpus"]["counts"]["articles"] == 2
    assert told["corpus"]["filters"] == []
    assert told["versions"]["polars"] == pl.__version__
    assert {"python", "war-coverage-workbench", "spacy", "altair"} <= set(told["versions"])


def test_save_figure_tells_filters_and_notebook(
    corpus: store.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NOTEBOOK_VARIABLE, "02_coverage.ipynb")
    told = save(store.select(store.select(corpus, outlet="Wire"), since="2022-01-01"), tmp_path)
    assert told["notebook"] == "02_coverage.ipynb"
    assert told["corpus"]["filters"] == [{"outlet": ["Wire"]}, {"since": "2022-01-01"}]


def test_save_figure_gives_the_same_bytes_again(
    saved: Path, corpus: store.Corpus, tmp_path: Path
) -> None:
    save(corpus, tmp_path, period="month", since=dt.date(2022, 2, 24))
    for path in saved.iterdir():
        again = (tmp_path / path.name).read_bytes()
        if path.suffix == ".pdf":
            assert streams(again) == streams(path.read_bytes())
        else:
            assert again == path.read_bytes(), path.name


def streams(pdf: bytes) -> list[bytes]:
    """What a PDF draws and with what fonts, in an order of its own."""
    found = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    assert len(found) >= 3
    return sorted(found)


def test_save_figure_names_no_folder_of_this_machine(saved: Path, corpus: store.Corpus) -> None:
    """Regression: the inputs stood there with their full paths."""
    folders = {str(corpus.folder.parent), str(saved), str(Path.home()), str(Path.cwd())}
    for path in saved.iterdir():
        data = path.read_bytes()
        assert not [folder for folder in folders if folder != "/" and folder.encode() in data]


@pytest.mark.parametrize(
    "name",
    ["a/b", "../a", "a\\b", "/tmp/a", "", ".", "..", ".hidden", "-a", "a b", "a\n", "a:b", "a*"],
)
def test_save_figure_refuses_what_is_no_file_name(
    corpus: store.Corpus, tmp_path: Path, name: str
) -> None:
    with pytest.raises(InputError, match="use letters, digits, dots, hyphens, underscores"):
        save_figure(chart(), name, corpus=corpus, data=DATA, folder=tmp_path / "figures")
    assert list(tmp_path.iterdir()) == []


# ---- what a corpus was made from ------------------------------------------------------------


def test_fingerprint_is_the_same_wherever_the_files_lay(
    corpus: store.Corpus, tmp_path: Path
) -> None:
    """Regression: the hash of the manifest took in the paths."""
    assert fingerprint(imported(tmp_path / "elsewhere", ARTICLES)) == fingerprint(corpus)


def test_fingerprint_changes_with_content_and_annotation(
    corpus: store.Corpus, tmp_path: Path
) -> None:
    other = imported(tmp_path / "other", ARTICLES[:1])
    annotated = store.update_manifest(
        imported(tmp_path / "annotated", ARTICLES), {"annotation": {"model": "m-1"}}
    )
    assert len({fingerprint(corpus), fingerprint(other), fingerprint(annotated)}) == 3


def test_notebooks_named_refuses_unknown_notebook() -> None:
    with pytest.raises(WorkbenchError, match="No notebook '99_none'; there are 01_corpus, 02_"):
        notebooks_named(["02_coverage", "99_none"])


def test_notebooks_named_gives_all_in_reading_order() -> None:
    stems = [path.stem for path in notebooks_named()]
    assert stems[:2] == ["01_corpus", "02_coverage"]
    assert stems == sorted(stems)
    assert [path.stem for path in notebooks_named(["02_coverage"])] == ["02_coverage"]
