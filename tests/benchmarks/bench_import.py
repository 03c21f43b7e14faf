"""Throughput and peak memory of an import from JSON Lines, stories included.

    python tests/benchmarks/bench_import.py [ARTICLES | SIZE, such as 3GB]

The articles are of 600 words, sewn together from the sample's; prints one line.
"""

from __future__ import annotations

import itertools
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from workbench.workflow.importing import import_files

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "articles.jsonl"
ARTICLES, WORDS = "100000", 600


def main() -> None:
    """Write the articles, import them, tell what it took."""
    asked = sys.argv[1] if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        count = write(source, asked)
        size = source.stat().st_size / 1e9
        start = time.perf_counter()
        report = import_files([source], Path(folder) / "big.corpus")
        seconds = time.perf_counter() - start
    counts = report.corpus.manifest["counts"]
    assert counts["articles"] == counts["stories"] == count
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    print(
        f"{size:.2f} GB of JSON Lines, {count:,} articles of {WORDS} words with their stories: "
        f"{seconds:.0f} s, {count / seconds:.0f} articles/s, peak memory {peak:.2f} GB"
    )


def write(path: Path, asked: str) -> int:
    """So many articles, or so many gigabytes of them; returns how many."""
    size = float(asked.removesuffix("GB")) * 1e9 if asked.endswith("GB") else float("inf")
    most = None if asked.endswith("GB") else int(asked)
    count = written = 0
    with path.open("wb") as out:
        for article in itertools.islice(articles(), most):
            if written >= size:
                break
            written += out.write(json.dumps(article, ensure_ascii=False).encode() + b"\n")
            count += 1
    return count


def articles() -> Iterator[dict[str, str]]:
    """Articles of pieces of the sample, each with a day, an outlet and an address."""
    chance = random.Random(1)
    given = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    words = [word for article in given for word in article["text"].split()]
    for number in itertools.count():
        text: list[str] = []
        while len(text) < WORDS:
            at = chance.randrange(len(words) - 30)
            text += words[at : at + chance.randint(8, 30)]
        yield {
            "title": " ".join(text[:8]),
            "text": " ".join(text[:WORDS]),
            "published": f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            "outlet": chance.choice(given)["outlet"],
            "url": f"https://a.example/{number}",
        }


if __name__ == "__main__":
    main()
