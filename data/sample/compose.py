"""Turn the marked articles in `marked/` into the sample corpus and its table of planted codes.

    python data/sample/compose.py

writes `articles.jsonl`, `planted.csv` and `codings.jsonl` beside this file. The marks are the one
source of truth: a quotation is `{q:KIND:TYPE:SIDE|content}`; a sentence ends with ` {e4}` for its
escalation level (h hypothetical, b background, n nuclear) and ` {r-1s}`, ` {u+1a}` for its stance
toward Russia or Ukraine in the voice of a source or the author.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HOME = Path(__file__).parent
OUTLETS = {
    "albion-chronicle": ("Albion Chronicle", "United Kingdom"),
    "bosphorus-gazette": ("Bosphorus Gazette", "Türkiye"),
    "daily-lantern": ("Daily Lantern", "United Kingdom"),
    "deccan-observer": ("Deccan Observer", "India"),
    "huaxing-daily": ("Huaxing Daily", "China"),
    "kyiv-ledger": ("Kyiv Ledger", "Ukraine"),
    "lakeland-tribune": ("Lakeland Tribune", "United States"),
    "meridian-wire": ("Meridian Wire", "Switzerland"),
    "potomac-dispatch": ("Potomac Dispatch", "United States"),
    "sokol-news": ("Sokol News", "Russia"),
    "spree-kurier": ("Spree Kurier International", "Germany"),
    "vistula-post": ("Vistula Post", "Poland"),
}
ARTICLE = re.compile(
    r"^=== (?P<id>\S+)\n(?P<head>.*?)\n---\n(?P<body>.*?)(?=\n=== |\Z)", re.S | re.M
)
TOKEN = re.compile(
    r"\{q:(?P<kind>\w+):(?P<type>\w+):(?P<side>\w+)\|"
    r"|(?P<close>\})"
    r"|\s?\{e(?P<level>-?\d)(?P<flags>[hbn]*)\}"
    r"|\s?\{(?P<target>[ru])(?P<stance>[+-]1)(?P<voice>[as])\}"
)
TARGETS, VOICES = {"r": "russia", "u": "ukraine"}, {"a": "author", "s": "source"}
FLAGS = {"h": "hypothetical", "b": "background", "n": "nuclear"}


def read_marked(folder: Path = HOME / "marked") -> Iterator[dict[str, Any]]:
    """Every marked article: its head, its text without marks, and its codes with their offsets."""
    for path in sorted(folder.glob("*.txt")):
        for match in ARTICLE.finditer(path.read_text(encoding="utf-8")):
            head = dict(line.partition(":")[::2] for line in match["head"].splitlines())
            head = {key.strip(): value.strip() for key, value in head.items()}
            outlet, country = OUTLETS[path.stem]
            yield {
                "article_id": match["id"],
                "outlet": outlet,
                "outlet_country": country,
                **head,
                **unmark(match["body"].strip()),
            }


def unmark(body: str) -> dict[str, Any]:
    """Text without marks, and the marks as codes with offsets into that text."""
    text, quotations, codes, open_quotation, last = "", [], [], None, 0
    for token in TOKEN.finditer(body):
        text += body[last : token.start()]
        last = token.end()
        if token["kind"]:
            open_quotation = {
                "kind": token["kind"],
                "source_type": token["type"],
                "side": token["side"],
                "start": len(text),
            }
        elif token["close"]:
            assert open_quotation is not None, f"a mark closes that was not opened: {text[-60:]!r}"
            quotations.append({**open_quotation, "end": len(text)})
            open_quotation = None
        elif token["level"]:
            codes.append(
                {
                    "end": len(text),
                    "level": int(token["level"]),
                    **{FLAGS[f]: True for f in token["flags"]},
                }
            )
        else:
            codes.append(
                {
                    "end": len(text),
                    "target": TARGETS[token["target"]],
                    "stance": int(token["stance"]),
                    "voice": VOICES[token["voice"]],
                }
            )
    text += body[last:]
    assert open_quotation is None, f"a quotation is not closed: {text[-60:]!r}"
    assert not set("{}") & set(text), (
        f"a mark was not understood: {re.search(r'.{0,40}[{}].{0,40}', text)}"
    )
    return {"text": text, "quotations": quotations, "codes": codes}


def article_of(marked: dict[str, Any]) -> dict[str, Any]:
    """The article as a publisher would give it."""
    authors = [name.strip() for name in marked["authors"].split(";") if name.strip()]
    keys = (
        "article_id",
        "outlet",
        "outlet_country",
        "published",
        "title",
        "text",
        "url",
        "language",
        "section",
    )
    return {key: marked[key] for key in keys} | {"authors": authors}


def planted_of(marked: dict[str, Any]) -> dict[str, Any]:
    """What is planted in an article: one row of `planted.csv`."""
    types = Counter(q["source_type"] for q in marked["quotations"])
    levels = Counter(c["level"] for c in marked["codes"] if "level" in c)
    stances = Counter(
        (c["target"], c["voice"], c["stance"]) for c in marked["codes"] if "target" in c
    )
    row: dict[str, Any] = {
        key: marked[key] for key in ("article_id", "outlet", "published", "kind", "of", "event")
    }
    row |= {
        "quotations": len(marked["quotations"]),
        "direct": sum(q["kind"] == "direct" for q in marked["quotations"]),
    }
    row |= {f"source_{name}": types[name] for name in SOURCE_TYPES}
    for target in TARGETS.values():
        for voice in VOICES.values():
            row[f"{target}_{voice}_favourable"] = stances[target, voice, 1]
            row[f"{target}_{voice}_critical"] = stances[target, voice, -1]
    return row | {f"level_{level}": levels[level] for level in (-2, -1, 1, 2, 3, 4, 5)}


SOURCE_TYPES = (
    "executive", "military", "legislative", "local", "igo", "court", "think_tank", "academic",
    "ngo", "media", "business", "civilian", "former_official", "unknown",
)  # fmt: skip


def main() -> None:
    """Write the three files."""
    marked = sorted(read_marked(), key=lambda a: (a["published"], a["article_id"]))
    with (HOME / "articles.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(article_of(a), ensure_ascii=False) + "\n" for a in marked)
    with (HOME / "codings.jsonl").open("w", encoding="utf-8") as out:
        for a in marked:
            codes = {
                "article_id": a["article_id"],
                "quotations": a["quotations"],
                "codes": a["codes"],
            }
            out.write(json.dumps(codes, ensure_ascii=False) + "\n")
    rows = [planted_of(a) for a in marked]
    with (HOME / "planted.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
