"""A polite visitor: one request at a time, pauses between those to one host, robots.txt minded."""

from __future__ import annotations

import dataclasses
import re
import time
from collections.abc import Callable
from urllib.parse import urljoin

from protego import Protego
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from workbench.workflow.fetching.addresses import host_of, web_address
from workbench.workflow.fetching.download import Answer, Limits, Unfetched, ask, is_transient

AGENT = "war-coverage-workbench"  # also the name that robots.txt may address
REDIRECTS = {301, 302, 303, 307, 308}
BUSY = {429, 503}
GIVE_UP = 5  # troubles in a row after which a host is left for this run
PAGE = re.compile(r"\b(?:html|xhtml\+xml)\b", re.IGNORECASE)
PAGE_OR_FEED = re.compile(r"html|xml|rss|atom|rdf", re.IGNORECASE)
OWN_REASONS = {"timeout", "no_connection", "no_such_host", "private_address", "host_resting"}


class HeldAlready(Exception):  # noqa: N818 - no error: redirects often end at one page
    """A redirect leads to a page that was fetched before."""


@dataclasses.dataclass
class Host:
    """When a host may be asked again.

    Attributes:
        delay: seconds between two requests.
        patience: longest wait, in seconds.
        due: time before which it isn't asked, on the monotonic clock.
        troubles: times in a row that it was busy or didn't answer.
        resting: whether it is left alone for the rest of the run.
    """

    delay: float
    patience: float
    due: float = 0.0
    troubles: int = 0
    resting: bool = False

    def wait(self) -> None:
        """Sleep until the host may be asked."""
        time.sleep(max(0.0, self.due - time.monotonic()))

    def answered(self) -> None:
        """Note that all is well."""
        self.troubles = 0
        self._pause(self.delay)

    def struggled(self, asked: float | None = None) -> None:
        """Note trouble: wait as long as the host asks, else twice as long each time."""
        self.troubles += 1
        pause = self.delay * 2**self.troubles if asked is None else asked
        self.resting |= self.troubles >= GIVE_UP
        self._pause(max(self.delay, pause))

    def _pause(self, seconds: float) -> None:
        self.resting |= seconds > self.patience
        self.due = time.monotonic() + seconds


class Visitor:
    """Asks for pages, follows their redirects, and keeps what is known about the hosts."""

    def __init__(self, *, agent: str, delay: float, limits: Limits, allow_private: bool) -> None:
        self._agent, self._delay = agent, delay
        self._limits, self._allow_private = limits, allow_private
        self._hosts: dict[str, Host] = {}
        self._rules: dict[str, Protego | Unfetched] = {}

    def host(self, address: str) -> Host:
        """Return what is known about the host of an address."""
        new = Host(self._delay, self._limits.patience)
        return self._hosts.setdefault(host_of(address), new)

    def visit(self, address: str, *, held: Callable[[str], bool]) -> Answer:
        """Return the page or feed at the end of an address's redirects.

        Args:
            address: as `web_address` spells it.
            held: whether the page at an address was fetched before.

        Raises:
            HeldAlready: with the page's address, if a redirect leads to one that was.
            Unfetched: if it can't be had, mustn't be, or is neither page nor feed.
        """

        def before(place: str) -> None:
            if place != address and held(place):
                raise HeldAlready(place)
            self._obey_robots(place)

        answer = self._follow(address, before, _is_page_or_feed)
        if answer.status != 200:
            raise Unfetched(f"http_{answer.status}", f"status {answer.status}")
        if not PAGE_OR_FEED.search(answer.header("Content-Type")):
            raise not_a_page(answer)
        return answer

    def _follow(
        self, address: str, before: Callable[[str], None], wanted: Callable[[int, str], bool]
    ) -> Answer:
        way = [address]
        while True:
            before(way[-1])
            answer = self._request(way[-1], wanted)
            if answer.status not in REDIRECTS:
                return answer
            way.append(self._next(way, answer.header("Location")))

    def _next(self, way: list[str], location: str) -> str:
        target = web_address(location, base=way[-1])
        if target is None:
            raise Unfetched("bad_redirect", f"leads to {location[:200]}")
        if target in way:
            raise Unfetched("redirect_loop", f"leads back to {target}")
        if len(way) > self._limits.redirects:
            raise Unfetched("too_many_redirects", f"over {self._limits.redirects}")
        return target

    def _request(self, address: str, wanted: Callable[[int, str], bool]) -> Answer:
        host = self.host(address)
        if host.resting:
            raise Unfetched("host_resting", f"{host_of(address)} is left alone for now")
        host.wait()
        try:
            answer = ask(
                address,
                agent=self._agent,
                limits=self._limits,
                allow_private=self._allow_private,
                wanted=wanted,
            )
        except Unfetched as why:
            host.struggled() if is_transient(why.reason) else host.answered()
            raise
        if answer.status in BUSY or answer.status >= 500:
            host.struggled(seconds_asked(answer.header("Retry-After")))
        else:
            host.answered()
        return answer

    def _obey_robots(self, address: str) -> None:
        origin = urljoin(address, "/")
        if origin not in self._rules:
            self._rules[origin] = self._read_rules(origin)
        rules = self._rules[origin]
        if isinstance(rules, Unfetched):
            raise Unfetched(rules.reason, rules.detail)
        if not rules.can_fetch(address, AGENT):
            raise Unfetched("robots", "robots.txt asks to leave it alone")

    def _read_rules(self, origin: str) -> Protego | Unfetched:
        """RFC 9309: no robots.txt allows everything, one that can't be had allows nothing."""
        try:
            answer = self._follow(origin + "robots.txt", lambda place: None, _is_whole)
        except Unfetched as why:
            reason = why.reason if why.reason in OWN_REASONS else "robots_unreachable"
            return Unfetched(reason, f"robots.txt: {why.detail}")
        if answer.status == 429 or answer.status >= 500:
            return Unfetched("robots_unreachable", f"robots.txt: status {answer.status}")
        rules = Protego.parse(answer.body.decode(errors="replace"))
        host = self.host(origin)
        host.delay = max(host.delay, rules.crawl_delay(AGENT) or 0.0)
        host.answered()  # from now on by its own delay
        return rules


def not_a_page(answer: Answer) -> Unfetched:
    """What is said of an answer that is neither page nor feed."""
    return Unfetched("not_a_page", f"type {answer.header('Content-Type')[:100] or 'not given'}")


def seconds_asked(header: str) -> float | None:
    """Return the seconds that a header Retry-After asks to wait; None where it says nothing."""
    try:
        return Retry().parse_retry_after(header[:100])
    except (InvalidHeader, ValueError, OverflowError):
        return None


def _is_page_or_feed(status: int, kind: str) -> bool:
    return status == 200 and PAGE_OR_FEED.search(kind) is not None


def _is_whole(status: int, kind: str) -> bool:
    return status == 200
