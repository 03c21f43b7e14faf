"""Throughput and peak memory of joining texts to a list of articles by their addresses.

    python tests/benchmarks/bench_joining.py [ARTICLES]

A list without texts is imported, then as many texts in another order; prints one line.
"""

from __future__ import annotations

import itertools
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from bench_import import articles

from workbench.workflow.importing import import_files

ARTICLES = 100_000


def main() -> None:
    """Write list and texts, import both, tell what the second import took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as folder:
        listed, texts = Path(folder) / "list.jsonl", Path(folder) / "texts.jsonl"
        write(listed, texts, count)
        corpus = Path(folder) / "big.corpus"
        import_files([listed], corpus)
        start = time.perf_counter()
        report = import_files([texts], corpus)
        seconds = time.perf_counter() - start
    counts = report.corpus.manifest["counts"]
    assert (counts["articles"], counts["rejects"]) == (count, count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    print(
        f"{count:,} texts joined to a list, stories included: {seconds:.0f} s, "
        f"{count / seconds:.0f} articles/s, peak memory {peak:.2f} GB"
    )


def write(listed: Path, texts: Path, count: int) -> None:
    """Titles, days and addresses in order to one file; texts and addresses shuffled to another."""
    offsets: list[tuple[int, int]] = []
    ordered = texts.with_suffix(".ordered")
    with listed.open("wb") as details, ordered.open("wb") as whole:
        for article in itertools.islice(articles(), count):
            text = {"text": article.pop("text"), "url": f"{article['url']}/?utm_source=x"}
            details.write(json.dumps(article).encode() + b"\n")
            line = json.dumps(text).encode() + b"\n"
            offsets.append((whole.tell(), len(line)))
            whole.write(line)
    random.Random(1).shuffle(offsets)
    with ordered.open("rb") as whole, texts.open("wb") as out:
        for place, size in offsets:
            whole.seek(place)
            out.write(whole.read(size))
    ordered.unlink()


if __name__ == "__main__":
    main()
