"""Europresse's HTML: the print view in tables, and the newer one in <article> elements."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree, html

from workbench.corpus.decoding import read_text
from workbench.corpus.readers.factiva_fields import authors
from workbench.corpus.readers.html_blocks import (
    BREAK,
    block_text,
    holds,
    is_html,
    line_text,
    raw_text,
    tidy,
    whole_articles,
)
from workbench.corpus.records import Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

MARKS = re.compile(rb"DocPublicationName|www\.cedrom-sni\.com/schema|TitreArticleVisu", re.I)
DOCUMENT = re.compile(r"\b(?P<id>[a-z]{2,8}·\d{8}·\w+·[\w.\-]+)")
DATE = re.compile(
    r"\d{1,2}(?:er|\.|º)? (?:de )?[^\W\d]{3,12}\.?,? (?:de(?:l)? )?\d{4}"
    r"|[^\W\d]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?, \d{4}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}"
)
CLOCK = re.compile(
    r"^[\s,\-–—]*(?P<clock>\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?)"
    r"(?:\s*(?:UTC|GMT)?\s*(?P<zone>[+-]\d{1,2}:?\d{2}|UTC|GMT))?",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day|lunes|martes|miércoles|jueves|viernes|sábado|domingo|(?:mon|diens|donners|frei|sams"
    r"|sonn)tag|mittwoch|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag"
    r"|woensdag|donderdag|vrijdag|zaterdag|zondag|(?:segunda|terça|quarta|quinta|sexta)-feira)"
    r"[\s,]*$",
    re.IGNORECASE,
)
PAGE = re.compile(r"\b(?:pp?|S|pág|págs)\.\s*(?P<page>[\w\-,. ]+?)\s*$")
LENGTH = re.compile(
    r"(?<![:\d])\d{1,3}(?:[\s.,]\d{3})*\s(?:mots|words|Wörter|palabras|parole|palavras|woorden)\b",
    re.I,
)
ISSUE = re.compile(r",\s*(?:no|n°|nº|nr|núm|num)\.?\s*(?P<issue>[\w\-/ ]+)$", re.IGNORECASE)
SIGNED = re.compile(rf"^\s*(?P<name>[^\n{BREAK}]{{2,150}}){BREAK}\s*\n\n")
RIGHTS = re.compile(r"^\s*(?:©|\(c\)\s|copyright\b)", re.IGNORECASE)
FURNITURE = ("aside", "footer", "button", "form", "img")
NAME_WITHIN = 10  # words
PLACED, TITLED = "\ue000", "\ue001"  # put behind the article's place and its title


def sniff(source: Source) -> bool:
    """By the classes of a publication's name and an article's title, or the vendor's schema."""
    return is_html(source) and holds(source, MARKS)


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal]:
    """One record per article; of a page that breaks off, the articles that are whole."""
    text = read_text(source, options.encoding)
    articles, cut = whole_articles(text, _articles, DOCUMENT)
    for number, article in enumerate(articles, 1):
        yield _outcome(article, str(number))
    if cut:
        yield Refusal("", "broken_file", f"the page breaks off after article {len(articles)}")


def _articles(tree: html.HtmlElement) -> list[html.HtmlElement]:
    """The elements that hold one article each: <article>, or the cell around an outlet's name."""
    newer = [a for a in tree.iter("article") if not any(True for _ in a.iterancestors("article"))]
    if newer:
        return newer
    names = _with_class(tree, "docpublicationname") or _with_class(tree, "titrearticlevisu")
    cells = [next(name.iterancestors("td", "div", "body"), name) for name in names]
    return list(dict.fromkeys(cells))


def _with_class(element: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    """The elements of a class, outermost first, in whatever case the page writes it."""
    return [
        e for e in element.iter(etree.Element) if name in (e.get("class") or "").lower().split()
    ]


def _outcome(article: html.HtmlElement, number: str) -> Record | Refusal:
    names = len(_with_class(article, "docpublicationname"))
    if names > 1 and article.tag != "article":
        return Refusal(number, "unknown_layout", f"{names} articles that cannot be told apart")
    fields = _fields(article)
    if "title" not in fields and "text" not in fields:
        return Refusal(number, "vendor_error", line_text(article)[:200])
    return Record(number, fields)


def _fields(article: html.HtmlElement) -> dict[str, Any]:
    head = " ".join(map(line_text, _with_class(article, "docheader")))
    found = DOCUMENT.search(raw_text(article))
    name = next(map(line_text, _with_class(article, "docpublicationname")), "")
    fields = _outlet(name) | _placed(head)
    fields |= {"article_id": found["id"].rstrip(".")} if found else {}
    body = _newer(article) if article.tag == "article" else _older(article)
    return fields | {key: value for key, value in body.items() if value}


def _outlet(name: str) -> dict[str, str]:
    """The publication's name, and the number of the issue behind it."""
    issue = ISSUE.search(name)
    plain = (name[: issue.start()] if issue else name).strip(" ,;")
    fields = {"outlet": plain} if plain else {}
    return fields | ({"issue": issue["issue"].strip()} if issue else {})


def _placed(head: str) -> dict[str, str]:
    """Section, date with its time, length and page, from the line under the outlet's name."""
    date = DATE.search(head)
    if date is None:
        return {"section": head} if head else {}
    after = head[date.end() :]
    page, length = PAGE.search(after), LENGTH.search(after)
    fields = {
        "section": WEEKDAY.sub("", head[: date.start()].rstrip(" ,")).strip(" ,;-"),
        "published": f"{date[0]}{_time(after)}",
        "page": page["page"] if page else "",
        "length": length[0] if length else "",
    }
    return {key: value for key, value in fields.items() if value}


def _time(after: str) -> str:
    clock = CLOCK.match(after)
    return f" {clock['clock']} {clock['zone'] or ''}".rstrip() if clock else ""


def _older(article: html.HtmlElement) -> dict[str, Any]:
    """The print view: headings around the title, then byline, text, rights and number."""
    titles = _with_class(article, "titrearticlevisu")
    if not titles:
        return {}
    title = line_text(titles[0])
    above, raw = _around(article, titles[0])
    signed = SIGNED.match(raw)
    name = signed["name"].strip() if signed else ""
    named = signed is not None and len(name.split()) <= NAME_WITHIN
    below = tidy(raw[signed.end() :] if signed and named else raw).split("\n\n")
    end = next((i for i, part in enumerate(below) if DOCUMENT.search(part)), len(below))
    rights = [i for i in range(end) if RIGHTS.match(below[i])][-1:]
    return {
        "title": title,
        "subtitle": "\n".join(above),
        "text": "\n\n".join(below[: rights[0] if rights else end]),
        "copyright": "\n".join(below[rights[0] : end] if rights else []),
        **authors(name if named else ""),
    }


def _around(article: html.HtmlElement, title: html.HtmlElement) -> tuple[list[str], str]:
    """Lines between the article's place and its title, and the raw text below the title."""
    copied = copy.deepcopy(article)
    places = _with_class(copied, "docheader") or _with_class(copied, "docpublicationname")
    for place in places[-1:]:
        place.tail = f"{PLACED}{place.tail or ''}"
    heading = _with_class(copied, "titrearticlevisu")[0]
    heading.tail = f"{TITLED}{heading.tail or ''}"
    before, _, below = raw_text(copied).partition(TITLED)
    lines = before.removesuffix(raw_text(title)).rpartition(PLACED)[2].split(BREAK)
    return [line.strip() for line in lines if line.strip()], below.lstrip(f"{BREAK} \n")


def _newer(article: html.HtmlElement) -> dict[str, Any]:
    """The newer view: each part has its class; what has none is the text's."""
    title = _first(article, "rdp__articletitle", "titrearticlevisu", "titrearticle")
    around = next(iter(_with_class(article, "titrearticle")), None)
    byline = _byline(around)
    bodies = _with_class(article, "dococurrcontainer") or _with_class(article, "doctext")
    text = "\n\n".join(_body_text(body) for body in _outermost(bodies))
    return {
        "title": title,
        "subtitle": _first(article, "rdp__subtitle"),
        "text": text,
        **authors(byline),
    }


def _first(article: html.HtmlElement, *names: str) -> str:
    """The text of the first element of the first class that has any."""
    texts = (line_text(element) for name in names for element in _with_class(article, name))
    return next(filter(None, texts), "")


def _byline(titles: html.HtmlElement | None) -> str:
    """The line of its class that follows the titles, not the one above them."""
    after = titles.getnext() if titles is not None else None
    if after is None or "sm-margin-bottomnews" not in (after.get("class") or "").lower().split():
        return ""
    return line_text(after)


def _outermost(elements: Sequence[html.HtmlElement]) -> list[html.HtmlElement]:
    held = set(elements)
    return [e for e in elements if held.isdisjoint(e.iterancestors())]


def _body_text(body: html.HtmlElement) -> str:
    """The text without what the site puts around it."""
    etree.strip_elements(body, *FURNITURE, with_tail=False)
    return block_text(body)


READER = Reader("europresse", sniff, read, named=True)
