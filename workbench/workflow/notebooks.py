"""The notebooks run on a corpus: executed copies, pages to read, and the figures they save."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
import papermill
from nbconvert import HTMLExporter
from papermill.exceptions import PapermillExecutionError

from workbench import store
from workbench.errors import WorkbenchError
from workbench.shipped import shipped
from workbench.workflow.provenance import NOTEBOOK_VARIABLE


@dataclasses.dataclass(frozen=True)
class FiguresReport:
    """What running the notebooks gave: the figures' SVG files and the notebooks' pages."""

    figures: Sequence[Path]
    pages: Sequence[Path]


def run_notebooks(
    corpus: store.Corpus,
    out: str | Path,
    *,
    names: Sequence[str] | None = None,
    on_notebook: Callable[[str], None] = lambda name: None,
) -> FiguresReport:
    """Execute the notebooks on a corpus folder and keep what they make.

    Args:
        corpus: an annotated corpus folder.
        out: folder for the figures; executed notebooks and their pages go to `out/notebooks`.
        names: which notebooks, by file name without ending; all by default.
        on_notebook: called with each notebook's name before it runs.

    Raises:
        WorkbenchError: if there is no such notebook or a cell fails; names notebook and cell.
    """
    out = Path(out).resolve()
    (out / "notebooks").mkdir(parents=True, exist_ok=True)
    pages = []
    for notebook in notebooks_named(names):
        on_notebook(notebook.stem)
        pages.append(_run(notebook, corpus.folder.resolve(), out))
    return FiguresReport(sorted(out.glob("*.svg")), pages)


def notebooks_named(names: Sequence[str] | None = None) -> list[Path]:
    """Return the notebooks that ship, in reading order, or those asked for."""
    found = {path.stem: path for path in sorted(shipped("notebooks").glob("[0-9]*.ipynb"))}
    unknown = [name for name in names or () if name not in found]
    if unknown:
        raise WorkbenchError(f"No notebook {unknown[0]!r}; there are {', '.join(found)}.")
    return [found[name] for name in (names or found)]


def _run(notebook: Path, corpus: Path, out: Path) -> Path:
    executed = out / "notebooks" / notebook.name
    os.environ[NOTEBOOK_VARIABLE] = notebook.name
    try:
        papermill.execute_notebook(
            notebook,
            executed,
            parameters={"CORPUS": str(corpus), "FIGURES": str(out)},
            kernel_name="python3",
            progress_bar=False,
            cwd=str(out),
            extra_arguments=[
                "--log-level=40"
            ],  # or each kernel warns that loopback is not encrypted
        )
    except PapermillExecutionError as error:
        raise WorkbenchError(
            f"{notebook.name}, cell {error.exec_count}: {error.ename}: {error.evalue} "
            f"(the executed copy is {executed})."
        ) from None
    finally:
        os.environ.pop(NOTEBOOK_VARIABLE, None)
    return _page(executed)


def _page(executed: Path) -> Path:
    """The executed notebook as one HTML file beside it."""
    notebook = nbformat.read(executed, as_version=4)
    exporter = HTMLExporter(embed_images=True, mathjax_url="", require_js_url="")  # no network
    html, _ = exporter.from_notebook_node(notebook)
    page = executed.with_suffix(".html")
    page.write_text(html, encoding="utf-8")
    return page
