"""Lines of a file, none longer than may be held in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, AnyStr

from workbench.corpus.limits import MAX_LINE

MAX_CHARACTERS = MAX_LINE // 4  # of a line of text: a character takes up to four bytes
ENDS = ("\n", "\r", b"\n")  # of bytes, "\r" may be half a character


def lines_within(stream: IO[AnyStr]) -> Iterator[AnyStr | None]:
    """Yield each line of a stream with its end; None in place of one that is too long to hold."""
    most = MAX_CHARACTERS if hasattr(stream, "encoding") else MAX_LINE
    while line := stream.readline(most):
        whole = len(line) < most or line[-1:] in ENDS
        if not whole:
            while (rest := stream.readline(most)) and rest[-1:] not in ENDS:
                pass
        yield line if whole else None
