"""The articles of a document of Nexis Uni: a cover with the list of them, then one after another.

An article begins at the vendor's bookmark, else after the mark that ends the one before, else
two lines above a day that is soon followed by a length.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from workbench.corpus.readers.nexis_dates import is_dated
from workbench.corpus.readers.nexis_fields import (
    UNI,
    Paragraph,
    article_fields,
    is_length,
    vendor_error,
)  # fmt: skip
from workbench.corpus.readers.nexis_labels import DOCUMENTS, END
from workbench.corpus.records import Announcement, Record, Refusal

BOOKMARK = re.compile(r"bookmark_(\d+)", re.IGNORECASE)
LISTED = re.compile(r"\s*(\d+)\.\s+(?P<title>.+)", re.DOTALL)
HEADER_LINES = 15
Piece = list[Paragraph]


def uni_records(
    paragraphs: Sequence[Paragraph], broken: str | None = None
) -> Iterator[Record | Refusal | Announcement]:
    """The articles in a document's paragraphs, and how many its cover says there are.

    Args:
        paragraphs: of the whole document, empty ones among them.
        broken: what is wrong with the file where not all of it can be read.
    """
    cover, pieces = _pieces(paragraphs)
    announced = _announced(cover)
    if announced is not None:
        yield announced
    if broken is not None and pieces and not END.fullmatch(_filled(pieces[-1])[-1].text):
        pieces.pop()  # it is cut short
    for number, piece in zip(_numbers(cover, pieces, announced), pieces, strict=True):
        yield _record(str(number), piece)
    if broken is not None:
        yield Refusal("", "broken_file", broken)


def _record(number: str, piece: Piece) -> Record | Refusal:
    error = vendor_error(piece)
    if error is not None:
        return Refusal(number, "vendor_error", error)
    return Record(number, article_fields([p for p in piece if not END.fullmatch(p.text)], UNI))


def _announced(cover: Piece) -> Announcement | None:
    for paragraph in cover:
        match = DOCUMENTS.fullmatch(paragraph.text)
        if match is not None:
            count = int(re.sub(r"\D", "", match["count"]))
            return Announcement(count, " ".join(paragraph.text.split()))
    return None


def _pieces(paragraphs: Sequence[Paragraph]) -> tuple[Piece, list[Piece]]:
    """The cover, empty where there is none, and the paragraphs of each article."""
    cuts = [i for i, p in enumerate(paragraphs) if BOOKMARK.fullmatch(p.mark)]
    cuts += [i + 1 for i, p in enumerate(paragraphs) if END.fullmatch(p.text)]
    marked = _between(paragraphs, cuts)
    cover: Piece = []
    if marked and any(DOCUMENTS.fullmatch(p.text) or _is_job(p) for p in marked[0]):
        starts = _starts(marked[0])
        cover = marked[0][: starts[0]] if starts else marked[0]
        marked[0] = marked[0][len(cover) :]
    pieces = itertools.chain.from_iterable(_between(p, _starts(p)[1:]) for p in marked)
    return cover, [piece for piece in pieces if _filled(piece)]


def _between(paragraphs: Sequence[Paragraph], cuts: Sequence[int]) -> list[Piece]:
    """What lies between the cuts; a piece that holds no text joins the next."""
    bounds = sorted({0, *cuts, len(paragraphs)})
    pieces: list[Piece] = []
    before: Piece = []
    for start, stop in itertools.pairwise(bounds):
        piece = before + list(paragraphs[start:stop])
        before = [] if _filled(piece) else piece
        pieces += [piece] if _filled(piece) else []
    return pieces


def _starts(piece: Piece) -> list[int]:
    """Where articles begin, told by their lengths: title, source, day stand soon above."""
    starts = []
    for at, paragraph in enumerate(piece):
        if is_length(paragraph):
            above = [i for i in range(at) if piece[i].text.strip()][-HEADER_LINES:]
            days = [k for k, i in enumerate(above) if k and is_dated(piece[i].text.strip())]
            if days:
                back = 3 if piece[above[days[-1] - 1]].text.strip().startswith("(") else 2
                starts.append(above[max(days[-1] - back, 0)])
    return starts


def _is_job(paragraph: Paragraph) -> bool:
    return re.match(r"\s*(?:Job Number|Client/Matter)\s*:", paragraph.text) is not None


def _numbers(cover: Piece, pieces: list[Piece], announced: Announcement | None) -> list[int]:
    """The vendor's numbers where bookmarks or the cover's list tell them, else the order."""
    order = list(range(1, len(pieces) + 1))
    if announced is None or announced.count <= len(pieces):
        return order
    marks = [_bookmark(piece) for piece in pieces]
    given = [mark for mark in marks if mark is not None]
    if len(given) == len(pieces) and given == sorted(set(given)) and given[:1] >= [1]:
        return given
    return _listed(cover, pieces) or order


def _bookmark(piece: Piece) -> int | None:
    match = next(filter(None, (BOOKMARK.fullmatch(p.mark) for p in piece)), None)
    return int(match[1]) if match is not None else None


def _listed(cover: Piece, pieces: list[Piece]) -> list[int] | None:
    """The numbers of the titles in the cover's list, if all are found there in order."""
    listed = [m for m in (LISTED.fullmatch(p.text) for p in cover) if m is not None]
    numbers = []
    rest = iter(listed)
    for piece in pieces:
        title = _filled(piece)[0].text
        match = next((m for m in rest if _alike(m["title"], title)), None)
        if match is None:
            return None
        numbers.append(int(match[1]))
    return numbers


def _alike(one: str, other: str) -> bool:
    one, other = ("".join(filter(str.isalnum, text)).casefold()[:40] for text in (one, other))
    return bool(one) and bool(other) and (one.startswith(other) or other.startswith(one))


def _filled(piece: Piece) -> Piece:
    return [paragraph for paragraph in piece if paragraph.text.strip()]
