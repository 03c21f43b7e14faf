"""Fixtures that many tests share: the data kept beside the project, a small annotated corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench import store
from workbench.annotation import annotate_corpus
from workbench.workflow.importing import import_files

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real corpora, exports and gold data, where the project is developed."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("the shared data are not here")
    return folder


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> store.Corpus:
    """The sample that ships, imported and annotated; not to be written to."""
    folder = tmp_path_factory.mktemp("sample") / "sample.corpus"
    report = import_files([ROOT / "data/sample/articles.jsonl"], folder)
    return annotate_corpus(report.corpus).corpus
