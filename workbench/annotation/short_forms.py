"""Short forms that an article introduces: "Black Sea Research Institute (BSRI) ... the BSRI"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from workbench.annotation.scene import Mention

LEAST, MOST = 2, 8


def short_forms(doc: Doc, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions by short forms that stand in brackets behind a name, from there on."""
    taken = {i for m in mentions for i in range(m.start, m.end)}
    introduced = dict(_introduced(doc, mentions))
    return [
        Mention(token.i, token.i + 1, m.actor, m.role, m.method)
        for token in doc
        if (m := introduced.get(token.text)) and token.i >= m.end and token.i not in taken
    ]


def _introduced(doc: Doc, mentions: Sequence[Mention]) -> Iterator[tuple[str, Mention]]:
    for mention in mentions:
        end = mention.end
        if mention.actor.actor_type in {"person", "state"} or end + 2 >= len(doc):
            continue
        form = doc[end + 1].text
        if doc[end].text == "(" and doc[end + 2].text == ")" and _shortens(form, doc, mention):
            yield form, mention


def _shortens(form: str, doc: Doc, mention: Mention) -> bool:
    """Whether capitals begin as the name does, or hold the first letters of two of its words."""
    initials = {token.text[0].upper() for token in doc[mention.start : mention.end]}
    if not (form.isupper() and form.isalpha() and LEAST <= len(form) <= MOST):
        return False
    return form[0] in initials and len(initials & set(form)) >= LEAST
