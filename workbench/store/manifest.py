"""The manifest of a corpus: read with every doubt told in a sentence, written in one step."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbench.errors import CorpusError
from workbench.schemas import SCHEMA_VERSION, TABLES

MANIFEST = "manifest.json"


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return a corpus folder's manifest.

    Raises:
        CorpusError: if there is none, it is broken or newer, or partitions that it names are gone.
    """
    path = folder / MANIFEST
    if not path.exists():
        raise CorpusError(
            f"{folder} is not a corpus (it has no {MANIFEST}); make one with "
            f"`workbench import FILES --into {folder}`."
        )
    again = "import the files again into a new folder"
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CorpusError(f"{path} is not JSON ({error}); {again}.") from None
    manifest: dict[str, Any] = found if isinstance(found, dict) else {}
    version, usual = manifest.get("schema_version"), empty_manifest()
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise CorpusError(
            f"{folder} has schema {version}, this workbench reads up to {SCHEMA_VERSION}; "
            f"update the workbench, or {again}."
        )
    lacking = [key for key in usual if not isinstance(manifest.get(key), type(usual[key]))]
    if lacking:
        raise CorpusError(f"{path} lacks {', '.join(lacking)}; {again}.")
    _refuse_missing_partitions(folder, manifest)
    return manifest


def empty_manifest() -> dict[str, Any]:
    """Return the manifest of a corpus in which nothing is recorded yet."""
    return {
        "schema_version": SCHEMA_VERSION,
        "imports": [],
        "annotation": {},
        "counts": dict.fromkeys(TABLES, 0),
    }


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Put a manifest in place of the one before, whole or not at all."""
    temporary = folder / f".{MANIFEST}.part"
    with temporary.open("w", encoding="utf-8") as out:
        json.dump(manifest, out, indent=1, ensure_ascii=False)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(folder / MANIFEST)


def _refuse_missing_partitions(folder: Path, manifest: Mapping[str, Any]) -> None:
    named = (name for entry in manifest["imports"] for name in entry["partitions"])
    lost = [name for name in named if not (folder / "articles" / f"{name}.parquet").exists()]
    if lost:
        raise CorpusError(
            f"{folder} lacks {len(lost)} article partition(s) that its manifest names "
            f"(articles/{lost[0]}.parquet ...); restore them or import the files again."
        )
