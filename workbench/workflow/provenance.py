"""Where a figure comes from: corpus, codebook, model, versions, parameters, as plain JSON."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from workbench import store
from workbench.hashing import digest

DISTRIBUTION = "war-coverage-workbench"
LIBRARIES = ("polars", "spacy", "altair", "vl-convert-python", "dataframely", "numpy", "scipy")
NOTEBOOK_VARIABLE = "WORKBENCH_NOTEBOOK"


def provenance(
    corpus: store.Corpus, data: pl.DataFrame, written: Path, parameters: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what a reviewer needs to make a figure again; no times, no paths of this machine.

    Args:
        corpus: what the data were measured on.
        data: the frame behind the figure.
        written: the same as a file, whose hash is told.
        parameters: what was chosen on the way.
    """
    manifest = corpus.manifest
    return {
        "notebook": os.environ.get(NOTEBOOK_VARIABLE),
        "parameters": dict(parameters),
        "corpus": {
            "name": corpus.folder.name,
            "fingerprint": fingerprint(corpus),
            "counts": manifest["counts"],
            "filters": [dict(asked) for asked in corpus.filters],
            "inputs": [
                {"source_file": _without_folder(f["source_file"]), "sha256": f["sha256"]}
                for f in corpus.files
            ],
        },
        "annotation": manifest["annotation"],
        "data": {
            "file": written.name,
            "sha256": hashlib.sha256(written.read_bytes()).hexdigest(),
            "rows": data.height,
            "columns": data.columns,
        },
        "versions": versions(),
    }


def fingerprint(corpus: store.Corpus) -> str:
    """Hash of what a corpus was made from and how: the same wherever folder and files lay."""
    manifest = corpus.manifest
    imports = [
        [entry["options"], [{**found, "source_file": ""} for found in entry["files"]]]
        for entry in manifest["imports"]
    ]
    told = [manifest["schema_version"], imports, manifest["annotation"], manifest["counts"]]
    return digest(json.dumps(told, sort_keys=True))


def _without_folder(source_file: str) -> str:
    """The file's own name, or `archive.zip!member`."""
    path, mark, member = source_file.partition("!")
    return f"{Path(path).name}{mark}{member}"


def versions() -> dict[str, str]:
    """Versions of the workbench, of Python and of the libraries behind tables and figures."""
    names = (DISTRIBUTION, *LIBRARIES)
    return {"python": platform.python_version()} | {n: importlib.metadata.version(n) for n in names}
