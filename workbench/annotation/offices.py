"""Who held which office on an article's date."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping

from workbench.codebook import Codebook

OF = re.compile(r" (?:of|for|to|on|at|in|and) ")


@dataclasses.dataclass(frozen=True)
class Held:
    """The offices of one day.

    Attributes:
        roles: actor_id -> his role, or roles with `; ` between them.
        holders: (office, body) -> the actor_ids of those who held it; of all who ever did where
            the day is not known.
        day_is_known: whether these are of one day.
    """

    roles: Mapping[str, str]
    holders: Mapping[tuple[str, str], tuple[str, ...]]
    day_is_known: bool = True


class Offices:
    """The codebook's roles by day, each day worked out once.

    Attributes:
        words: what may stand before a surname without being a name, in lower case.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._days: dict[dt.date | None, Held] = {}
        offices = codebook.roles["office"].str.to_lowercase().unique()
        self.words = {_head(office) for office in offices}
        self.words |= set(codebook.word_list("person_title"))
        self.words |= {word.split()[-1] for word in codebook.word_list("form_of_address")}

    def on(self, day: dt.date | None) -> Held:
        """Return who held what on a day; where it is not known no roles, and all who ever held."""
        if day not in self._days:
            self._days[day] = self._work_out(day)
        return self._days[day]

    def _work_out(self, day: dt.date | None) -> Held:
        known = day is not None
        held = self._codebook.roles_on(day) if known else self._codebook.roles
        rows = held.sort("from", "role", nulls_last=False)
        roles: dict[str, str] = {}
        holders: dict[tuple[str, str], tuple[str, ...]] = {}
        for actor_id, role, office, body in rows.select(
            "actor_id", "role", "office", "body"
        ).iter_rows():
            if known:
                roles[actor_id] = f"{roles[actor_id]}; {role}" if actor_id in roles else role
            holders[office, body] = (*holders.get((office, body), ()), actor_id)
        return Held(roles, holders, known)


def _head(office: str) -> str:
    """The word of an office that stands before its holder's name: "minister", "commander"."""
    return OF.split(office)[0].split()[-1]
