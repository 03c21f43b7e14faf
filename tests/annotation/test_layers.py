"""The layers: how they are named and asked for."""

from __future__ import annotations

import pytest

from workbench.annotation.layers import LAYERS, layers_named
from workbench.errors import AnnotationError
from workbench.schemas import ANNOTATION_TABLES


def test_layers_named_none_is_all() -> None:
    assert layers_named(None) == LAYERS


def test_layers_named_in_the_order_of_the_pipeline() -> None:
    names = [layer.name for layer in layers_named(["mentions", "sentences", "mentions"])]
    assert names == ["sentences", "mentions"]


def test_layers_named_unknown_is_refused() -> None:
    with pytest.raises(AnnotationError, match="No layer 'mentoins'; the layers are sentences,"):
        layers_named(["sentences", "mentoins"])


def test_layers_make_tables_of_the_schema_each_by_one_layer() -> None:
    tables = [table for layer in LAYERS for table in layer.frames]
    assert len(tables) == len(set(tables))
    assert set(tables) < set(ANNOTATION_TABLES)


def test_layers_have_names_of_their_own() -> None:
    names = [layer.name for layer in LAYERS]
    assert len(names) == len(set(names))
