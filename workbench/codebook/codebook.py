"""The codebook's lists, loaded, overlaid and checked against each other."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl

from workbench.codebook.lists import read_list, rows_with
from workbench.errors import CodebookError
from workbench.hashing import digest
from workbench.schemas import Actors, Aliases, Boilerplate, Outlets, Places, Roles, Stubs, Words

HOME = Path(__file__).parent
ALIASES = "{language}/aliases.csv"
FILES: dict[str, type[dy.Schema]] = {
    "actors.csv": Actors,
    "roles.csv": Roles,
    ALIASES: Aliases,
    "{language}/words.csv": Words,
    "{language}/places.csv": Places,
    "{language}/boilerplate.csv": Boilerplate,
    "stubs.csv": Stubs,
    "outlets.csv": Outlets,
}


@dataclasses.dataclass(frozen=True)
class Codebook:
    """The lists in force.

    Attributes:
        actors: who is known, with type and side.
        roles: offices of persons with first and last day.
        aliases: further names of actors in `language`.
        words: what tells a name's meaning in `language`.
        places: names of `language` that are no actors.
        boilerplate: what annotation skips in `language`.
        stubs: what stands in place of an article, in any language.
        outlets: who publishes, where.
        language: ISO 639-1 code of the aliases.
        version: hash of all lists, overlay included.
    """

    actors: dy.DataFrame[Actors]
    roles: dy.DataFrame[Roles]
    aliases: dy.DataFrame[Aliases]
    words: dy.DataFrame[Words]
    places: dy.DataFrame[Places]
    boilerplate: dy.DataFrame[Boilerplate]
    stubs: dy.DataFrame[Stubs]
    outlets: dy.DataFrame[Outlets]
    language: str
    version: str

    def roles_on(self, day: dt.date | None) -> pl.DataFrame:
        """Return the roles held on a day; a role is unknown after the day it was checked.

        Without a day no role is known.
        """
        if day is None:
            return self.roles.clear()
        last = pl.coalesce("until", "checked")
        started = pl.col("from").is_null() | (pl.col("from") <= day)
        return self.roles.filter(started & (last >= day))

    def word_list(self, kind: str) -> dict[str, str | None]:
        """Return word -> value of one kind of `words`."""
        return dict(self.words.filter(pl.col("kind") == kind).select("word", "value").iter_rows())

    def outlet_name(self, given: str | None) -> str | None:
        """Return the usual name of an outlet given by domain or alias; others as given."""
        if given is None:
            return None
        plain = given.strip().lower().removeprefix("www.")
        while plain not in self._outlet_names and plain.count(".") > 1:
            plain = plain.partition(".")[2]
        return self._outlet_names.get(plain, given.strip())

    def outlet_country(self, outlet: str | None) -> str | None:
        """Return the country code of a known outlet."""
        return self._outlet_countries.get(outlet or "")

    @functools.cached_property
    def stub_patterns(self) -> tuple[re.Pattern[str], list[tuple[re.Pattern[str], str]]]:
        """One pattern for all of `stubs`, and each of them with its kind; for whole sentences."""
        each = [(_compiled(p), kind) for p, kind in self.stubs.select("pattern", "kind").rows()]
        return _compiled("|".join(f"(?:{pattern.pattern})" for pattern, _ in each)), each

    @functools.cached_property
    def _outlet_names(self) -> dict[str, str]:
        """Lower-case name -> usual name; later rows, an overlay's, win over earlier ones."""
        names: dict[str, str] = {}
        for row in self.outlets.iter_rows(named=True):
            others = (row["domains"] or "").split() + (row["aliases"] or "").split("|")
            names |= {other.strip().lower(): row["outlet"] for other in others if other.strip()}
        return names | {outlet.lower(): outlet for outlet in self.outlets["outlet"]}

    @functools.cached_property
    def _outlet_countries(self) -> dict[str, str]:
        return dict(self.outlets.select("outlet", "country").iter_rows())


def load_codebook(overlay: str | Path | None = None, *, language: str = "en") -> Codebook:
    """Load the codebook's lists, and a user's overlay over them.

    An overlay is a folder with files of the same names and columns, each of them optional. Its
    actors and outlets take the place of those with the same id or name; where it gives an actor
    any role, its roles are all that the actor has; its aliases are added, or change an alias's use.

    Raises:
        CodebookError: if a list or the overlay does not hold together; names file, row and column.
    """
    if not (HOME / language).is_dir():
        raise CodebookError(f"The codebook has no lists for the language {language!r}.")
    folders = (HOME,) if overlay is None else (HOME, _existing(Path(overlay)))
    paths = [path for name in FILES for path in _paths(name, folders, language)]
    return _load(folders, language, digest(*(path.read_bytes() for path in paths)))


@functools.lru_cache(maxsize=8)
def _load(folders: tuple[Path, ...], language: str, content: str) -> Codebook:
    """The codebook of some folders, read anew when the content of its files has changed."""
    lists = {name: _overlaid(name, folders, language) for name in FILES}
    for name, column in (("roles.csv", "actor_id"), ("roles.csv", "body"), (ALIASES, "actor_id")):
        _refuse_strangers(lists, name, column, _paths(name, folders, language))
    version = digest(*(frame.write_csv() for frame in lists.values()))[:16]
    fields: dict[str, Any] = {Path(name).stem: frame for name, frame in lists.items()}
    return Codebook(**fields, language=language, version=version)


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise CodebookError(
            f"stubs.csv: {pattern!r} is no regular expression ({error}); mend it."
        ) from None


def _existing(overlay: Path) -> Path:
    if not overlay.is_dir():
        raise CodebookError(f"{overlay}: there is no such overlay folder; check the spelling.")
    languages = [path.name for path in HOME.iterdir() if (path / "aliases.csv").exists()]
    known = {name.format(language=language) for name in FILES for language in languages}
    found = {path.relative_to(overlay).as_posix() for path in overlay.rglob("*.csv")}
    if found - known:
        raise CodebookError(
            f"{overlay}: {min(found - known)} is no list of the codebook; "
            f"they are {', '.join(sorted(known))}."
        )
    return overlay


def _paths(name: str, folders: Sequence[Path], language: str) -> list[Path]:
    paths = [folder / name.format(language=language) for folder in folders]
    return [path for path in paths if path.exists()]


def _overlaid(name: str, folders: Sequence[Path], language: str) -> pl.DataFrame:
    schema = FILES[name]
    base: pl.DataFrame
    base, *over = [read_list(path, schema) for path in _paths(name, folders, language)]
    for frame in over:
        key = ["actor_id"] if schema is Roles else schema.primary_key()
        base = pl.concat([base.join(frame, on=key, how="anti"), frame])
    return base


def _refuse_strangers(
    lists: Mapping[str, pl.DataFrame], name: str, column: str, paths: Sequence[Path]
) -> None:
    actors = lists["actors.csv"]["actor_id"]
    unknown = lists[name].filter(~pl.col(column).is_in(actors.implode()))[column]
    for value in unknown.unique().sort().head(1):
        places = ((path, rows_with(path, FILES[name], column, value)) for path in paths)
        path, rows = next((path, rows) for path, rows in places if rows)
        raise CodebookError(
            f"{path}: row {rows[0]}, {column}: {value!r} is no actor_id of actors.csv; add the "
            "actor or mend the id."
        )
