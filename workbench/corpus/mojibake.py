"""Text that was decoded by the wrong table, decoded as it should have been.

Only where the damage runs through a whole record: a single odd name stays as it was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ftfy import TextFixerConfig, fix_encoding
from ftfy.badness import is_bad

HOW = TextFixerConfig(  # whole lines only; nothing is guessed within them
    unescape_html=False, decode_inconsistent_utf8=False, fix_c1_controls=False, explain=False
)
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
SUSPECT = re.compile(r"[^\x00-\x7f]{2}|[\x80-\x9f]")  # the least that a wrong table leaves
CONTROL = re.compile(r"[\x80-\x9f]")
CONTROL_BUT_LINE_END = re.compile(r"[\x80-\x84\x86-\x9f]")
LETTER = re.compile(r"[^\W\d_]")
LINE = re.compile(r"[^\r\n]+")
LATIN_BEYOND = re.compile(r"[À-ÿ¨¸ª²³´º¥¯¿]{3,}")
CYRILLIC_WORD = re.compile(r"\b[А-ЯЁЄІЇҐЎ]?[а-яёєіїґў]{2,}\b|\b[А-ЯЁЄІЇҐЎ]{2,}\b")
MARKS_ENOUGH = 3  # quotation marks, dashes, spaces
LETTERS_ENOUGH = 6
SHARE_OF_LETTERS = 0.01  # French, Polish, Ukrainian have more; English with foreign names less
Records = Sequence[Mapping[str, Any]]


def repair_mojibake(
    fields: Mapping[str, Any], *, throughout: bool = False
) -> dict[str, Any] | None:
    """Return a record's fields decoded as they should have been, or None where nothing is wrong.

    Undone are UTF-8 that was read by a one-byte table (`â€™` for `’`), however often, Windows-1251
    that was read as Latin (`Ðîññèÿ` for `Россия`), and Windows-1252 that was read as Latin-1 (with
    control characters for quotation marks). A line is repaired whole or not at all, and a record
    only where what its repaired lines hold beyond ASCII is three marks, or six letters that make up
    a hundredth of the record's letters: a text with one damaged name, or one that quotes such
    damage, stays as it is.

    Args:
        fields: the record; what is no text is left alone.
        throughout: whether the whole file is known to be damaged (`is_damaged`), so that one line
            is evidence enough.

    Source: ftfy (Speer 2019, doi:10.5281/zenodo.2591652), its guesses within lines switched off.

    Example:
        >>> repair_mojibake({"text": "â€œItâ€™s cold.â€\\x9d"})
        {'text': '“It’s cold.”'}
    """
    changed = {
        name: repaired
        for name, text in fields.items()
        if isinstance(text, str) and (repaired := _repaired(text)) != text
    }
    if not changed or not (throughout or _runs_through([fields], [{**fields, **changed}])):
        return None
    return {**fields, **changed}


def is_damaged(records: Records) -> bool:
    """Whether a file was decoded by the wrong table as a whole, as its first records tell.

    So it is where most of the lines beyond ASCII can be repaired, and what they hold is evidence
    as it would be in one record: headlines are too short to tell by themselves.
    """
    anew = [repair_mojibake(fields, throughout=True) or fields for fields in records]
    beyond = sum(not line.isascii() for line in _lines(records))
    repaired = sum(1 for _ in _changed_lines(records, anew))
    return 2 * repaired > beyond and _runs_through(records, anew)


def _repaired(text: str) -> str:
    """The text, each line of it decoded anew where that is possible."""
    if SUSPECT.search(text) is None:
        return text
    if not (CONTROL.search(text) or LATIN_BEYOND.search(text) or is_bad(text)):
        return text
    return LINE.sub(lambda line: _repaired_line(line[0]), text)


def _repaired_line(line: str) -> str:
    return _from_windows_1251(line) or _from_utf_8(line) or _from_windows_1252(line) or line


def _from_utf_8(line: str) -> str | None:
    """UTF-8 out of the letters of a one-byte table, of which it is always fewer."""
    fixed: str = fix_encoding(line, HOW)
    whole = LINE.fullmatch(fixed) and not CONTROL.search(fixed)
    return fixed if whole and len(fixed) < len(line) else None


def _from_windows_1251(line: str) -> str | None:
    """Cyrillic out of Latin letters: only where nearly all of them turn into words of it."""
    beyond = "".join(BEYOND_ASCII.findall(line))
    if 2 * sum(map(len, LATIN_BEYOND.findall(line))) < max(len(beyond), 1):
        return None
    try:
        text = line.encode("cp1252").decode("cp1251")
    except UnicodeError:
        return None
    cyrillic = sum(map(len, CYRILLIC_WORD.findall(text)))
    return text if 5 * cyrillic > 4 * len(LETTER.findall(text)) else None


def _from_windows_1252(line: str) -> str | None:
    """Quotation marks and dashes out of control characters."""
    if CONTROL_BUT_LINE_END.search(line) is None:
        return None
    try:
        return line.encode("latin-1").decode("cp1252")
    except UnicodeError:
        return None


def _runs_through(before: Records, after: Records) -> bool:
    """Whether the damage is that of the records, not of a name or two in them."""
    changed = "".join(_changed_lines(before, after))
    beyond = "".join(BEYOND_ASCII.findall(changed))
    letters = len(LETTER.findall(beyond))
    if len(beyond) - letters >= MARKS_ENOUGH:
        return True
    of = sum(len(LETTER.findall(line)) for line in _lines(after))
    return letters >= max(LETTERS_ENOUGH, SHARE_OF_LETTERS * of)


def _changed_lines(before: Records, after: Records) -> Iterator[str]:
    """Lines as they are after the repair, where it changed them."""
    pairs = zip(_lines(before), _lines(after), strict=True)  # a repair makes and joins no lines
    return (new for old, new in pairs if new != old)


def _lines(records: Records) -> Iterator[str]:
    texts = (text for fields in records for text in fields.values() if isinstance(text, str))
    return (line for text in texts for line in LINE.findall(text))
