"""Nexis Uni's export as a Word document."""

from __future__ import annotations

import dataclasses
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from workbench.corpus.limits import check_tags, check_whole
from workbench.corpus.readers.nexis_articles import uni_records
from workbench.corpus.readers.nexis_fields import Paragraph
from workbench.corpus.records import Announcement, Reader, ReadOptions, Record, Refusal
from workbench.corpus.sources import BROKEN_ARCHIVE, ZIP, Source

DOCUMENT, LINKS = "word/document.xml", "word/_rels/document.xml.rels"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": ""}
NEXIS = re.compile(
    rb"Load-Date:|End of Document|urn:contentItem:|w:name=\"Bookmark_1\""
    rb"|Ende des Dokuments|Fin du document|Fin del documento|Fim do documento"
)
OFF = {"0", "false", "off"}


def sniff(source: Source) -> bool:
    """A Word document with the vendor's marks in its text or its links."""
    if not source.head.startswith(ZIP):
        return False
    if all(member.filename != DOCUMENT for member in source.members):
        return False
    return NEXIS.search(_member(source, DOCUMENT) + _member(source, LINKS)) is not None


def read(source: Source, options: ReadOptions) -> Iterator[Record | Refusal | Announcement]:
    """One record per article, numbered as the vendor does."""
    root, broken = _tree(_member(source, DOCUMENT))
    links_root, _ = _tree(_member(source, LINKS))
    if root is None:
        yield Refusal("", "broken_file", broken)
        return
    targets = [] if links_root is None else links_root.iter("{*}Relationship")
    links = {str(link.get("Id")): str(link.get("Target") or "") for link in targets}
    paragraphs = [_paragraph(p, links) for p in root.iter(f"{W}p") if not _is_copy(p)]
    if not any(p.bold for p in paragraphs):  # lost, so it tells nothing
        paragraphs = [dataclasses.replace(p, bold=None) for p in paragraphs]
    yield from uni_records(paragraphs, broken)


def _member(source: Source, name: str) -> bytes:
    """A part of the document; empty where it is missing or damaged."""
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            check_whole(archive.getinfo(name).file_size)
            return archive.read(name)
    except (KeyError, *BROKEN_ARCHIVE):
        return b""


def _tree(content: bytes) -> tuple[etree._Element | None, str | None]:
    """The root of an XML document as far as it can be read, and what is wrong with the rest."""
    check_tags(content)
    parser = etree.XMLParser(
        recover=True, no_network=True, resolve_entities=False, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return None, f"no XML: {error.msg}"
    if root is None:
        return None, "the document is empty"
    if root.getroottree().docinfo.internalDTD is not None:
        return None, "the document defines entities, which Word never does"
    errors = [entry for entry in parser.error_log if entry.level >= etree.ErrorLevels.FATAL]
    return root, f"line {errors[0].line}: {errors[0].message}" if errors else None


def _paragraph(element: etree._Element, links: dict[str, str]) -> Paragraph:
    runs = [(run, _text(run)) for run in _runs(element)]
    first = next((run for run, text in runs if text.strip()), None)
    marks = (mark.get(f"{W}name") or "" for mark in element.iter(f"{W}bookmarkStart"))
    targets = (links.get(link.get(f"{R}id") or "", "") for link in element.iter(f"{W}hyperlink"))
    return Paragraph(
        text="".join(text for _, text in runs),
        bold=None if first is None else _is_bold(first),
        mark=next((mark for mark in marks if mark and mark != "_GoBack"), ""),
        link=next((target for target in targets if target), ""),
    )


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph, but not those of a box of text that hangs in it."""
    for child in element:
        if child.tag == f"{W}r":
            yield child
        elif child.tag not in {f"{W}p", f"{W}del", FALLBACK}:
            yield from _runs(child)


def _text(run: etree._Element) -> str:
    return "".join(_character(child) for child in run if isinstance(child.tag, str))


def _character(child: etree._Element) -> str:
    if child.tag == f"{W}t":
        return child.text or ""
    return CHARACTERS.get(child.tag.removeprefix(W), "")


def _is_bold(run: etree._Element) -> bool:
    bold = run.find(f"{W}rPr/{W}b")
    return bold is not None and (bold.get(f"{W}val") or "1") not in OFF


def _is_copy(paragraph: etree._Element) -> bool:
    """Whether a paragraph repeats another for programs that can't show its box."""
    return any(parent.tag == FALLBACK for parent in paragraph.iterancestors())


READER = Reader("nexis_docx", sniff, read, is_text=False, named=True)
