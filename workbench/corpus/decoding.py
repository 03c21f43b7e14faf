"""From bytes to characters: the encoding is read off the mark, tried as UTF-8, or guessed."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import IO

from charset_normalizer import from_bytes

from workbench.corpus.language import detect_language
from workbench.corpus.limits import check_whole
from workbench.corpus.sources import HEAD_BYTES, Source
from workbench.errors import InputError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LIKELY = ["cp1251", "cp1252", "koi8_r", "cp866", "cp1250", "cp1254", "cp1256", "gb18030"]
LATIN = {
    "cp1250": {"pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq"},
    "cp1254": {"tr"},
    "cp1252": set[str](),
}
ZEROS_AFTER = re.compile(rb"(?:[\r\n]\0)*[!-~]\0[\t -~]\0")
ZEROS_BEFORE = re.compile(rb"(?:\0[\r\n])*\0[!-~]\0[\t -~]")
BETWEEN_FIELDS = re.compile(rb"[,;|\t\r\n\"]+")
CYRILLIC_WORD = re.compile(r"\b[А-ЯЁЄІЇҐЎ]?[а-яёєіїґў]{3,}\b")
CONTROL = re.compile("[\x00-\x08\x0e-\x1a]")


def encoding_of(source: Source, asked: str | None = None) -> str:
    """Return the name of the encoding of a text file.

    Raises:
        InputError: if the encoding asked for is unknown to Python.
    """
    marked = _marked(source.head)
    if asked is not None:
        name = _known(asked)
        return "utf-8-sig" if name == "utf-8" and marked == "utf-8-sig" else name
    if marked is not None:
        return marked
    return "utf-8" if _is_utf8(source) else _guess(source)


def open_text(source: Source, encoding: str) -> io.TextIOWrapper:
    """Open a source as text; line ends are kept, undecodable bytes become U+FFFD."""
    stream: IO[bytes] = source.open()
    return io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")


def read_text(source: Source, asked: str | None = None) -> str:
    """Return the whole text of a source, line ends as they are.

    Raises:
        TooLargeError: if it is more than may be held in memory.
    """
    check_whole(source.size)
    with open_text(source, encoding_of(source, asked)) as stream:
        return stream.read()


def text_head(source: Source) -> str:
    """The first characters, for telling the format; exact where the file is Unicode."""
    return source.head.decode(_marked(source.head) or "utf-8", errors="replace")


def is_binary(text: str) -> bool:
    """Whether so many control characters stand in what should be text that it is none."""
    return len(CONTROL.findall(text)) > max(3, len(text) // 50)


def _marked(head: bytes) -> str | None:
    """The encoding that a mark names, or that the zeros beside ASCII characters give away."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    if ZEROS_AFTER.match(head):
        return "utf-16-le"
    return "utf-16-be" if ZEROS_BEFORE.match(head) else None


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise InputError(
            f"There is no encoding {name!r}; try utf-8, cp1251, cp1252 or utf-16."
        ) from None


def _is_utf8(source: Source) -> bool:
    """Whether all is UTF-8, or at most as many characters are broken as are whole beyond ASCII."""
    broken = beyond = 0
    with open_text(source, "utf-8") as text:
        while chunk := text.read(1 << 20):
            broken += chunk.count("\ufffd")
            beyond += len(chunk) - len(chunk.encode("ascii", "ignore"))
    return 2 * broken <= beyond


def _guess(source: Source) -> str:
    """What the fields beyond ASCII look like; among Latin alphabets their language tells."""
    sample = b"\n".join(_fields_beyond_ascii(source))
    words = "".join(CYRILLIC_WORD.findall(sample.decode("cp1251", errors="replace")))
    if 2 * len(words) > sum(byte > 127 for byte in sample):  # holds for a single word too
        return "cp1251"
    best = from_bytes(sample, cp_isolation=LIKELY).best()
    if best is not None and best.encoding not in LATIN:
        return best.encoding
    for encoding, languages in LATIN.items():
        if detect_language(sample.decode(encoding, errors="replace")) in languages:
            return encoding
    return "cp1252"


def _fields_beyond_ascii(source: Source) -> Iterator[bytes]:
    size = 0
    with source.open() as stream:
        while size < HEAD_BYTES and (chunk := stream.read(1 << 20)):
            for field in BETWEEN_FIELDS.split(chunk):
                if not field.isascii() and size < HEAD_BYTES:
                    size += len(field)
                    yield field
