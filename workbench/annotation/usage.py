"""How the name of a state, capital or people is used: for those who act, or for a place."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Span, Token

from workbench.codebook import Codebook

MODIFIES = {"amod", "compound", "nmod", "poss", "nummod", "conj"}
REACH = 5
EMBASSIES = {"embassy", "embassies", "consulate"}
POSSESSIVES = {"'s", "’s", "'", "’"}


class Group(NamedTuple):
    """People named by a state: "pro-Russian activists".

    Attributes:
        phrase: the words; those of the state alone where others stand before the noun, too.
        kind: the actor type of such a group.
        allegiance: `pro` or `anti` where they are that rather than the state's own.
    """

    phrase: Span
    kind: str
    allegiance: str | None


class Usage:
    """How a name of a state or city is used: for those who govern, or for a place on the map."""

    def __init__(self, codebook: Codebook) -> None:
        words = codebook.word_list
        self.groups = {word: str(kind) for word, kind in words("group").items()}
        self.place_prepositions = set(words("place_preposition"))
        self.directions = set(words("place_direction"))
        self.place_verbs = set(words("place_verb"))
        self.place_nouns = set(words("place_noun"))
        self.social_verbs = set(words("social_verb"))
        self.social_nouns = set(words("social_noun"))
        self.social_prepositions = set(words("social_preposition"))
        self.suffixes = set(words("acting_suffix"))

    def is_only_a_place(self, span: Span) -> bool:
        """Whether a state's name is where something happens: "in Ukraine", "eastern Ukraine"."""
        doc, before = span.doc, span.start - 1
        after = doc[span.end].text if span.end < len(doc) else ""
        if after in POSSESSIVES:  # "Ukraine's east" against "Ukraine's claim"
            return span.end + 1 < len(doc) and doc[span.end + 1].lower_ in self.directions
        if after == "of":  # "the west of the country"
            return True
        if before >= 0 and doc[before].lower_ in self.directions:
            return True
        while before >= 0 and doc[before].lower_ == "the":
            before -= 1
        if before >= 0 and doc[before].lower_ in self.place_prepositions:
            return True
        if span.root.dep_ == "dobj" and stem_in(span.root.head, self.place_verbs):
            return True  # "fled Ukraine"
        return span.root.dep_ == "conj" and self._is_behind_place_preposition(span.root.head)

    def _is_behind_place_preposition(self, token: Token) -> bool:
        token = _first_conjunct(token)
        return token.dep_ == "pobj" and token.head.lower_ in self.place_prepositions

    def is_where(self, token: Token) -> bool:
        """Whether a capital only tells where: "Kyiv residents", "the Moscow embassy"."""
        if token.dep_ not in {"compound", "nmod", "amod", "poss"}:
            return False
        noun = token.head.lower_
        return noun in self.place_nouns or (noun in EMBASSIES and token.dep_ != "poss")

    def acts(self, token: Token) -> bool:
        """Whether a capital or a people stands for those who act, by its place in the sentence."""
        head = token.head
        if token.dep_ == "conj":
            return self.acts(head) if head.dep_ != "conj" or head.i < token.i else False
        if token.dep_ in {"nsubj", "agent"}:
            return True
        if token.dep_ == "nsubjpass":
            return stem_in(head, self.social_verbs)
        if token.dep_ in {"dobj", "dative", "iobj"}:
            return stem_in(head, self.social_verbs)
        if token.dep_ == "poss":
            return head.lower_ not in self.place_nouns
        if token.dep_ == "pobj":
            return self._acts_behind(head)
        return self.has_acting_suffix(token)

    def _acts_behind(self, preposition: Token) -> bool:
        word, governor = preposition.lower_, preposition.head
        if word in {"with", "between", "by", "against"}:
            return True
        if word not in self.social_prepositions:
            return False
        return governor.lower_ in self.social_nouns or stem_in(governor, self.social_verbs)

    def has_acting_suffix(self, token: Token) -> bool:
        """Whether a hyphen ties a name to what its bearers did: "Moscow-backed", "Russian-led"."""
        doc, i = token.doc, token.i + 1
        return i + 1 < len(doc) and doc[i].text == "-" and doc[i + 1].lower_ in self.suffixes

    def group(self, span: Span) -> Group | None:
        """Return the group that a name of a state, capital or people tells about, if it does."""
        token, doc = span[-1], span.doc
        head = _first_conjunct(token).head
        if token.dep_ not in MODIFIES or not token.i < head.i <= token.i + REACH:
            return None
        kind = self.groups.get(head.text) or self.groups.get(head.lower_)
        if kind is None or doc[head.i : head.i + 2].text.endswith("-"):  # "state-owned"
            return None
        if head.text == "State" and doc[head.i + 1 : head.i + 2].text.istitle():
            return None  # "Ukrainian State Aviation Service"
        phrase = doc[span.start : head.i + 1]
        if kind == "state" and any(t.lower_ == "military" for t in phrase):
            kind = "military"
        between = doc[span.end : head.i]
        if any(t.text in "-–—" and doc[t.i - 1].whitespace_ for t in between):
            return None
        if any(t.dep_ == "cc" or t.text == "," or t.ent_type_ == "PERSON" for t in between):
            phrase = span  # "Russian and Ukrainian forces"
        allegiance = self.allegiance(span)
        start = span.start - 2 if allegiance else span.start
        return Group(doc[start : phrase.end], kind, allegiance)

    def group_behind(self, span: Span) -> Group | None:
        """Return the group whose name goes before "of" and a state's name."""
        doc, start = span.doc, span.start - 1
        while start > 0 and doc[start].lower_ == "the":
            start -= 1
        if start < 1 or doc[start].lower_ != "of":
            return None
        kind = self.groups.get(doc[start - 1].lower_)
        then = doc[span.end : span.end + 2].text.replace(", ", "")  # "ministers of France, Italy"
        listing = then.startswith("and") or then.istitle()
        if kind is None or kind in {"media", "company"} or listing:
            return None
        start -= 2 if doc[max(start - 2, 0)].lower_ == "armed" else 1
        return Group(doc[start : span.end], kind, None)

    def allegiance(self, span: Span) -> str | None:
        """Return "pro" or "anti" where that stands before a name and a hyphen."""
        before = span.doc[max(span.start - 2, 0) : span.start].text.lower()
        return before.removesuffix("-") if before in {"pro-", "anti-"} else None


def _first_conjunct(token: Token) -> Token:
    while token.dep_ == "conj":
        token = token.head
    return token


def stem_in(token: Token, words: set[str]) -> bool:
    """Whether a verb is one of `words`, whatever its ending (no lemmatiser runs here)."""
    text = token.lower_
    stems = {
        text,
        text.removesuffix("s"),
        text.removesuffix("ed"),
        text.removesuffix("d"),
        text.removesuffix("es"),
        text.removesuffix("ing"),
    }
    stems |= {stem + "e" for stem in stems} | {
        stem[:-1] for stem in stems if stem[-2:-1] == stem[-1:]
    }
    stems |= {text.removesuffix("ied") + "y", IRREGULAR.get(text, text)}
    return not stems.isdisjoint(words)


IRREGULAR = {
    "told": "tell", "gave": "give", "given": "give", "sent": "send", "sold": "sell",
    "sought": "seek", "led": "lead", "driven": "drive", "drove": "drive", "forbade": "forbid",
    "fled": "flee", "left": "leave",
}  # fmt: skip
