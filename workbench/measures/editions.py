"""Articles that came out more than once: updates, corrections, editions of one outlet."""

from __future__ import annotations

import polars as pl

from workbench.measures.frames import Tables
from workbench.words import EDITION_MARK

LABELS = ("edition", "version")
CHANGES = ("modified", "updated")
NO_PART_OF_ADDRESS = r"(?i)^https?://(?:www\.)?|#.*$|[?&](?:utm_\w+|fbclid|gclid)=[^&#]*|/+$"


def editions(corpus: Tables) -> pl.DataFrame:
    """Return the articles that are later versions of another article of the same outlet.

    An article is a version of an earlier one where both are of one outlet and of one story
    (`told_by` is `story`), stand at one address (`address`), or have one headline and one day
    (`headline`), whatever marks of wires and editions the headline bears ("UPDATE 2-",
    "CORRECTED-", "- Late Edition"). Copies in other outlets are no versions: they are told by
    `stories` alone. Of several earlier versions the first counts; versions without a date come
    last, of two at one time the one changed later.

    Returns:
        `article_id`, `version_of` (the first version), `told_by`, `outlet`, `published`, `mark` (of
        the headline, or the edition that the record names), in order of publication.
    """
    rows = _described(corpus).sort(
        "published", "changed", "article_id", nulls_last=True, maintain_order=True
    )
    ways = {
        "story": ["outlet", "story_id"],
        "address": ["address"],
        "headline": ["outlet", "headline", "day"],
    }
    rows = rows.with_columns(_first_of(keys).alias(way) for way, keys in ways.items())
    told_by = pl.coalesce(pl.when(pl.col(way).is_not_null()).then(pl.lit(way)) for way in ways)
    return (
        rows.with_columns(version_of=pl.coalesce(*ways), told_by=told_by)
        .filter(pl.col("version_of").is_not_null())
        .select("article_id", "version_of", "told_by", "outlet", "published", "mark")
        .collect()
    )


def _first_of(keys: list[str]) -> pl.Expr:
    """The first article with the same keys, null for itself and where a key is missing."""
    first = pl.col("article_id").first().over(keys)
    known = pl.all_horizontal(pl.col(keys).is_not_null())
    return pl.when(known & (first != pl.col("article_id"))).then(first)


def _described(corpus: Tables) -> pl.LazyFrame:
    """Articles with what tells a version: story, address, bare headline, day, change, mark."""
    mark = pl.col("title").str.extract(f"({EDITION_MARK})").str.strip_chars(" \t-–—:;()[]")
    named = [pl.col("extra").str.json_path_match(f"$.{name}") for name in LABELS]
    changed = [pl.col("extra").str.json_path_match(f"$.{name}") for name in CHANGES]
    bare = pl.col("title").str.replace_all(EDITION_MARK, "").str.to_lowercase()
    address = pl.col("url").str.replace_all(NO_PART_OF_ADDRESS, "").str.to_lowercase()
    stories = corpus.scan("stories").select("article_id", "story_id")
    articles = corpus.scan("articles").join(stories, on="article_id", how="left")
    return articles.select(
        "article_id", "outlet", "published", "story_id",
        address=pl.when(address != "").then(address),
        headline=pl.when(bare != "").then(bare),
        day=pl.col("published").dt.date(),
        changed=pl.coalesce(changed),
        mark=pl.coalesce(mark, *named),
    )  # fmt: skip
