"""Names that the list of actors misses, written as rows of an overlay for a researcher to check."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl

from workbench import store
from workbench.codebook import Codebook, load_codebook
from workbench.errors import InputError
from workbench.measures import unlinked_names
from workbench.schemas import Actors, Aliases
from workbench.workflow.saving import write_csv

ACTORS, ALIASES = "actors.csv", "en/aliases.csv"
NO_ID = re.compile(r"[^a-z0-9]+")


def write_overlay(
    corpus: store.Corpus,
    folder: str | Path,
    *,
    top: int = 50,
    codebook: str | Path | None = None,
) -> dy.DataFrame[Actors]:
    """Write the most frequent names off the list as an overlay, and return its actors.

    The rows are proposals: type and side are guesses from the text, one name may be several people,
    and it may be another spelling of somebody on the list (`evidence` names people of the same
    surname). Check each row, delete what is wrong, then annotate with the folder as `codebook`.

    Args:
        corpus: an annotated corpus, or a selection of it.
        folder: where `actors.csv` and `en/aliases.csv` are written; they must not be there yet.
        top: how many names.
        codebook: the overlay that the corpus was annotated with, if any.

    Raises:
        InputError: if the folder holds one of the files.
        CodebookError: if `codebook` does not hold together.

    Example:
        >>> write_overlay(corpus, "overlay", top=30)  # doctest: +SKIP
    """
    folder = Path(folder)
    for path in (folder / ACTORS, folder / ALIASES):
        if path.exists():
            raise InputError(f"{path} is there already; name another folder or move the file.")
    known = load_codebook(codebook)
    actors = propose_actors(corpus, known, top=top)
    (folder / ALIASES).parent.mkdir(parents=True, exist_ok=True)
    write_csv(actors, folder / ACTORS)
    write_csv(propose_aliases(actors, known), folder / ALIASES)
    return actors


def propose_actors(corpus: store.Corpus, known: Codebook, *, top: int) -> dy.DataFrame[Actors]:
    """Return the most frequent names off the list as rows of the list of actors.

    Single words ("Army") are left out, and names that the list has in other capitals: as rows of
    their own they would catch what means somebody else.
    """
    taken = {name.casefold() for name in (*known.actors["name"], *known.aliases["alias"])}
    ids = set(known.actors["actor_id"])
    rows: list[dict[str, Any]] = []
    names = unlinked_names(corpus, top=None).filter(reason="off the list")
    for found in names.iter_rows(named=True):
        if len(rows) < top and " " in found["actor"] and found["actor"].casefold() not in taken:
            taken.add(found["actor"].casefold())
            rows.append(_row(found, _id_for(found["actor"], ids), corpus, known))
            ids.add(rows[-1]["actor_id"])
    return Actors.validate(pl.DataFrame(rows, schema=Actors.create_empty().schema))


def propose_aliases(actors: pl.DataFrame, known: Codebook) -> dy.DataFrame[Aliases]:
    """Return the last names of the people among `actors`, where the list has no such name."""
    taken = {*known.actors["name"], *known.aliases["alias"], *known.word_list("surname_like_word")}
    people = actors.filter(pl.col("actor_type") == "person")
    rows = [
        {"actor_id": actor_id, "alias": name.split()[-1], "use": "ambiguous"}
        for actor_id, name in people.select("actor_id", "name").iter_rows()
        if name.split()[-1] not in taken
    ]
    return Aliases.validate(pl.DataFrame(rows, schema=Aliases.create_empty().schema))


def _row(
    found: Mapping[str, Any], actor_id: str, corpus: store.Corpus, known: Codebook
) -> dict[str, Any]:
    evidence = [
        f"from corpus {corpus.folder.name}, {found['articles']} articles",
        "machine's guess of type and side, to be checked",
        *(f"perhaps {other}" for other in _of_the_same_surname(found, known)),
    ]
    return {
        "actor_id": actor_id, "name": found["actor"], "actor_type": found["actor_type"],
        "side": found["side"], "evidence": "; ".join(evidence), "checked": dt.date.today(),
    }  # fmt: skip


def _of_the_same_surname(found: Mapping[str, Any], known: Codebook) -> Iterator[str]:
    """Ids of the people on the list who bear the last name of a person found."""
    if found["actor_type"] == "person":
        yield from known.aliases.filter(use="surname", alias=found["actor"].split()[-1])["actor_id"]


def _id_for(name: str, taken: set[str]) -> str:
    """The name in small Latin letters with hyphens; numbered where that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    base = NO_ID.sub("-", plain.lower()).strip("-") or "name"
    candidates = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(candidate for candidate in candidates if candidate not in taken)
