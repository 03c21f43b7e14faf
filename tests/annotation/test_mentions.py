"""Who is named in a sentence, and who that is on the article's date: tables of examples."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from workbench.annotation import annotate_corpus
from workbench.annotation.layout import make_doc
from workbench.workflow.importing import import_files

Listing = Callable[..., list[str]]
Parse = Callable[..., Doc]
Case = tuple[str, list[str]]

PUTIN = "vladimir-putin | person | russia | president of Russia"
LAVROV = "sergei-lavrov | person | russia | foreign minister of Russia"
PESKOV = "dmitry-peskov | person | russia | Kremlin spokesman"
XI = "xi-jinping | person | china | general secretary of the Chinese Communist Party; "
ZELENSKY = "volodymyr-zelensky | person | ukraine | president of Ukraine"
POROSHENKO = "petro-poroshenko | person | ukraine | president of Ukraine"
KULEBA = "dmytro-kuleba | person | ukraine | foreign minister of Ukraine"
JOHNSON = "boris-johnson | person | europe | British prime minister"
BIDEN = "joe-biden | person | us | president of the United States"
RUSSIA, UKRAINE = "russia | state | russia | -", "ukraine | state | ukraine | -"
RUSSIAN_FORCES = "russian-armed-forces | military | russia | -"
UKRAINIAN_FORCES = "armed-forces-of-ukraine | military | ukraine | -"
COURT = "international-criminal-court | court | none | -"
RUSSIAN_MINISTRY = "ministry-of-defence-russia | ministry | russia | -"
UKRAINIAN_MINISTRY = "ministry-of-defence-ukraine | ministry | ukraine | -"

NAMES: list[Case] = [
    (
        "Vladimir Putin met Volodymyr Zelensky.",
        [f"Vladimir Putin | {PUTIN}", f"Volodymyr Zelensky | {ZELENSKY}"],
    ),
    (
        "Volodymyr Zelensky spoke. Zelensky left.",
        [f"Volodymyr Zelensky | {ZELENSKY}", f"Zelensky | {ZELENSKY}"],
    ),
    ("Lavrov said no.", [f"Lavrov | {LAVROV}"]),
    ("Zelensky spoke.", [f"Zelensky | {ZELENSKY}"]),
    ("Zelenskyy spoke.", [f"Zelenskyy | {ZELENSKY}"]),
    ("Zelenskiy spoke.", [f"Zelenskiy | {ZELENSKY}"]),
    ("Putin's plan failed.", [f"Putin | {PUTIN}"]),
    ("Putin’s plan failed.", [f"Putin | {PUTIN}"]),
    ("President Putin spoke.", [f"President Putin | {PUTIN}"]),
    ("On Monday Putin spoke.", [f"Putin | {PUTIN}"]),
    ("In Moscow Putin spoke.", [f"Putin | {PUTIN}"]),
    ("He told Putin Tuesday to stop.", [f"Putin | {PUTIN}"]),
    ("PUTIN THREATENS UKRAINE", [f"PUTIN | {PUTIN}", f"UKRAINE | {UKRAINE}"]),
    ("Vladimir  Putin spoke.", [f"Vladimir  Putin | {PUTIN}"]),
    ("NATO met.", ["NATO | nato | igo | europe | -"]),
    ("Nato met.", ["Nato | nato | igo | europe | -"]),
    ("Chatham House said so.", ["Chatham House | chatham-house | think_tank | europe | -"]),
    ("The International Criminal Court sat.", [f"International Criminal Court | {COURT}"]),
    ("the international criminal court sat.", [f"international criminal court | {COURT}"]),
]

MINISTRIES: list[Case] = [
    ("The Russian defence ministry said so.", [f"Russian defence ministry | {RUSSIAN_MINISTRY}"]),
    (
        "Ukraine’s defense ministry said so.",
        [f"Ukraine’s defense ministry | {UKRAINIAN_MINISTRY}"],
    ),
    (
        "Russia's Ministry of Defence said so.",
        [f"Russia's Ministry of Defence | {RUSSIAN_MINISTRY}"],
    ),
    (
        "Moscow denied it. The defence ministry said so.",
        [f"Moscow | {RUSSIA}", f"defence ministry | {RUSSIAN_MINISTRY}"],
    ),
    (
        "Ukraine denied it. The defence ministry said so.",
        [f"Ukraine | {UKRAINE}", f"defence ministry | {UKRAINIAN_MINISTRY}"],
    ),
    (
        "The defence ministry said so.",
        ["defence ministry | (defence ministry) | ministry | none | -"],
    ),
    (
        "Ukraine's parliament voted.",
        ["Ukraine's parliament | verkhovna-rada | legislature | ukraine | -"],
    ),
    (
        "Ukraine's general staff said so.",
        [
            "Ukraine's general staff | general-staff-of-the-armed-forces-of-ukraine"
            " | military | ukraine | -"
        ],
    ),
]

PEOPLES: list[Case] = [
    ("Russian forces shelled the city.", [f"Russian forces | {RUSSIAN_FORCES}"]),
    ("Ukraine's military denied it.", [f"Ukraine's military | {UKRAINIAN_FORCES}"]),
    ("Ukraine’s military denied it.", [f"Ukraine’s military | {UKRAINIAN_FORCES}"]),
    (
        "Russian and Ukrainian forces clashed.",
        [f"Russian | {RUSSIAN_FORCES}", f"Ukrainian forces | {UKRAINIAN_FORCES}"],
    ),
    (
        "Russian, Belarusian and Ukrainian officials met.",
        [
            f"Russian | {RUSSIA}",
            "Belarusian | belarus | state | belarus | -",
            f"Ukrainian officials | {UKRAINE}",
        ],
    ),
    ("Ukrainian officials denied it.", [f"Ukrainian officials | {UKRAINE}"]),
    (
        "Ukrainian police arrested him.",
        ["Ukrainian police | national-police-of-ukraine | ministry | ukraine | -"],
    ),
    (
        "Russian lawmakers voted.",
        ["Russian lawmakers | (Russian lawmakers) | legislature | russia | -"],
    ),
    (
        "Pro-Kyiv fighters fought.",
        ["Pro-Kyiv fighters | (Pro-Kyiv fighters) | military | ukraine | -"],
    ),
    ("Anti-Russian protesters marched.", []),
    ("The Russians said no.", [f"Russians | {RUSSIA}"]),
    ("Russian oil is cheap.", []),
    ("A Russian missile hit the school.", []),
    ("A Russian state-owned bank closed.", []),
]

TITLES: list[tuple[str, str | None, list[str]]] = [
    ("The Ukrainian president spoke.", "2019-05-01", [f"Ukrainian president | {POROSHENKO}"]),
    ("The Ukrainian president spoke.", "2022-03-01", [f"Ukrainian president | {ZELENSKY}"]),
    ("The president of Ukraine spoke.", "2022-03-01", [f"president of Ukraine | {ZELENSKY}"]),
    ("Ukraine’s president spoke.", "2022-03-01", [f"Ukraine’s president | {ZELENSKY}"]),
    ("The Kremlin spokesman declined.", "2022-03-01", [f"Kremlin spokesman | {PESKOV}"]),
    ("The British prime minister left.", "2022-03-01", [f"British prime minister | {JOHNSON}"]),
    (
        "The British prime minister left.",
        "2022-10-01",
        ["British prime minister | liz-truss | person | europe | British prime minister"],
    ),
    (
        "The British prime minister left.",
        "2022-12-01",
        ["British prime minister | rishi-sunak | person | europe | British prime minister"],
    ),
    (
        "The British prime minister left.",
        "2022-09-06",  # two held the office on that day
        ["British prime minister | (British prime minister) | person | europe | -"],
    ),
    (
        "Ukrainian President Petro Poroshenko spoke.",
        "2019-05-01",
        [f"Ukrainian President | {POROSHENKO}", f"Petro Poroshenko | {POROSHENKO}"],
    ),
    ("The former Ukrainian president spoke.", "2022-03-01", []),
    ("The then Russian prime minister spoke.", "2022-03-01", []),
    ("The leader of Ukraine's opposition spoke.", "2022-03-01", []),
    ("The pro-Russian prime minister of Crimea spoke.", "2022-03-01", []),
    ("A Russian journalist spoke.", "2022-03-01", []),
    ("Vladimir Putin spoke.", None, ["Vladimir Putin | vladimir-putin | person | russia | -"]),
    (
        "The Ukrainian president spoke.",
        None,
        ["Ukrainian president | (Ukrainian president) | person | ukraine | -"],
    ),
]

DEFENCE_MINISTERS = [
    ("2018-06-01", "stepan-poltorak"),
    ("2021-06-01", "andriy-taran"),
    ("2022-03-01", "oleksii-reznikov"),
    ("2023-12-01", "rustem-umerov"),
    ("2025-09-01", "denys-shmyhal"),
]

NAMESAKES: list[tuple[str, str | None, list[str]]] = [
    (
        "Boris Johnson flew in. Johnson left.",
        "2022-03-01",
        [f"Boris Johnson | {JOHNSON}", f"Johnson | {JOHNSON}"],
    ),
    (
        "Mike Johnson delayed it. Johnson left.",
        None,
        [
            "Mike Johnson | mike-johnson | person | us | -",
            "Johnson | mike-johnson | person | us | -",
        ],
    ),
    (
        "Johnson promised arms.",
        "2022-03-01",
        ["Johnson | (Johnson) | person | none | -"],
    ),
    (
        "Britain's Johnson left.",
        "2022-03-01",
        ["Britain | united-kingdom | state | europe | -", f"Johnson | {JOHNSON}"],
    ),
    ("Biden promised arms.", "2022-03-01", [f"Biden | {BIDEN}"]),
    (
        "Hunter Biden was tried. Joe Biden wept.",
        "2022-03-01",
        ["Hunter Biden | hunter-biden | person | us | -", f"Joe Biden | {BIDEN}"],
    ),
    (
        "Dmytro Kuleba spoke. Kuleba left.",
        "2022-03-01",
        [f"Dmytro Kuleba | {KULEBA}", f"Kuleba | {KULEBA}"],
    ),
    (
        "Oleksiy Kuleba spoke. Kuleba left.",
        None,
        [
            "Oleksiy Kuleba | oleksii-kuleba | person | ukraine | -",
            "Kuleba | oleksii-kuleba | person | ukraine | -",
        ],
    ),
    (
        "Mykola Kuleba spoke. Kuleba left.",
        None,
        [
            "Mykola Kuleba | mykola-kuleba | person | ukraine | -",
            "Kuleba | mykola-kuleba | person | ukraine | -",
        ],
    ),
    ("Kuleba left.", "2022-03-01", [f"Kuleba | {KULEBA}"]),
    (
        "Foreign Minister Kuleba spoke. Kuleba left.",
        "2022-03-01",
        [f"Foreign Minister | {KULEBA}", f"Kuleba | {KULEBA}", f"Kuleba | {KULEBA}"],
    ),
    ("Xi smiled.", "2022-03-01", [f"Xi | {XI}president of China"]),
]

NOT_NAMES = [
    "A bomb fell on Ushakov Avenue.",
    "Lavrov Street was closed.",
    "Power cuts hit the city.",
    "HIMARS hit the bridge.",
    "Shahed drones hit the bridge.",
    "Javelin missiles arrived.",
    "Kyiv and Kharkiv and Donbas were shelled.",
]

PIECES = [
    *(text for text, _ in NAMES + MINISTRIES + PEOPLES),
    *(text for text, _, _ in TITLES + NAMESAKES),
    *NOT_NAMES,
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_mentions_of_names(mentions: Listing, text: str, expected: list[str]) -> None:
    assert mentions(text) == expected


@pytest.mark.parametrize(("text", "expected"), MINISTRIES)
def test_mentions_of_bodies(mentions: Listing, text: str, expected: list[str]) -> None:
    assert mentions(text) == expected


@pytest.mark.parametrize(("text", "expected"), PEOPLES)
def test_mentions_of_peoples_and_groups(mentions: Listing, text: str, expected: list[str]) -> None:
    assert mentions(text) == expected


@pytest.mark.parametrize(("text", "day", "expected"), TITLES)
def test_mentions_of_titles_by_date(
    mentions: Listing, text: str, day: str | None, expected: list[str]
) -> None:
    assert mentions(text, day) == expected


@pytest.mark.parametrize(("day", "actor_id"), DEFENCE_MINISTERS)
def test_mentions_of_one_title_over_the_years(parse: Parse, day: str, actor_id: str) -> None:
    (mention,) = parse("Ukraine's defence minister resigned.", day)._.mentions
    assert mention.actor.actor_id == actor_id
    assert "defence minister of Ukraine" in (mention.role or "")


@pytest.mark.parametrize(("text", "day", "expected"), NAMESAKES)
def test_mentions_of_namesakes(
    mentions: Listing, text: str, day: str | None, expected: list[str]
) -> None:
    assert mentions(text, day) == expected


@pytest.mark.parametrize("text", NOT_NAMES)
def test_mentions_of_nobody(mentions: Listing, text: str) -> None:
    assert mentions(text) == []


def test_mentions_across_the_lines_of_wrapped_text(mentions: Listing) -> None:
    wrapped = (
        "The war had already entered its second month when Vladimir\n"
        "Putin met several officials of the International Criminal\n"
        "Court in an old building that had been put up by Russian\n"
        "forces near the small town of Olenivka, where somebody had\n"
        "said that a prison had been hit by shells in the morning.\n"
    )
    assert mentions(wrapped) == [
        f"Vladimir\nPutin | {PUTIN}",
        f"International Criminal\nCourt | {COURT}",
        f"Russian\nforces | {RUSSIAN_FORCES}",
    ]


def test_mentions_do_not_cross_paragraphs(mentions: Listing) -> None:
    assert mentions("Russian\nPresident Putin spoke.") == [f"President Putin | {PUTIN}"]


def test_mentions_take_the_longest_name(mentions: Listing) -> None:
    assert mentions("The UN Security Council met.") == [
        "UN Security Council | united-nations-security-council | igo | un | -"
    ]


@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=5))
@settings(max_examples=40, deadline=None)
def test_mentions_never_overlap(parse: Parse, pieces: list[str]) -> None:
    doc = parse(" ".join(pieces), "2022-03-01")
    found = doc._.mentions
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= m.start < m.end <= len(doc) for m in found)


def test_mentions_are_the_same_among_other_articles(nlp: Language) -> None:
    texts = ["Johnson left.", "Boris Johnson spoke.", "Kuleba left.", "Mike Johnson voted."]
    alone = [nlp(make_doc(nlp, {"text": text}))._.mentions for text in texts]
    docs = (make_doc(nlp, {"text": text}) for text in [*texts, *reversed(texts)])
    together = [doc._.mentions for doc in nlp.pipe(docs, batch_size=3)]
    assert together == [*alone, *reversed(alone)]


def test_mentions_of_the_seed_article(parse: Parse, shared: Path) -> None:
    text = (shared / "data/corpora/seed_article.txt").read_text(encoding="utf-8")
    doc = parse(text, "2025-07-10")
    found = {(m.actor.name, m.actor.actor_type, m.role) for m in doc._.mentions}
    assert found >= {
        ("Donald Trump", "person", "president of the United States"),
        ("Vladimir Putin", "person", "president of Russia"),
        ("Volodymyr Zelensky", "person", "president of Ukraine"),
        ("Keith Kellogg", "person", "US special envoy for Ukraine"),
        ("Marco Rubio", "person", "US secretary of state; US national security adviser"),
        ("Sergei Lavrov", "person", "foreign minister of Russia"),
        ("Dmitry Peskov", "person", "Kremlin spokesman"),
    }
    types = {m.actor.name: m.actor.actor_type for m in doc._.mentions}
    assert types["Keir Giles"] == "person"
    assert types["Chatham House"] == "think_tank"
    assert types["European Parliament"] == "igo"
    assert types["European Court of Human Rights"] == "court"
    assert types["International Criminal Court"] == "court"
    kyiv = [m.actor.name for m in doc._.mentions if doc[m.start : m.end].text == "Kyiv"]
    assert kyiv == ["Ukraine", "Ukraine"]


def test_mentions_of_cities_in_headlines_are_nobody(nlp: Language, shared: Path) -> None:
    with zipfile.ZipFile(shared / "data/corpora/ruwa_headlines.csv.zip") as archive:
        name = next(n for n in archive.namelist() if not n.startswith("__MACOSX"))
        rows = csv.DictReader(io.StringIO(archive.read(name).decode("utf-8")))
        titles = [row["title"] for row, _ in zip(rows, range(1000), strict=False)]
    docs = nlp.pipe(make_doc(nlp, {"text": title}) for title in titles)
    cities = ("Kyiv", "Kharkiv", "Mariupol")
    people = [
        doc[m.start : m.end].text
        for doc in docs
        for m in doc._.mentions
        if m.actor.actor_type == "person"
    ]
    assert len(people) > 200
    assert not [name for name in people if any(city in name for city in cities)]


def test_mentions_agree_with_the_codings(shared: Path, tmp_path: Path) -> None:
    gold = shared / "data/gold/codings"
    corpus = import_files([gold / "articles.jsonl"], tmp_path / "gold.corpus").corpus
    annotate_corpus(corpus, layers=["sentences", "mentions"])
    scorer = [sys.executable, shared / "scoring/score_codings.py", gold / "codings.json"]
    run = subprocess.run(
        [*scorer, tmp_path / "gold.corpus", "--json", "--boot", "2"],
        check=True,
        capture_output=True,
        text=True,
    )
    actors = {name: figures[0] for name, figures in json.loads(run.stdout)["actors"].items()}
    assert actors["f1"] >= 86
    assert actors["linked"] >= 77
    assert actors["typed"] >= 80
    assert actors["sided"] >= 80
