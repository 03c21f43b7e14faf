"""Which article a record is: a new one, one that is held, or what completes one that is held."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, NamedTuple

from workbench.corpus.addresses import article_address
from workbench.corpus.records import Refusal
from workbench.hashing import digest

FULLNESS = {"none": 0, "headline": 0, "snippet": 1, "full": 2}
NOT_WORDS = re.compile(r"\W+")
NOTHING = b""  # the mark of what is not given
HELD_BEFORE = 0  # the number of the file of an article that an earlier import brought


@dataclasses.dataclass(frozen=True, kw_only=True)
class Addition(Refusal):
    """A record that is no article of its own: what it tells goes to one that is held.

    Attributes:
        row: the record as a row of `articles`.
        to: the `article_id` that it belongs to.
    """

    row: dict[str, Any]
    to: str


class Marks(NamedTuple):
    """What tells two records apart, short enough to keep a million of them.

    Attributes:
        title: a mark of its words, whatever their case and punctuation.
        text: a mark of it as it stands.
        address: a mark of the page that its URL leads to.
        fullness: how much of the text it holds, after `FULLNESS`.
        file: the number of the file of this import that brought it, or `HELD_BEFORE`.
    """

    title: bytes
    text: bytes
    address: bytes
    fullness: int
    file: int


@dataclasses.dataclass
class Identities:
    """The ids and addresses taken so far, each with marks of the article that took it.

    Records of one file are as many articles as their ids; records of two files with one id or one
    address are one article where one of them has more of the text, or both have the same.
    """

    taken: dict[str, Marks] = dataclasses.field(default_factory=dict)
    addresses: dict[bytes, str] = dataclasses.field(default_factory=dict)

    def settle(self, row: dict[str, Any], *, file: int) -> dict[str, Any] | Refusal:
        """Return the row where it is an article of its own, else what is to become of it."""
        marks = marks_of(row["title"], row["text"], row["url"], row["text_kind"], file=file)
        to = self._rival(row["article_id"], marks)
        if to is None:
            self.take(row["article_id"], marks)
            return row
        held, number = self.taken[to], row["source_record"]
        if _completes(held, marks):
            self._complete(to, held, marks)
            told = f"the same article as {to}, which took what it lacked"
            return Addition(number, "joined", told, row=row, to=to)
        if _same(held, marks):
            return Refusal(number, "duplicate", f"the same as {to}")
        if to == row["article_id"]:
            told = f"another article has the id {to}; give each its own"
            return Refusal(number, "id_conflict", told)
        self.take(row["article_id"], marks)
        return row

    def take(self, article_id: str, marks: Marks) -> None:
        """Note an article that is held; the first one at an address keeps it."""
        self.taken[article_id] = marks
        if marks.address != NOTHING:
            self.addresses.setdefault(marks.address, article_id)

    def _rival(self, article_id: str, marks: Marks) -> str | None:
        """Who holds the id, or, of another file, the address."""
        if article_id in self.taken:
            return article_id
        found = self.addresses.get(marks.address)
        return found if found is not None and self.taken[found].file != marks.file else None

    def _complete(self, article_id: str, held: Marks, marks: Marks) -> None:
        fuller = max(held, marks, key=lambda each: each.fullness)
        told = Marks(
            held.title or marks.title,
            fuller.text,
            held.address or marks.address,
            fuller.fullness,
            held.file,
        )
        self.take(article_id, told)


def marks_of(
    title: str | None, text: str | None, url: str | None, text_kind: str, *, file: int = HELD_BEFORE
) -> Marks:
    """Return the marks of an article."""
    plain = NOT_WORDS.sub(" ", title.casefold()).strip() if title else None
    address = article_address(url)
    return Marks(_mark(plain), _mark(text), _mark(address), FULLNESS[text_kind], file)


def _mark(part: str | None) -> bytes:
    return bytes.fromhex(digest(part)[:16]) if part else NOTHING


def _completes(held: Marks, other: Marks) -> bool:
    """Whether two records of two files are one article of which one has more of the text.

    Ids such as 1, 2, 3 stand for other articles in another file: what is given of title and
    address must not speak against it.
    """
    if held.file == other.file or held.fullness == other.fullness:
        return False
    pairs = [(held.title, other.title), (held.address, other.address)]
    given = [one == two for one, two in pairs if NOTHING not in {one, two}]
    return any(given) or not given


def _same(held: Marks, other: Marks) -> bool:
    """Whether two records are the same; of two files, whether they have one text."""
    if held[:3] == other[:3]:
        return True
    return held.file != other.file and held.text == other.text != NOTHING
