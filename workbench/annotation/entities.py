"""Named entities by the shared encoder, in place of the spaCy model's own tagger."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from workbench.annotation.encoder import Floats
from workbench.annotation.labels import ENTITIES


@Language.component("entities", requires=["doc._.encoded"], assigns=["doc.ents"])
def entities(doc: Doc) -> Doc:
    """A component: sets `doc.ents` from what the encoder reads."""
    doc.ents = filter_spans(list(_spans(doc)))
    return doc


def _spans(doc: Doc) -> Iterator[Span]:
    pieces = doc._.encoded.pieces
    for first, last, label in named(doc._.encoded.entity):
        start, end = int(pieces.starts[first]), int(pieces.ends[last - 1])
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is not None and start < end:
            yield span


def named(scores: Floats) -> Iterator[tuple[int, int, str]]:
    """Yield half-open ranges of pieces and the label that their scores tell, (n, 37).

    A piece inside a name that none begins is taken for its beginning.
    """
    best = scores.argmax(axis=1) if len(scores) else np.zeros(0, dtype=np.int64)
    labels = np.where(best > 0, (best - 1) // 2, -1)
    begins = (best > 0) & (best % 2 == 1)
    goes_on = (labels[1:] == labels[:-1]) & ~begins[1:]
    starts = np.flatnonzero((labels >= 0) & ~np.r_[False, goes_on][: len(labels)])
    for first in starts.tolist():
        last = first + 1
        while last < len(labels) and goes_on[last - 1]:
            last += 1
        yield first, last, ENTITIES[labels[first]]
