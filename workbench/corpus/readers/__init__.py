"""Readers by format: each module names one `Reader`, the first that recognises a source reads."""

from __future__ import annotations

from workbench.corpus.readers import (
    delimited,
    europresse,
    factiva_html,
    factiva_rtf,
    factiva_xml,
    feed,
    gdelt_doc,
    gdelt_gkg,
    guardian,
    integrum_html,
    integrum_xlsx,
    json_document,
    json_lines,
    media_cloud,
    news_json,
    newsapi,
    nexis_docx,
    nexis_html,
    nexis_rtf,
    nexis_txt,
    parquet,
    plain_text,
    proquest_ris,
    proquest_txt,
    spreadsheet,
    warc,
    web_page,
)
from workbench.corpus.records import Reader, ReadOptions
from workbench.corpus.sources import Source
from workbench.errors import InputError

READERS: tuple[Reader, ...] = (
    parquet.READER,
    nexis_docx.READER,
    nexis_rtf.READER,
    nexis_html.READER,
    nexis_txt.READER,
    factiva_xml.READER,
    factiva_rtf.READER,
    factiva_html.READER,
    europresse.READER,
    integrum_html.READER,
    integrum_xlsx.READER,
    warc.READER,
    feed.READER,
    proquest_txt.READER,
    proquest_ris.READER,
    gdelt_gkg.READER,
    gdelt_doc.READER,
    guardian.READER,
    newsapi.READER,
    news_json.READER,
    media_cloud.READER,
    spreadsheet.READER,
    json_lines.READER,
    json_document.READER,
    web_page.READER,
    delimited.READER,
    plain_text.READER,
)


def reader_for(source: Source, options: ReadOptions) -> Reader | None:
    """Return the reader asked for, or the first that recognises the source.

    Raises:
        InputError: if no reader has the name asked for.
    """
    if options.format is None:
        return next((reader for reader in READERS if reader.sniff(source)), None)
    named = {reader.name: reader for reader in READERS}
    if options.format not in named:
        raise InputError(f"No format {options.format!r}; the formats are {', '.join(named)}.")
    return named[options.format]
