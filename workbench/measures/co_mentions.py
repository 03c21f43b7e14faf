"""Who is named beside whom: pairs of actors that share sentences or articles."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from polars import selectors as cs

from workbench.errors import InputError
from workbench.measures.frames import Tables, counted_articles, fill_gaps
from workbench.measures.naming import ACTOR, leading, namings
from workbench.statistics import lifts_with_intervals

WITHIN = ("sentence", "article")
OTHER = dict(zip(ACTOR, ("other_id", "other", "other_type", "other_side"), strict=True))
PAIR = [*ACTOR, *OTHER.values()]
STORY = ["cell", "cluster"]
SUMS = {"a": "named", "b": "other_named", "t": "numerator", "n": "denominator"}
COUNTS = (*SUMS.values(), "articles", "clusters")


def co_mentions(
    corpus: Tables,
    *,
    within: str = "sentence",
    top: int = 25,
    period: str | None = None,
    by: Sequence[str] = (),
    actor_type: str | Sequence[str] | None = None,
    side: str | Sequence[str] | None = None,
    unlisted: bool = True,
    coreference: bool = False,
    count: str = "articles",
) -> pl.DataFrame:
    """Return how often each two of the most visible actors share a sentence, and would by chance.

    `expected` is what two actors would share if each stood in as many sentences as he does, but
    independently of the other: named * other_named / denominator. `value` is the lift, numerator /
    expected; its binary logarithm is the pointwise mutual information (Church & Hanks 1990, Word
    association norms, mutual information, and lexicography, Computational Linguistics 16:22-29).
    The interval takes stories as the units that vary (`statistics.lifts_with_intervals`).

    A lift above 1 says that two actors are named together more than their frequency explains, not
    that they act together. Since some sentences name nobody, most pairs lie above 1: compare pairs
    with each other. Rare pairs reach high lifts easily: read them with the interval.

    Args:
        corpus: a corpus on disk or a selection of it.
        within: `sentence` or `article`.
        top: pairs among so many actors, those that most articles name.
        period: `day`, `week`, `month`, `quarter`, `year`, or None.
        by: columns of `articles`.
        actor_type, side: only actors of these types or sides.
        unlisted: whether names off the list count: one actor for each name and type, with a null
            `actor_id`. A listed actor of the same name stays another.
        coreference: whether "he" and "the minister" count as naming.
        count: `articles` or `stories`.

    Returns:
        `period`, `by`, `actor_id`, `actor`, `actor_type`, `side` of the more visible of the two,
        `other_id`, `other`, `other_type`, `other_side`, `named` and `other_named` (sentences that
        name each), `numerator` (sentences that name both), `denominator` (sentences of the
        articles whose mentions are done), `expected`, `value`, `low`, `high`, `articles` and
        `clusters` (that hold a sentence that names both); a row for every pair in every cell, the
        most visible first. Within articles, articles stand for sentences.

    Raises:
        InputError: if `within`, a period, a column or a way of counting is unknown.
    """
    if within not in WITHIN:
        raise InputError(f"within {within!r}: it is one of {', '.join(WITHIN)}.")
    mentions = namings(
        corpus, actor_type=actor_type, side=side, unlisted=unlisted, coreference=coreference
    )
    articles = counted_articles(corpus, period=period, by=by, count=count, layer="mentions")
    units, cells = _numbered(articles, corpus, within, ["period", *by])
    actors = leading(mentions, units.lazy(), top).with_row_index("one")
    places = _places(mentions, units, actors, within)
    lifts = lifts_with_intervals(_sums(_every_pair(actors, cells), places, units)).rename(SUMS)
    ranked = lifts.sort("period", *by, "one", "two", nulls_last=True)
    filled = fill_gaps(ranked, period, [*by, "one", "two", *PAIR], COUNTS)
    return filled.select(
        "period", *by, *PAIR, "named", "other_named", "numerator", "denominator", "expected",
        "value", "low", "high", "articles", "clusters",
    )  # fmt: skip


def _numbered(
    articles: pl.LazyFrame, corpus: Tables, within: str, cell: Sequence[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The articles with `article`, `cluster`, `cell` as numbers and `n` sentences; the cells."""
    if within == "sentence":
        sizes = corpus.scan("sentences").group_by("article_id").agg(n=pl.len())
        articles = articles.join(sizes, on="article_id")
    else:
        articles = articles.with_columns(n=pl.lit(1, pl.UInt32))
    sized = articles.with_columns(pl.col("cluster").rank("dense")).collect()
    cells = sized.select(cell).unique(maintain_order=True).with_row_index("cell")
    units = sized.with_row_index("article").join(cells, on=list(cell), nulls_equal=True)
    return units.select("article_id", "article", "cluster", "cell", "n"), cells


def _places(
    mentions: pl.LazyFrame, units: pl.DataFrame, actors: pl.DataFrame, within: str
) -> pl.DataFrame:
    """Each sentence (or article) with each actor that it names: `article`, `sentence`, `one`."""
    sentence = pl.col("sentence_id") if within == "sentence" else pl.lit(0, pl.UInt32)
    return (
        mentions.join(actors.lazy().select("key", "one"), on="key")
        .join(units.lazy(), on="article_id")
        .select(*STORY, "article", "one", sentence=sentence)
        .unique()
        .collect(engine="streaming")
    )


def _every_pair(actors: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Each two actors in each cell, the more visible one first."""
    ones = actors.select("one", *ACTOR)
    pairs = ones.join(ones.rename(OTHER | {"one": "two"}), how="cross")
    return pairs.filter(pl.col("one") < pl.col("two")).join(cells, how="cross")


def _sums(every: pl.DataFrame, places: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """What `lifts_with_intervals` needs of each pair: sums over stories, and of products."""
    sizes = units.group_by(STORY).agg(pl.col("n").sum().cast(pl.Float64))
    named = places.group_by(*STORY, "one").agg(a=pl.len().cast(pl.Float64)).join(sizes, on=STORY)
    alone = named.group_by("cell", "one").agg(_totals("a", "aa", "an"))
    other = alone.rename({"one": "two", "a": "b", "aa": "bb", "an": "bn"})
    sums = (
        every.join(sizes.group_by("cell").agg(_totals("n", "nn")), on="cell")
        .join(alone, on=["cell", "one"], how="left")
        .join(other, on=["cell", "two"], how="left")
        .join(_both(places, named), on=["cell", "one", "two"], how="left")
    )
    return sums.with_columns(cs.numeric().fill_null(0))


def _both(places: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Sums of each pair over the stories that name both, in one sentence (`t`) or not."""
    together = (
        places.lazy()
        .join(places.lazy().select("article", "sentence", two="one"), on=["article", "sentence"])
        .filter(pl.col("one") < pl.col("two"))
        .group_by(*STORY, "one", "two")
        .agg(t=pl.len().cast(pl.Float64), articles=pl.col("article").n_unique())
    )
    both = (
        named.lazy()
        .join(named.lazy().select(*STORY, two="one", b="a"), on=STORY)
        .filter(pl.col("one") < pl.col("two"))
        .join(together, on=[*STORY, "one", "two"], how="left")
        .with_columns(pl.col("t", "articles").fill_null(0))
    )
    sums = _totals("t", "ab", "at", "bt", "nt", "tt", "articles")
    summed = both.group_by("cell", "one", "two").agg(sums, clusters=(pl.col("t") > 0).sum())
    return summed.collect(engine="streaming")


def _totals(*names: str) -> list[pl.Expr]:
    """Sums of columns, and of products where a name is two letters: "ab" is a times b."""
    return [
        (pl.col(name[0]) * pl.col(name[1]) if len(name) == 2 else pl.col(name)).sum().alias(name)
        for name in names
    ]
