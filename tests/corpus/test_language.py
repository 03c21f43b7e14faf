"""The language of an article, and of most articles of a file."""

from __future__ import annotations

import pytest

from workbench.corpus.language import detect_language, main_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The president said the talks would go on until the end of the month.", "en"),
        ("Президент заявил, что переговоры продолжатся до конца месяца.", "ru"),
        ("Президент заявив, що переговори триватимуть до кінця місяця.", "uk"),
        ("Der Präsident sagte, die Gespräche würden bis Ende des Monats dauern.", "de"),
        ("Prezydent powiedział, że rozmowy potrwają do końca miesiąca.", "pl"),
    ],
)
def test_detect_language_of_a_sentence(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_detect_language_looks_across_lines() -> None:
    assert detect_language("The president\nsaid the\r\ntalks would go on.\n") == "en"


@pytest.mark.parametrize("text", ["", "  ", "12.05.2022", "…"])
def test_detect_language_without_letters_is_the_other(text: str) -> None:
    assert detect_language(text, otherwise="uk") == "uk"
    assert detect_language(text) is None


def test_main_language_is_that_of_most_texts() -> None:
    english = "The president said the talks would go on until the end of the month."
    russian = "Президент заявил, что переговоры продолжатся до конца месяца."
    assert main_language([english, russian, english, ""]) == "en"


def test_main_language_of_nothing_is_none() -> None:
    assert main_language([]) is None
