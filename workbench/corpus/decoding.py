"""From bytes to characters: the encoding is read off the mark, tried as UTF-8, or guessed."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import IO

from charset_normalizer import from_bytes

from workbench.corpus.sources import HEAD_BYTES, Source
from workbench.errors import InputError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LIKELY = ["cp1251", "cp1252", "koi8_r", "cp866", "cp1250", "cp1254", "cp1256", "gb18030", "utf_16"]


def encoding_of(source: Source, asked: str | None = None) -> str:
    """Return the name of the encoding of a text file.

    Raises:
        InputError: if the encoding asked for is unknown to Python.
    """
    if asked is not None:
        return _known(asked)
    for mark, name in MARKS:
        if source.head.startswith(mark):
            return name
    bad = _first_bad_byte(source)
    return "utf-8" if bad is None else _guess(source, bad)


def open_text(source: Source, encoding: str) -> io.TextIOWrapper:
    """Open a source as text; line ends are kept, undecodable bytes become U+FFFD."""
    stream: IO[bytes] = source.open()
    return io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")


def read_text(source: Source, asked: str | None = None) -> str:
    """Return the whole text of a source, line ends as they are."""
    with open_text(source, encoding_of(source, asked)) as stream:
        return stream.read()


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise InputError(
            f"There is no encoding {name!r}; try utf-8, cp1251, cp1252 or utf-16."
        ) from None


def _first_bad_byte(source: Source) -> int | None:
    """Offset of the first byte that is not UTF-8; None where all of it is."""
    decoder, offset = codecs.getincrementaldecoder("utf-8")(), 0
    for chunk in _chunks(source):
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return max(offset + error.start, 0)
        offset += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return offset
    return None


def _chunks(source: Source) -> Iterator[bytes]:
    with source.open() as stream:
        while chunk := stream.read(1 << 20):
            yield chunk


def _guess(source: Source, bad: int) -> str:
    with source.open() as stream:
        stream.read(max(bad - HEAD_BYTES // 2, 0))
        sample = stream.read(HEAD_BYTES)
    best = from_bytes(sample, cp_isolation=LIKELY).best()
    return best.encoding if best is not None else "cp1252"
