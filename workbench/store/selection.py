"""A corpus restricted to some of its articles, and the memory of what was asked."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from workbench.errors import CorpusError, InputError
from workbench.schemas import WAR_SIDES

if TYPE_CHECKING:
    from workbench.store.corpus import Corpus


def select(
    corpus: Corpus,
    *,
    outlet: str | Sequence[str] | None = None,
    outlet_country: str | Sequence[str] | None = None,
    language: str | Sequence[str] | None = None,
    text_kind: str | Sequence[str] | None = None,
    since: str | dt.date | None = None,
    until: str | dt.date | None = None,
    actor: str | Sequence[str] | None = None,
    relevant: bool | None = None,
    where: pl.Expr | None = None,
) -> Corpus:
    """Return the corpus restricted to the articles that meet every condition given.

    Nothing is copied: tables are filtered as they are scanned, and `filters` remembers what was
    asked, so that figures can say so.

    Args:
        corpus: the corpus to restrict; filters set before stay in force.
        outlet, outlet_country, language, text_kind: one value or several, as in `articles`.
        since, until: first and last day of publication, both included; undated articles drop out.
        actor: `actor_id` of one or more actors, of whom at least one must be mentioned.
        relevant: keep the articles that mention an actor of side russia or ukraine; with False
            those that mention none. Articles that could not be annotated are neither.
        where: any further condition on the columns of `articles`.

    Raises:
        InputError: if a day is none.
        CorpusError: if actors are asked for and the corpus is not annotated.
    """
    if actor is not None or relevant is not None:
        _refuse_without_mentions(corpus)
    many = {
        "outlet": outlet, "outlet_country": outlet_country, "language": language,
        "text_kind": text_kind, "actor": actor,
    }  # fmt: skip
    asked: dict[str, Any] = {
        name: [value] if isinstance(value, str) else list(value)
        for name, value in many.items()
        if value is not None
    }
    days = (("since", since), ("until", until))
    asked |= {name: _as_day(name, day) for name, day in days if day is not None}
    asked |= {} if relevant is None else {"relevant": relevant}
    asked |= {} if where is None else {"where": where.meta.serialize(format="json")}
    return dataclasses.replace(corpus, filters=(*corpus.filters, asked)) if asked else corpus


def restricted(corpus: Corpus, articles: pl.LazyFrame) -> pl.LazyFrame:
    """Return the rows of `articles` that meet all the filters set on a corpus."""
    for asked in corpus.filters:
        articles = _apply(corpus, articles, asked)
    return articles


def _apply(corpus: Corpus, articles: pl.LazyFrame, asked: Mapping[str, Any]) -> pl.LazyFrame:
    day = pl.col("published").dt.date()
    tests: dict[str, Callable[[Any], pl.Expr]] = {
        "since": lambda v: day >= dt.date.fromisoformat(v),
        "until": lambda v: day <= dt.date.fromisoformat(v),
        "where": lambda v: pl.Expr.deserialize(v.encode(), format="json"),
    }
    for name, value in asked.items():
        if name == "actor":
            mentioned = corpus.scan_whole("mentions").filter(pl.col("actor_id").is_in(value))
            articles = articles.join(mentioned, on="article_id", how="semi")
        elif name == "relevant":
            articles = articles.join(_relevant(corpus, value), on="article_id", how="semi")
        else:
            test: Callable[[Any], pl.Expr] = tests.get(name, pl.col(name).is_in)
            articles = articles.filter(test(value))
    return articles


def _relevant(corpus: Corpus, wanted: bool) -> pl.LazyFrame:
    """Articles that mention a party of the war (codebook 5), or annotated ones that don't."""
    mentions = corpus.scan_whole("mentions").filter(pl.col("side").is_in(WAR_SIDES))
    if wanted:
        return mentions
    done = corpus.scan_whole("status").filter(layer="mentions", status="done")
    return done.join(mentions, on="article_id", how="anti")


def _refuse_without_mentions(corpus: Corpus) -> None:
    if "mentions" not in corpus.manifest["annotation"].get("layers", {}):
        raise CorpusError(
            f"{corpus.folder} has no mentions of actors yet; run "
            f"`workbench annotate {corpus.folder}`, then open it again."
        )


def _as_day(name: str, value: str | dt.date) -> str:
    day = value.date() if isinstance(value, dt.datetime) else value
    try:
        return dt.date.fromisoformat(str(day)).isoformat()
    except ValueError:
        raise InputError(f"select({name}={value!r}): give a day, such as 2022-02-24.") from None
