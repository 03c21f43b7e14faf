"""Articles in memory to annotation tables: every article gets its rows and its status."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl
from spacy.language import Language
from spacy.tokens import Doc

from workbench.annotation.layers import Layer, layers_named
from workbench.annotation.layout import joined, make_doc
from workbench.annotation.pipeline import LANGUAGES, default_model, kept_pipeline, versions_of
from workbench.errors import AnnotationError
from workbench.schemas import ANNOTATION_TABLES, Status

BATCH_SIZE = 16
NEEDED, OPTIONAL = ("article_id", "text"), ("title", "published", "language")
PLACED = ("article_id", "part", "start", "end")
TEXTUAL = (pl.String, pl.Categorical, pl.Enum, pl.Null)
DATED = (pl.Date, pl.Datetime, pl.Null)


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
    cuts: pl.DataFrame | None = None,
) -> Annotations:
    """Annotate articles in memory.

    Args:
        articles: one row per article with `article_id` and `text`, and where known `title`,
            `published` (roles depend on it) and `language` (English where it is not said).
        layers: which layers; all by default.
        model: spaCy model; the small English one by default.
        codebook: folder laid over the codebook's lists.
        cuts: boilerplate to skip, as in a corpus's table `cuts`; none is looked for.

    Returns:
        The tables as attributes; `status` says for every article and layer what became of it.

    Raises:
        AnnotationError: if a column is missing or of no use, an id is missing or stands there
            twice, a layer is unknown, or the model can't be used.
        CodebookError: if the overlay does not hold together.

    Example:
        >>> frame = pl.DataFrame({"article_id": ["a"], "text": ["Putin met Xi in Beijing."]})
        >>> annotate(frame).mentions["actor"].to_list()  # doctest: +SKIP
        ['Vladimir Putin', 'Xi Jinping']
    """
    usable = _usable(articles)
    chosen, name = layers_named(layers), model or default_model()
    nlp = kept_pipeline(name, codebook, versions_of(name, codebook))
    tables = annotate_frame(usable, nlp, chosen, cuts)
    return Annotations(tables["sentences"], tables["mentions"], tables["status"])


def _usable(articles: pl.DataFrame) -> pl.DataFrame:
    """The columns that annotation reads, ids as strings; refuses what it can't read."""
    missing = [column for column in NEEDED if column not in articles.columns]
    if missing:
        raise AnnotationError(
            f"The articles lack the column {' and '.join(missing)}; annotation needs "
            f"{' and '.join(NEEDED)}, and uses {', '.join(OPTIONAL)} where there are any."
        )
    ids = articles["article_id"].cast(pl.String)
    known = [ids, *(articles[c] for c in ("text", *OPTIONAL) if c in articles.columns)]
    for column in known:
        if column.dtype not in (DATED if column.name == "published" else TEXTUAL):
            wanted = "a date or datetime" if column.name == "published" else "a string"
            raise AnnotationError(
                f"The column {column.name} is {column.dtype}; cast it to {wanted} first."
            )
    if ids.null_count() or ids.is_duplicated().any():
        wrong = ids.filter(ids.is_null() | ids.is_duplicated()).head(1).item()
        raise AnnotationError(
            f"The article_id {wrong!r} does not tell one article from the others; "
            "give each its own."
        )
    return pl.DataFrame(known)


def annotate_frame(
    articles: pl.DataFrame,
    nlp: Language,
    layers: Sequence[Layer],
    cuts: pl.DataFrame | None = None,
) -> dict[str, pl.DataFrame]:
    """Return every annotation table of some articles, empty where its layer was not asked for."""
    outcomes = list(_outcomes(_with_cuts(articles, cuts), nlp))
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


def _with_cuts(articles: pl.DataFrame, cuts: pl.DataFrame | None) -> pl.DataFrame:
    """The articles, each with a list of its cuts."""
    if cuts is None:
        return articles
    missing = [column for column in PLACED if column not in cuts.columns]
    if missing:
        raise AnnotationError(
            f"The cuts lack the column {' and '.join(missing)}; they need {', '.join(PLACED)}."
        )
    article_id, *place = PLACED
    listed = cuts.group_by(pl.col(article_id).cast(pl.String)).agg(cuts=pl.struct(place))
    return articles.join(listed, on=article_id, how="left", maintain_order="left")


Outcome = tuple[str, Doc | None, str, str | None]


def _outcomes(articles: pl.DataFrame, nlp: Language) -> Iterator[Outcome]:
    """For each article its id, its Doc where there is one, status and reason."""
    ready: list[dict[str, Any]] = []
    for article in articles.iter_rows(named=True):
        status, reason = _hindrance(article, nlp)
        if status is None:
            ready.append(article)
        else:
            yield article["article_id"], None, status, reason
    for start in range(0, len(ready), BATCH_SIZE):
        yield from _batch_outcomes(ready[start : start + BATCH_SIZE], nlp)


def _hindrance(article: dict[str, Any], nlp: Language) -> tuple[str | None, str | None]:
    """Why an article can't be annotated: a status and a reason, or neither."""
    text, _ = joined(article)
    language = article.get("language") or "en"
    if not text.strip():
        return "no_text", "neither title nor text"
    if language not in LANGUAGES:
        return "skipped_language", f"no annotator for {language!r}"
    if len(text) > nlp.max_length:
        return "failed", f"{len(text):,} characters; the model takes {nlp.max_length:,}"
    return None, None


def _batch_outcomes(batch: Sequence[dict[str, Any]], nlp: Language) -> Iterator[Outcome]:
    """What becomes of articles annotated together; one failure stays alone."""
    try:
        docs = list(nlp.pipe([make_doc(nlp, article) for article in batch], batch_size=BATCH_SIZE))
    except Exception:  # noqa: BLE001  (whatever one article causes must not cost the others)
        yield from (_outcome_alone(article, nlp) for article in batch)
    else:
        yield from ((doc._.article_id, doc, "done", None) for doc in docs)


def _outcome_alone(article: dict[str, Any], nlp: Language) -> Outcome:
    try:
        return article["article_id"], nlp(make_doc(nlp, article)), "done", None
    except Exception as error:  # noqa: BLE001
        return article["article_id"], None, "failed", f"{type(error).__name__}: {error}"[:500]
