"""Capitals, states and peoples: for those who act, or for a place on the map."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc, Span

from workbench.annotation.mentions import ActorMentions
from workbench.annotation.usage import Usage

Parse = Callable[..., Doc]
Listing = Callable[..., list[str]]

ACTING = [
    ("Moscow said it would respond.", "Moscow"),
    ("Kyiv rejected the demand.", "Kyiv"),
    ("Talks with Kyiv collapsed.", "Kyiv"),
    ("Talks between Moscow and Kyiv collapsed.", "Kyiv"),
    ("Moscow's position has not changed.", "Moscow"),
    ("Kyiv’s response came quickly.", "Kyiv"),
    ("The US warned Moscow.", "Moscow"),
    ("Kyiv was accused of lying.", "Kyiv"),
    ("Sanctions against Moscow were lifted.", "Moscow"),
    ("Support for Kyiv is dwindling.", "Kyiv"),
    ("Moscow-backed fighters shelled the town.", "Moscow"),
    ("Kyiv-controlled territory was shelled.", "Kyiv"),
    ("The Russians said no.", "Russians"),
]
PLACES = [
    ("Bombs fell on a street in Moscow.", "Moscow"),
    ("The mayor of Kyiv spoke.", "Kyiv"),
    ("Kyiv's mayor spoke.", "Kyiv"),
    ("People died in Kyiv.", "Kyiv"),
    ("Explosions rocked Kyiv.", "Kyiv"),
    ("Missiles struck Kyiv and Lviv.", "Kyiv"),
    ("Kyiv was bombed.", "Kyiv"),
    ("The road from Kyiv was closed.", "Kyiv"),
    ("He took a train to Kyiv.", "Kyiv"),
    ("Moscow's streets were empty.", "Moscow"),
    ("The Kyiv metro was closed.", "Kyiv"),
]
STATE_ACTS = [
    ("Ukraine asked for help.", "Ukraine"),
    ("Russia attacked Ukraine.", "Ukraine"),
    ("Ukraine's claim was denied.", "Ukraine"),
    ("Aid for Ukraine arrived.", "Ukraine"),
]
STATE_IS_A_PLACE = [
    ("Fighting raged in Ukraine.", "Ukraine"),
    ("Fighting raged in eastern Ukraine.", "Ukraine"),
    ("Protests spread across Russia.", "Russia"),
    ("Prices rose in Russia and Belarus.", "Belarus"),
    ("Ukraine's east was shelled.", "Ukraine"),
    ("Millions fled Ukraine.", "Ukraine"),
]


@pytest.fixture(scope="session")
def usage(finder: ActorMentions) -> Usage:
    """The pipeline's usage rules."""
    return finder.linker.usage


def span_of(doc: Doc, name: str) -> Span:
    """The one token of a Doc with a text."""
    (token,) = [token for token in doc if token.text == name]
    return doc[token.i : token.i + 1]


@pytest.mark.parametrize(("text", "name"), ACTING)
def test_acts_where_a_government_does(usage: Usage, parse: Parse, text: str, name: str) -> None:
    assert usage.acts(span_of(parse(text), name).root)


@pytest.mark.parametrize(("text", "name"), PLACES)
def test_acts_not_where_a_city_lies(usage: Usage, parse: Parse, text: str, name: str) -> None:
    assert not usage.acts(span_of(parse(text), name).root)


@pytest.mark.parametrize(("text", "name"), STATE_ACTS)
def test_is_only_a_place_not_where_a_state_acts(
    usage: Usage, parse: Parse, text: str, name: str
) -> None:
    assert not usage.is_only_a_place(span_of(parse(text), name))


@pytest.mark.parametrize(("text", "name"), STATE_IS_A_PLACE)
def test_is_only_a_place_where_something_happens(
    usage: Usage, parse: Parse, text: str, name: str
) -> None:
    assert usage.is_only_a_place(span_of(parse(text), name))


@pytest.mark.parametrize(
    ("text", "name", "where"),
    [
        ("Kyiv residents fled.", "Kyiv", True),
        ("The Moscow embassy was closed.", "Moscow", True),
        ("Kyiv's embassy in London was closed.", "Kyiv", False),
        ("Kyiv officials met.", "Kyiv", False),
        ("Kyiv said so.", "Kyiv", False),
    ],
)
def test_is_where(usage: Usage, parse: Parse, text: str, name: str, where: bool) -> None:
    assert usage.is_where(span_of(parse(text), name).root) is where


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Russian forces left.", "Russian", ("Russian forces", "military", None)),
        ("Ukraine's government met.", "Ukraine", ("Ukraine's government", "state", None)),
        ("Russian military officials met.", "Russian", ("Russian military officials", "military",
                                                        None)),
        ("Russian and Ukrainian troops left.", "Russian", ("Russian", "military", None)),
        ("Russian and Ukrainian troops left.", "Ukrainian", ("Ukrainian troops", "military", None)),
        ("Pro-Russian activists marched.", "Russian", ("Pro-Russian activists", "other", "pro")),
        ("Anti-Kyiv fighters marched.", "Kyiv", ("Anti-Kyiv fighters", "military", "anti")),
        ("Russian oil is cheap.", "Russian", None),
        ("Russian state-owned banks closed.", "Russian", ("Russian state-owned banks", "company",
                                                          None)),
    ],
)  # fmt: skip
def test_group(
    usage: Usage, parse: Parse, text: str, name: str, expected: tuple[str, str, str | None] | None
) -> None:
    group = usage.group(span_of(parse(text), name))
    assert (group and (group.phrase.text, group.kind, group.allegiance)) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Moscow-backed fighters left.", "Moscow", True),
        ("Russian-led forces left.", "Russian", True),
        ("Kyiv-based reporters left.", "Kyiv", False),
        ("Moscow backed the fighters.", "Moscow", False),
    ],
)
def test_has_acting_suffix(
    usage: Usage, parse: Parse, text: str, name: str, expected: bool
) -> None:
    assert usage.has_acting_suffix(span_of(parse(text), name).root) is expected


@pytest.mark.parametrize(("text", "name"), ACTING)
def test_mentions_of_those_who_act(mentions: Listing, text: str, name: str) -> None:
    side = "russia" if name in {"Moscow", "Russians"} else "ukraine"
    assert f"{name} | {side} | state | {side} | -" in mentions(text)


@pytest.mark.parametrize(("text", "name"), PLACES + STATE_IS_A_PLACE)
def test_mentions_of_no_place(mentions: Listing, text: str, name: str) -> None:
    assert mentions(text) == []


@pytest.mark.parametrize(("text", "name"), STATE_ACTS)
def test_mentions_of_states_that_act(mentions: Listing, text: str, name: str) -> None:
    assert "Ukraine | ukraine | state | ukraine | -" in mentions(text)


def test_mentions_of_a_people_that_leads(mentions: Listing) -> None:
    assert mentions("Russian-led forces left.") == ["Russian | russia | state | russia | -"]
