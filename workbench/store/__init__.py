"""A corpus on disk: a folder of Parquet tables and a manifest.

Each import is a folder of article partitions named by what it was made from; annotation mirrors
the partitions. A partition is written whole or not at all; an import counts once the manifest
names it, and the manifest is replaced in one step.
"""

from workbench.store.corpus import Corpus, open_corpus
from workbench.store.files import made_from, write_whole
from workbench.store.manifest import MANIFEST
from workbench.store.selection import select
from workbench.store.writing import (
    record_import,
    staged_import,
    successor,
    update_manifest,
    writing,
)

__all__ = [
    "MANIFEST",
    "Corpus",
    "made_from",
    "open_corpus",
    "record_import",
    "select",
    "staged_import",
    "successor",
    "update_manifest",
    "write_whole",
    "writing",
]
