"""Throughput and peak memory of an import from JSON Lines, stories included.

    python tests/benchmarks/bench_import.py [ARTICLES]

The articles are of 600 words, sewn together from the sample's; prints one line.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from workbench.workflow.importing import import_files

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "articles.jsonl"
ARTICLES, WORDS = 100_000, 600


def main() -> None:
    """Write the articles, import them, tell what it took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        write(source, count)
        start = time.perf_counter()
        report = import_files([source], Path(folder) / "big.corpus")
        seconds = time.perf_counter() - start
    counts = report.corpus.manifest["counts"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{counts['articles']:,} articles of {WORDS} words, {counts['stories']:,} rows of stories: "
        f"{seconds:.0f} s, {count / seconds:.0f} articles/s, peak memory {peak:.2f} GB"
    )


def write(path: Path, count: int) -> None:
    """Articles of pieces of the sample, each with a day, an outlet and an address."""
    chance = random.Random(1)
    given = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    words = [word for article in given for word in article["text"].split()]
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            text: list[str] = []
            while len(text) < WORDS:
                at = chance.randrange(len(words) - 30)
                text += words[at : at + chance.randint(8, 30)]
            article = {
                "title": " ".join(text[:8]), "text": " ".join(text[:WORDS]),
                "published": f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
                "outlet": chance.choice(given)["outlet"], "url": f"https://a.example/{number}",
            }  # fmt: skip
            out.write(json.dumps(article, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
