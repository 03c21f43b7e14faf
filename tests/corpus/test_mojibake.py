"""Wrong decoding undone where it runs through a record; everything else stays as given."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from workbench.corpus.mojibake import is_damaged, repair_mojibake

RUSSIAN = "Президент России заявил, что «переговоры» продолжаются — он готов.\nВторая строка."
UKRAINIAN = "Президент України заявив: «Її слова, ґрунт, є». Рівне."
TEXTS = {
    "en": "It’s “cold”, he said – and dark…",
    "de": "Die Außenministerin erklärte, für die Ukraine müsse mehr geschehen. „Über“ Größe",
    "fr": "Le président a déclaré que l’armée était prête. Cœur, été, où est la frontière\xa0?",
    "pl": "Prezydent powiedział, że żołnierze są w gotowości. Łódź, źródło, ćwiczenia",
    "ru": RUSSIAN,
    "uk": UKRAINIAN,
    "zh": "乌克兰总统泽连斯基表示，战争仍在继续。",
}
TABLES = ["sloppy-windows-1252", "latin-1"]


def repaired(text: str) -> str | None:
    fields = repair_mojibake({"text": text, "words": 3})
    return None if fields is None else fields["text"]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_repair_mojibake_of_utf8_read_by_another_table(text: str, table: str) -> None:
    assert repaired(text.encode().decode(table)) == text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_repair_mojibake_of_text_damaged_twice(text: str) -> None:
    once = text.encode().decode("sloppy-windows-1252")
    assert repaired(once.encode().decode("sloppy-windows-1252")) == text


def test_repair_mojibake_of_utf8_read_as_windows_1251() -> None:
    assert repaired(RUSSIAN.encode().decode("sloppy-windows-1251")) == RUSSIAN


@pytest.mark.parametrize("text", [RUSSIAN, UKRAINIAN, "Путин", "НАТО: Россия"])
def test_repair_mojibake_of_windows_1251_read_as_latin(text: str) -> None:
    damaged = text.encode("cp1251").decode("cp1252")
    assert repair_mojibake({"text": damaged}, throughout=True) == {"text": text}


def test_repair_mojibake_of_windows_1252_read_as_latin_1() -> None:
    assert repaired("It\x92s \x93cold\x94, he said.") == "It’s “cold”, he said."


def test_repair_mojibake_whose_unbreakable_spaces_were_made_plain() -> None:
    damaged = RUSSIAN.encode().decode("latin-1").replace("\xa0", " ")
    assert repaired(damaged) == RUSSIAN


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_repair_mojibake_leaves_clean_text(text: str) -> None:
    assert repaired(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Five men were held at GuantÃ¡namo Bay. " + "He said no more of it. " * 20,
        "Losses are estimated at â‚¬4.5 billion after the default.",
        "The site showed “â€™” where an apostrophe should be, the editor’s note said.",
        "ÀÉÎ",
        "Tromsø, Ærø, Århus",
        "Я «Є» — їжак Ґ",
        "",
    ],
)
def test_repair_mojibake_leaves_single_damage_as_given(text: str) -> None:
    assert repaired(text) is None


def test_repair_mojibake_repairs_the_lines_that_it_can() -> None:
    damaged = RUSSIAN.encode().decode("sloppy-windows-1252")
    assert repaired(f"{damaged}\r\nЧистая строка") == f"{RUSSIAN}\r\nЧистая строка"


def test_is_damaged_by_headlines_that_do_not_tell_alone() -> None:
    headlines = [{"title": f"Day {n}: Kyivâ€™s winter"} for n in range(3)]
    assert repair_mojibake(headlines[0]) is None
    assert is_damaged(headlines)
    assert repair_mojibake(headlines[0], throughout=True) == {"title": "Day 0: Kyiv’s winter"}


def test_is_damaged_not_where_most_lines_are_clean() -> None:
    clean = [{"title": f"Day {n}: Kyiv’s winter"} for n in range(5)]
    assert not is_damaged([*clean, *({"title": "Kyivâ€™s war"} for _ in range(4))])
    assert not is_damaged([])


LETTERS = "aeionrst ÄäÖöÜüßéèêçñáíóúłżźćęąАБВабвгдежийклмнорстуфцчщьюяёєіїґ«»“”’—–…\n"


CLEAN = st.characters(exclude_categories=("Cc", "Cs"))


@given(st.text(CLEAN) | st.text(st.sampled_from(LETTERS), min_size=20))
@settings(max_examples=300, deadline=None)
def test_repair_mojibake_never_touches_clean_unicode(text: str) -> None:
    assert repaired(text) is None


@given(st.text(st.sampled_from("абвгдежийклмнопрстуфхцчшщыьэюя "), min_size=12))
def test_repair_mojibake_is_what_undoes_it(text: str) -> None:
    damaged = text.encode().decode("latin-1")
    assert damaged.isascii() or repaired(damaged) in {text, None}


def test_read_says_what_was_repaired(tmp_path: Path) -> None:
    rows = [{"title": "A", "text": text} for text in (RUSSIAN, "Plain words.", "It’s clean.")]
    rows[0]["text"] = RUSSIAN.encode().decode("sloppy-windows-1252")
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    reading = wb.read(path)
    assert reading.articles["text"].to_list() == [RUSSIAN, "Plain words.", "It’s clean."]
    assert reading.articles["extra"].to_list() == ['{"repaired":"mojibake"}', None, None]
    assert reading.reports[0].as_dict()["repaired"] == {"mojibake": 1}


@pytest.mark.parametrize("name", ["polnear/dev.jsonl.gz", "newsmtsc/dev.jsonl"])
def test_repair_mojibake_leaves_the_gold_texts(shared: Path, name: str) -> None:
    rows = pl.read_ndjson(shared / "data/gold" / name).iter_rows(named=True)
    assert [row for row in rows if repair_mojibake(row)] == []
