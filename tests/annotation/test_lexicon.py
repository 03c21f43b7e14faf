"""The codebook's names in a text: which spellings are found, and whom each may mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from workbench.annotation.lexicon import Found, Lexicon, longest
from workbench.annotation.mentions import ActorMentions

FOUND = [
    ("Vladimir Putin spoke.", {"Vladimir Putin": {("vladimir-putin", "full")}}),
    ("PUTIN SPOKE", {"PUTIN": {("vladimir-putin", "surname")}}),
    ("RUSSIA spoke.", {"RUSSIA": {("russia", "state")}}),
    ("KYIV, March 1", {}),  # a dateline
    ("SHELL KHARKIV", {}),
    ("putin spoke.", {}),
    ("Ukraine and Zelenskiy", {"Ukraine": {("ukraine", "state")},
                               "Zelenskiy": {("volodymyr-zelensky", "surname")}}),
    ("NATO and Nato", {"NATO": {("nato", "full")}, "Nato": {("nato", "full")}}),
    ("nato", {}),
    ("the international criminal court", {"international criminal court":
                                          {("international-criminal-court", "full")}}),
    ("Russian", {"Russian": {("russia", "demonym")}}),
    ("Moscow", {"Moscow": {("russia", "capital")}}),
    ("Ukraine's defence ministry", {"Ukraine's defence ministry":
                                    {("ministry-of-defence-ukraine", "full")}}),
    ("Ukraine’s Defense Ministry", {"Ukraine’s Defense Ministry":
                                    {("ministry-of-defence-ukraine", "full")}}),
    ("the Ministry of Defence of Ukraine", {"Ministry of Defence of Ukraine":
                                            {("ministry-of-defence-ukraine", "full")}}),
    ("Ukraine's Parliament", {"Ukraine's Parliament": {("verkhovna-rada", "full")}}),
    ("the Ukrainian president", {"Ukrainian president": {("ukraine", "title")}}),
    ("Ukraine’s president", {"Ukraine’s president": {("ukraine", "title")}}),
    ("the president of Ukraine", {"president of Ukraine": {("ukraine", "title")}}),
    ("a Russian journalist", {"Russian": {("russia", "demonym")}}),
    ("a Russian state-owned bank", {"Russian": {("russia", "demonym")}}),
]  # fmt: skip


@pytest.fixture(scope="session")
def lexicon(finder: ActorMentions) -> Lexicon:
    """The lists that ship, ready to be found."""
    return finder.lexicon


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_find_names_and_senses(
    lexicon: Lexicon, nlp: Language, text: str, expected: dict[str, set[tuple[str, str]]]
) -> None:
    doc = nlp.make_doc(text)
    found = {
        doc[hit.start : hit.end].text: {(s.actor.actor_id, s.use) for s in hit.senses}
        for hit in lexicon.find(doc)
    }
    assert found == expected


def test_find_the_namesakes_of_a_surname(lexicon: Lexicon, nlp: Language) -> None:
    (hit,) = lexicon.find(nlp.make_doc("Kuleba"))
    ids = {sense.actor.actor_id for sense in hit.senses}
    assert ids == {"dmytro-kuleba", "oleksii-kuleba", "mykola-kuleba"}


def test_find_every_state_behind_a_generic_name(lexicon: Lexicon, nlp: Language) -> None:
    (hit,) = lexicon.find(nlp.make_doc("defence ministry"))
    ids = {sense.actor.actor_id for sense in hit.senses if sense.use == "generic"}
    assert ids > {"ministry-of-defence-russia", "ministry-of-defence-ukraine"}


def test_find_titles_with_their_office(lexicon: Lexicon, nlp: Language) -> None:
    (hit,) = lexicon.find(nlp.make_doc("Ukrainian premier"))
    assert {sense.office for sense in hit.senses} == {("prime minister", "ukraine")}


def test_find_over_white_space(lexicon: Lexicon, nlp: Language) -> None:
    doc = nlp.make_doc("met Vladimir  Putin and the White\u00a0House")
    assert [doc[h.start : h.end].text for h in lexicon.find(doc)] == [
        "Vladimir  Putin",
        "White\u00a0House",
    ]


def test_find_nothing_in_nothing(lexicon: Lexicon, nlp: Language) -> None:
    assert lexicon.find(nlp.make_doc("")) == []


def test_longest_prefers_the_longer_then_the_earlier() -> None:
    hits = [Found(0, 2, ()), Found(1, 4, ()), Found(4, 6, ()), Found(5, 7, ())]
    assert longest(hits) == [Found(1, 4, ()), Found(4, 6, ())]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), max_size=12))
@settings(max_examples=50, deadline=None)
def test_longest_keeps_what_overlaps_nothing_kept(ranges: list[tuple[int, int]]) -> None:
    hits = [Found(start, start + length, ()) for start, length in ranges]
    kept = longest(hits)
    covered = [i for hit in kept for i in range(hit.start, hit.end)]
    assert covered == sorted(set(covered))
    for hit in hits:
        assert not set(range(hit.start, hit.end)).isdisjoint(covered)
