"""What sites and vendors show in place of an article: paywalls, cookie walls, error pages.

Whole sentences are looked at, and what else there is to read is weighed: an article about paywalls
or errors has more to say than its quotation of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from workbench.codebook import Codebook
from workbench.schemas import FURNITURE
from workbench.words import count_words

LONGEST = 2_500  # characters of a page that may be a stub or a teaser
FEWEST_WORDS = 10  # besides the stub: less is no sentence of an article
BELOW_ERROR = 40  # words below an error that stands first
TEASER_WORDS = 200
REASONS = {
    "paywall": "paywall_stub",
    "cookie_wall": "cookie_wall",
    "error_page": "error_page",
    "vendor_error": "vendor_error",
}
SENTENCE = re.compile(r"[^\s][^\n]*?(?:[.!?…]+(?=\s|$)|(?=\s*(?:\n|$)))")
ENDING = " \t\xa0.!…»›>→*"


class Stub(NamedTuple):
    """A sentence that a site or vendor adds, or shows instead: where, of what kind, which words."""

    start: int
    end: int
    kind: str
    words: str


class Verdict(NamedTuple):
    """What becomes of a text with stubs: refused for a reason, or a teaser, or neither."""

    reason: str | None = None
    detail: str | None = None
    teaser: bool = False


def find_stubs(text: str, codebook: Codebook) -> list[Stub]:
    """Return the sentences of a text that the codebook's list `stubs` knows, in order.

    Raises:
        CodebookError: if a pattern of the list is none.
    """
    any_kind, kinds = codebook.stub_patterns
    return [
        Stub(start, end, next(kind for p, kind in kinds if p.fullmatch(words)), words)
        for start, end, words in _sentences(text)
        if any_kind.fullmatch(words)
    ]


def judge(title: str | None, text: str | None, codebook: Codebook) -> Verdict:
    """Return whether a text is an article, as far as stubs in it tell.

    It is none where fewer than ten words stand beside stubs, or fewer than forty below an error
    that stands first. A title that is a stub counts like one in the text. What stands before a
    paywall, up to 200 words, is an article's teaser. A record without text is never refused: a
    headline may be "Access denied".
    """
    if not text or len(text) > LONGEST:
        return Verdict()
    stubs = find_stubs(text, codebook)
    above = find_stubs(title or "", codebook)
    if not stubs and not above:
        return Verdict()
    rest = count_words(_without(text, stubs))
    first = (stubs or above)[0]
    on_top = bool(stubs) and first.kind not in FURNITURE and not text[: first.start].strip()
    if rest < (BELOW_ERROR if on_top else FEWEST_WORDS):
        return Verdict(REASONS[first.kind], first.words[:200])
    paid = any(stub.kind == "paywall" for stub in stubs)
    return Verdict(teaser=paid and rest <= TEASER_WORDS)


def _without(text: str, stubs: list[Stub]) -> str:
    for stub in reversed(stubs):
        text = text[: stub.start] + text[stub.end :]
    return text


def _sentences(text: str) -> Iterator[tuple[int, int, str]]:
    """Sentences, none longer than a line: start, end, and the words without what ends them."""
    for match in SENTENCE.finditer(text):
        yield match.start(), match.end(), match[0].rstrip(ENDING)
