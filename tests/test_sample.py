"""The sample corpus: its files are what its marks say, and the planted patterns are there."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import json
import re
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from workbench import load_air_attacks, load_events, store
from workbench.codebook import load_codebook

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"
OFFICIALS = ("executive", "military", "legislative", "local")
INVASION, SECOND_YEAR, TALKS = "2022-02-24", "2023-02-24", "2025-02-12"

spec = importlib.util.spec_from_file_location("compose", SAMPLE / "compose.py")
assert spec is not None
assert spec.loader is not None
compose = importlib.util.module_from_spec(spec)
spec.loader.exec_module(compose)


@pytest.fixture(scope="module")
def marked() -> list[dict]:
    return sorted(compose.read_marked(), key=lambda a: (a["published"], a["article_id"]))


@pytest.fixture(scope="module")
def planted() -> pl.DataFrame:
    frame = pl.read_csv(SAMPLE / "planted.csv", infer_schema_length=None)
    return frame.with_columns(day=pl.col("published").str.slice(0, 10))


def test_articles_are_what_the_marks_say(marked: list[dict]) -> None:
    lines = (SAMPLE / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [compose.article_of(a) for a in marked]


def test_planted_is_what_the_marks_say(marked: list[dict]) -> None:
    with (SAMPLE / "planted.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    recounted = [{k: str(v) for k, v in compose.planted_of(a).items()} for a in marked]
    assert rows == recounted


def test_codings_are_what_the_marks_say(marked: list[dict]) -> None:
    lines = (SAMPLE / "codings.jsonl").read_text(encoding="utf-8").splitlines()
    for line, article in zip(lines, marked, strict=True):
        coded = json.loads(line)
        assert coded["quotations"] == article["quotations"]
        assert coded["codes"] == article["codes"]


def test_direct_quotations_stand_inside_quotation_marks(marked: list[dict]) -> None:
    for article in marked:
        for quotation in article["quotations"]:
            if quotation["kind"] == "direct":
                before = article["text"][: quotation["start"]]
                opened = before.count("“") - before.count("”")
                assert opened == 1 or before.count('"') % 2 == 1, (
                    article["article_id"],
                    before[-40:],
                )


def test_sample_is_large_and_varied_enough(marked: list[dict]) -> None:
    kinds = Counter(a["kind"] for a in marked)
    assert len(marked) >= 160
    assert len({a["outlet"] for a in marked}) >= 8
    assert len({a["outlet_country"] for a in marked}) >= 6
    assert {"copy", "update", "correction", "liveblog", "opinion", "offtopic"} <= set(kinds)
    assert {a["language"] for a in marked} == {"en", "uk", "ru"}
    assert min(a["published"] for a in marked) < "2022-02"
    assert max(a["published"] for a in marked) > "2025-11"


def test_lengths_are_between_120_and_400_words(marked: list[dict]) -> None:
    words = {a["article_id"]: len(a["text"].split()) for a in marked}
    assert {i: n for i, n in words.items() if not 120 <= n <= 400} == {}


def test_sentences_hardly_recur_outside_copies(sample: store.Corpus, marked: list[dict]) -> None:
    derived = [a["article_id"] for a in marked if a["kind"] in ("copy", "update", "correction")]
    texts = (
        sample.scan("sentences")
        .filter(pl.col("part") == "text", ~pl.col("article_id").is_in(derived))
        .join(sample.scan("articles").select("article_id", "text"), on="article_id")
        .select(pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start")))
        .collect()["text"]
    )
    counted = Counter(" ".join(text.lower().split()) for text in texts)
    recurring = sum(n for n in counted.values() if n > 1)
    assert recurring / len(texts) < 0.03


def test_copies_share_most_of_their_text_with_the_original(marked: list[dict]) -> None:
    texts = {a["article_id"]: shingles(a["text"]) for a in marked}
    for article in marked:
        if article["kind"] == "copy":
            mine, original = texts[article["article_id"]], texts[article["of"]]
            assert len(mine & original) / len(mine | original) > 0.5, article["article_id"]


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(words, words[1:], words[2:], strict=False))


# ---- planted patterns -----------------------------------------------------------------------


def share(rows: pl.DataFrame, *columns: str) -> float:
    return float(rows.select(pl.sum_horizontal(columns).sum() / pl.col("quotations").sum()).item())


def test_think_tanks_gain_after_the_first_year(planted: pl.DataFrame) -> None:
    before = planted.filter(pl.col("day") < SECOND_YEAR)
    after = planted.filter(pl.col("day") >= SECOND_YEAR)
    assert share(before, "source_think_tank") < 0.04
    assert share(after, "source_think_tank") > 0.14


def test_potomac_dispatch_leaves_judgement_to_its_sources(planted: pl.DataFrame) -> None:
    rows = planted.filter(outlet="Potomac Dispatch")
    author = [name for name in rows.columns if "_author_" in name]
    assert rows.select(pl.sum_horizontal(author).sum()).item() == 0
    assert rows["russia_source_critical"].sum() >= 20


def test_lantern_and_sokol_judge_in_their_own_voice(planted: pl.DataFrame) -> None:
    lantern = planted.filter(outlet="Daily Lantern")
    sokol = planted.filter(outlet="Sokol News")
    assert lantern["russia_author_critical"].sum() >= 15
    assert lantern["ukraine_author_critical"].sum() == 0
    assert sokol["ukraine_author_critical"].sum() >= 15
    assert sokol["russia_author_critical"].sum() == 0


def test_escalation_breaks_at_two_dates(planted: pl.DataFrame, sample: store.Corpus) -> None:
    sentences = sample.scan("sentences").filter(part="text").group_by("article_id").len().collect()
    rows = planted.join(sentences, on="article_id").with_columns(
        high=pl.sum_horizontal("level_3", "level_4", "level_5"),
        eased=pl.sum_horizontal("level_-1", "level_-2"),
    )
    spans = [("", INVASION), (INVASION, TALKS), (TALKS, "3")]
    parts = [rows.filter((pl.col("day") >= a) & (pl.col("day") < b)) for a, b in spans]
    before, war, talks = (p["high"].sum() / p["len"].sum() for p in parts)
    assert war > before + 0.1
    assert war > talks + 0.1
    assert parts[2]["eased"].sum() / parts[2]["len"].sum() > 0.2
    assert parts[1]["eased"].sum() / parts[1]["len"].sum() < 0.1


def test_direct_share_follows_the_kind_of_outlet(planted: pl.DataFrame) -> None:
    direct = {name: share(rows, "direct") for (name,), rows in planted.group_by("outlet")}
    assert max(direct, key=direct.__getitem__) == "Daily Lantern"
    assert min(direct, key=direct.__getitem__) == "Meridian Wire"
    assert direct["Daily Lantern"] > 0.55
    assert direct["Meridian Wire"] < 0.3


def test_state_run_outlets_quote_officials(planted: pl.DataFrame) -> None:
    officials = {
        name: share(rows, *(f"source_{t}" for t in OFFICIALS))
        for (name,), rows in planted.group_by("outlet")
    }
    assert sorted(officials, key=officials.__getitem__)[-2:] in (
        ["Huaxing Daily", "Sokol News"],
        ["Sokol News", "Huaxing Daily"],
    )
    assert min(officials["Sokol News"], officials["Huaxing Daily"]) >= 0.75


@pytest.mark.parametrize("source_type", ["court", "think_tank", "ngo", "civilian"])
def test_rarer_sources_occur_often_enough(planted: pl.DataFrame, source_type: str) -> None:
    assert planted[f"source_{source_type}"].sum() >= 50


# ---- reference tables -----------------------------------------------------------------------


def test_events_are_many_dated_and_say_how_they_are_known() -> None:
    events = load_events()
    assert events.height >= 60
    assert events["title"].str.len_chars().max() <= 45
    assert events["evidence"].null_count() == 0
    (invasion,) = events.filter(date=dt.date(2022, 2, 24), kind="invasion")["title"]
    assert invasion == "Full-scale invasion"


def test_air_attacks_are_one_row_a_day() -> None:
    attacks = load_air_attacks()
    assert attacks.height > 1000
    assert attacks["date"].is_unique().all()
    assert (attacks["drones_destroyed"] <= attacks["drones_launched"]).mean() > 0.98


def test_outlets_are_many_and_say_how_they_are_known() -> None:
    outlets = load_codebook().outlets
    assert outlets.height >= 150
    assert outlets["evidence"].null_count() == 0
    assert outlets["kind"].n_unique() >= 5
