"""Print what the sample is like: outlets, lengths, sentences that recur, planted patterns.

python data/sample/describe.py
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from typing import Any

import compose

PERIODS = {"before": "2022-02-24", "first year": "2023-02-24", "to February 2025": "2025-02-12"}
DERIVED = ("copy", "update", "correction")


def main() -> None:
    """Print the tables."""
    articles = list(compose.read_marked())
    print(f"{len(articles)} articles, {min(map(day, articles))} to {max(map(day, articles))}")
    tell("outlet", Counter(f"{a['outlet']} ({a['outlet_country']})" for a in articles))
    tell("kind", Counter(a["kind"] for a in articles))
    tell("language", Counter(a["language"] for a in articles))
    tell("period", Counter(period(a) for a in articles))
    tell_lengths([len(a["text"].split()) for a in articles])
    tell_recurring([a for a in articles if a["kind"] not in DERIVED])
    tell("source type", Counter(q["source_type"] for a in articles for q in a["quotations"]))


def day(article: dict[str, Any]) -> str:
    """The day of publication."""
    return str(article["published"][:10])


def period(article: dict[str, Any]) -> str:
    """The first period whose end lies behind the article."""
    return next((name for name, end in PERIODS.items() if day(article) < end), "talks")


def tell(what: str, counted: Counter[str]) -> None:
    """Print counts, most frequent first."""
    print(f"\n{what}")
    for name, count in counted.most_common():
        print(f"  {count:5,}  {name}")


def tell_lengths(words: list[int]) -> None:
    """Print the distribution of the articles' lengths."""
    low, middle, high = statistics.quantiles(words, n=4)
    told = f"{min(words)} to {max(words)}, quartiles {low:.0f}, {middle:.0f}, {high:.0f}"
    print(f"\nwords an article\n  {told}")


def tell_recurring(articles: list[dict[str, Any]]) -> None:
    """Print the share of sentences that stand more than once outside copies and updates."""
    split = (re.split(r"(?<=[.!?])[”\"]?\s+", a["text"]) for a in articles)
    counted = Counter(" ".join(s.lower().split()) for sentences in split for s in sentences)
    recurring = sum(n for n in counted.values() if n > 1)
    share = 100 * recurring / counted.total()
    print(f"\nsentences outside copies\n  {counted.total():,}, of which recur {share:.2f}%")


if __name__ == "__main__":
    main()
