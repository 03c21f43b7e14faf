"""Addresses: what links to one article share, and what two articles must not."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.corpus.addresses import article_address

PAGE = "https://news.example/world/kharkiv-1"


@pytest.mark.parametrize(
    "link",
    [
        "http://news.example/world/kharkiv-1",
        "HTTPS://WWW.News.Example:443/world/kharkiv-1/",
        "//news.example/world//kharkiv-1",
        "www.news.example/world/kharkiv-1",
        f" {PAGE}\n",
        f"{PAGE}#comments",
        f"{PAGE}?",
        f"{PAGE}?utm_source=rss&utm_medium=feed",
        f"{PAGE}?fbclid=IwAR0&gclid=1&yclid=2&msclkid=3",
        f"{PAGE}?at_medium=RSS&ns_mchannel=social&CMP=share_btn_tw&ocid=x&_ga=2.1",
        f"{PAGE}/amp",
        f"{PAGE}/amp/",
        f"{PAGE}.amp",
        f"{PAGE}?amp",
        f"{PAGE}?amp=1&outputType=amp",
        "https://amp.news.example/world/kharkiv-1",
        "https://www.amp.news.example/world/amp/kharkiv-1",
        "https://news-example.cdn.ampproject.org/v/s/news.example/world/kharkiv-1?amp_js_v=0.1",
        "https://www.google.com/amp/s/amp.news.example/world/kharkiv-1",
    ],
)
def test_article_address_is_one_for_all_links_to_a_page(link: str) -> None:
    assert article_address(link) == "news.example/world/kharkiv-1"


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example/world/kharkiv-2",
        "https://news.example/World/kharkiv-1",
        "https://en.news.example/world/kharkiv-1",
        "https://news.example:8080/world/kharkiv-1",
        f"{PAGE}?page=2",
        f"{PAGE}?id=1&utm_source=rss",
        f"{PAGE}?cid=7",
        f"{PAGE}?12345",
        f"{PAGE}#!/12345",
        "https://news.example/world/kharkiv-1/ampere",
    ],
)
def test_article_address_differs_for_other_pages(other: str) -> None:
    assert article_address(other) not in {article_address(PAGE), None}


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://a.example/?p=2&amp=1&b", "a.example/?b&p=2"),
        ("https://a.example/x?b=2&a=1", "a.example/x?a=1&b=2"),
        ("https://a.example/x.amp.html", "a.example/x.html"),
        ("https://amp.dev/x", "amp.dev/x"),
        ("https://правда.example/я", "xn--80aafi6cg.example/%D1%8F"),
        ("https://a.example/%d0%bd", "a.example/%D0%BD"),
        ("a.example:8080/x", "a.example:8080/x"),
    ],
)  # fmt: skip
def test_article_address_is_written_one_way(link: str, address: str) -> None:
    assert article_address(link) == address


@pytest.mark.parametrize(
    "link",
    [
        None, "", " ", "https://", "https://news.example", "https://www.news.example/#top",
        "https://news.example/amp/", "https://news.example/?utm_source=x", "n/a", "none",
        "mailto:desk@news.example", "ftp://news.example/1", "urn:uuid:12", "https://[::1/x",
        "https://a.example:port/x", "https://a..example\u3002/\udcff", "javascript:void(0)",
    ],
)  # fmt: skip
def test_article_address_is_none_for_home_pages_and_what_is_no_link(link: str | None) -> None:
    assert article_address(link) is None


SEGMENT = st.from_regex(r"[a-z0-9-]{1,8}", fullmatch=True).filter(lambda part: part != "amp")
ASKED = st.from_regex(r"(id|p|page|q)=[0-9]{1,3}", fullmatch=True)
TRACKING = st.sampled_from(["utm_source=a", "fbclid=1", "gclid=2", "CMP=x", "amp", "at_medium=c"])


@given(
    path=st.lists(SEGMENT, min_size=1, max_size=4).map("/".join),
    asked=st.lists(ASKED, max_size=2),
    noise=st.lists(TRACKING, max_size=3),
    front=st.sampled_from(["https://", "http://www.", "//", "www.", "https://amp."]),
    amp=st.sampled_from(["", "/", "/amp", "/amp/"]),
    end=st.sampled_from(["", "#", "#top"]),
    chance=st.randoms(use_true_random=False),
)
def test_article_address_is_the_same_whatever_is_hung_on(
    path: str, asked: list[str], noise: list[str], front: str, amp: str, end: str, chance: Random
) -> None:
    query = [*asked, *noise]
    chance.shuffle(query)
    link = f"{front}a.example/{path}{amp}?{'&'.join(query)}{end}"
    plain = f"https://a.example/{path}?{'&'.join(asked)}"
    assert article_address(link) == article_address(plain) is not None


PIECES = [
    "https://",
    "//",
    "www.",
    "a",
    ".b",
    "/",
    "amp",
    ".amp",
    "?",
    "&",
    "=",
    "#",
    "%",
    ":",
    "[",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text())
def test_article_address_takes_any_text(text: str) -> None:
    found = article_address(text)
    assert found is None or "/" in found
