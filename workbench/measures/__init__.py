"""From tables to measures: tidy frames with numerator, denominator, interval and cluster count."""

from workbench.measures.accounting import (
    account_for_articles,
    account_for_files,
    account_for_outlets,
    caption_for,
    published_span,
)
from workbench.measures.co_mentions import co_mentions
from workbench.measures.concordance import concordance
from workbench.measures.coverage import coverage, coverage_share, relevance
from workbench.measures.editions import editions
from workbench.measures.unlinked import unlinked_names
from workbench.measures.visibility import visibility

__all__ = [
    "account_for_articles",
    "account_for_files",
    "account_for_outlets",
    "caption_for",
    "co_mentions",
    "concordance",
    "coverage",
    "coverage_share",
    "editions",
    "published_span",
    "relevance",
    "unlinked_names",
    "visibility",
]
