"""One request, one answer, within bounds: of size, of time, and of whom may be asked.

The host's name is looked up once, its addresses are checked, and it is those that are asked, so
that no name can mean one machine when it is checked and another when it is asked.
"""

from __future__ import annotations

import contextlib
import dataclasses
import http.client
import ipaddress
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError
from urllib3.exceptions import TimeoutError as NoAnswer
from urllib3.response import HTTPResponse
from urllib3.util import Url, parse_url

from workbench.corpus.limits import MAX_PAGE
from workbench.workflow.fetching.addresses import PORTS

CHUNK = 2**16
ADDRESSES_TRIED = 3
LONGEST_DETAIL = 300
NAT64 = ipaddress.ip_network("64:ff9b::/96")
CODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}  # what a page may be packed in
TRANSIENT = {
    "timeout", "no_connection", "no_such_host", "cut_off", "host_resting", "robots_unreachable",
    "private_address", "http_408", "http_425", "http_429",
}  # fmt: skip
OBJECT = re.compile(r"^(?:<[^>]*>|\w*Connection\([^)]*\)): ")
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclasses.dataclass(frozen=True)
class Limits:
    """What a server may take.

    Attributes:
        size: bytes of a page, unpacked.
        seconds: for one answer, from connection to last byte.
        silence: seconds without a byte, or without a connection.
        redirects: from an address to its page.
        patience: longest wait for one host, in seconds; one that asks for more is left.
    """

    size: int = MAX_PAGE
    seconds: float = 60.0
    silence: float = 20.0
    redirects: int = 8
    patience: float = 300.0


@dataclasses.dataclass(frozen=True)
class Answer:
    """What a server answered; the body is empty where it wasn't wanted."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The first header of this name, empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class Unfetched(Exception):  # noqa: N818 - no error: pages that can't be had are expected
    """A page that could not be had: a reason of one word, and what happened."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail[:LONGEST_DETAIL]


def is_transient(reason: str) -> bool:
    """Whether another run may have more luck."""
    return reason in TRANSIENT or reason.startswith("http_5")


def ask(
    address: str,
    *,
    agent: str,
    limits: Limits,
    allow_private: bool,
    wanted: Callable[[int, str], bool],
) -> Answer:
    """Ask for an address once; redirects are not followed.

    Args:
        address: as `web_address` spells it.
        agent: the header User-Agent.
        limits: what the server may take.
        allow_private: ask machines of private networks too.
        wanted: whether to read the body, from status and content type.

    Raises:
        Unfetched: if there is no whole answer within the limits.
    """
    parts = parse_url(address)
    over = threading.Event()
    with contextlib.closing(_connect(parts, limits, allow_private)) as connection:
        try:
            with _cut_off_after(limits.seconds, connection.sock, over):
                answer = _answer(connection, parts, agent, limits, wanted)
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            raise _too_slow(limits) if over.is_set() else _unfetched(error) from error
    if over.is_set():  # the end that was read was none
        raise _too_slow(limits)
    return answer


def _answer(
    connection: HTTPConnection,
    parts: Url,
    agent: str,
    limits: Limits,
    wanted: Callable[[int, str], bool],
) -> Answer:
    headers = {
        "Host": parts.netloc or "",
        "User-Agent": agent,
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    connection.request("GET", parts.request_uri, headers=headers, preload_content=False)
    with contextlib.closing(connection.getresponse()) as response:
        given = tuple(response.headers.iteritems())
        read = wanted(response.status, response.headers.get("Content-Type", ""))
        return Answer(parts.url, response.status, given, _body(response, limits) if read else b"")


def _body(response: HTTPResponse, limits: Limits) -> bytes:
    """The body, unpacked as it streams, so that neither size nor packing can fill the memory."""
    codings = response.headers.get("Content-Encoding", "").lower().split(",")
    if unknown := {coding.strip() for coding in codings} - CODINGS:
        raise Unfetched("undecodable", f"packed as {', '.join(sorted(unknown))}")
    body = bytearray()
    for chunk in response.stream(CHUNK, decode_content=True):
        body += chunk
        if len(body) > limits.size:
            raise Unfetched("too_large", f"over {limits.size:,} bytes")
    return bytes(body)


def _connect(parts: Url, limits: Limits, allow_private: bool) -> HTTPConnection:
    """A connection to the first of the host's addresses that takes one."""
    trouble: Exception | None = None
    for number in _numbers(parts, allow_private)[:ADDRESSES_TRIED]:
        connection = _connection(parts, number, limits)
        try:
            connection.connect()
        except (HTTPError, OSError) as error:
            connection.close()
            trouble = error
        else:
            return connection
    raise Unfetched("no_connection", OBJECT.sub("", str(trouble)))


def _connection(parts: Url, number: str, limits: Limits) -> HTTPConnection:
    port = parts.port or PORTS[parts.scheme or ""]
    if parts.scheme == "http":
        return HTTPConnection(number, port, timeout=limits.silence)
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return HTTPSConnection(
        number, port, timeout=limits.silence, ssl_context=context, server_hostname=_name(parts)
    )


def _numbers(parts: Url, allow_private: bool) -> list[str]:
    """The host's addresses by number, all of them public."""
    port = parts.port or PORTS[parts.scheme or ""]
    try:
        found = socket.getaddrinfo(_name(parts), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unfetched("no_such_host", f"{parts.host}: {error}") from error
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    private = [n for n in numbers if not _is_public(ipaddress.ip_address(n))]
    if private and not allow_private:
        raise Unfetched("private_address", f"{parts.host} leads to {private[0]}, no public machine")
    return numbers


def _name(parts: Url) -> str:
    return (parts.host or "").strip("[]")


def _is_public(number: IPAddress) -> bool:
    return all(inner.is_global and not inner.is_multicast for inner in _meant(number))


def _meant(number: IPAddress) -> Iterator[IPAddress]:
    """The address, and any of IPv4 inside it."""
    mapped = getattr(number, "ipv4_mapped", None)
    if mapped is None:
        yield number
    inner = [mapped, getattr(number, "sixtofour", None)]
    if number in NAT64:
        inner.append(ipaddress.IPv4Address(int(number) % 2**32))
    yield from filter(None, inner)


@contextlib.contextmanager
def _cut_off_after(seconds: float, sock: socket.socket, over: threading.Event) -> Iterator[None]:
    """Shut the connection when the time is up: a server may drip a byte before each timeout."""

    def cut() -> None:
        over.set()
        with contextlib.suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # not TLS's own, which isn't for threads

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _too_slow(limits: Limits) -> Unfetched:
    return Unfetched("timeout", f"not whole after {limits.seconds:g} seconds")


def _unfetched(error: Exception) -> Unfetched:
    detail = OBJECT.sub("", str(error))
    if isinstance(error, DecodeError):
        return Unfetched("undecodable", f"can't be unpacked: {detail}")
    if isinstance(error, NoAnswer | TimeoutError):
        return Unfetched("timeout", detail)
    return Unfetched("cut_off", f"{type(error).__name__}: {detail}")
