"""How fast articles are grouped into stories, beside the plain loop that datasketch's guide shows.

    python tests/benchmarks/bench_stories.py [ARTICLES]

Both get the same planted copies in the same run, in one process; prints a Markdown table.
"""

from __future__ import annotations

import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
from datasketch import MinHash, MinHashLSH

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))
from planted_copies import planted, recall_and_precision

from workbench.corpus.stories import group_stories

ARTICLES = 3000
THRESHOLD = 0.25


def plain_loop(articles: pl.DataFrame) -> pl.DataFrame:
    """Each article in order of time under the first one found alike; no window, no check."""
    index = MinHashLSH(threshold=THRESHOLD, num_perm=128)
    lead_of: dict[str, str] = {}
    ordered = articles.sort("published", "article_id").select("article_id", "text")
    for article_id, text in ordered.iter_rows():
        words = re.findall(r"\w+", text.lower())
        signature = MinHash(num_perm=128)
        for shingle in {" ".join(words[at : at + 3]) for at in range(len(words) - 2)}:
            signature.update(shingle.encode())
        alike = index.query(signature)
        lead_of[article_id] = min((lead_of[found] for found in alike), default=article_id)
        index.insert(article_id, signature)
    return pl.DataFrame({"article_id": lead_of.keys(), "story_id": lead_of.values()})


def timed(group: Callable[[pl.DataFrame], pl.DataFrame], articles: pl.DataFrame) -> tuple:
    start = time.perf_counter()
    found = group(articles)
    return found, time.perf_counter() - start


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    articles, truth = planted(count * 2 // 3, days=60)
    rows, seconds = [], {}
    for name, group in (("datasketch, plain loop", plain_loop), ("group_stories", group_stories)):
        found, seconds[name] = timed(group, articles)
        recall, precision = recall_and_precision(found, truth)
        speed = articles.height / seconds[name]
        rows.append(
            f"| {name} | {seconds[name]:.1f} | {speed:,.0f} | {recall:.3f} | {precision:.3f} |"
        )
    copies = truth.height - truth["original"].n_unique()
    print(f"{articles.height:,} articles of about 600 words, {copies:,} of them copies\n")
    print("| grouping | seconds | articles/s | recall | precision |\n|---|---:|---:|---:|---:|")
    print("\n".join(rows))
    ratio = seconds["datasketch, plain loop"] / seconds["group_stories"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"\ngroup_stories is {ratio:.1f} times as fast; peak memory of the run {peak:.2f} GB.")


if __name__ == "__main__":
    main()
