"""Where the words of an article stand: told or quoted, in which sentence, how prominent in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IDX, IS_ALPHA, LOWER, SENT_START
from spacy.tokens import Doc, Span, Token

from workbench.annotation.marks import quoted_runs

MAIN, SUBJECT, OTHER = 2, 1, 0  # how prominent somebody is in a sentence
SUBJECTS = {"nsubj", "nsubjpass"}
CLAUSES = {"ccomp", "advcl", "relcl", "acl", "parataxis", "pcomp", "csubj"}
CHAINED = {"conj", "appos"}


class Reading:
    """A parsed Doc, told from the words in quotation marks.

    Attributes:
        quoted: for each token, whether it stands inside quotation marks.
        parsed: for each token the number of its sentence.
        sentence: that, too, but a sentence that is quoted as a whole shares the number before it.
    """

    def __init__(self, doc: Doc, speech_verbs: Collection[str]) -> None:
        self.doc, self._speech_verbs = doc, speech_verbs
        self.quoted = _quoted_tokens(doc)
        sentences = _sentences(doc)
        self.parsed: list[int] = sentences.tolist()
        self.sentence: list[int] = _told_sentences(doc, self.quoted, sentences).tolist()

    def told(self, words: NDArray[np.uint64]) -> Iterator[Token]:
        """Yield the tokens outside quotation marks that are one of some words in lower case."""
        found = np.isin(self.doc.to_array(LOWER), words) & ~self.quoted
        yield from (self.doc[int(i)] for i in np.flatnonzero(found))

    def rank_of_name(self, name: Span) -> int:
        """How prominent a person's name is; beside a verb of speaking whatever the parser says."""
        before, after = name.doc[max(name.start - 1, 0)], name.doc[name.end : name.end + 1].text
        if after in self._speech_verbs or before.lower_ in self._speech_verbs:
            return MAIN
        return self.rank(introduced_by(name))

    def rank(self, token: Token) -> int:
        """How prominent a noun is: subject of the main clause or source, other subject, other."""
        token = first_of_chain(token)
        if _is_behind_according_to(token) or token.dep_ == "ROOT":  # "Putin, who ruled Russia"
            return MAIN
        if token.dep_ == "pobj" and token.head.dep_ == "agent":  # "signed by Putin"
            return SUBJECT if self._is_main(token.head.head) else OTHER
        if token.dep_ not in SUBJECTS:
            return OTHER
        return MAIN if self._is_main(token.head) else SUBJECT

    def speaks(self, token: Token) -> bool:
        """Whether a noun or pronoun is the source of what is said: "he added", "told by him"."""
        token = first_of_chain(token)
        if _is_behind_according_to(token):
            return True
        return token.dep_ in SUBJECTS and token.head.lower_ in self._speech_verbs

    def _is_main(self, verb: Token) -> bool:
        """Whether a clause is the sentence's own, or says who speaks the sentence."""
        while verb.dep_ == "conj":
            verb = verb.head
        if verb.dep_ in {"ROOT", "parataxis"}:
            return True
        told = verb.lower_ in self._speech_verbs
        return told and verb.dep_ == "ccomp" and verb.head.lower_ not in self._speech_verbs


def first_of_chain(token: Token) -> Token:
    """Return the noun whose place in the sentence a coordinated or apposed one shares."""
    while token.dep_ in CHAINED:
        token = token.head
    return token


def introduced_by(name: Span) -> Token:
    """Return the noun that introduces a person: "the mayor of Kyiv, Mr Vitali Klitschko".

    Where there is none, the name's own head.
    """
    head: Token = name.root
    start = min(name.start, head.left_edge.i)
    if start == 0 or name.doc[start - 1].text != ",":
        return head.head if head.dep_ == "appos" else head
    while head.dep_ in {"appos", "pobj", "compound"} or _ties_nouns(head):
        head = head.head
    return head if head.i < start else name.root


def _ties_nouns(token: Token) -> bool:
    return token.dep_ == "prep" and token.lower_ in {"of", "for", "to"}


def clause_of(token: Token) -> Token:
    """Return the verb of the clause in which a token stands; its subject may stand further up."""
    while token.head is not token and token.head.i != token.i:
        coordinated = token.dep_ == "conj" and _has_subject(token)
        if coordinated or token.dep_ in CLAUSES:
            return token
        token = token.head
    return token


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def _is_behind_according_to(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.head.lower_ == "according"


def _quoted_tokens(doc: Doc) -> NDArray[np.bool_]:
    bounds = [offset for run in quoted_runs(doc.text) for offset in (run.start, run.end)]
    places = doc.to_array(IDX).astype(np.int64)
    inside: NDArray[np.bool_] = np.searchsorted(bounds, places, side="right") % 2 == 1
    return inside


def _sentences(doc: Doc) -> NDArray[np.int64]:
    """For each token the number of its sentence."""
    starts = doc.to_array(SENT_START) == 1
    starts[:1] = True
    return np.cumsum(starts, dtype=np.int64)


def _told_sentences(
    doc: Doc, quoted: NDArray[np.bool_], sentences: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The numbers without the sentences that are quoted as a whole."""
    told = ~quoted & (doc.to_array(IS_ALPHA) == 1)
    _, first, places = np.unique(sentences, return_index=True, return_inverse=True)
    counts = np.add.reduceat(told, first, dtype=np.int64) if len(first) else first
    return np.cumsum(counts > 0, dtype=np.int64)[places]
