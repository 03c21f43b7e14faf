"""Listed people under spellings that no list foresees."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.annotation.mentions import ActorMentions
from workbench.annotation.spellings import Spellings, sound

Listing = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zelenskyy", "Zelensky"),
        ("Aksyonov", "Aksenov"),
        ("Yatseniuk", "Jatsenjuk"),
        ("Khodorkovsky", "Hodorkovskiy"),
    ],
)
def test_sound_is_the_same_for_transliterations(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [
        ("Arsenyi Yatsenyuk", "arseniy-yatsenyuk"),
        ("Vladimir Zelenski", "volodymyr-zelensky"),
        ("Sergej Lavrow", "sergei-lavrov"),
        ("Anna Lavrova", None),
        ("Igor Lavrov", None),  # a namesake
    ],
)
def test_person_by_sound(finder: ActorMentions, name: str, actor_id: str | None) -> None:
    found = Spellings(finder.lexicon).person(name)
    assert (found and found.actor_id) == actor_id


def test_mentions_of_a_spelling_off_the_list(mentions: Listing) -> None:
    found = mentions("Arsenyi Yatsenyuk said no. Yatsenyuk left.", "2014-06-01")
    assert {line.split(" | ")[1] for line in found} == {"arseniy-yatsenyuk"}
