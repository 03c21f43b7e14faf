"""The codebook's lists, loaded, overlaid and checked against each other."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl

from workbench.codebook.lists import read_list
from workbench.errors import CodebookError
from workbench.hashing import digest
from workbench.schemas import Actors, Aliases, Outlets, Places, Roles, Words

HOME = Path(__file__).parent
FILES: dict[str, type[dy.Schema]] = {
    "actors.csv": Actors,
    "roles.csv": Roles,
    "{language}/aliases.csv": Aliases,
    "{language}/words.csv": Words,
    "{language}/places.csv": Places,
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
        outlets: who publishes, where.
        language: ISO 639-1 code of the aliases.
        version: hash of all lists, overlay included.
    """

    actors: dy.DataFrame[Actors]
    roles: dy.DataFrame[Roles]
    aliases: dy.DataFrame[Aliases]
    words: dy.DataFrame[Words]
    places: dy.DataFrame[Places]
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
    def _outlet_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for row in self.outlets.iter_rows(named=True):
            domains = (row["domains"] or "").split()
            aliases = (row["aliases"] or "").split("|")
            for alias in (row["outlet"], *domains, *aliases):
                names.setdefault(alias.strip().lower(), row["outlet"])
        return names

    @functools.cached_property
    def _outlet_countries(self) -> dict[str, str]:
        return dict(self.outlets.select("outlet", "country").iter_rows())


@functools.lru_cache(maxsize=8)
def load_codebook(overlay: str | Path | None = None, *, language: str = "en") -> Codebook:
    """Load the codebook's lists, and a user's overlay over them.

    An overlay is a folder with files of the same names and columns, each of them optional. Its
    actors and outlets take the place of those with the same id or name; where it gives an actor
    any role, its roles are all that the actor has; its aliases are added, or change an alias's use.

    Raises:
        CodebookError: if a list or the overlay does not hold together; names file, row and column.
    """
    folders = [HOME] if overlay is None else [HOME, _existing(Path(overlay))]
    lists = {name: _overlaid(name, folders, language) for name in FILES}
    actors, roles, aliases, _, _, _ = lists.values()
    _refuse_strangers(roles, "actor_id", actors, "roles.csv")
    _refuse_strangers(roles, "body", actors, "roles.csv")
    _refuse_strangers(aliases, "actor_id", actors, f"{language}/aliases.csv")
    version = digest(*(frame.write_csv() for frame in lists.values()))[:16]
    fields: dict[str, Any] = {Path(name).stem: frame for name, frame in lists.items()}
    return Codebook(**fields, language=language, version=version)


def _existing(overlay: Path) -> Path:
    if not overlay.is_dir():
        raise CodebookError(f"{overlay}: there is no such overlay folder; check the spelling.")
    known = {Path(name.format(language="en")).name for name in FILES}
    strange = [p.name for p in overlay.rglob("*.csv") if p.name not in known]
    if strange:
        raise CodebookError(
            f"{overlay}: {strange[0]} is no list of the codebook; "
            f"they are {', '.join(sorted(known))}."
        )
    return overlay


def _overlaid(name: str, folders: list[Path], language: str) -> pl.DataFrame:
    schema = FILES[name]
    paths = [folder / name.format(language=language) for folder in folders]
    base: pl.DataFrame
    base, *over = [read_list(path, schema) for path in paths if path.exists()]
    for frame in over:
        key = ["actor_id"] if schema is Roles else schema.primary_key()
        base = pl.concat([base.join(frame, on=key, how="anti"), frame])
    return base


def _refuse_strangers(rows: pl.DataFrame, column: str, actors: pl.DataFrame, name: str) -> None:
    unknown = rows.join(actors, left_on=column, right_on="actor_id", how="anti")[column].unique()
    if unknown.len():
        raise CodebookError(
            f"{name}, {column}: {', '.join(sorted(unknown)[:5])} is no actor_id of actors.csv; "
            "add the actor or mend the id."
        )
