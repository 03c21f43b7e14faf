"""A web server on this machine, for tests: each address does what its test says."""

from __future__ import annotations

import contextlib
import dataclasses
import http.server
import threading
import time
from collections.abc import Callable, Iterator

HTML = "text/html; charset=utf-8"


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as the site was told to, and notes who asked for what, and when."""

    server: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((time.monotonic(), self.path))
        self.server.agents.append(self.headers["User-Agent"])
        answers = self.server.answers.get(self.path, [missing])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        with contextlib.suppress(OSError):  # who asked may have gone
            answer(self)
        self.close_connection = True

    def give(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None: ...


class Site(http.server.ThreadingHTTPServer):
    """The server, what it is told to answer, and what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[tuple[float, str]] = []
        self.agents: list[str] = []

    def at(self, path: str, *answers: Answer) -> str:
        """Answer so at a path, the last for ever; return the path's address."""
        self.answers[path] = list(answers)
        return f"http://127.0.0.1:{self.server_port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [path for _, path in self.asked if path != "/robots.txt"]


Answer = Callable[[Handler], None]


@contextlib.contextmanager
def running() -> Iterator[Site]:
    with Site() as site:
        thread = threading.Thread(target=site.serve_forever, args=(0.01,))
        thread.start()
        yield site
        site.shutdown()
        thread.join()


def missing(handler: Handler) -> None:
    handler.give(404, b"gone")


def status(code: int, *headers: tuple[str, str]) -> Answer:
    return lambda handler: handler.give(code, b"", *headers)


def redirect(to: str, code: int = 302) -> Answer:
    return status(code, ("Location", to))


def whole(body: bytes | str, kind: str = HTML, *headers: tuple[str, str]) -> Answer:
    content = body.encode() if isinstance(body, str) else body
    given = [("Content-Type", kind)] if kind else []
    length = ("Content-Length", str(len(content)))
    return lambda handler: handler.give(200, content, *given, length, *headers)


def raw(content: bytes) -> Answer:
    """These bytes from the status line on, then the connection is closed."""
    return lambda handler: handler.wfile.write(content) and None


@dataclasses.dataclass
class Dripping:
    """A start, then a byte from time to time, for ever."""

    start: bytes
    byte: bytes = b"x"

    def __call__(self, handler: Handler) -> None:
        handler.wfile.write(self.start)
        while True:
            time.sleep(0.02)
            handler.wfile.write(self.byte)


def endless(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        handler.wfile.write(b"<p>more and more of it</p>" * 4_000)
