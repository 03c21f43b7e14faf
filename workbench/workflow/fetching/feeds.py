"""The entries of RSS and Atom feeds, as addresses."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import feedparser

from workbench.corpus.limits import TooLargeError, check_tags
from workbench.corpus.readers.feed import ROOT, declares_entities
from workbench.workflow.fetching.addresses import web_address
from workbench.workflow.fetching.download import Answer, Unfetched

HEAD = 2**16


def feed_links(answer: Answer) -> list[str] | None:
    """Return where a feed's entries lead, in order; None of what is no feed.

    Of a feed that breaks off or is broken, the entries that can be told.

    Raises:
        Unfetched: if the feed declares entities of its own, or can't be read.
    """
    text = answer.body.decode(errors="replace")
    if ROOT.match(text[:HEAD]) is None:
        return None
    if declares_entities(text):
        raise Unfetched("unsafe_markup", "the feed declares entities of its own")
    try:
        check_tags(text)
        parsed = feedparser.parse(io.BytesIO(answer.body))
    except (TooLargeError, ValueError) as error:  # or an encoding that there can't be
        raise Unfetched("broken_feed", f"the feed can't be read: {error}") from error
    return [_target(entry, answer.url) for entry in parsed.entries]


def _target(entry: Mapping[str, Any], base: str) -> str:
    """Where an entry leads, relative links resolved; what leads nowhere is told by its title."""
    link = entry.get("link")
    if not link:
        return f"feed entry without a link: {entry.get('title') or 'untitled'}"
    return web_address(link, base=base) or str(link)
