"""Who held which office on an article's date."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping

from workbench.codebook import Codebook

FORMS_OF_ADDRESS = {
    "mr", "mrs", "ms", "dr", "sir", "lord", "lady", "gen", "general", "colonel", "captain",
    "professor", "comrade", "ex", "deputy",
}  # fmt: skip


OF = re.compile(r" (?:of|for|to|on|at|in|and) ")


@dataclasses.dataclass(frozen=True)
class Held:
    """The offices of one day.

    Attributes:
        roles: actor_id -> his role, or roles with `; ` between them.
        holders: (office, body) -> the actor_ids of those who held it.
    """

    roles: Mapping[str, str]
    holders: Mapping[tuple[str, str], tuple[str, ...]]


class Offices:
    """The codebook's roles by day, each day worked out once.

    Attributes:
        words: what may stand before a surname without being a name, in lower case.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._days: dict[dt.date | None, Held] = {}
        offices = codebook.roles["office"].str.to_lowercase().unique()
        self.words = {_head(office) for office in offices} | FORMS_OF_ADDRESS

    def on(self, day: dt.date | None) -> Held:
        """Return who held what on a day; nobody anything where the day is not known."""
        if day not in self._days:
            self._days[day] = self._work_out(day)
        return self._days[day]

    def _work_out(self, day: dt.date | None) -> Held:
        rows = self._codebook.roles_on(day).sort("from", "role", nulls_last=False)
        roles: dict[str, str] = {}
        holders: dict[tuple[str, str], tuple[str, ...]] = {}
        for actor_id, role, office, body in rows.select(
            "actor_id", "role", "office", "body"
        ).iter_rows():
            roles[actor_id] = f"{roles[actor_id]}; {role}" if actor_id in roles else role
            holders[office, body] = (*holders.get((office, body), ()), actor_id)
        return Held(roles, holders)


def _head(office: str) -> str:
    """The word of an office that stands before its holder's name: "minister", "commander"."""
    return OF.split(office)[0].split()[-1]
