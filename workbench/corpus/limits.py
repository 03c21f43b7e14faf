"""How much may be held in memory at once; what is more is refused before it is tried."""

from __future__ import annotations

MEBIBYTE = 2**20
MAX_WHOLE = 128 * MEBIBYTE  # of a file, or a part of one, that cannot be read piece by piece
MAX_LINE = 64 * MEBIBYTE
MAX_TAGS = 2_000_000  # an element with its text takes some 300 bytes
MAX_NODES = 4_000_000  # objects and lists in JSON
MAX_DEPTH = 100  # of objects and lists in JSON
MAX_PAGE = 16 * MEBIBYTE  # of a web page, of which trafilatura makes several trees
MAX_PAGE_TAGS = 200_000
MAX_CELLS = 2**23  # of a sheet, the empty ones between filled ones too
MAX_SHEET_TEXT = 2**27  # characters in all cells, strings that many cells share counted in each


class TooLargeError(Exception):
    """A file or record holds more than a reader may hold in memory at once."""


def check_whole(size: int, most: int = MAX_WHOLE) -> None:
    """Refuse to hold so many bytes.

    Raises:
        TooLargeError: if they are more than `most`.
    """
    if size > most:
        raise TooLargeError(
            f"{size:,} bytes, and this format must be held in memory whole, at most {most:,}; "
            "split it, or save it as JSON Lines or CSV, which are read piece by piece"
        )


def check_tags(markup: str | bytes, most: int = MAX_TAGS) -> None:
    """Refuse to make a tree of markup.

    Raises:
        TooLargeError: if it has more than `most` tags.
    """
    tags = markup.count("<") if isinstance(markup, str) else markup.count(b"<")
    if tags > most:
        raise TooLargeError(f"{tags:,} tags, at most {most:,} can be held in memory; split it")
