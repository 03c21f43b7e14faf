"""Whom the name of a people means: "the Russians attacked", "Ukrainians fled"."""

from __future__ import annotations

from spacy.tokens import Span

from workbench.annotation.bodies import Bodies
from workbench.annotation.lexicon import Actor, Lexicon
from workbench.annotation.usage import stem_in
from workbench.codebook import Codebook
from workbench.schemas import WAR_SIDES

SUBJECTS = {"nsubj", "agent"}
UP = 3


class Peoples:
    """Tells the state, its forces and its people apart, where a text says "the Russians"."""

    def __init__(self, lexicon: Lexicon, codebook: Codebook, bodies: Bodies) -> None:
        self._lexicon, self._bodies = lexicon, bodies
        self._speech = set(codebook.word_list("speech_verb"))
        self._war = set(codebook.word_list("war_verb"))
        self._dealings = set(codebook.word_list("social_noun"))

    def meant(self, span: Span, actor: Actor) -> Actor:
        """Return the state where the people speak or deal, its forces where they fight, else it.

        What is neither said nor done in the war is the people's own.
        """
        token = span.root
        if actor.actor_type != "state":
            return actor
        verb = token.head.head if token.dep_ == "pobj" else token.head
        if token.dep_ in SUBJECTS and verb.lower_ in self._speech:
            return actor
        if token.dep_ == "pobj" and verb.lower_ in self._dealings:
            return actor
        if self._fights(span, actor):
            return self._bodies.of_state(actor, "military", span)
        adjectives = sorted(self._lexicon.demonyms.get(actor.name, ()), key=_oddity)
        name = f"{adjectives[0]} people" if adjectives else span.text
        return Actor(None, name, "other", actor.side)

    def _fights(self, span: Span, actor: Actor) -> bool:
        """Whether a verb above a people in the sentence, or "the" before it, tells of its army."""
        token, doc = span.root, span.doc
        for _ in range(UP):
            token = token.head
            if stem_in(token, self._war):
                return True
        return actor.side in WAR_SIDES and span.start > 0 and doc[span.start - 1].lower_ == "the"


def _oddity(adjective: str) -> tuple[bool, bool, str]:
    """Sorts "Belarusian" before "Belarusan", "Polish" before "Pole"."""
    usual = adjective.endswith(("an", "ish", "ese", "ch"))
    return not adjective.endswith("ian"), not usual, adjective
