"""Who held which office on an article's date."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping

from workbench.codebook import Codebook

FORMS_OF_ADDRESS = {
    "mr", "mrs", "ms", "dr", "sir", "lord", "lady", "gen", "general", "colonel", "captain",
    "professor", "comrade", "ex", "deputy",
}  # fmt: skip


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
    """The codebook's roles by day, each day worked out once."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._days: dict[dt.date | None, Held] = {}
        offices = codebook.roles["office"].str.to_lowercase().unique()
        self.words = {word for office in offices for word in office.split()} | FORMS_OF_ADDRESS

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
