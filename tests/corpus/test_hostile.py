"""Files made to exhaust memory or to reach outside: each is refused for a reason."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hostile_files as h
import pytest
from hostile_files import MEGABYTE, Content
from seed_files import ATOM, PAGE, SEEDS, zipped

IDLE = "the_smallest.jsonl"
MOST_MEMORY = 600 * MEGABYTE  # over that of an idle import
MOST_SECONDS = 120
WORKER = """
import json, sys, time
from pathlib import Path
from workbench.corpus import read

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))

for name in sys.argv[1:]:
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
    start = time.perf_counter()
    reading = read(name, outlet="The Paper")
    seconds, most = time.perf_counter() - start, peak()
    kept = reading.articles.select("title", "text", "extra").write_json()
    print(json.dumps({
        "name": name, "peak": most, "seconds": seconds, "articles": reading.articles.height,
        "reasons": sorted(set(reading.rejects["reason"])),
        "leaked": "secret stands" in kept + reading.rejects.write_json(),
    }), flush=True)
"""


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of a file, in bytes over the idle import and in seconds."""

    articles: int
    reasons: tuple[str, ...]
    memory: int
    seconds: float
    leaked: bool


def outcomes(folder: Path, names: list[str]) -> dict[str, Outcome]:
    """Read files one after another in one process apart; its peak is taken for each."""
    if not Path("/proc/self/clear_refs").exists():
        pytest.skip("memory is measured on Linux only")
    (folder / IDLE).write_bytes(SEEDS["jsonl.jsonl"])
    (folder / h.SECRET_FILE).write_text(h.SECRET)
    run = subprocess.run(
        [sys.executable, "-c", WORKER, IDLE, *names],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    idle, *found = map(json.loads, run.stdout.splitlines())
    return {one["name"]: _outcome(one, idle["peak"]) for one in found}


def _outcome(found: dict[str, Any], idle: int) -> Outcome:
    return Outcome(
        found["articles"], tuple(found["reasons"]), found["peak"] - idle, found["seconds"],
        found["leaked"],
    )  # fmt: skip


def write(folder: Path, name: str, content: bytes | Content) -> None:
    with (folder / name).open("wb") as out:
        out.writelines([content] if isinstance(content, bytes) else content)


@dataclasses.dataclass(frozen=True)
class Hostile:
    """A file, and why it is refused; `articles` is how many are read all the same."""

    content: Callable[[], bytes | Content]
    reasons: tuple[str, ...]
    articles: int = 0


def laughing(markup: str, name: str, *, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: h.in_front(markup, h.laughs(name)).encode(encoding)


BIG = 200 * MEGABYTE
UNSAFE, LARGE, BROKEN = ("unsafe_archive",), ("too_large",), ("broken_file",)
SMALL: dict[str, Hostile] = {
    # archives
    "bomb.zip": Hostile(lambda: zipped({"a.txt": bytes(60 * MEGABYTE)}), UNSAFE),
    "many.zip": Hostile(
        lambda: zipped({f"{n}.txt": bytes(10 * MEGABYTE) for n in range(8)}), UNSAFE
    ),
    "nested.zip": Hostile(lambda: h.nested(4), ("nested_archive",)),
    "outside.zip": Hostile(
        lambda: zipped({"../a.txt": b"Kyiv", "/etc/a.txt": b"Kyiv", "..\\a.txt": b"Kyiv"}), UNSAFE
    ),
    "link.zip": Hostile(h.links, UNSAFE),
    "bomb.txt.gz": Hostile(lambda: h.squeezed(b"", 60 * MEGABYTE), ("unknown_format",)),
    "page.warc.gz": Hostile(lambda: h.crawled(60 * MEGABYTE), ("page_too_large",)),
    "header.warc.gz": Hostile(lambda: h.crawled(60 * MEGABYTE, header=True), BROKEN),
    # entities
    "laughs.xml": Hostile(laughing(h.MARKED, "PPSResponse"), ("unsafe_markup",)),
    "wide.xml": Hostile(
        laughing(h.MARKED.replace("utf-8", "utf-16"), "PPSResponse", encoding="utf-16"),
        ("unsafe_markup",),
    ),
    "attribute.xml": Hostile(laughing(h.IN_ATTRIBUTE, "PPSResponse"), ("unsafe_markup",)),
    "outside.xml": Hostile(
        lambda: h.in_front(h.MARKED, h.outside("PPSResponse")).encode(), ("unsafe_markup",)
    ),
    "laughs.rss": Hostile(laughing(h.FEED, "rss"), ("unsafe_markup",)),
    "hidden.rss": Hostile(
        lambda: h.in_front(h.FEED, h.behind_a_bracket("rss")).encode(), ("unsafe_markup",)
    ),
    "outside.rss": Hostile(
        lambda: h.in_front(h.FEED, h.outside("rss")).encode(), ("unsafe_markup",)
    ),
    "laughs.atom": Hostile(laughing(ATOM, "feed"), ("unsafe_markup",)),
    "laughs.docx": Hostile(lambda: h.word(h.laughs("w:document")), BROKEN),
    "outside.docx": Hostile(lambda: h.word(h.outside("w:document")), BROKEN),
    "laughs.xlsx": Hostile(
        lambda: h.book(h.HEADER + h.row(2, h.cell("A2", "&z;")), kind=h.laughs("worksheet")),
        BROKEN,
    ),
    "outside.xlsx": Hostile(
        lambda: h.book(h.HEADER + h.row(2, h.cell("A2", "&z;")), kind=h.outside("worksheet")),
        BROKEN,
    ),
    "laughs.html": Hostile(
        laughing(PAGE.format("&z;", "<p>The talks go on &z;.</p>" * 20), "html"), (), 1
    ),
    "outside.html": Hostile(
        lambda: h.in_front(
            PAGE.format("T", "<p>The talks &z; go on.</p>" * 20), h.outside("html")
        ).encode(),
        (), 1,
    ),
    # tables
    "wide.xlsx": Hostile(lambda: h.book(h.FILLED, dimension="A1:XFD1048576"), (), 1),
    "corner.xlsx": Hostile(
        lambda: h.book(h.FILLED + h.row(1_048_576, h.cell("XFD1048576"))), LARGE
    ),
    "beyond.xlsx": Hostile(lambda: h.book(h.FILLED + h.row(2**32 - 1, h.cell("ZZZZZ9"))), LARGE),
    "strings.xlsx": Hostile(lambda: h.shared_strings(20_000, 100_000), LARGE),
    "merged.xlsx": Hostile(
        lambda: h.book(
            h.FILLED + h.row(60_000, h.cell("A60000")),
            below="<mergeCells>" + '<mergeCell ref="A1:B60000"/>' * 1000 + "</mergeCells>",
        ),
        LARGE,
    ),
    "repeated.ods": Hostile(lambda: h.repeated_cells(1_000_000, 16_000), LARGE),
    "claims.parquet": Hostile(lambda: h.parquet_that_claims(2**40), BROKEN),
    # nesting
    "lists.json": Hostile(lambda: b"[" * 100_000, ("broken_json",)),
    "objects.json": Hostile(lambda: b'{"a":' * 100_000 + b"NaN", ("broken_json",)),
    "lists.jsonl": Hostile(lambda: b'{"title":"x"}\n' + b"[" * 100_000, ("broken_json",), 1),
    "articles.json": Hostile(
        lambda: b'{"articles":[{"seendate":"x","a":' + b"[" * 100_000, BROKEN
    ),
    "divisions.html": Hostile(
        lambda: PAGE.format("T", "<div>" * 100_000 + "The talks go on.").encode(),
        ("no_text_found",),
    ),
    "groups.rtf": Hostile(lambda: b"{\\rtf1 Load-Date: End of Document" + b"{" * 10**6, BROKEN),
    "elements.xml": Hostile(
        lambda: h.FACTIVA_XML.format("EN", "T", "<a>" * 100_000).encode(), BROKEN, 1
    ),
    # runs of one character, which patterns may try in too many ways
    "spaces.html": Hostile(
        lambda: SEEDS["integrum_html.html"].replace(b"<pre>", b"<pre>" + b" " * MEGABYTE), (), 1
    ),
    "spaces.rtf": Hostile(
        lambda: SEEDS["nexis_rtf.rtf"].replace(
            b"Kyiv Ledger", b"{\\*\\fldinst" + b" " * MEGABYTE
        ),
        ("no_records",),
    ),
}  # fmt: skip
SIZED: dict[str, Hostile] = {
    "line.jsonl": Hostile(
        lambda: h.line('{"title":"x"}\n{"text":"', "a", BIG, '"}\n{"title":"y"}'),
        ("line_too_long",), 2,
    ),
    "line.utf16.jsonl": Hostile(
        lambda: h.line('{"title":"x"}\n{"text":"', "a", BIG, '"}\n{"title":"y"}', "utf-16-le"),
        ("line_too_long",), 2,
    ),
    "line.txt": Hostile(lambda: h.line("", "word ", BIG), LARGE),
    "line.csv": Hostile(
        lambda: h.line("title,text\nA,", "word ", BIG, "\nB,The talks go on."), ("broken_row",), 1
    ),
    "quoted.csv": Hostile(
        lambda: h.line('title,text\nA,"', "word " * 20_000 + "\n", BIG), ("broken_row",), 0
    ),
    "line.html": Hostile(lambda: h.line("<html><body>", "<p>word", BIG), LARGE),
    "line.rtf": Hostile(lambda: h.line("{\\rtf1 Load-Date: ", "word ", BIG, "}"), LARGE),
    "line.xml": Hostile(lambda: h.line("<PPSResponse>", "<a>b</a>", BIG, "</PPSResponse>"), LARGE),
    "object.json": Hostile(lambda: h.line('{"text":"', "word ", BIG, '"}'), LARGE),
    "list.json": Hostile(lambda: h.array(BIG), (), 1),
    "tags.html": Hostile(lambda: h.line("<html><body>", "<p>", 15 * MEGABYTE), LARGE),
    "braces.json": Hostile(lambda: h.line("[", "{},", 60 * MEGABYTE, "{}]"), LARGE),
    "entries.rss": Hostile(
        lambda: h.line("<rss><channel>", "<item><title>a</title></item>", 30 * MEGABYTE), LARGE
    ),
    "page.warc.gz": Hostile(lambda: h.crawled(1000 * MEGABYTE), ("page_too_large",)),
    "header.warc.gz": Hostile(lambda: h.crawled(1000 * MEGABYTE, header=True), BROKEN),
}  # fmt: skip


def check(found: Outcome, expected: Hostile) -> None:
    assert found.reasons == expected.reasons
    assert (found.articles > 0) == (expected.articles > 0)
    assert not found.leaked
    assert found.memory < MOST_MEMORY
    assert found.seconds < MOST_SECONDS


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    folder = tmp_path_factory.mktemp("hostile")
    for name, hostile in SMALL.items():
        write(folder, name, hostile.content())
    return outcomes(folder, list(SMALL))


@pytest.mark.parametrize("name", SMALL)
def test_read_refuses_hostile_file(small: dict[str, Outcome], name: str) -> None:
    check(small[name], SMALL[name])


@pytest.mark.verify
@pytest.mark.parametrize("name", SIZED)
def test_read_refuses_large_hostile_file(tmp_path: Path, name: str) -> None:
    write(tmp_path, name, SIZED[name].content())
    check(outcomes(tmp_path, [name])[name], SIZED[name])
    (tmp_path / name).unlink()
