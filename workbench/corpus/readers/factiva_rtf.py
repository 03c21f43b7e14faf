"""Factiva's RTF: articles end with their document's id, pages and tables part them further.

Where field codes stand in a table or before tabs, they tell; elsewhere the order of lines does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from striprtf.striprtf import rtf_to_text

from workbench.corpus.readers.factiva_fields import (
    ACCESSION,
    BYLINE,
    COUNTS_WORDS,
    NAMES,
    article_fields,
    language,
    values_by_position,
)
from workbench.corpus.readers.html_blocks import holds
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

MARKS = re.compile(rb"factiva|\b[A-Z][A-Z0-9]{7}(?:19|20)\d{6}[a-z0-9]{9}\b", re.IGNORECASE)
PAGE, CELL, ROW, HEADLINE = "\x0c", "\x1f", "\x1e", "\ue000"
MARKERS = (
    (re.compile(r"(?<!\\)\\page(?![a-z]) ?"), PAGE),
    (re.compile(r"(?<!\\)\\(?:nest)?cell(?![a-z]) ?"), CELL),
    (re.compile(r"(?<!\\)\\(?:nest)?row(?![a-z]) ?"), ROW),
    (re.compile(r"\{\\\*\\bkmkstart\s+_?toc[^{}]*\}", re.IGNORECASE), HEADLINE),
    (re.compile(r"\bHYPERLINK\b"), "HYPERLNK"),  # else the address would be put into the text
)
LAST_LINE = re.compile(rf"^(?:\S{{1,20}}\s*)?{ACCESSION.pattern}$")
CODED_LINE = re.compile(rf"^(?P<code>{'|'.join(NAMES)})(?:\t\s*|\s{{2,}}|\s*$)(?P<text>.*)$")
COPYRIGHT = re.compile(r"©|\(c\)|copyright|版权|版權|著作権|авторск", re.IGNORECASE)
NAME = re.compile(r"^[A-ZÀ-ÞА-ЯЁ][^.?!:\d]*$")
ABOVE_TEXT = 14  # lines from the number of words to the copyright

Line = tuple[str, str]  # a code or "", the text


def sniff(source: Source) -> bool:
    """RTF that names Factiva or holds one of its document ids."""
    return source.head.lstrip().startswith(b"{\\rtf") and holds(source, MARKS)


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per article; where the file breaks off, what is whole before it."""
    raw = source.read().decode("cp1252", "replace").rstrip(" \r\n\t\0")
    try:
        text = _plain(raw)
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        yield Refusal("", "broken_file", f"the RTF cannot be read: {str(error)[:200]}")
        return
    articles = [lines for lines in _articles(text) if _is_article(lines)]
    cut = not raw.endswith("}")
    if cut and articles and not _ends(articles[-1][-1]):
        articles.pop()
    for number, lines in enumerate(articles, 1):
        yield Record(str(number), _fields(lines))
    if cut:
        yield Refusal("", "broken_file", f"the RTF breaks off after article {len(articles)}")


def _plain(raw: str) -> str:
    """The text, with marks where pages, cells, rows and headlines of the contents stand."""
    for pattern, mark in MARKERS:
        raw = pattern.sub(mark, raw)
    text = str(rtf_to_text(raw, errors="replace"))
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _articles(text: str) -> Iterator[list[Line]]:
    """Lines by article; a page that only goes on with the article before belongs to it."""
    held: list[Line] = []
    for page in text.split(PAGE):
        lines = list(_lines(page))
        if held and (_begins(lines) or not any(map(_ends, lines))):
            yield held
            held = []
        for line in lines:
            held.append(line)
            if _ends(line):
                yield held
                held = []
    if held:
        yield held


def _lines(page: str) -> Iterator[Line]:
    for part in page.split(ROW):
        cells = part.split(CELL)
        before, _, first = cells[0].rpartition("\n")
        yield from _text_lines(before if len(cells) > 1 else cells[0])
        if len(cells) > 1:
            code = first.replace(HEADLINE, "").strip()
            value = " ".join(filter(None, cells[1:])) if cells[1:] else ""
            yield code if code in NAMES else "", value.strip()


def _text_lines(text: str) -> Iterator[Line]:
    for line in text.split("\n"):
        coded = CODED_LINE.match(line)
        yield (coded["code"], coded["text"].strip()) if coded else ("", line.strip())


def _ends(line: Line) -> bool:
    code, text = line
    return code == "AN" or (code == "" and LAST_LINE.match(text) is not None)


def _begins(lines: Sequence[Line]) -> bool:
    return any(code == "HD" or COUNTS_WORDS.match(text) for code, text in lines)


def _is_article(lines: Sequence[Line]) -> bool:
    """Whether there is a headline or a number of words: covers and contents have none."""
    return _begins(lines) or any(map(_ends, lines))


def _fields(lines: Sequence[Line]) -> dict[str, Any]:
    if any(code == "HD" for code, _ in lines):
        return article_fields(_coded(lines))
    return article_fields(_by_position([text for _, text in lines]))


def _coded(lines: Sequence[Line]) -> dict[str, list[str]]:
    """Code -> texts; lines without a code go on with the one before."""
    values: dict[str, list[str]] = {}
    last = ""
    for code, text in lines:
        last = code or last
        if last and text:
            values.setdefault(last, []).extend(_paragraphs(text))
    one_line = {code: [" ".join(v)] for code, v in values.items() if code not in {"LP", "TD"}}
    return values | one_line


def _paragraphs(text: str) -> list[str]:
    lines = text.replace(HEADLINE, "").split("\n")
    return [line.strip() for line in lines if line.strip()]


def _by_position(lines: Sequence[str]) -> dict[str, list[str]]:
    """Code -> texts: headline and byline, the lines that place the article, text, publisher, id."""
    counted = next((i for i, line in enumerate(lines) if COUNTS_WORDS.match(line)), 0)
    start = _start_of_text(lines, counted)
    body = [line for line in lines[start:] if line]
    last = [body.pop()] if body and LAST_LINE.match(body[-1]) else []
    publisher = [body.pop()] if last and len(body) > 1 and _is_publisher(body[-1]) else []
    above = [line for line in lines[counted:start] if line]
    values = values_by_position(above) | _headline([line for line in lines[:counted] if line])
    return values | {"TD": body, "PUB": publisher, "AN": last}


def _start_of_text(lines: Sequence[str], counted: int) -> int:
    """Below the copyright, which follows the language; else below the first empty line."""
    near = range(counted, min(counted + ABOVE_TEXT, len(lines)))
    tongue = next((i for i in near if "language" in language(lines[i])), None)
    if tongue is not None:
        below = [i for i in range(tongue + 1, min(tongue + 3, len(lines))) if lines[i]]
        return below[0] + 1 if below and COPYRIGHT.search(lines[below[0]]) else tongue + 1
    return next((i for i in near if not lines[i]), near.stop)


def _headline(lines: Sequence[str]) -> dict[str, list[str]]:
    """The headline stands where the contents point to; else above what looks like a name."""
    if not lines:
        return {}
    marked = [i for i, line in enumerate(lines) if HEADLINE in line]
    signed = len(lines) > 1 and _is_byline(lines[-1], lines[-2])
    at = marked[-1] if marked else len(lines) - 1 - signed
    section = lines[max(at - 1, 0) : at] if marked else lines[:at][-1:]
    return {
        "SE": list(section),
        "HD": [lines[at].replace(HEADLINE, "").strip()],
        "BY": ["; ".join(lines[at + 1 :])],
    }


def _is_byline(line: str, above: str) -> bool:
    if BYLINE.match(line):
        return True
    return len(line.split()) <= 6 and len(above.split()) >= 4 and NAME.match(line) is not None


def _is_publisher(line: str) -> bool:
    return len(line.split()) <= 8 and not re.search(r"[.!?…»”\"]$", line)


READER = Reader("factiva_rtf", sniff, read, is_text=False, named=True)
