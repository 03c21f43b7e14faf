"""The text of a piece of HTML inside a field: its paragraphs, joined by a blank line."""

from __future__ import annotations

import re

from lxml import etree, html

from workbench.corpus.limits import MAX_TAGS

NOT_TEXT = (
    "script", "style", "figure", "aside", "iframe", "svg", "form", "button", "noscript", "template",
)  # fmt: skip
BLOCKS = (
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr",
    "table", "tr", "section", "article", "header", "footer", "dl", "dt", "dd",
)  # fmt: skip
PARAGRAPH, LINE = "\u2029", "\u2028"
MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")


def text_of_html(markup: str) -> str:
    """Return the text of HTML without pictures, inserts and scripts; plain text stays as it is.

    So does markup of which there is more than may be held as a tree.
    """
    if MARKUP.search(markup) is None or markup.count("<") > MAX_TAGS:
        return markup.strip()
    try:
        tree = html.fragment_fromstring(re.sub("[\0-\x08\x0b\x0c\x0e-\x1f]", " ", markup), "div")
    except (etree.ParserError, etree.XMLSyntaxError):
        return markup.strip()
    etree.strip_elements(tree, *NOT_TEXT, etree.Comment, with_tail=False)
    for block in tree.iter(*BLOCKS):
        block.text = PARAGRAPH + (block.text or "")
        block.tail = PARAGRAPH + (block.tail or "")
    for line_break in tree.iter("br"):
        line_break.tail = LINE + (line_break.tail or "")
    paragraphs = str(tree.text_content()).replace(LINE * 2, PARAGRAPH).split(PARAGRAPH)
    return "\n\n".join(filter(None, map(_paragraph, paragraphs)))


def _paragraph(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split(LINE)).strip()
