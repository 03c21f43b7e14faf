"""Factiva's HTML ("Format for Saving"): articles with field codes in a table, or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import html

from workbench.corpus.decoding import read_text
from workbench.corpus.readers.factiva_fields import ACCESSION, article_fields, values_by_position
from workbench.corpus.readers.html_blocks import (
    block_text,
    has_class,
    holds,
    is_html,
    line_text,
    whole_articles,
)
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

MARKS = re.compile(
    rb"<title>\s*Factiva\b|class=\"?(?:last)?article [a-z]{2,}Article\b|[a-z]{2}articleParagraph\b",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"^(?:article|lastarticle|[a-z]{2}(?:-?[a-z]+)?Article)$")
CODE = re.compile(r"^[A-Z]{2,3}$")
COUNTED = re.compile(r"^(?P<number>\d{1,4})\)\s*")
CAPTION_FROM = 2  # words


def sniff(source: Source) -> bool:
    """A page with Factiva's title, or the classes of its articles and paragraphs."""
    return is_html(source) and holds(source, MARKS)


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per article, by the number before its headline where headlines are counted."""
    text = read_text(source, options.encoding)
    articles, cut = whole_articles(text, _articles, ACCESSION)
    counted = _counted(articles)
    for position, article in enumerate(articles, 1):
        number = counted.get(position, str(position))
        yield _outcome(article, number, bool(counted))
    if cut:
        yield Refusal("", "broken_file", f"the page breaks off after article {len(articles)}")


def _articles(tree: html.HtmlElement) -> list[html.HtmlElement]:
    """The innermost elements of an article's class: some layouts wrap each article in another."""
    marked = [e for e in tree.iter("div") if any(map(ARTICLE.match, e.get("class", "").split()))]
    outer = {ancestor for element in marked for ancestor in element.iterancestors("div")}
    return [element for element in marked if element not in outer and line_text(element)]


def _counted(articles: Sequence[html.HtmlElement]) -> dict[int, str]:
    """Position -> the number before the headline, where all have one, from 1 on."""
    found = [COUNTED.match(line_text(h)) if (h := _headline(a)) is not None else None
             for a in articles]  # fmt: skip
    numbers = [int(match["number"]) for match in found if match is not None]
    if len(numbers) < len(articles) or numbers[:1] != [1] or numbers != sorted(set(numbers)):
        return {}
    return {position: str(number) for position, number in enumerate(numbers, 1)}


def _outcome(article: html.HtmlElement, number: str, counted: bool) -> Record | Refusal:
    fields = article_fields(_coded(article) or _by_position(article))
    title = fields.get("title", "")
    if counted or any(has_class(part, "counted") for part in article.iter("span", "b")):
        title = COUNTED.sub("", title)
    fields |= {"title": title} if title else {}
    if fields.keys().isdisjoint({"title", "text", "article_id"}):
        return Refusal(number, "vendor_error", line_text(article)[:200])
    return Record(number, fields)


def _headline(article: html.HtmlElement) -> html.HtmlElement | None:
    for element in article.iter("span", "b", "div", "h1", "h2"):
        classes = (element.get("class") or "").split()
        if any(name.endswith("Headline") for name in classes) or element.get("id") == "hd":
            return element
    return None


def _coded(article: html.HtmlElement) -> dict[str, list[str]]:
    """Code -> texts, from the outer table's rows whose first cell is a code."""
    values: dict[str, list[str]] = {}
    inner = {row for cell in article.iter("td") for row in cell.iter("tr")}
    for row in (row for row in article.iter("tr") if row not in inner):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        code = line_text(cells[0]) if len(cells) >= 2 else ""
        if CODE.match(code):
            body = code in {"LP", "TD", "ART"}
            text = block_text(cells[1]) if body else line_text(cells[1])
            values.setdefault(code, []).append(text)
    return values if len({"HD", "AN", "SN", "PD"} & values.keys()) >= 2 else {}


def _by_position(article: html.HtmlElement) -> dict[str, list[str]]:
    """Code -> texts, from the order of lines above the text and below it."""
    blocks = [block for block in article if isinstance(block.tag, str)]
    body = [i for i, block in enumerate(blocks) if _is_body(block)]
    first = body[0] if body else next(
        (i for i, b in enumerate(blocks) if b.tag == "p" and line_text(b)), len(blocks)
    )  # fmt: skip
    last = body[-1] if body else first - 1
    values = _above(blocks[:first])
    values["TD"] = [block_text(block) for block in blocks[first : last + 1]]
    return values | _below([block for block in blocks[last + 1 :] if line_text(block)])


def _is_body(block: html.HtmlElement) -> bool:
    parts = (block, *block.iter("p", "pre", "table")) if block.tag != "p" else (block,)
    return any("articleParagraph" in (part.get("class") or "") for part in parts)


def _above(blocks: Sequence[html.HtmlElement]) -> dict[str, list[str]]:
    at = next((i for i, block in enumerate(blocks) if _headline_in(block)), None)
    if at is None:
        return values_by_position([line for block in blocks if (line := line_text(block))])
    below = [block for block in blocks[at + 1 :] if line_text(block)]
    lines = [line_text(block) for block in below if not has_class(block, "author")]
    return {
        **values_by_position(lines),
        "SE": [line for block in blocks[:at] if (line := line_text(block))],
        "HD": [line_text(blocks[at])],
        "BY": ["; ".join(line_text(block) for block in below if has_class(block, "author"))],
    }


def _headline_in(block: html.HtmlElement) -> bool:
    return _headline(block) is not None


def _below(blocks: Sequence[html.HtmlElement]) -> dict[str, list[str]]:
    """Captions and references, then the publisher, then the document's id."""
    lines = [line_text(block) for block in blocks]
    at = next((i for i, line in enumerate(lines) if ACCESSION.search(line)), len(lines))
    over = lines[: max(at - 1, 0)]
    return {
        "ART": [block_text(b) for b, line in zip(blocks, over, strict=False) if _is_prose(line)],
        "RF": [line for line in over if not _is_prose(line)],
        "PUB": lines[max(at - 1, 0) : at],
        "AN": lines[at : at + 1],
    }


def _is_prose(line: str) -> bool:
    return len(line.split()) >= CAPTION_FROM


READER = Reader("factiva_html", sniff, read, named=True)
