"""Pages fetched from a server that misbehaves, kept, gone on with, and imported."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import ipaddress
import itertools
import json
import os
import re
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from misbehaving_server import Dripping, Site, endless, raw, redirect, running, status, whole
from typer.testing import CliRunner

import workbench as wb
from workbench import cli
from workbench.errors import InputError
from workbench.workflow.fetching import FetchReport, Limits, download, fetch_pages
from workbench.workflow.fetching.addresses import read_lists, web_address
from workbench.workflow.fetching.captures import Captures, open_captures
from workbench.workflow.fetching.visitor import Host, seconds_asked
from workbench.workflow.importing import import_files

BODY = " ".join(f"Ships wait off the port for the {n}th day." for n in range(30))
LIMITS = Limits(size=200_000, seconds=0.6, silence=0.3, redirects=3, patience=5.0)


def page(title: str = "Grain waits", more: str = "") -> str:
    return f"""<!doctype html><html><head><title>{title}</title>
<meta property="og:site_name" content="Harbour Times">
<meta property="article:published_time" content="2022-03-04"></head>
<body><article><h1>{title}</h1><p>{BODY}</p><p>{more}</p></article></body></html>"""


Fetch = Callable[..., FetchReport]


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        yield site


@pytest.fixture
def fetch(tmp_path: Path) -> Fetch:
    """Fetch addresses into one folder, without delay, within narrow limits."""

    def fetch(*lists: str | Path, **options: object) -> FetchReport:
        given = {"delay": 0.0, "allow_private": True, "limits": LIMITS} | options
        return fetch_pages(lists, tmp_path / "pages", **given)  # type: ignore[arg-type]

    return fetch


def reason(report: FetchReport) -> str:
    ((why, _),) = report.failed.values()
    return why


def log(report: FetchReport) -> list[dict[str, str]]:
    with (report.folder / "fetch-log.csv").open(newline="", encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


# ---- what is fetched can be read ------------------------------------------------------------


def test_fetch_gives_articles_with_title_text_outlet_address_and_time(
    site: Site, fetch: Fetch
) -> None:
    report = fetch(site.at("/a", whole(page(more="“Été,” he said."))))
    assert (report.fetched, report.held, report.is_whole) == (1, 0, True)
    reading = wb.read(report.folder)
    assert reading.rejects.is_empty()
    (row,) = reading.articles.to_dicts()
    assert (row["title"], row["outlet"]) == ("Grain waits", "Harbour Times")
    assert row["text"].startswith("Ships wait")
    assert row["text"].endswith("“Été,” he said.")
    assert row["url"] == site.at("/a")
    assert abs(row["seen"] - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)
    assert row["published"].date() == dt.date(2022, 3, 4)
    skipped = [found.skipped for found in reading.reports if found.skipped]
    assert "the log of `workbench fetch`" in skipped


def test_fetch_follows_redirects_to_one_page(site: Site, fetch: Fetch) -> None:
    end = site.at("/end", whole(page()))
    one = site.at("/one", redirect("two?x=1"))
    site.at("/two?x=1", redirect(end, 301))
    report = fetch(one, end)
    assert (report.fetched, report.held) == (1, 1)
    assert wb.read(report.folder).articles["url"].to_list() == [end]
    assert site.paths() == ["/one", "/two?x=1", "/end"]


def test_fetch_notes_that_two_addresses_lead_to_one_page(site: Site, fetch: Fetch) -> None:
    end = site.at("/end", whole(page()))
    report = fetch(end, site.at("/old", redirect(end)))
    assert (report.fetched, report.held, report.is_whole) == (1, 1, True)
    assert [row["outcome"] for row in log(report)] == ["fetched", "same"]
    assert site.paths() == ["/end", "/old"]


@pytest.mark.parametrize("packing", [gzip.compress, zlib.compress], ids=["gzip", "deflate"])
def test_fetch_unpacks(site: Site, fetch: Fetch, packing: Callable[[bytes], bytes]) -> None:
    name = {gzip.compress: "gzip", zlib.compress: "deflate"}[packing]
    packed = packing(page().encode())
    report = fetch(site.at("/a", whole(packed, "text/html", ("Content-Encoding", name))))
    assert wb.read(report.folder).articles["title"].to_list() == ["Grain waits"]


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1251", "no-such-charset"])
def test_fetch_of_a_wrong_charset_gives_the_right_letters(
    site: Site, fetch: Fetch, charset: str
) -> None:
    wrong = whole(page(more="Київ чекає."), f"text/html; charset={charset}")
    report = fetch(site.at("/a", wrong))
    assert wb.read(report.folder).articles["text"][0].endswith("Київ чекає.")


def test_fetch_keeps_hostile_headers_in_their_lines(site: Site, fetch: Fetch) -> None:
    content = page().encode()
    head = (
        b"HTTP/1.1 200 =cmd()\r\nContent-Type: text/html\r\n"
        b"X-Folded: a\x07\r\n WARC/1.0 fake: yes"
        b"\r\nX-Bad: a\rWARC-Type: response\r\nX-Letters: \xd0\x9a\xff\x00\r\n"
        b"Set-Cookie: who=you\r\nContent-Length: %d\r\nb\x00d: 1\r\n\r\n" % len(content)
    )
    report = fetch(site.at("/a", raw(head + content)))
    assert report.archive is not None
    stored = gzip.decompress(report.archive.read_bytes())
    assert re.search(rb"\r\nX-Folded: a +WARC/1.0 fake: yes\r\n", stored)
    assert b"a\rWARC-Type" not in stored
    assert b"\x00" not in stored
    assert b"who=you" not in stored
    assert wb.read(report.folder).articles["title"].to_list() == ["Grain waits"]


# ---- what can't be fetched ------------------------------------------------------------------

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BOMB = gzip.compress(b"<p>" + b" " * 50_000_000)
CHUNKED_BOMB = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BOMB), BOMB)
PACKED = HEAD + b"Content-Encoding: gzip\r\n"
HALF = page().encode()[:500]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (status(404), "http_404"),
        (status(410), "http_410"),
        (status(403), "http_403"),
        (status(204), "http_204"),
        (status(500), "http_500"),
        (redirect("/a"), "redirect_loop"),
        (redirect("file:///etc/passwd"), "bad_redirect"),
        (redirect("javascript:alert(1)"), "bad_redirect"),
        (redirect("http://user:password@127.0.0.1/"), "bad_redirect"),
        (redirect("http://no-such-host.invalid/"), "no_such_host"),
        (Dripping(HEAD + b"\r\n"), "timeout"),
        (Dripping(HEAD, b"X"), "timeout"),
        (Dripping(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"), "timeout"),
        (endless, "too_large"),
        (raw(PACKED + b"\r\n" + BOMB), "too_large"),
        (raw(PACKED + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKED_BOMB), "too_large"),
        (raw(PACKED + b"\r\nnot packed at all"), "undecodable"),
        (whole("?", "text/html", ("Content-Encoding", "br")), "undecodable"),
        (raw(HEAD + b"Content-Length: 1000\r\n\r\n" + HALF), "cut_off"),
        (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n1f4\r\n" + HALF), "cut_off"),
        (raw(HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345"), "cut_off"),
        (raw(b"=cmd() no status line\r\n\r\n"), "cut_off"),
        (raw(b""), "cut_off"),
        (whole(b"%PDF-1.7", "application/pdf"), "not_a_page"),
        (whole(page(), ""), "not_a_page"),
        (whole("<urlset></urlset>", "application/xml"), "not_a_page"),
    ],
)
def test_fetch_says_why_a_page_cannot_be_had(
    site: Site, fetch: Fetch, answer: Callable[..., None], why: str
) -> None:
    good = site.at("/good", whole(page()))
    report = fetch(site.at("/a", answer), good)
    assert reason(report) == why
    assert report.fetched == 1  # the others are none the worse for it
    assert wb.read(report.folder).articles["url"].to_list() == [good]
    assert {row["reason"] for row in log(report)} == {why, ""}
    assert all(row["detail"][:1] not in {"=", "+", "-", "@"} for row in log(report))


def test_fetch_gives_up_after_so_many_redirects(site: Site, fetch: Fetch) -> None:
    for number in range(9):
        site.at(f"/{number}", redirect(f"/{number + 1}"))
    assert reason(fetch(site.at("/0", redirect("/1")))) == "too_many_redirects"
    assert len(site.paths()) == LIMITS.redirects + 1


def test_fetch_stores_no_page_that_a_reset_cut(site: Site, fetch: Fetch) -> None:
    def reset(handler: object) -> None:
        handler.wfile.write(HEAD + b"\r\n" + HALF)  # type: ignore[attr-defined]
        linger = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
        handler.connection.setsockopt(1, 13, linger)  # type: ignore[attr-defined]
        handler.connection.close()  # type: ignore[attr-defined]

    report = fetch(site.at("/a", reset))
    assert (report.fetched, report.archive) == (0, None)


# ---- whom it may ask ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1",
        "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_fetch_asks_no_private_machine(fetch: Fetch, number: str) -> None:
    host = f"[{number}]" if ":" in number else number
    report = fetch(f"http://{host}:9/", allow_private=False)
    assert reason(report) == "private_address"


@pytest.mark.parametrize(
    "number", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_machines_are_told_from_private_ones(number: str) -> None:
    assert download._is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "127.1"])
def test_fetch_asks_no_private_machine_by_another_name(fetch: Fetch, host: str) -> None:
    assert reason(fetch(f"http://{host}:9/", allow_private=False)) == "private_address"


def test_fetch_follows_no_redirect_to_a_private_machine(
    site: Site, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "_is_public", lambda number: str(number) == "127.0.0.1")
    address = site.at("/a", redirect("http://169.254.169.254/latest/meta-data"))
    assert reason(fetch(address, allow_private=False)) == "private_address"
    assert site.paths() == ["/a"]


def test_fetch_asks_the_machine_that_was_checked(
    site: Site, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that means another machine at every look-up is looked up once a request."""
    looked_up: list[str] = []

    def changing(host: str, port: int, *rest: object, **more: object) -> list[tuple[object, ...]]:
        looked_up.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if host == "news.example" else host, port))]

    monkeypatch.setattr(download.socket, "getaddrinfo", changing)
    report = fetch(site.at("/a", whole(page())).replace("127.0.0.1", "news.example"))
    assert report.fetched == 1
    assert looked_up.count("news.example") == 2  # robots.txt and the page


def test_fetch_trusts_no_connection_that_is_not_secure(site: Site, fetch: Fetch) -> None:
    address = site.at("/a", whole(page())).replace("http:", "https:")
    assert reason(fetch(address)) == "no_connection"


def test_fetch_says_that_nobody_answers(fetch: Fetch) -> None:
    with running() as gone:
        address = gone.at("/a", whole(page()))
    assert reason(fetch(address)) == "no_connection"


# ---- manners --------------------------------------------------------------------------------


def test_fetch_minds_robots(site: Site, fetch: Fetch) -> None:
    rules = "User-agent: *\nDisallow: /private/*.html$\nAllow: /\n"
    site.at("/robots.txt", whole(rules, "text/plain"))
    barred = site.at("/private/x.html", whole(page("Secret")))
    around = site.at("/around", redirect("/private/x.html"))
    report = fetch(barred, around, site.at("/private/x", whole(page())))
    assert report.failed == {
        barred: ("robots", "robots.txt asks to leave it alone"),
        around: ("robots", "robots.txt asks to leave it alone"),
    }
    assert site.paths() == ["/around", "/private/x"]


def test_fetch_minds_rules_for_its_own_name(site: Site, fetch: Fetch) -> None:
    rules = "User-agent: war-coverage-workbench\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
    site.at("/robots.txt", whole(rules, "text/plain"))
    assert reason(fetch(site.at("/a", whole(page())))) == "robots"


@pytest.mark.parametrize("code", [500, 503, 429])
def test_fetch_leaves_a_site_without_readable_robots(site: Site, fetch: Fetch, code: int) -> None:
    site.at("/robots.txt", status(code), whole("", "text/plain"))
    address = site.at("/a", whole(page()))
    assert reason(fetch(address)) == "robots_unreachable"
    assert site.paths() == []
    assert fetch(address).is_whole  # the next run may have more luck


def test_fetch_waits_between_requests_to_one_host(site: Site, fetch: Fetch) -> None:
    site.at("/robots.txt", whole("User-agent: *\nCrawl-delay: 0.3", "text/plain"))
    addresses = [site.at(f"/{n}", whole(page(str(n)))) for n in range(3)]
    fetch(*addresses, delay=0.1)
    times = [moment for moment, _ in site.asked]
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert len(gaps) == 3
    assert min(gaps) >= 0.3


def test_fetch_tells_who_asks(site: Site, fetch: Fetch) -> None:
    fetch(site.at("/a", whole(page())), contact="desk@example.org")
    assert {agent.split("/")[0] for agent in site.agents} == {"war-coverage-workbench"}
    assert all(agent.endswith("(desk@example.org)") for agent in site.agents)


@pytest.mark.parametrize("contact", ["a\nX: b", "", "а@б"])
def test_fetch_refuses_a_contact_that_is_no_line(fetch: Fetch, contact: str) -> None:
    with pytest.raises(InputError, match="Contact"):
        fetch("http://127.0.0.1/", contact=contact)


def test_fetch_waits_as_long_as_asked_then_tries_again(site: Site, fetch: Fetch) -> None:
    busy = status(429, ("Retry-After", "1"))
    report = fetch(site.at("/a", busy, whole(page())))
    assert report.is_whole
    first, second = [moment for moment, path in site.asked if path == "/a"]
    assert second - first >= 1


def test_fetch_leaves_a_host_that_asks_for_too_long(site: Site, fetch: Fetch) -> None:
    one = site.at("/1", status(429, ("Retry-After", "3600")), whole(page()))
    two = site.at("/2", whole(page("Two")))
    report = fetch(one, two)
    assert report.failed == {one: ("http_429", "status 429")}
    assert report.left == {two: "host_resting"}
    assert site.paths() == ["/1"]
    assert fetch(one, two).fetched == 2


def test_fetch_leaves_a_host_after_troubles_in_a_row(site: Site, fetch: Fetch) -> None:
    addresses = [site.at(f"/{n}", status(500)) for n in range(8)]
    report = fetch(*addresses)
    assert (len(report.failed), len(report.left)) == (5, 3)
    assert len(site.paths()) == 5


def test_host_waits_longer_each_time_up_to_its_patience() -> None:
    host = Host(delay=2.0, patience=300.0)
    pauses = []
    for _ in range(3):
        host.struggled()
        pauses.append(round(host.due - time.monotonic()))
    assert pauses == [4, 8, 16]
    host.answered()
    assert round(host.due - time.monotonic()) == 2


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7), ("", None), ("soon", None), ("-1", None), ("9" * 9_999, 21_600)],
)
def test_seconds_asked_reads_what_there_is(header: str, seconds: float | None) -> None:
    assert seconds_asked(header) == seconds


# ---- going on -------------------------------------------------------------------------------


def test_fetch_again_asks_only_for_what_may_have_changed(site: Site, fetch: Fetch) -> None:
    addresses = [
        site.at("/good", whole(page())),
        site.at("/gone", status(404)),
        site.at("/broken", status(500), whole(page("Mended"))),
    ]
    first = fetch(*addresses)
    assert [first.failed[a][0] for a in addresses[1:]] == ["http_404", "http_500"]
    site.asked.clear()
    second = fetch(*addresses)
    assert site.paths() == ["/broken"]
    assert (second.fetched, second.held, list(second.failed)) == (1, 1, [addresses[1]])
    site.asked.clear()
    fetch(*addresses, again=True)
    assert site.paths() == ["/gone"]
    assert sorted(wb.read(first.folder).articles["title"]) == ["Grain waits", "Mended"]


def test_fetch_stops_at_the_limit_and_goes_on(site: Site, fetch: Fetch) -> None:
    addresses = [site.at(f"/{n}", whole(page(str(n)))) for n in range(3)]
    first = fetch(*addresses, limit=2)
    assert (first.fetched, first.left) == (2, {addresses[2]: "limit"})
    second = fetch(*addresses, limit=2)
    assert (second.fetched, second.held, second.is_whole) == (1, 2, True)


def test_fetch_killed_loses_only_the_page_in_flight(
    site: Site, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = [site.at(f"/{n}", whole(page(f"Page {n}"))) for n in range(4)]
    note, noted = Captures.note, []

    def killed(captures: Captures, *args: object) -> None:
        noted.append(args)
        if len(noted) == 3:
            raise KeyboardInterrupt  # the page is in the archive, its row not in the log
        note(captures, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Captures, "note", killed)
    with pytest.raises(KeyboardInterrupt):
        fetch(*addresses)
    monkeypatch.undo()
    report = fetch(*addresses)
    assert (report.fetched, report.held) == (2, 2)
    assert site.paths() == ["/0", "/1", "/2", "/2", "/3"]
    reading = wb.read(report.folder)
    assert reading.articles["title"].to_list() == [f"Page {n}" for n in range(4)]
    assert reading.rejects.is_empty()


@pytest.mark.parametrize("cut", [1, 200, 10_000])
def test_fetch_mends_an_archive_cut_off(site: Site, fetch: Fetch, cut: int) -> None:
    addresses = [site.at(f"/{n}", whole(page(f"Page {n}"))) for n in range(3)]
    first = fetch(*addresses)
    assert first.archive is not None
    os.truncate(first.archive, max(0, first.archive.stat().st_size - cut))
    report = fetch(*addresses)
    assert report.is_whole
    assert report.held == (0 if cut == 10_000 else 2)
    reading = wb.read(report.folder)
    assert sorted(reading.articles["title"]) == [f"Page {n}" for n in range(3)]
    assert reading.rejects.is_empty()


def test_fetch_mends_a_log_cut_off(site: Site, fetch: Fetch) -> None:
    addresses = [site.at(f"/{n}", whole(page(f"Page {n}"))) for n in range(2)]
    path = fetch(*addresses).folder / "fetch-log.csv"
    os.truncate(path, path.stat().st_size - 5)
    report = fetch(*addresses)
    assert (report.fetched, report.held) == (1, 1)
    assert [row["url"] for row in log(report)] == addresses
    assert fetch(*addresses).held == 2
    assert wb.read(report.folder).rejects.is_empty()


@pytest.mark.parametrize("content", ["url;outcome\n", "url\n", "\n", ""])
def test_fetch_refuses_a_log_that_is_not_its_own(site: Site, fetch: Fetch, content: str) -> None:
    address = site.at("/a", whole(page()))
    report = fetch(address)
    (report.folder / "fetch-log.csv").write_text(content)
    with pytest.raises(InputError, match="not as the workbench wrote it"):
        fetch(address)
    assert report.archive is not None
    assert report.archive.exists()


def test_fetch_refuses_a_folder_of_other_things(tmp_path: Path, fetch: Fetch) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "thesis.docx").write_text("")
    with pytest.raises(InputError, match=r"holds other things \(thesis.docx"):
        fetch("http://127.0.0.1/")


def test_fetch_refuses_a_folder_that_is_being_written(tmp_path: Path, fetch: Fetch) -> None:
    with (
        open_captures(tmp_path / "pages", agent="another"),
        pytest.raises(InputError, match="is being written by another process"),
    ):
        fetch("http://127.0.0.1/")


# ---- feeds ----------------------------------------------------------------------------------

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><link>/</link>
<item><title>One</title><link>/1</link></item>
<item><title>One again</title><link>  /1#top </link></item>
<item><title>Two</title><link>2?x=1&amp;y=2</link></item>
<item><title>Nothing</title></item>
<item><title>Bad</title><link>ftp://example.org/3</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>
<entry><title>One</title><link href="/1"/></entry><entry><title>Two</title><link href="2"/>"""


def test_fetch_adds_the_entries_of_a_feed(site: Site, fetch: Fetch) -> None:
    feed = site.at("/news/rss", whole(RSS, "application/rss+xml"))
    one, two = site.at("/1", whole(page("One"))), site.at("/news/2?x=1&y=2", whole(page("Two")))
    report = fetch(feed)
    assert report.feeds == {feed: 5}
    assert report.unusable == ["feed entry without a link: Nothing", "ftp://example.org/3"]
    assert sorted(wb.read(report.folder).articles["url"]) == [one, two]
    site.asked.clear()
    assert fetch(feed).held == 2
    assert site.paths() == ["/news/rss"]  # a feed is asked for its news every time


def test_fetch_takes_the_whole_entries_of_a_feed_cut_off(site: Site, fetch: Fetch) -> None:
    feed = site.at("/atom", whole(ATOM, "text/xml"))
    site.at("/1", whole(page("One")))
    site.at("/2", whole(page("Two")))
    assert fetch(feed).fetched == 2


def test_fetch_opens_no_feed_within_a_feed(site: Site, fetch: Fetch) -> None:
    feed = site.at("/rss", whole(RSS, "text/xml"))
    inner = site.at("/1", whole(RSS, "text/xml"))
    two = site.at("/2?x=1&y=2", whole(page("Two")))
    report = fetch(feed)
    assert (list(report.failed), report.failed[inner][0]) == ([inner], "not_a_page")
    assert wb.read(report.folder).articles["url"].to_list() == [two]


def test_fetch_refuses_a_feed_with_entities(site: Site, fetch: Fetch) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + RSS.split("?>")[1]
    assert reason(fetch(site.at("/rss", whole(bomb, "text/xml")))) == "unsafe_markup"


# ---- lists ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("HTTP://News.Example:80#top", "http://news.example/"),
        ("https://news.example:443/a/../b?q=1#x", "https://news.example/b?q=1"),
        ("https://пример.рф/путь", "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C"),
        ("http://news.example/a b\n", "http://news.example/a%20b"),
        ("ftp://news.example/", None),
        ("mailto:a@news.example", None),
        ("http://u:p@news.example/", None),
        ("http:///a", None),
        ("http://news.example:99999/", None),
        ("http://[::1", None),
        ("www.news.example/a", None),
        ("http://news.example/" + "a" * 5_000, None),
        ("", None),
    ],
)
def test_web_address_has_one_spelling(text: str, address: str | None) -> None:
    assert web_address(text) == address


FIRST, SECOND = "https://news.example/1", "https://news.example/2"


@pytest.mark.parametrize(
    ("name", "content", "unusable"),
    [
        ("list.txt", f"# links\n\n  {FIRST}\n{SECOND} remark\n{FIRST}#top\n", []),
        ("list.txt", f"{FIRST}\nnonsense\n{SECOND}", ["nonsense"]),
        ("list.csv", f"title,url\nOne,{FIRST}\nTwo,{SECOND}\nThree,\n", ["record 3: no address"]),
        ("list.csv", f"link;headline\n{FIRST};One\n{SECOND};Two\n", []),
        ("list.jsonl", f"{json.dumps({'url': FIRST})}\n{json.dumps({'url': SECOND})}\n", []),
    ],
)
def test_read_lists_takes_any_list(
    tmp_path: Path, name: str, content: str, unusable: list[str]
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    wanted = read_lists([tmp_path / name])
    assert wanted.addresses == [FIRST, SECOND]
    assert wanted.unusable == unusable


@pytest.mark.parametrize("content", ["title,text\nA,B\n", "Some words.\n"])
def test_read_lists_refuses_a_file_without_addresses(tmp_path: Path, content: str) -> None:
    (tmp_path / "list.csv").write_text(content)
    with pytest.raises(InputError, match="names no addresses; give it a column url"):
        read_lists([tmp_path / "list.csv"])


# ---- the command ----------------------------------------------------------------------------


def test_fetch_command_fetches_what_import_reads(site: Site, tmp_path: Path) -> None:
    links, pages = tmp_path / "links.txt", tmp_path / "pages"
    links.write_text(site.at("/a", whole(page())))
    asked = ["fetch", str(links), "--into", str(pages), "--delay", "1", "--json"]
    ended = CliRunner().invoke(cli.app, [*asked, "--allow-private"])
    assert ended.exit_code == 0
    assert json.loads(ended.stdout)["fetched"] == 1
    report = import_files([pages], tmp_path / "war.corpus")
    assert report.corpus.scan("articles").collect()["title"].to_list() == ["Grain waits"]
