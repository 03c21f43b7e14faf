"""ProQuest's text export: items between lines of underscores, `Label: value` in blocks.

The title stands first and has no label; the text holds blank lines and ends where the fields go
on to the end of the item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from workbench.corpus.decoding import read_text, text_head
from workbench.corpus.readers.nexis_values import language_fields
from workbench.corpus.readers.proquest_labels import field_of, split_label
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

RULE = re.compile(r"^[ \t]*_{40,}[ \t]*$", re.MULTILINE)
ADDRESS = re.compile(r"https?://\S*proquest\S*/docview/(\d+)\S*")
DAY_IN_INFO = re.compile(r"\b(\d{1,2}\.?\s+(?:de\s+)?[^\W\d]+\.?\s+(?:de\s+)?(?:19|20)\d\d)\b")
NO_TEXT = re.compile(
    r"^(?:(?:full text )?not available\W*|none available\W*|\[?no full text\b.*)$", re.IGNORECASE
)
EDITION = re.compile(r"\s*(?:[,(;]\s*)?[^,;(]*\bedition\b[^;]*$|\s*\(online\)\s*$", re.IGNORECASE)
FOOTER = re.compile(r"(?:©|\(c\)|copyright).{0,40}\bproquest\b", re.IGNORECASE | re.DOTALL)
REPORT = re.compile(r"\s*Report Information from ProQuest", re.IGNORECASE)
Block = list[str]


def sniff(source: Source) -> bool:
    """A line of underscores comes first, and ProQuest is named."""
    start = _plain_lines(text_head(source))
    rule = RULE.search(start)
    return rule is not None and "proquest" in start.lower() and rule.start() < 2_000


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per item; the cover, contents and copyright notice are none."""
    text = read_text(source, options.encoding).removeprefix("\ufeff")
    items = RULE.split(_plain_lines(text))
    for number, item in enumerate(filter(_is_item, items), 1):
        fields = _fields(_blocks(item))
        if fields is not None:
            yield Record(str(number), fields)
        else:
            detail = " ".join(item.split())[:200]
            yield Refusal(str(number), "vendor_error", f"no fields of an article: {detail}")


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_item(chunk: str) -> bool:
    known = any(field_of(name) for name, _ in filter(None, map(split_label, chunk.split("\n"))))
    notice = REPORT.match(chunk) or FOOTER.search(chunk[-600:])
    return bool(chunk.strip()) and (known or not notice)


def _blocks(item: str) -> list[Block]:
    """Blocks of lines between blank lines."""
    parts = re.split(r"\n[ \t\xa0]*\n", item.strip("\n"))
    return [part.strip("\n").split("\n") for part in parts if part.strip()]


def _fields(blocks: list[Block]) -> dict[str, Any] | None:
    """The fields of an item, or None where it has none that is known."""
    start = next((i for i, block in enumerate(blocks) if _known(block[0]) == "text"), len(blocks))
    end = _end_of_text(blocks, start)
    before, body, after = blocks[:start], blocks[start:end], blocks[end:]
    given = _labelled(before[1:] if before and _known(before[0][0]) is None else before)
    given |= {name: value for name, value in _labelled(after).items() if value}
    if body:
        given["text"] = _text(body)
    if not given:
        return None
    if before and _known(before[0][0]) is None:
        given.setdefault("title", " ".join(" ".join(_unlabelled(before[0])).split()))
        given |= {n: v for n, v in _labelled([before[0]]).items() if n not in given}
    return _named(given, "\n".join(map("\n".join, blocks)))


def _known(line: str) -> str | None:
    found = split_label(line)
    return field_of(found[0]) if found else None


def _unlabelled(block: Block) -> Block:
    """The lines of a block before the first that is a field."""
    known = (i for i, line in enumerate(block) if _known(line))
    return block[: next(known, len(block))]


def _end_of_text(blocks: Sequence[Block], start: int) -> int:
    """The block after the text: a field that is known, from which all go on as fields.

    Where something else is among them, the first from which most do.
    """
    fields = [split_label(block[0]) is not None for block in blocks]
    candidates = [i for i in range(start + 1, len(blocks)) if _known(blocks[i][0])]
    for share in (1.0, 0.8):
        for i in candidates:
            if sum(fields[i:]) >= share * len(fields[i:]):
                return i
    return len(blocks)


def _text(body: Sequence[Block]) -> str:
    first = split_label("\n".join(body[0]))
    paragraphs = [first[1] if first else "", *map("\n".join, body[1:])]
    text = "\n\n".join(paragraph.strip() for paragraph in paragraphs if paragraph.strip())
    return "" if NO_TEXT.match(text) else text


def _labelled(blocks: Sequence[Block]) -> dict[str, str]:
    """Field -> value; what has no label goes on with the field above."""
    found: dict[str, str] = {}
    current = ""
    for block in blocks:
        for place, line in enumerate(block):
            parts = split_label(line)
            known = field_of(parts[0]) if parts else None
            if parts and (known or place == 0):
                current = known or parts[0].lower()
                value = parts[1]
            else:
                value = line.strip()
            if current and value:
                found[current] = f"{found[current]}\n{value}" if found.get(current) else value
    return found


# ---- values ---------------------------------------------------------------------------------


def _named(given: dict[str, str], item: str) -> dict[str, Any]:
    address = ADDRESS.search(item)
    named = dict(given)
    if address:
        named.setdefault("url", address[0])
        named.setdefault("article_id", address[1])
    if "published" not in named:
        day = DAY_IN_INFO.search(named.get("publication info", ""))
        named |= {"published": day[1]} if day else {}
    if "outlet" not in named and "publication info" in named:
        named["outlet"] = named["publication info"]
    if "outlet" in named:
        named |= {"outlet": outlet_of(named["outlet"]), "publication": named["outlet"]}
    if NO_TEXT.match(named.get("summary", "")):
        del named["summary"]
    return named | language_fields(named.get("language"))


def outlet_of(publication: str) -> str:
    """Return the name in `New York Times, Late Edition (East Coast); New York, N.Y.`."""
    name = publication.partition(";")[0].strip()
    return EDITION.sub("", name).strip() or name


READER = Reader("proquest_txt", sniff, read, named=True)
