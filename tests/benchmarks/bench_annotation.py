"""How fast sentences and mentions are annotated, beside the bare small English pipeline.

    python tests/benchmarks/bench_annotation.py [ROUNDS]

Both get the sample's English articles in the same run, one thread; prints a Markdown table.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import spacy

from workbench.annotation.annotate import BATCH_SIZE
from workbench.annotation.layout import make_doc
from workbench.annotation.pipeline import default_model, load_pipeline

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "articles.jsonl"
ROUNDS = 3


def main() -> None:
    """Time both and print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    frame = pl.read_ndjson(SAMPLE).filter(language="en").select("article_id", "title", "text")
    articles = frame.to_dicts()
    bare, ours = spacy.load(default_model()), load_pipeline()
    texts = [f"{a['title']}\n\n{a['text']}" for a in articles]
    seconds = [
        (
            timed(lambda: list(bare.pipe(texts, batch_size=BATCH_SIZE))),
            timed(lambda: [None for _ in ours.pipe(docs(ours, articles), batch_size=BATCH_SIZE)]),
        )
        for _ in range(rounds)
    ]
    print("| pipeline | seconds | articles/s |\n|---|---:|---:|")
    for name, times in zip(
        ("bare", "sentences + mentions"), zip(*seconds, strict=True), strict=True
    ):
        middle = statistics.median(times)
        print(f"| {name} | {middle:.2f} | {len(articles) / middle:.0f} |")
    ratio = statistics.median(a / b for a, b in seconds)
    print(f"\n{ratio:.2f} of the bare pipeline's articles per second ({rounds} rounds, median).")


def docs(nlp: Any, articles: Sequence[dict[str, Any]]) -> list[Any]:
    """The articles as Docs, tokenised within the time that counts."""
    return [make_doc(nlp, article) for article in articles]


def timed(work: Callable[[], object]) -> float:
    """Seconds that some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
