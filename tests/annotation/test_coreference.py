"""Whom "he", "the minister", "the institute" stand for: examples, one per rule or trap."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from workbench.annotation.coreference import mention_at
from workbench.annotation.layout import make_doc
from workbench.annotation.pipeline import load_pipeline

Parse = Callable[..., Doc]
Case = tuple[str, list[str]]

PRONOUNS: list[Case] = [
    # the subject of the sentence before
    (
        "Sergei Lavrov met Antony Blinken. He said nothing.",
        ["He = Sergei Lavrov"],
    ),
    # gender, by first name and by title
    (
        "Vladimir Putin spoke after Angela Merkel. She said that Berlin would wait.",
        ["She = Angela Merkel"],
    ),
    (
        "The plan of Mr Ivan Petrov and Mrs Olga Petrova failed. Angela Merkel left. He resigned.",
        ["He = Ivan Petrov"],
    ),
    # "he" beside a quotation is whoever spoke last
    (
        'Dmytro Kuleba said no.\n\n"We will win. Vladimir Putin will lose," he said.\n\n'
        '"And soon," he added.',
        ["he = Dmytro Kuleba", "he = Dmytro Kuleba"],
    ),
    (
        "Dmytro Kuleba said no. The strike was ordered by Vladimir Putin's staff. "
        '"It was a crime," he said.',
        ["he = Dmytro Kuleba"],
    ),
    # inside its own sentence
    ("Sergei Lavrov said he would wait.", ["he = Sergei Lavrov"]),
    ("Police arrested Alexei Navalny after he landed.", ["he = Alexei Navalny"]),
    ("According to Dmitry Peskov, all is well. He smiled.", ["He = Dmitry Peskov"]),
    ("Sergei Lavrov left. According to him, all is well.", ["him = Sergei Lavrov"]),
    # one who is introduced by his office, however the sentence goes on
    (
        "The mayor of Kharkiv, Ihor Terekhov, was quoted by Interfax. He said two people died.",
        ["He = Ihor Terekhov"],
    ),
    ("Ivan Petrov, a lawyer and writer, spoke. He said no.", ["He = Ivan Petrov"]),
    ("The decree was signed by Vladimir Putin. He smiled.", ["He = Vladimir Putin"]),
    ("A church led by Ivan Petrov left Vladimir Putin no choice. He wept.", []),
    # bodies, where one was what the sentence before was about
    ("The Kremlin rejected the plan. It said the plan was old.", ["It = Kremlin"]),
    ("US officials rejected it. They said the plan was old.", ["They = United States"]),
]

TRAPS: list[str] = [
    # two that could be meant
    "Sergei Lavrov and Dmitry Peskov met. He was late.",
    "Vladimir Putin said Volodymyr Zelensky had to go. He was tired.",
    # not the speaker's own words
    'Sergei Lavrov spoke. "He is ill," said Antony Blinken.',
    '"Vladimir Putin is ill." He said so.',
    # somebody unnamed comes between
    "Vladimir Putin spoke. A soldier listened. He wept.",
    "A spokesman for Vladimir Putin left. He said no.",
    # not within one clause
    "Vladimir Putin told him.",
    # named only later
    "Vladimir Putin left. When he arrived, Boris Johnson said no.",
    "Vladimir Putin spoke. He said Putin lied.",
    # a woman is no "he"
    "Angela Merkel spoke. He said no.",
    # hers, not her
    "Angela Merkel spoke. Police arrested her lawyer.",
    # "it" of the weather, and what the sentence before was not about
    "The Kremlin rejected the plan. It rained.",
    "A report blamed the Kremlin. It said the plan was old.",
    # too long ago
    "Vladimir Putin spoke. It rained. It snowed. Trains were late. Roads were closed. He wept.",
    # a pronoun in doubt leaves the next in doubt
    "Sergei Lavrov and Dmitry Peskov met. He was late. He wept.",
]

DESCRIPTIONS: list[Case] = [
    # the office held that day, whatever the article says
    ("Sergei Lavrov arrived. The minister said no.", ["The minister = Sergei Lavrov"]),
    ("Vladimir Putin spoke. No, said the president.", ["the president = Vladimir Putin"]),
    ("Vladimir Putin spoke. The Russian leader left.", []),  # a title: linked as such
    ("Dmitry Peskov spoke. The spokesman said no.", ["The spokesman = Dmitry Peskov"]),
    ("Boris Johnson spoke. The prime minister said no.", ["The prime minister = Boris Johnson"]),
    # what the article calls somebody
    (
        "General Ivan Petrov arrived. The general said no.",
        ["The general = Ivan Petrov"],
    ),
    (
        "Ivan Petrov, a military analyst, arrived. The analyst said no.",
        ["The analyst = Ivan Petrov"],
    ),
    (
        "The ambassador to Norway, Ivan Petrov, arrived. The diplomat said no.",
        ["The diplomat = Ivan Petrov"],
    ),
    # the one of several whose office it is
    (
        "Vladimir Putin met Sergei Lavrov. The foreign minister said no.",
        ["The foreign minister = Sergei Lavrov"],
    ),
    # far from the name, if no other has the office
    (
        "Sergei Lavrov spoke. " + "Trains were late. " * 9 + "The minister said no.",
        ["The minister = Sergei Lavrov"],
    ),
    # the word in a body's name, or its type
    (
        "The Institute for the Study of War wrote a paper. The institute said no.",
        ["The institute = Institute for the Study of War"],
    ),
    ("Chatham House wrote a paper. The think tank said no.", ["The think tank = Chatham House"]),
    ("The European Union met. The bloc said no.", ["The bloc = European Union"]),
    ("NATO met. The alliance said no.", ["The alliance = NATO"]),
    (
        "The International Criminal Court sat. The court said no.",
        ["The court = International Criminal Court"],
    ),
    (
        "Russia's foreign ministry spoke. The ministry said no.",
        ["The ministry = Ministry of Foreign Affairs of Russia"],
    ),
]

NOT_MEANT: list[str] = [
    "Vladimir Putin met Volodymyr Zelensky. The president left.",  # two presidents
    "Sergei Lavrov arrived. A minister said no.",
    "Sergei Lavrov arrived. The minister of health said no.",
    "Sergei Lavrov arrived. The minister who resigned said no.",
    "Sergei Lavrov arrived. The finance minister said no.",
    "Sergei Lavrov arrived. The former minister said no.",
    "Ivan Petrov arrived. The general said no.",
    "Mykhailo Podolyak, an adviser to the president, arrived. The president said no.",
    "A US official spoke to Sergei Lavrov. The official said no.",
    "Chatham House and RUSI met. The think tank said no.",
    "Chatham House met. The British think tank is old, the bank said.",
    "The International Criminal Court sat. The court ruling stands.",
]


PIECES = [*(text for text, _ in PRONOUNS + DESCRIPTIONS), *TRAPS, *NOT_MEANT]


def resolved(doc: Doc) -> list[str]:
    """Anaphor = actor, in order of the text."""
    return [
        f"{doc[m.start : m.end].text} = {m.actor.name}"
        for m in doc._.mentions
        if m.method == "coreference"
    ]


@pytest.mark.parametrize(("text", "expected"), PRONOUNS)
def test_coreference_of_pronouns(parse: Parse, text: str, expected: list[str]) -> None:
    assert resolved(parse(text, "2022-03-01")) == expected


@pytest.mark.parametrize("text", TRAPS)
def test_coreference_leaves_pronouns_in_doubt(parse: Parse, text: str) -> None:
    assert resolved(parse(text, "2022-03-01")) == []


@pytest.mark.parametrize(("text", "expected"), DESCRIPTIONS)
def test_coreference_of_descriptions(parse: Parse, text: str, expected: list[str]) -> None:
    assert resolved(parse(text, "2022-03-01")) == expected


@pytest.mark.parametrize("text", NOT_MEANT)
def test_coreference_leaves_descriptions_in_doubt(parse: Parse, text: str) -> None:
    assert resolved(parse(text, "2022-03-01")) == []


def test_coreference_takes_the_office_of_the_day(parse: Parse) -> None:
    text = "Petro Poroshenko spoke. The president said no."
    assert resolved(parse(text, "2016-03-01")) == ["The president = Petro Poroshenko"]
    assert resolved(parse(text, "2022-03-01")) == []
    assert parse(text, "2016-03-01")._.mentions[-1].role == "president of Ukraine"


def test_coreference_says_who_a_bare_body_is(parse: Parse) -> None:
    doc = parse("The Kharkiv Energy Institute wrote a paper. The Institute said no.", "2022-03-01")
    assert resolved(doc) == ["The Institute = Kharkiv Energy Institute"]


def test_coreference_reads_the_word_lists_of_an_overlay(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    rows = "kind,word,value\nperson_noun,strongman,president\n"
    (tmp_path / "en" / "words.csv").write_text(rows, encoding="utf-8")
    nlp = load_pipeline(overlay=str(tmp_path))
    text, day = "Vladimir Putin spoke. The strongman said no.", dt.date(2022, 3, 1)
    doc = nlp(make_doc(nlp, {"text": text, "published": day}))
    assert resolved(doc) == ["The strongman = Vladimir Putin"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5))
@settings(max_examples=30, deadline=None)
def test_coreference_mentions_never_overlap(parse: Parse, pieces: list[str]) -> None:
    doc = parse("\n\n".join(pieces), "2022-03-01")
    assert all(a.end <= b.start for a, b in pairwise(doc._.mentions))


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_coreference_leaves_who_is_named_as_it_is(nlp: Language, pieces: list[str]) -> None:
    article = {"text": "\n\n".join(pieces), "published": dt.date(2022, 3, 1)}
    with_it = nlp(make_doc(nlp, article))._.mentions
    with nlp.select_pipes(disable=["coreference"]):
        without = nlp(make_doc(nlp, article))._.mentions
    assert {m for m in with_it if m.method != "coreference"} <= set(without)
    assert {m.actor for m in with_it} <= {m.actor for m in without}


SOURCES = [
    ("Sergei Lavrov left. He said no.", "He", "Sergei Lavrov"),
    ("Sergei Lavrov left. The minister said no.", "The minister", "Sergei Lavrov"),
    ("Mr Sergei Lavrov, the minister, said no.", "Mr Sergei Lavrov, the minister", "Sergei Lavrov"),
    (
        "The mayor of Lviv, Andriy Sadovyi, said no.",
        "The mayor of Lviv, Andriy Sadovyi",
        "Andriy Sadovyi",
    ),
    ("A friend of Vladimir Putin said no.", "A friend of Vladimir Putin", None),
    ("Somebody said no.", "Somebody", None),
    ("To Kyiv, Vladimir Putin said no.", "Vladimir Putin", "Vladimir Putin"),
]


@pytest.mark.parametrize(("text", "words", "name"), SOURCES)
def test_mention_at_the_words_of_a_source(
    parse: Parse, text: str, words: str, name: str | None
) -> None:
    doc = parse(text, "2022-03-01")
    start = text.index(words)
    span = doc.char_span(start, start + len(words))
    mention = mention_at(doc, span.start, span.end)
    assert (mention.actor.name if mention else None) == name


def test_coreference_agrees_with_the_codings(nlp: Language, shared: Path) -> None:
    outcomes = list(_outcomes(nlp, shared / "data/gold/codings"))
    assert len(outcomes) >= 40  # sources by pronoun or description whom the article names, too
    resolved_ones = [outcome for outcome in outcomes if outcome is not None]
    assert sum(resolved_ones) >= 0.95 * len(resolved_ones)
    assert sum(resolved_ones) >= 0.75 * len(outcomes)


def _outcomes(nlp: Language, folder: Path) -> Iterator[bool | None]:
    """For each source that only refers to somebody: right, wrong, or None for unresolved."""
    lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = {article["article_id"]: article for article in map(json.loads, lines)}
    for coding in json.loads((folder / "codings.json").read_text(encoding="utf-8")):
        article = dict(articles[coding["article_id"]])
        day = article["published"]
        article["published"] = dt.date.fromisoformat(day[:10]) if day else None
        doc = nlp(make_doc(nlp, {**article, "title": None}))
        for quote in coding["quotes"]:
            yield from _outcome(doc, quote)


def _outcome(doc: Doc, quote: dict[str, int | str | None]) -> Iterator[bool | None]:
    start, end = quote["source_start"], quote["source_end"]
    span = doc.char_span(start, end, alignment_mode="expand") if end else None
    if span is None or not re.fullmatch(REFERRING, span.text.lower()):
        return
    within = [m for m in doc._.mentions if m.start < span.end and span.start < m.end]
    if any(m.method != "coreference" for m in within):
        return
    meant = _surname(str(quote["source_name"]))
    named = {_surname(m.actor.name) for m in doc._.mentions if m.method != "coreference"}
    names = [_surname(m.actor.name) for m in within]
    if names or meant in named:
        yield names[0] == meant if names else None


REFERRING = r"he|she|it|they|him|her|(the|his|her) [\w\- ]+"


def _surname(name: str) -> str:
    """The last word without accents, `y` and `i` alike: Zelenskyy is Zelensky."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[yi]+", "i", plain.split()[-1])
