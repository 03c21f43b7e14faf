"""Names off the list, written as an overlay, checked, and found by the next annotation."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from workbench import store
from workbench.annotation import annotate_corpus
from workbench.codebook import load_codebook
from workbench.errors import InputError
from workbench.schemas import TABLES
from workbench.workflow.importing import import_files
from workbench.workflow.overlay import propose_actors, write_overlay

TEXTS = (
    "Halyna Mostova, an analyst at the Weichsel Institute for Security, spoke in Kyiv. "
    "Mostova said the front was calm.",
    "The Weichsel Institute for Security said Vladimir Putin would wait. Halyna Mostova agreed.",
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> store.Corpus:
    folder = tmp_path_factory.mktemp("overlay")
    rows = ({"title": f"News {n}", "text": text, "language": "en"} for n, text in enumerate(TEXTS))
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = import_files([folder / "in.jsonl"], folder / "war.corpus")
    return annotate_corpus(report.corpus).corpus


def test_write_overlay_gives_lists_that_load_and_link(corpus: store.Corpus, tmp_path: Path) -> None:
    written = write_overlay(corpus, tmp_path / "overlay")
    assert {"halyna-mostova", "weichsel-institute-for-security"} <= set(written["actor_id"])
    known = load_codebook(tmp_path / "overlay")
    assert known.actors.height == load_codebook().actors.height + written.height
    again = annotate_corpus(corpus, codebook=str(tmp_path / "overlay")).corpus
    found = again.read("mentions").filter(pl.col("method") == "codebook")
    linked = found.filter(actor_id="halyna-mostova").select("surface").to_series()
    assert sorted(linked) == ["Halyna Mostova", "Halyna Mostova", "Mostova"]
    assert found.filter(actor_id="weichsel-institute-for-security").height == 2
    assert write_overlay(again, tmp_path / "rest", codebook=tmp_path / "overlay").is_empty()


class Named:
    """A corpus of mentions alone."""

    folder = Path("war.corpus")

    def __init__(self, *names: str, actor_type: str = "person") -> None:
        rows = [
            {"article_id": f"a{n}", "actor": name, "actor_type": actor_type, "side": "russia",
             "method": "ner"}
            for n, name in enumerate(names)
        ]  # fmt: skip
        self.mentions = pl.DataFrame(rows, schema=TABLES["mentions"].create_empty().schema)

    def scan(self, table: str) -> pl.LazyFrame:
        return self.mentions.lazy()


def proposed(*names: str, top: int = 50) -> pl.DataFrame:
    return propose_actors(Named(*names), load_codebook(), top=top)  # type: ignore[arg-type]


def test_propose_actors_says_where_from_and_that_it_is_a_guess() -> None:
    (row,) = proposed("Halyna Mostova", "Halyna Mostova").iter_rows(named=True)
    assert (row["name"], row["actor_type"], row["side"]) == ("Halyna Mostova", "person", "russia")
    assert row["evidence"] == (
        "from corpus war.corpus, 2 articles; machine's guess of type and side, to be checked"
    )


def test_propose_actors_names_listed_people_of_the_same_surname() -> None:
    (row,) = proposed("Dmytro Peskov").iter_rows(named=True)
    assert row["actor_id"] == "dmytro-peskov"
    assert row["evidence"].endswith("; perhaps dmitry-peskov")


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [("Mälaren Institute", "malaren-institute"), ("Ihor O'Brien-Шмид", "ihor-o-brien")],
)
def test_propose_actors_makes_ids_of_latin_letters(name: str, actor_id: str) -> None:
    assert proposed(name)["actor_id"].to_list() == [actor_id]


def test_propose_actors_takes_no_id_twice() -> None:
    found = proposed("Vladimir-Putin Vladimir", "Vladimir, Putin", "Vladimir - Putin")
    assert sorted(found["actor_id"]) == [
        "vladimir-putin-2", "vladimir-putin-3", "vladimir-putin-vladimir",
    ]  # fmt: skip


def test_propose_actors_leaves_out_single_words_and_names_of_the_list() -> None:
    assert proposed("Army", "VLADIMIR PUTIN", "HARMON FALLS", "Harmon Falls").height == 1


def test_propose_actors_keeps_to_the_most_frequent() -> None:
    assert proposed("Ann Bly", "Cy Doe", "Cy Doe", top=1)["name"].to_list() == ["Cy Doe"]


def test_write_overlay_guards_against_formulas(tmp_path: Path) -> None:
    write_overlay(Named("=HYPERLINK(1) Zzyzx", "Ann =Bly"), tmp_path)  # type: ignore[arg-type]
    cells = pl.read_csv(tmp_path / "actors.csv", infer_schema=False)["name"].to_list()
    assert cells == ["'=HYPERLINK(1) Zzyzx", "Ann =Bly"]
    aliases = pl.read_csv(tmp_path / "en/aliases.csv", infer_schema=False)["alias"].to_list()
    assert aliases == ["Zzyzx", "'=Bly"]
    load_codebook(tmp_path)


def test_write_overlay_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("mine")
    with pytest.raises(InputError, match="is there already; name another folder"):
        write_overlay(Named("Ann Bly"), tmp_path)  # type: ignore[arg-type]
    assert (tmp_path / "actors.csv").read_text() == "mine"
