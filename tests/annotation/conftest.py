"""Fixtures of the annotation tests: the pipeline, loaded once, and what it finds in a text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from workbench.annotation.layout import make_doc
from workbench.annotation.mentions import ActorMentions
from workbench.annotation.pipeline import default_model, kept_pipeline, versions_of

Parse = Callable[..., Doc]
Listing = Callable[..., list[str]]


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline with the model and the lists that ship."""
    model = default_model()
    return kept_pipeline(model, None, versions_of(model, None))


@pytest.fixture(scope="session")
def finder(nlp: Language) -> ActorMentions:
    """The component that finds mentions."""
    component = nlp.get_pipe("actor_mentions")
    assert isinstance(component, ActorMentions)
    return component


@pytest.fixture(scope="session")
def parse(nlp: Language) -> Parse:
    """Text, and the article's day where it is known -> annotated Doc."""

    def parsed(text: str, day: str | None = None) -> Doc:
        published = dt.date.fromisoformat(day) if day else None
        return nlp(make_doc(nlp, {"article_id": "a", "text": text, "published": published}))

    return parsed


@pytest.fixture(scope="session")
def mentions(parse: Parse) -> Listing:
    """Text and day -> "surface | actor | type | side | role", a line per mention.

    The actor is an `actor_id`, or a name in brackets for who is not on the list; a dash is no role.
    """

    def listed(text: str, day: str | None = "2022-03-01") -> list[str]:
        return lines(parse(text, day))

    return listed


def lines(doc: Doc) -> list[str]:
    """The mentions of a Doc, a line each."""
    out = []
    for mention in doc._.mentions:
        actor = mention.actor
        fields = (
            doc[mention.start : mention.end].text,
            actor.actor_id or f"({actor.name})",
            actor.actor_type,
            actor.side,
            mention.role or "-",
        )
        out.append(" | ".join(fields))
    return out
