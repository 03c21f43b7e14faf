"""The codebook's lists: what ships holds together and is right, what a user lays over it works."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from workbench.codebook import Codebook, load_codebook
from workbench.codebook.codebook import HOME
from workbench.codebook.lists import read_list, rows_with
from workbench.errors import CodebookError
from workbench.schemas import ACTOR_TYPES, SIDES, Actors, Outlets, Places, Roles

ACTORS = "actor_id,name,actor_type,side,country,about,evidence,checked\n"
ROLES = "actor_id,role,office,body,source_type,from,until,evidence,checked\n"
ALIASES = "actor_id,alias,use\n"
OUTLETS = "outlet,country,language,kind,domains,aliases,evidence,checked\n"

PEOPLE = [
    ("marco-rubio", "2025-01-20", "US senator"),
    ("marco-rubio", "2025-01-21", "secretary of state"),
    # Ukraine's defence ministers
    ("ihor-tenyukh", "2014-03-18", "acting defence minister of Ukraine"),
    ("mykhailo-koval", "2014-05-25", "acting defence minister of Ukraine"),
    ("valeriy-heletey", "2014-08-24", "defence minister of Ukraine"),
    ("stepan-poltorak", "2015-02-12", "defence minister of Ukraine"),
    ("andriy-zagorodnyuk", "2019-12-09", "defence minister of Ukraine"),
    ("andriy-taran", "2021-04-01", "defence minister of Ukraine"),
    ("oleksii-reznikov", "2022-02-24", "defence minister of Ukraine"),
    ("rustem-umerov", "2024-02-24", "defence minister of Ukraine"),
    ("denys-shmyhal", "2025-09-01", "defence minister of Ukraine"),
    # foreign ministers
    ("andrii-deshchytsia", "2014-04-17", "acting foreign minister of Ukraine"),
    ("pavlo-klimkin", "2014-09-05", "foreign minister of Ukraine"),
    ("vadym-prystaiko", "2019-12-09", "foreign minister of Ukraine"),
    ("dmytro-kuleba", "2022-02-24", "foreign minister of Ukraine"),
    ("andrii-sybiha", "2024-10-01", "foreign minister of Ukraine"),
    ("sergei-lavrov", "2022-02-24", "foreign minister of Russia"),
    ("john-kerry", "2014-03-18", "secretary of state"),
    ("rex-tillerson", "2017-07-09", "secretary of state"),
    ("mike-pompeo", "2018-11-25", "secretary of state"),
    ("antony-blinken", "2022-02-24", "secretary of state"),
    ("frank-walter-steinmeier", "2014-02-21", "foreign minister of Germany"),
    ("annalena-baerbock", "2022-02-24", "foreign minister of Germany"),
    ("wang-yi", "2022-02-24", "foreign minister of China"),
    ("qin-gang", "2023-05-01", "foreign minister of China"),
    ("liz-truss", "2022-02-24", "foreign secretary"),
    ("james-cleverly", "2023-02-24", "foreign secretary"),
    ("david-cameron", "2024-02-24", "foreign secretary"),
    ("david-lammy", "2025-02-24", "foreign secretary"),
    # British prime ministers of 2022
    ("boris-johnson", "2022-02-24", "prime minister"),
    ("boris-johnson", "2022-09-05", "prime minister"),
    ("liz-truss", "2022-09-06", "prime minister"),
    ("liz-truss", "2022-10-24", "prime minister"),
    ("rishi-sunak", "2022-10-25", "prime minister"),
    # NATO and other organisations
    ("anders-fogh-rasmussen", "2014-09-30", "NATO secretary-general"),
    ("jens-stoltenberg", "2014-10-01", "NATO secretary-general"),
    ("jens-stoltenberg", "2024-09-30", "NATO secretary-general"),
    ("mark-rutte", "2024-10-01", "NATO secretary-general"),
    ("ban-ki-moon", "2014-03-27", "UN secretary-general"),
    ("antonio-guterres", "2022-04-26", "UN secretary-general"),
    ("josep-borrell", "2022-02-24", "EU foreign policy chief"),
    ("kaja-kallas", "2024-12-01", "EU foreign policy chief"),
    ("ursula-von-der-leyen", "2022-02-24", "president of the European Commission"),
    ("rafael-grossi", "2022-09-01", "director general of the International Atomic Energy Agency"),
    ("karim-khan", "2023-03-17", "prosecutor of the International Criminal Court"),
    # heads of state and government
    ("viktor-yanukovych", "2014-02-21", "president of Ukraine"),
    ("oleksandr-turchynov", "2014-03-18", "acting president of Ukraine"),
    ("petro-poroshenko", "2019-05-19", "president of Ukraine"),
    ("volodymyr-zelensky", "2019-05-20", "president of Ukraine"),
    ("vladimir-putin", "2022-02-24", "president of Russia"),
    ("joe-biden", "2022-02-24", "president of the United States"),
    ("donald-trump", "2025-01-20", "president of the United States"),
    ("angela-merkel", "2015-02-12", "chancellor of Germany"),
    ("olaf-scholz", "2022-02-27", "chancellor of Germany"),
    ("friedrich-merz", "2025-05-06", "chancellor of Germany"),
    ("emmanuel-macron", "2022-02-07", "president of France"),
    ("denys-shmyhal", "2022-02-24", "prime minister of Ukraine"),
    # soldiers and others
    ("valerii-zaluzhny", "2022-02-24", "commander-in-chief of the Armed Forces of Ukraine"),
    ("oleksandr-syrskyi", "2024-02-09", "commander-in-chief of the Armed Forces of Ukraine"),
    ("valery-gerasimov", "2022-02-24", "chief of the general staff of Russia"),
    ("sergei-shoigu", "2022-02-24", "defence minister of Russia"),
    ("sergei-shoigu", "2024-06-01", "secretary of the Security Council of Russia"),
    ("andrei-belousov", "2024-06-01", "defence minister of Russia"),
    ("yevgeny-prigozhin", "2023-06-24", "head of the Wagner Group"),
    ("dmitry-peskov", "2022-02-24", "Kremlin spokesman"),
    ("maria-zakharova", "2022-02-24", "spokeswoman for the Russian foreign ministry"),
]
OUT_OF_OFFICE = [
    ("marco-rubio", "2025-01-20", "secretary of state"),
    ("marco-rubio", "2025-01-21", "US senator"),
    ("volodymyr-zelensky", "2019-05-19", "president"),
    ("boris-johnson", "2022-09-07", "prime minister"),
    ("liz-truss", "2022-09-05", "prime minister"),
    ("rishi-sunak", "2022-10-24", "prime minister"),
    ("jens-stoltenberg", "2014-09-30", "NATO"),
    ("anders-fogh-rasmussen", "2014-10-01", "NATO"),
    ("mark-rutte", "2024-09-30", "NATO"),
    ("oleksii-reznikov", "2023-09-07", "defence minister"),
    ("valerii-zaluzhny", "2024-02-09", "commander-in-chief"),
    ("sergei-shoigu", "2024-05-15", "defence minister"),
    ("joe-biden", "2025-01-21", "president"),
    ("donald-trump", "2022-02-24", "president"),
    ("josep-borrell", "2024-12-01", "EU"),
    ("dmytro-kuleba", "2024-09-06", "foreign minister"),
]


@pytest.fixture(scope="module")
def shipped() -> Codebook:
    """The lists as they ship."""
    return load_codebook()


# ---- what ships -----------------------------------------------------------------------------


def test_shipped_actors_are_many_and_of_every_type_and_side(shipped: Codebook) -> None:
    assert shipped.actors.height >= 120
    assert set(shipped.actors["actor_type"]) == set(ACTOR_TYPES)
    assert set(shipped.actors["side"]) == set(SIDES)


def test_shipped_actors_have_names_of_their_own(shipped: Codebook) -> None:
    names = shipped.actors["name"]
    assert names.filter(names.is_duplicated()).to_list() == []


def test_shipped_roles_are_held_by_persons_in_bodies_that_exist(shipped: Codebook) -> None:
    persons = shipped.actors.filter(actor_type="person")["actor_id"]
    bodies = shipped.actors.filter(pl.col("actor_type") != "person")["actor_id"]
    assert sorted(set(shipped.roles["actor_id"]) - set(persons)) == []
    assert sorted(set(shipped.roles["body"]) - set(bodies)) == []


def test_shipped_roles_begin_before_they_were_checked(shipped: Codebook) -> None:
    """A role that is open at its end, and begins later, would never be held."""
    never = shipped.roles.filter(pl.col("until").is_null() & (pl.col("from") > pl.col("checked")))
    assert never.select("actor_id", "role", "from", "checked").rows() == []


def test_shipped_roles_are_listed_once(shipped: Codebook) -> None:
    keys = shipped.roles.select("actor_id", "role", "office", "body", "from")
    assert keys.filter(keys.is_duplicated()).rows() == []


@pytest.mark.parametrize("name", ["actors", "roles", "outlets"])
def test_shipped_lists_give_evidence_and_a_day_that_has_been(shipped: Codebook, name: str) -> None:
    rows: pl.DataFrame = getattr(shipped, name)
    bare = rows.filter(pl.col("evidence").str.strip_chars().fill_null("") == "")
    early = rows.filter(pl.col("checked") > dt.date.today())
    assert (bare.rows(), early.rows()) == ([], [])


def test_shipped_states_have_countries_of_their_own(shipped: Codebook) -> None:
    countries = shipped.actors.filter(actor_type="state")["country"]
    assert countries.str.contains("^[A-Z]{2}$").all()


def test_shipped_outlets_share_no_domain_and_no_name(shipped: Codebook) -> None:
    names = pl.concat_list(
        pl.col("outlet").str.to_lowercase().str.split("|"),
        pl.col("domains").str.to_lowercase().str.split(" ").fill_null([]),
        pl.col("aliases").str.to_lowercase().str.split("|").fill_null([]),
    )
    listed = shipped.outlets.select("outlet", name=names).explode("name")
    owners = listed.group_by(pl.col("name").str.strip_chars()).agg(pl.col("outlet").unique())
    assert owners.filter(pl.col("outlet").list.len() > 1).rows() == []


def test_shipped_outlets_tell_country_and_language(shipped: Codebook) -> None:
    assert shipped.outlets["country"].str.contains("^[A-Z]{2}$").all()
    assert shipped.outlets["language"].str.contains("^[a-z]{2}$").all()


def test_shipped_words_are_of_kinds_with_several_words(shipped: Codebook) -> None:
    assert len(shipped.word_list("place_preposition")) > 1
    assert shipped.word_list("no_such_kind") == {}


def roles_of(codebook: Codebook, actor_id: str, day: str) -> list[str]:
    held = codebook.roles_on(dt.date.fromisoformat(day))
    return held.filter(actor_id=actor_id)["role"].to_list()


@pytest.mark.parametrize(("actor_id", "day", "role"), PEOPLE)
def test_shipped_people_held_their_roles(
    shipped: Codebook, actor_id: str, day: str, role: str
) -> None:
    assert role in "; ".join(roles_of(shipped, actor_id, day))


@pytest.mark.parametrize(("actor_id", "day", "role"), OUT_OF_OFFICE)
def test_shipped_people_did_not_hold_roles_before_or_after(
    shipped: Codebook, actor_id: str, day: str, role: str
) -> None:
    assert actor_id in set(shipped.roles["actor_id"])
    assert role not in "; ".join(roles_of(shipped, actor_id, day))


# ---- roles_on -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def overlaid(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    """With Ann, minister in 2014 and 2015 and party leader since June 2015, checked in 2020."""
    folder = tmp_path_factory.mktemp("overlay")
    return load_codebook(
        written(
            folder,
            actors="ann,Ann Other,person,europe,IE,,test,2020-06-30\n",
            roles="ann,minister,minister,nato,executive,2014,2015,test,2020-06-30\n"
            "ann,leader,leader,nato,legislative,2015-06,,test,2020-06-30\n"
            "ann,poet,poet,nato,civilian,,2013-12,test,2020-06-30\n",
        )
    )


def written(
    folder: Path, *, actors: str = "", roles: str = "", aliases: str = "", outlets: str = ""
) -> Path:
    """An overlay folder with the rows given."""
    (folder / "en").mkdir(parents=True, exist_ok=True)
    rows = {
        "actors.csv": (ACTORS, actors),
        "roles.csv": (ROLES, roles),
        "en/aliases.csv": (ALIASES, aliases),
        "outlets.csv": (OUTLETS, outlets),
    }
    for name, (heading, lines) in rows.items():
        if lines:
            (folder / name).write_text(heading + lines)
    return folder


@pytest.mark.parametrize(
    ("day", "roles"),
    [
        pytest.param("2013-12-31", ["poet"], id="last day of a month, no first day"),
        pytest.param("1990-01-01", ["poet"], id="long ago, no first day"),
        pytest.param("2014-01-01", ["minister"], id="first day of a year"),
        pytest.param("2015-05-31", ["minister"], id="before the first day of a month"),
        pytest.param("2015-06-01", ["minister", "leader"], id="two at once"),
        pytest.param("2015-12-31", ["minister", "leader"], id="last day of a year"),
        pytest.param("2016-01-01", ["leader"], id="after the last day"),
        pytest.param("2020-06-30", ["leader"], id="the day it was checked"),
        pytest.param("2020-07-01", [], id="after it was checked"),
    ],
)
def test_roles_on_day(overlaid: Codebook, day: str, roles: list[str]) -> None:
    assert roles_of(overlaid, "ann", day) == roles


def test_roles_on_no_day_are_none(shipped: Codebook) -> None:
    assert_frame_equal(shipped.roles_on(None), Roles.create_empty())


# ---- overlay --------------------------------------------------------------------------------


def test_load_codebook_overlay_adds_an_actor(shipped: Codebook, overlaid: Codebook) -> None:
    added = overlaid.actors.join(shipped.actors, on="actor_id", how="anti")
    assert added.select("actor_id", "name").rows() == [("ann", "Ann Other")]
    assert overlaid.actors.height == shipped.actors.height + 1


def test_load_codebook_overlay_overrides_an_actor(shipped: Codebook, tmp_path: Path) -> None:
    row = "vladimir-putin,Putin V. V.,person,none,,,test,2025-01-01\n"
    found = load_codebook(written(tmp_path, actors=row))
    assert found.actors.height == shipped.actors.height
    assert found.actors.filter(actor_id="vladimir-putin").rows() == [
        ("vladimir-putin", "Putin V. V.", "person", "none", None, None, "test", dt.date(2025, 1, 1))
    ]
    assert_frame_equal(found.roles, shipped.roles)


def test_load_codebook_overlay_replaces_the_roles_of_an_actor(
    shipped: Codebook, tmp_path: Path
) -> None:
    assert shipped.roles.filter(actor_id="dmitry-medvedev").height > 1
    row = "dmitry-medvedev,blogger,blogger,russia,media,2022,,test,2025-01-01\n"
    found = load_codebook(written(tmp_path, roles=row)).roles
    assert found.filter(actor_id="dmitry-medvedev")["role"].to_list() == ["blogger"]
    others = pl.col("actor_id") != "dmitry-medvedev"
    assert_frame_equal(found.filter(others), shipped.roles.filter(others))


def test_load_codebook_overlay_adds_an_alias_and_changes_a_use(
    shipped: Codebook, tmp_path: Path
) -> None:
    rows = "vladimir-putin,Vlad the Lad,full\nvladimir-putin,Putin,ambiguous\n"
    found = load_codebook(written(tmp_path, aliases=rows)).aliases
    putin = dict(found.filter(actor_id="vladimir-putin").select("alias", "use").iter_rows())
    before = dict(
        shipped.aliases.filter(actor_id="vladimir-putin").select("alias", "use").iter_rows()
    )
    assert before["Putin"] == "surname"
    assert putin == before | {"Vlad the Lad": "full", "Putin": "ambiguous"}


def test_load_codebook_overlay_changes_the_version(shipped: Codebook, overlaid: Codebook) -> None:
    assert shipped.version != overlaid.version
    assert len(shipped.version) == 16


def test_load_codebook_empty_overlay_changes_nothing(shipped: Codebook, tmp_path: Path) -> None:
    assert load_codebook(tmp_path).version == shipped.version


def test_load_codebook_version_is_of_content_not_of_place(tmp_path: Path) -> None:
    row = "ann,Ann Other,person,europe,IE,,test,2020-06-30\n"
    here, there = written(tmp_path / "here", actors=row), written(tmp_path / "there", actors=row)
    assert load_codebook(here).version == load_codebook(str(there)).version


def test_load_codebook_reads_an_edited_overlay_anew(tmp_path: Path) -> None:
    """Regression: in one session a changed overlay was not seen."""
    row = "ann,Ann Other,person,europe,IE,,test,2020-06-30\n"
    first = load_codebook(written(tmp_path, actors=row))
    second = load_codebook(written(tmp_path, actors=row.replace("Ann Other", "Ann Else")))
    assert first.actors.filter(actor_id="ann")["name"].item() == "Ann Other"
    assert second.actors.filter(actor_id="ann")["name"].item() == "Ann Else"
    assert first.version != second.version


def test_load_codebook_refuses_missing_overlay(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="there is no such overlay folder"):
        load_codebook(tmp_path / "overlay")


@pytest.mark.parametrize("name", ["actor.csv", "aliases.csv", "en/actors.csv", "xx/aliases.csv"])
def test_load_codebook_refuses_unknown_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(ALIASES)
    with pytest.raises(CodebookError, match=f"{name} is no list of the codebook; they are actors"):
        load_codebook(tmp_path)


def test_load_codebook_refuses_unknown_language() -> None:
    with pytest.raises(CodebookError, match="no lists for the language 'xx'"):
        load_codebook(language="xx")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            {"roles": "nobody,minister,minister,nato,executive,,,test,2020\n"},
            "roles.csv: row 2, actor_id: 'nobody' is no actor_id",
        ),
        (
            {"roles": "\n\nvladimir-putin,tsar,tsar,nowhere,executive,,,test,2020\n"},
            "roles.csv: row 4, body: 'nowhere' is no actor_id",
        ),
        (
            {"aliases": "vladimir-putin,Volodya,full\nnobody,Nemo,full\n"},
            "en/aliases.csv: row 3, actor_id: 'nobody' is no actor_id",
        ),
    ],
    ids=["actor of a role", "body of a role", "actor of an alias"],
)
def test_load_codebook_names_the_place_of_a_stranger(
    tmp_path: Path, rows: dict[str, str], told: str
) -> None:
    with pytest.raises(CodebookError, match=f"{tmp_path}/{told}"):
        load_codebook(written(tmp_path, **rows))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("ann,Ann,person,europe,IE,,test,2020-02-30\n", "row 2, checked: '2020-02-30' is no date"),
        ("ann,Ann,person,europe,IE,,test,2020-W05\n", "row 2, checked: '2020-W05' is no date"),
        ("ann,Ann,person,europe,IE,,test,2020-13\n", "row 2, checked: '2020-13' is no date"),
        ("ann,Ann,hero,europe,IE,,test,2020\n", "row 2, actor_type: 'hero' is not allowed"),
        ("ann,Ann,person,mars,IE,,test,2020\n", "row 2, side: 'mars' is not allowed"),
        ("ann, ,person,europe,IE,,test,2020\n", "row 2, name: must not be empty"),
        ("ann,Ann,person,europe,IE,,,2020\n", "row 2, evidence: must not be empty"),
        (
            "ann,Ann,person,europe,IE,,test,2020\n\nann,Anne,person,europe,IE,,test,2020\n",
            "row 2, actor_id 'ann' stands there twice. row 4, actor_id 'ann' stands there twice",
        ),
        (
            "ann,,hero,europe,IE,,test,2020\nbob,Bob,person,mars,IE,,test,2020\n",
            "row 2, name: must not be empty; actor_type: 'hero' is not allowed. "
            "row 3, side: 'mars' is not allowed",
        ),
    ],
)
def test_load_codebook_names_file_row_and_column(tmp_path: Path, rows: str, told: str) -> None:
    with pytest.raises(CodebookError) as raised:
        load_codebook(written(tmp_path, actors=rows))
    assert str(raised.value).startswith(f"{tmp_path}/actors.csv: {told}")


def test_load_codebook_refuses_role_that_ends_before_it_begins(tmp_path: Path) -> None:
    row = "vladimir-putin,tsar,tsar,russia,executive,2015,2014-06,test,2020\n"
    with pytest.raises(CodebookError, match=r"roles.csv: row 2, from before until does not hold"):
        load_codebook(written(tmp_path, roles=row))


# ---- one list -------------------------------------------------------------------------------


@pytest.fixture
def places(tmp_path: Path) -> Path:
    """Where a small list is written."""
    return tmp_path / "places.csv"


def test_read_list_of_partial_dates(tmp_path: Path) -> None:
    path = tmp_path / "roles.csv"
    path.write_text(
        f"{ROLES}a,r,o,b,executive,2014,2014,e,2020\n"
        "a,r,o,b,executive,2016-02,2016-02,e,2020-06\n"
        "a,r,o,b,executive,2014-03-05,,e,2020-06-07\n"
    )
    assert read_list(path, Roles).select("from", "until", "checked").rows() == [
        (dt.date(2014, 1, 1), dt.date(2014, 12, 31), dt.date(2020, 12, 31)),
        (dt.date(2016, 2, 1), dt.date(2016, 2, 29), dt.date(2020, 6, 30)),
        (dt.date(2014, 3, 5), None, dt.date(2020, 6, 7)),
    ]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"place,country\nKyiv,UA\nLviv,\n", id="plain"),
        pytest.param(b"\xef\xbb\xbfplace,country\r\nKyiv,UA\r\nLviv,\r\n", id="from Excel"),
        pytest.param(b"country,place,note\nUA, Kyiv ,x\n,Lviv,\n", id="other columns and order"),
        pytest.param(b"place,country\n\nKyiv,UA\n,\nLviv,\n\n,\n", id="empty rows"),
        pytest.param(b'place,country\n"Kyiv","UA"\n"Lviv",""\n', id="quoted"),
        pytest.param(b"place,country\nKyiv,UA\nLviv\n", id="short row"),
    ],
)
def test_read_list_however_written(places: Path, content: bytes) -> None:
    places.write_bytes(content)
    expected = pl.DataFrame({"place": ["Kyiv", "Lviv"], "country": ["UA", None]})
    assert_frame_equal(read_list(places, Places), expected)


def test_read_list_of_a_heading_alone_is_empty(places: Path) -> None:
    places.write_text("place,country\n")
    assert_frame_equal(read_list(places, Places), Places.create_empty())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"", "cannot be read as CSV", id="empty"),
        pytest.param("place,country\nMünster,DE\n".encode("latin-1"), "as CSV", id="not UTF-8"),
        pytest.param(b"place,country\nKyiv,UA,x,y\n", "cannot be read as CSV", id="long row"),
        pytest.param(b"place,contry\nKyiv,UA\n", "lacks the column country; it needs", id="column"),
        pytest.param(b"place;country\nKyiv;UA\n", "lacks the column place, country", id=";"),
    ],
)
def test_read_list_refuses_what_is_no_such_list(places: Path, content: bytes, told: str) -> None:
    places.write_bytes(content)
    with pytest.raises(CodebookError, match=f"^{places} .*{told}"):
        read_list(places, Places)


def test_read_list_of_a_missing_file(places: Path) -> None:
    with pytest.raises(CodebookError, match=f"^{places} cannot be read"):
        read_list(places, Places)


def test_read_list_tells_ten_errors_and_counts_the_rest(places: Path) -> None:
    places.write_text("place,country\n" + ",UA\n" * 12)
    with pytest.raises(CodebookError, match=r"row 11, .*\(and 2 more\)\.$") as raised:
        read_list(places, Places)
    assert "row 12" not in str(raised.value)


def test_rows_with_counts_as_a_spreadsheet_does(places: Path) -> None:
    places.write_text("place,country\nKyiv,UA\n\nLviv,UA\nBonn,DE\n")
    assert rows_with(places, Places, "country", "UA") == [2, 4]


@pytest.mark.parametrize(("name", "schema"), [("actors.csv", Actors), ("outlets.csv", Outlets)])
def test_read_list_changes_nothing_that_ships(name: str, schema: type[Actors]) -> None:
    raw = pl.read_csv(HOME / name, infer_schema=False)
    read = read_list(HOME / name, schema)
    assert_frame_equal(read.cast(pl.String), raw.select(read.columns))


# ---- outlets --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "name"),
    [
        pytest.param("BBC", "BBC", id="its own name"),
        pytest.param("bbc.co.uk", "BBC", id="domain"),
        pytest.param("www.bbc.co.uk", "BBC", id="with www"),
        pytest.param("news.bbc.co.uk", "BBC", id="subdomain"),
        pytest.param("a.b.news.bbc.co.uk", "BBC", id="deep subdomain"),
        pytest.param("edition.cnn.com", "CNN", id="subdomain of .com"),
        pytest.param("The Guardian (London)", "The Guardian", id="alias"),
        pytest.param(" the new york times ", "The New York Times", id="case and white space"),
        pytest.param("TASS News Agency", "TASS", id="alias of an agency"),
        pytest.param(" Daily Lantern ", "Daily Lantern", id="unknown name"),
        pytest.param("lantern.example.org", "lantern.example.org", id="unknown domain"),
        pytest.param("notbbc.co.uk", "notbbc.co.uk", id="domain that ends alike"),
        pytest.param("co.uk", "co.uk", id="half a domain"),
        pytest.param("", "", id="nothing"),
        pytest.param("www.", "www.", id="www alone"),
        pytest.param(None, None, id="none"),
    ],
)
def test_outlet_name(shipped: Codebook, given: str | None, name: str | None) -> None:
    assert shipped.outlet_name(given) == name


def test_outlet_name_of_every_shipped_outlet_is_itself(shipped: Codebook) -> None:
    names = shipped.outlets["outlet"].to_list()
    assert [shipped.outlet_name(name) for name in names] == names


def test_outlet_name_of_overlay_wins(tmp_path: Path) -> None:
    """Regression: a domain of the shipped lists could not be given to another outlet."""
    row = "BBC Russian,GB,ru,broadcaster,bbc.com bbcrussian.com,The BBC|Bibisi,test,2025\n"
    found = load_codebook(written(tmp_path, outlets=row))
    given = ["bbc.com", "bbcrussian.com", "bibisi", "bbc.co.uk", "BBC"]
    assert [found.outlet_name(name) for name in given] == [
        "BBC Russian", "BBC Russian", "BBC Russian", "BBC", "BBC"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("outlet", "country"),
    [
        ("BBC", "GB"),
        ("TASS", "RU"),
        ("The Kyiv Independent", "UA"),
        ("Lantern", None),
        (None, None),
    ],
)
def test_outlet_country(shipped: Codebook, outlet: str | None, country: str | None) -> None:
    assert shipped.outlet_country(outlet) == country
