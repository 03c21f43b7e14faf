"""A whole run: addresses out of lists, feeds opened up, hosts taken in turn, pages kept."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import re
from collections import Counter, deque
from collections.abc import Callable, Sequence
from pathlib import Path

from workbench.errors import InputError
from workbench.workflow.fetching.addresses import Wanted, host_of, read_lists
from workbench.workflow.fetching.captures import Captures, Entry, open_captures
from workbench.workflow.fetching.download import Answer, Limits, Unfetched, is_transient
from workbench.workflow.fetching.feeds import feed_links
from workbench.workflow.fetching.visitor import AGENT, PAGE, HeldAlready, Visitor, not_a_page
from workbench.workflow.provenance import DISTRIBUTION

TRIES = 3  # of a page whose host says that it is busy, within one run
TRIED_AGAIN = {"http_429", "http_503"}
CONTACT = re.compile(r"[!-~]+(?: [!-~]+)*")  # printable ASCII in one line
DEFAULTS = Limits()


@dataclasses.dataclass(frozen=True)
class FetchReport:
    """What came of the addresses asked for.

    Attributes:
        folder: where the archives and the log are.
        archive: the archive that this run wrote; None where it fetched no page.
        fetched: pages fetched by this run.
        held: addresses whose page was there already, or is that of another address.
        failed: address -> (reason, detail), whether it failed now or was not tried anew.
        left: address -> why it was not tried: `limit` or `host_resting`.
        feeds: address of a feed -> number of its entries.
        unusable: entries of lists and feeds that name no page on the web.
    """

    folder: Path
    archive: Path | None
    fetched: int
    held: int
    failed: dict[str, tuple[str, str]]
    left: dict[str, str]
    feeds: dict[str, int]
    unusable: list[str]

    @property
    def is_whole(self) -> bool:
        """Whether every address's page is there."""
        return not (self.failed or self.left or self.unusable)


def fetch_pages(
    lists: Sequence[str | Path],
    into: str | Path,
    *,
    delay: float = 2.0,
    contact: str | None = None,
    limit: int | None = None,
    again: bool = False,
    allow_private: bool = False,
    limits: Limits = DEFAULTS,
    on_pages: Callable[[int, int], None] = lambda count, of: None,
) -> FetchReport:
    """Fetch pages into a folder of WARC archives, which `workbench import` reads.

    One request at a time, robots.txt minded, pages that were fetched left alone; what failed for
    a passing reason is tried anew by the next run. Scripts are never run.

    Args:
        lists: addresses of pages or feeds, and files that name them.
        into: the folder, made where it is missing.
        delay: seconds between two requests to one host; a host's own longer delay is kept.
        contact: an address of the user's, told to the servers.
        limit: stop after so many pages.
        again: try what failed for good anew, too.
        allow_private: fetch from machines of private networks too.
        limits: what a server may take.
        on_pages: called with a number of pages that are done, and how many there are by now.

    Raises:
        InputError: if a list or the folder can't be used, or `contact` is no plain line.
    """
    agent = _agent(contact)
    wanted = read_lists(lists)
    visitor = Visitor(agent=agent, delay=delay, limits=limits, allow_private=allow_private)
    with open_captures(into, agent=agent) as captures:
        run = _Run(wanted, visitor, captures, again, on_pages)
        run.go(limit)
        return run.report(Path(into))


def _agent(contact: str | None) -> str:
    if contact is not None and not CONTACT.fullmatch(contact):
        raise InputError(f"Contact {contact!r}: name one e-mail or web address, in plain letters.")
    version = importlib.metadata.version(DISTRIBUTION)
    return f"{AGENT}/{version} ({contact or 'research on news coverage'})"


class _Run:
    """The queues of one run, by host, and what they still hold."""

    def __init__(
        self,
        wanted: Wanted,
        visitor: Visitor,
        captures: Captures,
        again: bool,
        on_pages: Callable[[int, int], None],
    ) -> None:
        self._wanted, self._visitor, self._captures = wanted, visitor, captures
        self._again, self._on_pages = again, on_pages
        self._queues: dict[str, deque[str]] = {}
        self._tries: Counter[str] = Counter()
        self._feeds: dict[str, int] = {}
        self._of_feeds: set[str] = set()
        self._pages = self._fetched = self._taken_up = 0

    def go(self, limit: int | None) -> None:
        """Take addresses one by one, of the host that may be asked soonest, until none is left."""
        self._take_up()
        while (limit is None or self._pages < limit) and (host := self._next_host()):
            address = self._queues[host].popleft()
            if self._captures.holds(address):  # another address has led here since
                self._on_pages(1, len(self._wanted.addresses))
            else:
                self._take(address)

    def report(self, folder: Path) -> FetchReport:
        """Sum up what became of every address, in this run and before."""
        left = {address: self._why_left(address) for queue in self._queues.values()
                for address in queue}  # fmt: skip
        known = {
            address: entry
            for address in self._wanted.addresses
            if address not in left and (entry := self._captures.entry(address))
        }
        failed = {a: (e.reason, e.detail) for a, e in known.items() if e.outcome == "failed"}
        rest = len(self._wanted.addresses) - len(left) - len(failed) - len(self._feeds)
        return FetchReport(
            folder, self._captures.archive, self._fetched, rest - self._fetched, failed, left,
            self._feeds, self._wanted.unusable,
        )  # fmt: skip

    def _take_up(self) -> None:
        """Queue the addresses that came in since."""
        for address in self._wanted.addresses[self._taken_up :]:
            if self._is_due(address):
                self._queues.setdefault(host_of(address), deque()).append(address)
            else:
                self._on_pages(1, len(self._wanted.addresses))
        self._taken_up = len(self._wanted.addresses)

    def _is_due(self, address: str) -> bool:
        if self._captures.holds(address):
            return False
        entry = self._captures.entry(address)
        failed_for_good = (
            entry is not None and entry.outcome == "failed" and not is_transient(entry.reason)
        )
        return self._again or not failed_for_good

    def _next_host(self) -> str | None:
        waiting = [host for host, queue in self._queues.items() if queue]
        open_ones = [h for h in waiting if not self._visitor.host(self._queues[h][0]).resting]
        return min(
            open_ones, key=lambda h: self._visitor.host(self._queues[h][0]).due, default=None
        )

    def _why_left(self, address: str) -> str:
        return "host_resting" if self._visitor.host(address).resting else "limit"

    def _take(self, address: str) -> None:
        """Fetch one address, and log what became of it, unless it is to be tried again."""
        self._tries[address] += 1
        try:
            answer = self._visitor.visit(address, held=self._captures.holds)
            self._keep(address, answer)
        except HeldAlready as held:
            self._captures.note(Entry(address, "same", final_url=str(held)))
        except Unfetched as why:
            if self._try_again(address, why):
                return
            self._captures.note(Entry(address, "failed", why.reason, why.detail))
        self._pages += address not in self._feeds
        self._on_pages(1, len(self._wanted.addresses))

    def _keep(self, address: str, answer: Answer) -> None:
        links = None if address in self._of_feeds else feed_links(answer)
        if links is not None:
            self._open_up(links)
            self._feeds[address] = len(links)
            told = f"{len(links)} entries"
            self._captures.note(Entry(address, "feed", detail=told, final_url=answer.url))
        elif PAGE.search(answer.header("Content-Type")):
            self._captures.add_page(address, answer)
            self._fetched += 1
        else:
            raise not_a_page(answer)

    def _open_up(self, links: list[str]) -> None:
        """Add a feed's entries; what they lead to is not opened up again."""
        for link in links:
            self._wanted.add(link)
        self._of_feeds |= set(self._wanted.addresses[self._taken_up :])
        self._take_up()

    def _try_again(self, address: str, why: Unfetched) -> bool:
        host = self._visitor.host(address)
        if why.reason not in TRIED_AGAIN or host.resting or self._tries[address] >= TRIES:
            return False
        self._queues[host_of(address)].appendleft(address)
        return True
