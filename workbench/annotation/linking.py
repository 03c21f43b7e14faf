"""Who a listed name means in this article: by date, by what else is named, by how it is used."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from workbench.annotation.bodies import Bodies
from workbench.annotation.lexicon import Actor, Found, Lexicon, Sense
from workbench.annotation.offices import Offices
from workbench.annotation.peoples import Peoples
from workbench.annotation.scene import Mention, Scene
from workbench.annotation.usage import POSSESSIVES, Usage
from workbench.codebook import Codebook
from workbench.schemas import WAR_SIDES

SEPARATISTS = "pro-russian-separatists"
NOT_A_PERSON = {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"}


class Linker:
    """Turns names found into mentions, or drops those that mean no actor here."""

    def __init__(self, nlp: Language, lexicon: Lexicon, codebook: Codebook) -> None:
        self.lexicon, self.codebook = lexicon, codebook
        self.usage, self.offices = Usage(codebook), Offices(codebook)
        self.bodies = Bodies(nlp, lexicon, codebook, self.usage)
        self.peoples = Peoples(lexicon, codebook, self.bodies)
        self.state_names = {state.name for state in lexicon.states.values()}
        self.not_in_office = set(codebook.word_list("not_in_office"))
        self.common_words = set(codebook.word_list("surname_like_word"))

    def link(
        self, doc: Doc, listed: Sequence[Found], strangers: Sequence[Mention]
    ) -> list[Mention]:
        """Return the mentions among listed names; `strangers` are named people off the list."""
        scene = Scene(doc, listed, strangers, self.offices.on(doc._.published))
        named = [found for found in listed if not _is_generic(found)]
        scene.settled = self._mentions(doc, named, scene)
        mentions = [*scene.settled, *self._mentions(doc, filter(_is_generic, listed), scene)]
        return [*mentions, *self.bodies.find(doc, sorted(mentions, key=lambda m: m.start))]

    def _mentions(self, doc: Doc, listed: Iterable[Found], scene: Scene) -> list[Mention]:
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
            if senses and use == "surname":  # whoever else may bear it, if the article names him
                senses += [sense for sense in found.senses if sense.use == "ambiguous"]
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
            "body": self._generic,
        }

    # Each handler returns the span that is the mention and who it is, or None.

    def _by_name(self, span: Span, senses: list[Sense], scene: Scene) -> tuple[Span, Actor] | None:
        if self.usage.allegiance(span):  # "pro-Kremlin militia", "pro-Russian parliament"
            return None
        actors = list(dict.fromkeys(sense.actor for sense in senses))
        if len(actors) == 1 and actors[0].actor_type == "igo":
            return self._of_union(span, actors[0])
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
        actors = [sense.actor for sense in senses if sense.use == "surname"]
        serving = [a for a in actors if a.actor_id in scene.in_office]
        if not self._may_stand_alone(span, actors, known=len(serving) == 1):
            return None
        actors = serving or actors
        return span, actors[0] if len(actors) == 1 else _common(span, actors)

    def _may_stand_alone(self, span: Span, actors: Sequence[Actor], *, known: bool) -> bool:
        """Whether a surname is plainly one where the article gives no first name."""
        name = span.text.title() if span.text.isupper() else span.text
        family_first = any(actor.name.startswith(f"{name} ") for actor in actors)
        if name in self.lexicon.first_names and not (family_first or known):
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
        behind = self.usage.group_behind(span)  # "the leadership of Belarus"
        if behind is not None:
            actor = self.bodies.of_state(senses[0].actor, behind.kind, behind.phrase)
            return behind.phrase, actor
        return None if self.usage.is_only_a_place(span) else (span, senses[0].actor)

    def _demonym(self, span: Span, senses: list[Sense], scene: Scene) -> tuple[Span, Actor] | None:
        group = self._group(span, senses[0])
        if group is not None:
            return group
        if span.text.lower().endswith("s") and not span.text.lower().endswith("ss"):
            return span, self.peoples.meant(span, senses[0].actor)
        return (span, senses[0].actor) if self.usage.has_acting_suffix(span[-1]) else None

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
        holders = [self.lexicon.actors[i] for i in scene.who_held(offices)]
        bearer = scene.bearer_behind(span.end, holders)
        if bearer is not None and (bearer in holders or _fits(bearer, senses)):
            return span, bearer
        if not scene.is_dated:
            holders = [a for a in holders if a in scene.named_people]
        if len(holders) != 1:
            named = scene.nearest_named(holders, span.start) if scene.is_dated else None
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
        """ "The defence ministry": the one named before, else that of the state named before."""
        actors = [sense.actor for sense in senses]
        named = scene.nearest_named(actors, span.start)
        return span, named or self.bodies.owned(actors, span, scene.settled)

    def _of_union(self, span: Span, union: Actor) -> tuple[Span, Actor]:
        """An organisation of states, or those who act for it: "NATO forces", "EU envoys"."""
        found = self.usage.group(span)
        if found is None or found.phrase == span or found.kind not in {"military", "state"}:
            return span, union
        kind = "military" if found.kind == "military" else "igo"
        return found.phrase, Actor(None, _plain(found.phrase), kind, union.side)

    def _ally(self, phrase: Span, kind: str, side: str) -> Actor:
        """Who fights or speaks for a state that is not his own: "pro-Russian forces"."""
        separatists = self.lexicon.actors.get(SEPARATISTS)
        if kind == "military" and separatists and separatists.side == side:
            return separatists
        return Actor(None, _plain(phrase), "other" if kind == "state" else kind, side)

    def _group(self, span: Span, sense: Sense) -> tuple[Span, Actor] | None:
        """ "Russian forces", "Ukraine's government": the state's body that a group noun names."""
        found = self.usage.group(span)
        if found is None:
            return None
        phrase, kind, allegiance = found
        if phrase == span and sense.use != "demonym":  # "Russia and Ukraine's forces"
            return None
        if allegiance == "anti" or (allegiance and sense.actor.side not in WAR_SIDES):
            return None
        if allegiance == "pro":  # not the state's own
            return phrase, self._ally(phrase, kind, sense.actor.side)
        return phrase, self.bodies.of_state(sense.actor, kind, phrase)


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


def _fits(bearer: Actor, titles: Sequence[Sense]) -> bool:
    """Whether somebody on no known side, or on that of an office, may hold it."""
    sides = {title.actor.side for title in titles}
    return bearer.actor_id is None or bearer.side in sides


def _is_generic(found: Found) -> bool:
    return any(sense.use in {"generic", "body"} for sense in found.senses)
