"""What can be annotated: each layer's tables, tagger and version."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence

import polars as pl
from spacy.tokens import Doc

from workbench.annotation import tables
from workbench.errors import AnnotationError


@dataclasses.dataclass(frozen=True)
class Layer:
    """One thing that annotation adds to articles.

    Attributes:
        name: what `--layers` and the table `status` call it.
        tagger: who tags, where several compete.
        version: raised whenever the same text may get other rows.
        frames: table -> how its rows come out of Docs.
    """

    name: str
    tagger: str
    version: str
    frames: Mapping[str, Callable[[Sequence[Doc]], pl.DataFrame]]


LAYERS: tuple[Layer, ...] = (
    Layer("sentences", "spacy", "2", {"sentences": tables.sentences_frame}),
    Layer("mentions", "codebook", "4", {"mentions": tables.mentions_frame}),
)


def layers_named(names: Sequence[str] | None) -> tuple[Layer, ...]:
    """Return the layers asked for, in the order of the pipeline; all by default.

    Raises:
        AnnotationError: if there is no layer of a name.
    """
    known = {layer.name: layer for layer in LAYERS}
    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise AnnotationError(f"No layer {unknown[0]!r}; the layers are {', '.join(known)}.")
    return tuple(layer for layer in LAYERS if names is None or layer.name in names)
