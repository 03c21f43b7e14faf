"""Who a listed name means in this article: by date, by what else is named, by how it is used."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from spacy.tokens import Doc, Span, Token

from workbench.annotation.lexicon import Actor, Found, Lexicon, Sense
from workbench.annotation.offices import Offices
from workbench.annotation.scene import Mention, Scene
from workbench.annotation.usage import POSSESSIVES, Usage
from workbench.codebook import Codebook

NOT_A_PERSON = {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"}


class Linker:
    """Turns names found into mentions, or drops those that mean no actor here."""

    def __init__(self, lexicon: Lexicon, codebook: Codebook) -> None:
        self.lexicon, self.codebook = lexicon, codebook
        self.usage, self.offices = Usage(codebook), Offices(codebook)
        self.bodies = _state_bodies(lexicon, codebook)
        self.state_names = {state.name for state in lexicon.states.values()}
        self.not_in_office = set(codebook.word_list("not_in_office"))
        self.common_words = set(codebook.word_list("surname_like_word"))

    def link(
        self, doc: Doc, listed: Sequence[Found], strangers: Sequence[Mention]
    ) -> list[Mention]:
        """Return the mentions among listed names; `strangers` are named people off the list."""
        scene = Scene(doc, listed, strangers, self.offices.on(doc._.published))
        mentions = []
        for found in listed:
            span = doc[found.start : found.end]
            linked = self._link_one(span, found, scene)
            if linked is not None:
                where, actor = linked
                role = scene.role_of(actor)
                method = "ner" if actor in scene.strangers_by_surname.values() else "codebook"
                mentions.append(Mention(where.start, where.end, actor, role, method))
        return mentions

    def _link_one(self, span: Span, found: Found, scene: Scene) -> tuple[Span, Actor] | None:
        for use, handle in self._handlers.items():
            senses = [sense for sense in found.senses if sense.use == use]
            if senses:
                linked = handle(span, senses, scene)
                if linked is not None:
                    return linked
        return None

    @functools.cached_property
    def _handlers(self) -> dict[str, Handler]:
        return {
            "full": self._by_name,
            "short": self._by_name,
            "place": self._by_name,
            "surname": self._by_surname,
            "state": self._state,
            "demonym": self._demonym,
            "capital": self._capital,
            "title": self._title,
            "ambiguous": self._ambiguous,
            "generic": self._generic,
        }

    # Each handler returns the span that is the mention and who it is, or None.

    def _by_name(self, span: Span, senses: list[Sense], scene: Scene) -> tuple[Span, Actor] | None:
        actors = list(dict.fromkeys(sense.actor for sense in senses))
        if len(actors) > 1:
            actors = [a for a in actors if a.actor_id in scene.in_office] or actors
        return span, actors[0] if len(actors) == 1 else _common(span, actors)

    def _by_surname(
        self, span: Span, senses: list[Sense], scene: Scene
    ) -> tuple[Span, Actor] | None:
        if span[0].ent_type_ in NOT_A_PERSON or not span[-1].text[:1].isupper():
            return None
        actors = [sense.actor for sense in senses]
        named = scene.nearest_named(actors, span.start)
        if named is not None:
            return span, named
        stranger = scene.strangers_by_surname.get(span.text)
        if stranger is not None:
            return span, stranger
        if not self._may_stand_alone(span, actors):
            return None
        serving = [a for a in actors if a.actor_id in scene.in_office]
        actors = serving or actors
        return span, actors[0] if len(actors) == 1 else _common(span, actors)

    def _may_stand_alone(self, span: Span, actors: Sequence[Actor]) -> bool:
        """Whether a surname is plainly one where the article gives no first name."""
        name = span.text.title() if span.text.isupper() else span.text
        family_first = any(actor.name.startswith(f"{name} ") for actor in actors)
        if name in self.lexicon.first_names and not family_first:
            return False
        if name in self.common_words and span[0].ent_type_ != "PERSON":
            return False
        return not self._is_inside_another_name(span)

    def _is_inside_another_name(self, span: Span) -> bool:
        """Whether a surname is part of something else's name, as in "Ushakov Avenue"."""
        doc, before, after = span.doc, span.start - 1, span.end
        if after < len(doc) and _is_capitalised(doc[after]) and not doc[after].is_sent_start:
            return doc[after].ent_type_ not in NOT_A_PERSON  # "told Putin Tuesday" is a person
        if before < span.sent.start or not _is_capitalised(doc[before]):
            return False
        if doc[before].ent_type_ and span[0].ent_iob_ != "I":  # "on Monday Putin said"
            return False
        if doc[before].is_sent_start or doc[before].text in self.state_names:
            return False
        return doc[before].lower_ not in {*self.offices.words, "the"}

    def _state(self, span: Span, senses: list[Sense], scene: Scene) -> tuple[Span, Actor] | None:
        group = self._group(span, senses[0])
        if group is not None:
            return group
        return None if self.usage.is_only_a_place(span) else (span, senses[0].actor)

    def _demonym(self, span: Span, senses: list[Sense], scene: Scene) -> tuple[Span, Actor] | None:
        group = self._group(span, senses[0])
        if group is not None:
            return group
        plural = span.text.lower().endswith("s") and not span.text.lower().endswith("ss")
        acts = plural and self.usage.acts(span.root)
        return (span, senses[0].actor) if acts or self.usage.has_acting_suffix(span[-1]) else None

    def _capital(self, span: Span, senses: list[Sense], scene: Scene) -> tuple[Span, Actor] | None:
        if self.usage.is_where(span.root):
            return None
        group = self._group(span, senses[0])
        if group is not None:
            return group
        return (span, senses[0].actor) if self.usage.acts(span.root) else None

    def _title(self, span: Span, senses: list[Sense], scene: Scene) -> tuple[Span, Actor] | None:
        """ "The Ukrainian president": who bears the name behind it, else who held the office."""
        before = span.doc[max(span.start - 2, 0) : span.start]
        if any(token.lower_ in self.not_in_office for token in before):
            return None
        if self.usage.allegiance(span) or self._is_cut_short(span):
            return None
        offices = {sense.office for sense in senses if sense.office}
        ids = sorted({i for office in offices for i in scene.holders.get(office, ())})
        holders = [self.lexicon.actors[i] for i in ids]
        bearer = scene.bearer_behind(span.end, holders)
        if bearer is not None:
            return span, bearer
        if len(holders) != 1:
            named = scene.nearest_named(holders, span.start)
            holders = [named] if named else [_somebody(span, sense) for sense in senses]
        return span, holders[0] if len(holders) == 1 else _common(span, holders)

    def _is_cut_short(self, span: Span) -> bool:
        """Whether a title goes on: "leader of Ukraine's opposition" leads no state."""
        after = span.doc[span.end : span.end + 1].text
        return after in POSSESSIVES and any(token.lower_ == "of" for token in span)

    def _ambiguous(
        self, span: Span, senses: list[Sense], scene: Scene
    ) -> tuple[Span, Actor] | None:
        named = scene.nearest_named([sense.actor for sense in senses], span.start)
        return (span, named) if named is not None else None

    def _generic(self, span: Span, senses: list[Sense], scene: Scene) -> tuple[Span, Actor] | None:
        """ "The defence ministry": that of the state named nearest before."""
        actors = [sense.actor for sense in senses]
        named = scene.nearest_named(actors, span.start) or scene.nearest_side(actors, span.start)
        return span, named or _common(span, actors)

    def _group(self, span: Span, sense: Sense) -> tuple[Span, Actor] | None:
        """ "Russian forces", "Ukraine's government": the state's body that a group noun names."""
        found = self.usage.group(span)
        if found is None:
            return None
        phrase, kind, allegiance = found
        if phrase == span and sense.use != "demonym":  # "Russia and Ukraine's forces"
            return None
        if allegiance == "anti":
            return None
        if allegiance == "pro":  # not the state's own
            kind = "other" if kind == "state" else kind
            return phrase, Actor(None, _plain(phrase), kind, sense.actor.side)
        return phrase, self._body(sense.actor, kind, _plain(phrase))

    def _body(self, state: Actor, kind: str, surface: str) -> Actor:
        if kind == "state":
            return state
        listed = self.bodies.get((state.actor_id or "", kind))
        return listed or Actor(None, surface, kind, state.side)


Handler = Callable[[Span, list[Sense], Scene], tuple[Span, Actor] | None]


def _plain(span: Span) -> str:
    """A span's text in one line."""
    return " ".join(span.text.split())


def _is_capitalised(token: Token) -> bool:
    return bool(token.is_title and token.is_alpha)


def _common(span: Span, actors: Sequence[Actor]) -> Actor:
    """Somebody who can't be told apart: what all the candidates have in common."""
    types, sides = {a.actor_type for a in actors}, {a.side for a in actors}
    return Actor(
        None,
        _plain(span),
        types.pop() if len(types) == 1 else "other",
        sides.pop() if len(sides) == 1 else "none",
    )


def _somebody(span: Span, title: Sense) -> Actor:
    """The holder of an office whose name is not known."""
    return Actor(None, _plain(span), "person", title.actor.side)


def _state_bodies(lexicon: Lexicon, codebook: Codebook) -> dict[tuple[str, str], Actor]:
    """(state, kind) -> its armed forces or its only parliament."""
    countries = dict(codebook.actors.select("actor_id", "country").iter_rows())
    by_country = {countries[i]: i for i in lexicon.states if i and countries[i]}
    bodies: dict[tuple[str, str], list[Actor]] = {}
    for actor in lexicon.actors.values():
        state = by_country.get(countries[actor.actor_id])
        forces = actor.actor_type == "military" and "armed forces" in actor.name.lower()
        forces &= "general staff" not in actor.name.lower()
        if state and (forces or actor.actor_type == "legislature"):
            bodies.setdefault((state, actor.actor_type), []).append(actor)
    return {
        key: min(found, key=lambda a: len(a.name)) if key[1] == "military" else found[0]
        for key, found in bodies.items()
        if len(found) == 1 or key[1] == "military"
    }
