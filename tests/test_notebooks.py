"""The notebooks keep STYLE's habits; that they run, `make figures` shows."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def cells(path: Path, kind: str) -> list[dict]:
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == kind]


def source(cell: dict) -> str:
    return "".join(cell["source"])


pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_notebook_is_committed_without_outputs(path: Path) -> None:
    assert not any(c["outputs"] or c["execution_count"] for c in cells(path, "code"))


def test_notebook_has_one_parameters_cell_with_corpus_and_figures(path: Path) -> None:
    tagged = [c for c in cells(path, "code") if "parameters" in c["metadata"].get("tags", [])]
    assert len(tagged) == 1
    assert {"CORPUS", "FIGURES"} <= set(names(source(tagged[0])))


def names(code: str) -> list[str]:
    return [t.id for n in ast.parse(code).body if isinstance(n, ast.Assign) for t in n.targets]


def test_notebook_code_cells_are_short_and_define_nothing(path: Path) -> None:
    for cell in cells(path, "code"):
        lines = [line for line in source(cell).splitlines() if line.strip()]
        assert 1 <= len(lines) <= 8
        tree = ast.parse(source(cell))
        assert not any(isinstance(n, ast.FunctionDef | ast.ClassDef) for n in ast.walk(tree))


def test_notebook_imports_once(path: Path) -> None:
    imports = [c for c in cells(path, "code") if "import " in source(c)]
    assert len(imports) == 1


def test_notebook_has_one_question_and_its_limits(path: Path) -> None:
    prose = [source(c) for c in cells(path, "markdown")]
    assert prose[0].startswith(f"# {path.stem[:2]} · ")
    assert "?" in prose[0].splitlines()[0]
    assert "**Data:**" in prose[0]
    assert "**Runs in**" in prose[0]
    assert any(text.startswith("## Limits") for text in prose)


def test_notebook_asserts_what_it_rests_on(path: Path) -> None:
    assert any(
        source(c).lstrip().startswith("assert") or "\nassert" in source(c)
        for c in cells(path, "code")
    )


def test_notebook_has_15_to_40_cells(path: Path) -> None:
    assert 15 <= len(cells(path, "code")) + len(cells(path, "markdown")) <= 40
