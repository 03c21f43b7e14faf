"""DESIGN's import table and the list of public names, held."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import workbench as wb

PACKAGE = Path(wb.__file__).parent
BASE = {"errors", "hashing", "words", "shipped"}  # rooms that anyone may use
MAY_IMPORT = {
    "errors": set(),
    "hashing": set(),
    "words": set(),
    "shipped": set(),
    "schemas": set(),
    "statistics": set(),
    "codebook": {"schemas"},
    "reference": {"schemas", "codebook"},
    "store": {"schemas"},
    "corpus": {"schemas", "codebook"},
    "annotation": {"schemas", "codebook"},
    "annotation.runner": {"schemas", "codebook", "store", "annotation"},
    "training": {"annotation"},
    "measures": {"schemas", "codebook", "statistics"},
    "figures": {"schemas"},
    "workflow": {"schemas", "codebook", "store", "corpus", "annotation", "measures", "figures"},
}
JOINS_ALL = {"", "cli", "tell"}
PUBLIC = {
    "Corpus", "annotate", "concordance", "figure_saver", "figures", "load_air_attacks",
    "load_events", "measures", "open", "read", "save_figure", "select",
    "write_overlay",
}  # fmt: skip


def rooms() -> list[tuple[str, Path]]:
    out = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        out.append((name, path))
    return out


def room_of(module: str) -> str:
    return module if module in MAY_IMPORT else module.partition(".")[0]


def imported_rooms(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "workbench":
            inner = (node.module or "").removeprefix("workbench").lstrip(".")
            names = [inner] if inner else [alias.name for alias in node.names]
            found |= {name.partition(".")[0] for name in names}
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("workbench.")]
            found |= {name.split(".")[1] for name in names}
    return found


@pytest.mark.parametrize(("module", "path"), rooms(), ids=lambda value: str(value)[-40:])
def test_room_imports_only_what_design_allows(module: str, path: Path) -> None:
    room = room_of(module)
    if room in JOINS_ALL:
        return
    # the package of a layer may name its runner, which alone may use the store
    own = {room.partition(".")[0]}
    allowed = MAY_IMPORT[room] | BASE | own
    assert imported_rooms(path) <= allowed


def test_every_room_is_in_the_table() -> None:
    known = set(MAY_IMPORT) | JOINS_ALL
    assert {room_of(module) for module, _ in rooms()} <= known


def test_public_names_are_these() -> None:
    assert set(wb.__all__) == PUBLIC
    assert all(hasattr(wb, name) for name in PUBLIC)


@pytest.mark.parametrize("stage", ["measures", "figures"])
def test_stage_functions_are_documented(stage: str) -> None:
    room = getattr(wb, stage)
    functions = [getattr(room, name) for name in room.__all__ if callable(getattr(room, name))]
    assert functions
    for function in functions:
        text = function.__doc__ or ""
        assert text.split("\n")[0].endswith("."), (
            f"{function.__name__}: first line states the result"
        )


def test_modules_are_small() -> None:
    long = {m: n for m, p in rooms() if (n := len(p.read_text().splitlines())) > 400}
    assert not long
