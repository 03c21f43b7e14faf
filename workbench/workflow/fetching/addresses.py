"""Addresses of pages: out of lists in any format that can be imported, in one spelling each."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from workbench.corpus.columns import recognise_columns
from workbench.corpus.dates import is_blank
from workbench.corpus.decoding import read_text, text_head
from workbench.corpus.readers import reader_for
from workbench.corpus.records import ReadOptions, Record, Refusal
from workbench.corpus.sources import NOT_AN_EXPORT, Source, find_sources
from workbench.errors import InputError

PORTS = {"http": 80, "https": 443}
LONGEST = 4_000  # characters
EXAMINED = 500  # records that tell the column
WEB = re.compile(r"https?://", re.IGNORECASE)
LINES = re.compile(r"\A\ufeff?(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*https?://", re.IGNORECASE)


@dataclasses.dataclass
class Wanted:
    """What lists ask for.

    Attributes:
        addresses: of pages and feeds, each once, in the lists' order.
        unusable: entries that name no page on the web, as they stand.
    """

    addresses: list[str] = dataclasses.field(default_factory=list)
    unusable: list[str] = dataclasses.field(default_factory=list)
    _known: set[str] = dataclasses.field(default_factory=set, repr=False)

    def add(self, text: str) -> None:
        """Take an address up, or note that it is none."""
        address = web_address(text)
        if address is None:
            self.unusable.append(text[:200])
        elif address not in self._known:
            self._known.add(address)
            self.addresses.append(address)


def read_lists(lists: Sequence[str | Path]) -> Wanted:
    """Return the addresses that lists name.

    Args:
        lists: addresses themselves, files with one a line (`#` begins a remark), and files of
            any format that `workbench import` reads, with a column `url`.

    Raises:
        InputError: if a file is missing, unreadable, or names no addresses.
    """
    wanted = Wanted()
    for given in lists:
        for text in [str(given)] if WEB.match(str(given)) else _listed(given):
            wanted.add(text)
    return wanted


def web_address(text: str, *, base: str = "") -> str | None:
    """Return an address of http or https in one spelling, without its fragment; else None.

    Names beyond ASCII are encoded as servers want them; one that holds a password is None.
    """
    try:
        parts = parse_url(urljoin(base, text.strip()))
    except (LocationParseError, ValueError):
        return None
    if parts.scheme not in PORTS or not parts.host or parts.auth is not None:
        return None
    port = None if parts.port == PORTS[parts.scheme] else parts.port
    address = Url(parts.scheme, None, parts.host, port, parts.path or "/", parts.query).url
    return address if len(address) <= LONGEST else None


def host_of(address: str) -> str:
    """Return the host that an address names."""
    return parse_url(address).host or ""


def _listed(given: str | Path) -> Iterator[str]:
    for source in find_sources([given]):
        if isinstance(source, Source):
            yield from _in_lines(source) if LINES.match(text_head(source)) else _in_column(source)
        elif source.reason != NOT_AN_EXPORT:
            raise InputError(
                f"{source.name} can't be read ({source.detail}); name a list that can."
            )


def _in_lines(source: Source) -> Iterator[str]:
    """The first word of every line that holds one and is no remark."""
    lines = map(str.split, read_text(source).removeprefix("\ufeff").splitlines())
    return (words[0] for words in lines if words and not words[0].startswith("#"))


def _in_column(source: Source) -> Iterator[str]:
    reader = reader_for(source, ReadOptions())
    found = [] if reader is None else list(reader.read(source, ReadOptions()))
    rows = [record.fields for record in found if isinstance(record, Record)]
    named = reader is not None and reader.named
    column = "url" if named else _column(rows)
    if not any(not is_blank(row.get(column)) for row in rows):
        raise InputError(f"{source.name} names no addresses; give it a column url.")
    for item in found:
        if isinstance(item, Record):
            yield str(item.fields.get(column) or f"record {item.number}: no address")
        elif isinstance(item, Refusal):
            yield f"record {item.number}: {item.reason}"


def _column(rows: Sequence[Any]) -> str:
    return recognise_columns(rows[:EXAMINED]).get("url", "") if rows else ""
