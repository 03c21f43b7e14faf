"""Bytes become characters: by the mark, as UTF-8, or by a guess that Cyrillic survives."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from workbench.corpus.decoding import encoding_of, is_binary, open_text, read_text
from workbench.corpus.sources import Source
from workbench.errors import InputError

RUSSIAN = "Президент России заявил, что переговоры продолжаются. «Мы готовы», — сказал он."
UKRAINIAN = "Президент України заявив, що переговори тривають. Її слова, ґрунт, є."
GERMAN = "Die Außenministerin erklärte, für die Ukraine müsse mehr getan werden. „Über“ Größe"
FRENCH = "Le président a déclaré que l’armée était prête à agir. Cœur, été, où est la frontière ?"
SPANISH = "El señor dijo que mañana habrá más. ¿Qué pasó en la reunión del año?"
POLISH = "Prezydent powiedział, że żołnierze są w gotowości. Łódź, źródło, ćwiczenia"
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy, řekl český prezident v neděli."
LEGACY = [
    (RUSSIAN, "cp1251"),
    (RUSSIAN.replace("—", "-").replace("«", '"').replace("»", '"'), "koi8_r"),
    (RUSSIAN.replace("—", "-").replace("«", '"').replace("»", '"'), "cp866"),
    (UKRAINIAN, "cp1251"),
    (GERMAN, "cp1252"),
    (FRENCH, "cp1252"),
    (SPANISH, "cp1252"),
    (POLISH, "cp1250"),
    (CZECH, "cp1250"),
]


def source(folder: Path, content: bytes) -> Source:
    path = folder / "a.csv"
    path.write_bytes(content)
    return Source("a.csv", path)


@pytest.mark.parametrize(("text", "encoding"), LEGACY)
@pytest.mark.parametrize(
    "before",
    ["", "id,title,text\n1,", "1,https://news.example/a,Headline,Plain text\n" * 5000],
    ids=["at_once", "below_a_header", "far_into_the_file"],
)
def test_read_text_guesses_legacy_encodings(
    tmp_path: Path, text: str, encoding: str, before: str
) -> None:
    assert read_text(source(tmp_path, (before + text).encode(encoding))) == before + text


def test_encoding_of_finds_the_one_cyrillic_field_among_latin_ones(tmp_path: Path) -> None:
    row = "1,https://news.example/a,A headline in English,Україна,01.03.2022\n"
    assert encoding_of(source(tmp_path, (row * 200).encode("cp1251"))) == "cp1251"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-8"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_read_text_knows_unicode_with_and_without_mark(
    tmp_path: Path, mark: bytes, encoding: str
) -> None:
    text = "title\r\nКиїв\r\n"
    assert read_text(source(tmp_path, mark + text.encode(encoding))) == text


def test_read_text_of_utf8_with_one_broken_byte_stays_utf8(tmp_path: Path) -> None:
    content = RUSSIAN.encode() + b"\xff" + UKRAINIAN.encode()
    assert read_text(source(tmp_path, content)) == f"{RUSSIAN}\ufffd{UKRAINIAN}"


def test_read_text_of_utf8_cut_within_a_character_stays_utf8(tmp_path: Path) -> None:
    assert read_text(source(tmp_path, "Київ".encode()[:-1])) == "Киї\ufffd"


def test_read_text_of_english_with_a_curly_quote_of_windows(tmp_path: Path) -> None:
    content = b"Russia\x92s ambassador said the \x93operation\x94 would go on."
    text = "Russia’s ambassador said the “operation” would go on."
    assert read_text(source(tmp_path, content)) == text


def test_read_text_asked_encoding_goes_before_the_guess(tmp_path: Path) -> None:
    assert read_text(source(tmp_path, "Київ".encode("koi8_u")), "koi8-u") == "Київ"


def test_read_text_asked_utf8_drops_the_mark(tmp_path: Path) -> None:
    assert read_text(source(tmp_path, codecs.BOM_UTF8 + b"title"), "UTF-8") == "title"


def test_encoding_of_unknown_name_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no encoding 'klingon'; try utf-8"):
        encoding_of(source(tmp_path, b"x"), "klingon")


def test_open_text_keeps_line_ends(tmp_path: Path) -> None:
    with open_text(source(tmp_path, b"a\r\nb\rc\n"), "utf-8") as stream:
        assert stream.read() == "a\r\nb\rc\n"


@pytest.mark.parametrize(
    ("text", "binary"),
    [("", False), ("Kyiv\0", False), ("Kyiv\r\n\t" * 9, False), ("\0\1\2\3", True)],
)
def test_is_binary_by_control_characters(text: str, binary: bool) -> None:
    assert is_binary(text) is binary
