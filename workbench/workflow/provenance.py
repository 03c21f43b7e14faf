"""Where a figure comes from: corpus, codebook, model, versions, parameters, as plain JSON."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
from collections.abc import Mapping
from typing import Any

import polars as pl

from workbench import store

DISTRIBUTION = "war-coverage-workbench"
LIBRARIES = ("polars", "spacy", "altair", "vl-convert-python", "dataframely", "numpy", "scipy")
NOTEBOOK_VARIABLE = "WORKBENCH_NOTEBOOK"


def provenance(
    corpus: store.Corpus, data: pl.DataFrame, parameters: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what a reviewer needs to make a figure again; no times, no paths of this machine."""
    manifest = corpus.manifest
    return {
        "notebook": os.environ.get(NOTEBOOK_VARIABLE),
        "parameters": dict(parameters),
        "corpus": {
            "name": corpus.folder.name,
            "sha256": hashlib.sha256((corpus.folder / store.MANIFEST).read_bytes()).hexdigest(),
            "counts": manifest["counts"],
            "filters": [dict(asked) for asked in corpus.filters],
            "inputs": [{key: f[key] for key in ("source_file", "sha256")} for f in corpus.files],
        },
        "annotation": manifest["annotation"],
        "data": {
            "sha256": hashlib.sha256(data.write_csv().encode()).hexdigest(),
            "rows": data.height,
            "columns": data.columns,
        },
        "versions": versions(),
    }


def versions() -> dict[str, str]:
    """Versions of the workbench, of Python and of the libraries behind tables and figures."""
    names = (DISTRIBUTION, *LIBRARIES)
    return {"python": platform.python_version()} | {n: importlib.metadata.version(n) for n in names}
