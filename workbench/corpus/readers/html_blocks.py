"""HTML as the vendors' readers need it: a tolerant tree, and the text of an element by paragraphs.

Nothing is fetched and nothing is expanded; whatever markup comes, there is a tree.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator

from lxml import etree, html

from workbench.corpus.decoding import text_head
from workbench.corpus.limits import MAX_WHOLE, check_tags
from workbench.corpus.sources import Source

MARKUP = re.compile(r"<(?:!doctype html|html|head|meta|body|article|table|div)\b", re.IGNORECASE)
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
CHUNK = 1 << 20
OVERLAP = 1 << 10
BLOCKS = {
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol",
    "p", "pre", "section", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
BREAK = "\v"  # where <br> stood, in raw text
WRAPPED_WITHIN = 100


def is_html(source: Source) -> bool:
    """Whether a source begins as a web page or a piece of one."""
    start = text_head(source)[:4096].lstrip("\ufeff \t\r\n")
    return start.startswith("<") and MARKUP.search(start) is not None


def holds(source: Source, pattern: re.Pattern[bytes]) -> bool:
    """Whether a pattern of up to a kilobyte occurs anywhere: vendors put long scripts on top."""
    found = pattern.search(source.head) is not None
    if found or source.size > MAX_WHOLE:  # which no reader could hold
        return found
    with source.open() as stream:
        before = b""
        while chunk := stream.read(CHUNK):
            if pattern.search(before + chunk):
                return True
            before = chunk[-OVERLAP:]
    return False


def whole_articles(
    text: str,
    find: Callable[[html.HtmlElement], list[html.HtmlElement]],
    end: re.Pattern[str],
) -> tuple[list[html.HtmlElement], bool]:
    """Return the articles of a page that are whole, and whether the page breaks off.

    Args:
        text: the page.
        find: gives the articles of its tree.
        end: stands in every article that is whole; asked of the last where the page breaks off.
    """
    tree = parse_html(text)
    articles = find(tree) if tree is not None else []
    cut = is_cut_short(text)
    if cut and articles and end.search(raw_text(articles[-1])) is None:
        articles.pop()
    return articles, cut


def parse_html(text: str) -> html.HtmlElement | None:
    """Return the tree of a page without its scripts and styles, or None where it has no element.

    Raises:
        TooLargeError: if the tree would be more than may be held in memory.
    """
    parser = html.HTMLParser(encoding="utf-8", recover=True, no_network=True, huge_tree=False)
    check_tags(text)
    content = FORBIDDEN.sub("", text.removeprefix("\ufeff")).encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    etree.strip_elements(tree, "script", "style", "noscript", with_tail=False)
    return tree


def is_cut_short(text: str) -> bool:
    """Whether a page that opens as a whole document never closes."""
    return re.search("<html", text, re.IGNORECASE) is not None and (
        re.search(r"</html\s*>", text, re.IGNORECASE) is None
    )


def has_class(element: html.HtmlElement, name: str) -> bool:
    """Whether an element bears a class."""
    return name in (element.get("class") or "").split()


def line_text(element: html.HtmlElement) -> str:
    """All text of an element on one line."""
    return " ".join(raw_text(element).split())


def block_text(element: html.HtmlElement) -> str:
    """The text of an element: blank lines between blocks, line ends where <br> stands."""
    return tidy(raw_text(element))


def tidy(raw: str) -> str:
    """Raw text with its paragraphs stripped and one blank line between them."""
    text = re.sub(r"(?<![ \t])[ \t]*\n[ \t]*", "\n", raw.replace(BREAK, "\n"))
    return re.sub(r"\n{2,}", "\n\n", text).strip()


def raw_text(element: html.HtmlElement) -> str:
    r"""Text as a browser would join it; blocks stand between "\n\n", <br> is `BREAK`."""
    return "".join(_pieces(element))


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    kept = 0  # inside how many <pre>
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            kept += node.tag == "pre"
            yield "\n\n" if node.tag in BLOCKS else BREAK if node.tag == "br" else ""
            yield _collapsed(node.text, kept)
            continue
        if event == "end":
            kept -= node.tag == "pre"
            yield "\n\n" if node.tag in BLOCKS else ""
        if node is not element:
            yield _collapsed(node.tail, kept)


def _collapsed(text: str | None, kept: int) -> str:
    if text is None:
        return ""
    return text.replace("\r\n", "\n") if kept else re.sub(r"[ \t\r\n]+", " ", text)


def unwrap(text: str) -> str:
    """Paragraphs of text whose lines were broken at a width: a blank line or an indent begins one.

    Lines longer than any such width are paragraphs already.
    """
    lines = textwrap.dedent(text.replace("\r\n", "\n").strip("\n")).splitlines()
    if any(len(line) > WRAPPED_WITHIN for line in lines):
        return "\n\n".join(line.strip() for line in lines if line.strip())
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if not line.strip() or line[0].isspace():
            paragraphs.append([])
        if line.strip():
            paragraphs[-1].append(line.strip())
    return "\n\n".join(" ".join(lines) for lines in paragraphs if lines)
