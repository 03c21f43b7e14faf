"""Listed people under spellings that no list foresees: "Arsenyi Yatsenyuk", "Serhii Aksenov"."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections import defaultdict

from workbench.annotation.lexicon import Actor, Lexicon

SOUNDS = (
    (re.compile(r"[^a-z]"), ""),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"w"), "v"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"i+"), "i"),
    (re.compile(r"ie|io"), "e"),
    (re.compile(r"(.)\1"), r"\1"),
)
ALIKE, LENGTHS = 0.75, 2


class Spellings:
    """Finds the one listed person whose name sounds like another, both first name and last."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._by_surname: dict[str, list[tuple[str, Actor]]] = defaultdict(list)
        for actor in lexicon.actors.values():
            if actor.actor_type == "person" and " " in actor.name:
                first, *_, last = actor.name.split()
                self._by_surname[sound(last)].append((sound(first), actor))

    def person(self, name: str) -> Actor | None:
        """Return who is meant by a first name and a surname; None where nobody or several are."""
        first, *_, last = name.split()
        people = self._by_surname.get(sound(last), [])
        alike = {actor for given, actor in people if _alike(sound(first), given)}
        return alike.pop() if len(alike) == 1 else None


@functools.lru_cache(maxsize=50_000)
def sound(name: str) -> str:
    """Return a name without what transliterations from Cyrillic differ in."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    for pattern, letters in SOUNDS:
        plain = pattern.sub(letters, plain)
    return plain.removesuffix("i")


def _alike(one: str, other: str) -> bool:
    close = abs(len(one) - len(other)) <= LENGTHS
    return close and difflib.SequenceMatcher(None, one, other).ratio() >= ALIKE
