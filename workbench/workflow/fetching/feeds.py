"""The entries of RSS and Atom feeds, as addresses."""

from __future__ import annotations

import io

import feedparser

from workbench.corpus.limits import TooLargeError, check_tags
from workbench.corpus.readers.feed import ROOT, declares_entities
from workbench.workflow.fetching.download import Answer, Unfetched

HEAD = 2**16


def feed_links(answer: Answer) -> list[str] | None:
    """Return what a feed's entries link to, in order, as they stand; None of what is no feed.

    Of a feed that breaks off or is broken, the entries that can be told; an entry that links to
    nothing gives its title.

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
    return [entry.get("link") or _unlinked(entry.get("title")) for entry in parsed.entries]


def _unlinked(title: str | None) -> str:
    return f"feed entry without a link: {title or 'untitled'}"
