"""Articles in memory to annotation tables: every article gets its rows and its status."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl
from spacy.language import Language
from spacy.tokens import Doc

from workbench.annotation.layers import Layer, layers_named
from workbench.annotation.layout import make_doc
from workbench.annotation.pipeline import LANGUAGES, load_pipeline
from workbench.errors import AnnotationError
from workbench.schemas import ANNOTATION_TABLES, Status

BATCH_SIZE = 16
NEEDED, OPTIONAL = ("article_id", "text"), ("title", "published", "language")


@dataclasses.dataclass(frozen=True)
class Annotations:
    """The annotation tables of some articles, each a polars frame."""

    sentences: pl.DataFrame
    mentions: pl.DataFrame
    status: pl.DataFrame


def annotate(
    articles: pl.DataFrame,
    *,
    layers: Sequence[str] | None = None,
    model: str | None = None,
    codebook: str | None = None,
) -> Annotations:
    """Annotate articles in memory.

    Args:
        articles: one row per article with `article_id` and `text`, and where known `title`,
            `published` (roles depend on it) and `language` (English where it is not said).
        layers: which layers; all by default.
        model: spaCy model; the small English one by default.
        codebook: folder laid over the codebook's lists.

    Returns:
        The tables as attributes; `status` says for every article and layer what became of it.

    Raises:
        AnnotationError: if a column is missing or the model can't be used.

    Example:
        >>> frame = pl.DataFrame({"article_id": ["a"], "text": ["Putin met Xi in Beijing."]})
        >>> annotate(frame).mentions["actor"].to_list()  # doctest: +SKIP
        ['Vladimir Putin', 'Xi Jinping']
    """
    missing = [column for column in NEEDED if column not in articles.columns]
    if missing:
        raise AnnotationError(
            f"The articles lack the column {' and '.join(missing)}; annotation needs "
            f"{' and '.join(NEEDED)}, and uses {', '.join(OPTIONAL)} where there are any."
        )
    nlp = load_pipeline(model, overlay=codebook)
    tables = annotate_frame(articles, nlp, layers_named(layers))
    return Annotations(tables["sentences"], tables["mentions"], tables["status"])


def annotate_frame(
    articles: pl.DataFrame, nlp: Language, layers: Sequence[Layer]
) -> dict[str, pl.DataFrame]:
    """Return every annotation table of some articles, empty where its layer was not asked for."""
    outcomes = list(_outcomes(articles, nlp))
    docs = [doc for _, doc, _, _ in outcomes if doc is not None]
    frames: dict[str, pl.DataFrame] = {
        name: schema.create_empty() for name, schema in ANNOTATION_TABLES.items()
    }
    for layer in layers:
        frames |= {table: make(docs) for table, make in layer.frames.items()}
    rows = [
        {"article_id": i, "layer": layer.name, "tagger": layer.tagger, "version": layer.version,
         "status": status, "reason": reason}
        for layer in layers
        for i, _, status, reason in outcomes
    ]  # fmt: skip
    frames["status"] = Status.validate(pl.DataFrame(rows, schema=Status.create_empty().schema))
    return frames


Outcome = tuple[str, Doc | None, str, str | None]


def _outcomes(articles: pl.DataFrame, nlp: Language) -> Iterator[Outcome]:
    """For each article its id, its Doc where there is one, status and reason, in order."""
    ready: list[dict[str, Any]] = []
    for article in articles.iter_rows(named=True):
        status, reason = _hindrance(article, nlp)
        if status is None:
            ready.append(article)
        else:
            yield article["article_id"], None, status, reason
    for doc, error in _piped(ready, nlp):
        if error is None:
            yield doc._.article_id, doc, "done", None
        else:
            yield doc._.article_id, None, "failed", error


def _hindrance(article: dict[str, Any], nlp: Language) -> tuple[str | None, str | None]:
    """Why an article can't be annotated: a status and a reason, or neither."""
    text = f"{article.get('title') or ''}{article.get('text') or ''}"
    language = article.get("language") or "en"
    if not text.strip():
        return "no_text", "neither title nor text"
    if language not in LANGUAGES:
        return "skipped_language", f"no annotator for {language!r}"
    if len(text) > nlp.max_length:
        return "failed", f"{len(text):,} characters; the model takes {nlp.max_length:,}"
    return None, None


def _piped(articles: Sequence[dict[str, Any]], nlp: Language) -> Iterator[tuple[Doc, str | None]]:
    """Each article's Doc, and what went wrong with it, if anything; one failure stays alone."""
    docs = (make_doc(nlp, article) for article in articles)
    for batch in _batches(docs):
        try:
            yield from ((doc, None) for doc in nlp.pipe(batch, batch_size=BATCH_SIZE))
        except Exception:  # noqa: BLE001  (whatever one article causes must not cost the others)
            yield from (_alone(doc, nlp) for doc in batch)


def _alone(doc: Doc, nlp: Language) -> tuple[Doc, str | None]:
    fresh = doc.copy()
    try:
        return nlp(fresh), None
    except Exception as error:  # noqa: BLE001
        return doc, f"{type(error).__name__}: {error}"[:500]


def _batches(docs: Iterator[Doc]) -> Iterator[list[Doc]]:
    batch: list[Doc] = []
    for doc in docs:
        batch.append(doc)
        if len(batch) == BATCH_SIZE:
            yield batch
            batch = []
    if batch:
        yield batch
