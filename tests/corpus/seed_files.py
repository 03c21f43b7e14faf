"""A small whole file of every format, by name: `reader.variant.ending`. What fuzzing begins from.

All of it is composed. Vendors' layouts follow the readers' own tests, in several languages of
their interfaces.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from typing import Any

import polars as pl
import xlsxwriter

from workbench.corpus.readers.gdelt_gkg import COLUMNS

ROWS: list[dict[str, str]] = [
    {
        "title": "Talks", "text": "The talks go on. " * 20,
        "date": "03/04/2022", "url": "https://a.example/1",
    },
    {
        "title": "Переговоры", "text": "Переговоры продолжаются. " * 15,
        "date": "2022-04-05", "url": "",
    },
]  # fmt: skip
PAGE = "<html><head><title>{0}</title></head><body>{1}</body></html>"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ID = "KYLE000020220301ei3100001"


# ---- tables and documents -------------------------------------------------------------------


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(*rows: Sequence[Any]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def open_document() -> bytes:
    rows = "".join(
        f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>"
        for row in (list(ROWS[0]), *(list(row.values()) for row in ROWS))
    )
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = "".join(f' xmlns:{name}="{office}{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b"<manifest:manifest/>"
    return zipped(
        {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content.encode()}
    )


def _cell(value: str) -> str:
    return (
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    )


def parquet() -> bytes:
    out = io.BytesIO()
    nested = [row | {"source": {"name": "The Paper", "tags": ["war"]}} for row in ROWS]
    pl.DataFrame(nested).write_parquet(out)
    return out.getvalue()


TABLE = "title,text,date,url\n" + "\n".join(",".join(row.values()) for row in ROWS)
INTEGRUM_HEADER = ["Источник", "Дата", "Время", "Заголовок", "Анонс", "Оригинал", "Автор"]
INTEGRUM_ROW = ["Первый", "01.03.22", "16:05", "Мост", "Мост\n\nМост упал.", "", "Ли А."]
MEDIA_CLOUD = (
    "id,indexed_date,language,media_name,media_url,publish_date,title,url\r\na1,2022-03-06 10:11:12"
    ",en,harbourtimes.com,https://harbourtimes.com,2022-03-04,Grain,https://harbourtimes.com/1\r\n"
)
PROQUEST_COLUMNS = ["Title", "Abstract", "StoreId", "Authors", "pubdate", "pubtitle", "DocumentURL"]
PROQUEST_VALUES = [
    "Grain waits",
    "Ships wait.",
    "2001",
    "Kovach, Iryna",
    "Mar 4, 2022",
    "Times",
    "",
]


# ---- what APIs answer -----------------------------------------------------------------------

GDELT = {"url": "https://a.example/1", "title": "Grain", "seendate": "20220304T101500Z"}
POINTS = [{"date": "20220304T000000Z", "value": 5, "norm": 100}]
GKG_ROW = dict.fromkeys(COLUMNS, "") | {
    "gkgrecordid": "20220304101500-7", "v2.1date": "20220304101500",
    "v2sourcecollectionidentifier": "1", "v2sourcecommonname": "a.example",
    "v2documentidentifier": "https://a.example/1",
    "v2.1translationinfo": "srclc:rus;eng:GT-RUS 1.0",
    "v2extrasxml": "<PAGE_TITLE>Odesa&apos;s grain</PAGE_TITLE>",
}  # fmt: skip
GUARDIAN = {
    "id": "world/1", "type": "liveblog", "sectionName": "World", "webTitle": "Grain waits",
    "webPublicationDate": "2022-03-04T10:15:00Z", "webUrl": "https://www.theguardian.com/world/1",
    "fields": {"body": "<p>Ships wait &amp; wait.</p><p>More</p>", "standfirst": "<p>Short</p>"},
}  # fmt: skip
NEWSAPI = {
    "source": {"id": None, "name": "Harbour Times"}, "author": "Ann Lee", "title": "Grain waits",
    "description": "In short.", "url": "https://a.example/1", "urlToImage": None,
    "publishedAt": "2022-03-04T10:15:00Z", "content": "Ships wait… [+1203 chars]",
}  # fmt: skip
NEWS_PLEASE = {
    "authors": ["Ann Lee"], "date_download": "2022-03-06 08:00:00", "date_modify": "None",
    "date_publish": "2022-03-04 10:15:00", "description": "In short.", "language": "en",
    "maintext": "Ships wait.\nWe load.", "source_domain": "a.example", "title": "Grain waits",
    "url": "https://a.example/1",
}  # fmt: skip
TRAFILATURA = {
    "title": "Grain waits", "author": "Ann Lee", "hostname": "a.example", "date": "2022-03-04",
    "fingerprint": "ab12", "raw_text": "Ships wait.", "text": "Ships wait.", "filedate": "2022",
    "source": "https://a.example/1", "source-hostname": "Harbour Times",
}  # fmt: skip


def guardian(*items: dict[str, Any]) -> dict[str, Any]:
    about = {"status": "ok", "userTier": "developer", "total": len(items), "pages": 1}
    return {"response": about | {"results": list(items)}}


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def as_lines(*values: Any) -> bytes:
    return b"\n".join(map(as_json, values))


# ---- pages and feeds ------------------------------------------------------------------------

STORY = PAGE.format("Talks", "".join(f"<h1>{r['title']}</h1><p>{r['text']}</p>" for r in ROWS))
RSS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Paper</title>'
    "<item><title>Grain &amp;amp; ships</title><pubDate>Fri, 04 Mar 2022 10:15:00 +0200</pubDate>"
    "<description>&lt;p&gt;Short.&lt;/p&gt;</description>"
    "<content:encoded><![CDATA[<p>Ships wait.</p>]]></content:encoded></item></channel></rss>"
)
ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="uk">'
    "<title>Стрічка</title><entry><id>urn:1</id><title>Зерно чекає</title>"
    '<updated>2022-03-04T10:15:00Z</updated><link href="https://a.example/1"/>'
    "<summary>Коротко.</summary></entry></feed>"
)
RDF = (
    '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns="http://purl.org/rss/1.0/"><channel rdf:about="a"><title>Paper</title></channel>'
    '<item rdf:about="b"><title>Grain</title><link>https://a.example/1</link></item></rdf:RDF>'
)


def crawl() -> bytes:
    page = STORY.encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
        "WARC-Date: 2022-04-01T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


# ---- Nexis ----------------------------------------------------------------------------------

UNI = (
    "Job Number: 1", "Documents (2)", "1. A first ship", "Client/Matter: -None-", "2. Grain",
    "A first ship", "Kyiv Ledger", "July 1, 2022 Friday 9:20 AM GMT", "", "Copyright 2022 Paper",
    "Section: WORLD; Pg. 4", "Length: 30 words", "Byline: Anna Bell", "Highlight: Hopes.", "Body",
    "", "A ship left.", "The mayor: it was slow.", "Classification", "Language: ENGLISH",
    "Load-Date: July 2, 2022", "End of Document", "Grain", "Kyiv Ledger", "July 2, 2022",
    "Length: 3 words", "Body", "We load.", "End of Document",
)  # fmt: skip
GERMAN_UNI = (
    "Das erste Schiff", "Seeblatt", "1. Juli 2022 Freitag", "Copyright 2022 Seeblatt",
    "Länge: 30 Wörter", "Autor: Anna Bell", "Textkörper", "", "Ein Schiff fuhr ab.",
    "Load-Date: July 2, 2022", "Ende des Dokuments",
)  # fmt: skip


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    document = f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'
    links = '<Relationships><Relationship Id="a" Target="https://a.example/"/></Relationships>'
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": document.encode(),
            "word/_rels/document.xml.rels": links.encode(),
        }
    )


def rtf(*paragraphs: str) -> bytes:
    units = "\\par\n".join(paragraphs)
    escaped = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in units)
    return f"{{\\rtf1\\ansi\\ansicpg1252 {escaped}\\par}}".encode()


NEXIS_HTML = (
    '<HTML>\n<HEAD><STYLE TYPE="text/css"><!-- .c6 { font-weight: bold; }--></STYLE>'
    '<META TOPIC="null" DOCUMENTS="1" /></HEAD>\n<BODY>\n<A NAME="DOC_ID_0_0"></A>'
    "<!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> -->\n"
    "<BR><DIV><P>1 of 1 DOCUMENTS</P></DIV><BR><DIV><P>The Irish Times</P></DIV>"
    "<BR><DIV><P>June 17, 2022, CITY EDITION</P></DIV>"
    '<BR><DIV><P><SPAN CLASS="c6">A first ship</SPAN></P></DIV>'
    '<BR><DIV><P><SPAN CLASS="c7">LENGTH: </SPAN><SPAN>76 words</SPAN></P></DIV>'
    "<BR><DIV><P>A SHIP left.</P><P>Update: it came back.</P></DIV>"
    '<BR><DIV><P><SPAN CLASS="c7">LOAD-DATE: </SPAN><SPAN>June 19, 2022</SPAN></P></DIV>'
    "<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n</BODY></HTML>"
)
NEXIS_TXT = (
    "1 of 2 DOCUMENTS\n\nThe Paper\n\nApril 1, 2022\n\nTalks go on\n\nLENGTH: 3 words\n\n"
    "Talks go on.\n\nLOAD-DATE: April 2, 2022\n\n2 of 2 DOCUMENTS\n\nThe Paper\n\nApril 2, 2022\n"
)


# ---- Factiva --------------------------------------------------------------------------------

FACTIVA_XML = (
    '<?xml version="1.0" encoding="utf-8"?>\n<PPSResponse><ppsArticleResponse '
    'xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet count="1"><ppsarticle>'
    f"<article><accessionNo>{ID}</accessionNo><baseLanguage>{{0}}</baseLanguage>"
    "<byline>By Ann Lee</byline><headline><paragraph>{1}</paragraph></headline>"
    '<leadParagraph><paragraph display="Fixed">{2}</paragraph></leadParagraph>'
    "<publicationDate><date>2022-03-01</date></publicationDate>"
    '<region code="ukrn"><name>Ukraine</name></region><sourceName>Kyiv Ledger</sourceName>'
    "</article></ppsarticle></ppsarticleResultSet></ppsArticleResponse></PPSResponse>"
)
GERMAN = ("Die Brücke fällt", "120 Wörter", "1. März 2022", "Seeblatt", "SEEB", "Deutsch", "(c) S")
RUSSIAN = ("Мост упал", "120 слов", "1 марта 2022", "Вестник", "VEST", "Русский", "(c) В")
CODES = ("HD", "WC", "PD", "SN", "SC", "LA", "CY")


def factiva_html(values: Sequence[str], language: str, body: str) -> str:
    rows = zip((*CODES, "LP", "AN"), (*values, body, f"Document {ID}"), strict=True)
    cells = "".join(f"<tr><td><b>{code}</b></td><td>{value}</td></tr>" for code, value in rows)
    table = f'<div class="article {language}Article"><table>{cells}</table></div>'
    return PAGE.format("Factiva", table)


def factiva_rtf(*lines: str) -> bytes:
    return rtf("Factiva RTF Display Format", *lines, f"Document {ID}")


# ---- others ---------------------------------------------------------------------------------

OLDER = (
    '<table><tr><td><span class="DocPublicationName">Le Livre, no. 12</span><br>'
    '<span class="DocHeader">Monde, mardi 1 mars 2022, p. 03</span><br><br>'
    '<span class="TitreArticleVisu">Le pont</span><br><br>Anne Martin<br><p></p>'
    "Le pont est <b>tombé</b>.<p></p><b><i>© 2022 Livre SA.</i></b><p></p>"
    "Numéro de document : news·20220301·LL·12a3<br></td></tr></table>"
)
NEWER = (
    '<article><header><span class="DocPublicationName">Le Livre</span>'
    '<span class="DocHeader">Monde, mardi 1 mars 2022 - 15:04 UTC +01:00 120 mots, p. 3</span>'
    '<div class="titreArticle"><p class="rdp__articletitle">Le pont</p></div>'
    '<p class="sm-margin-bottomNews">Par Anne Martin</p></header>'
    '<div class="docOcurrContainer"><p>Le pont est tombé.</p><aside>Lire</aside></div>'
    '<div class="publiC-lblNodoc">news·20220301·LL·12a3</div></article>'
)
INTEGRUM = PAGE.format(
    "Report",
    '1. <a href="#1">x</a><br><div><a name="1"></a><table><tr><td>^ИС:\n Ведомости<br>^ДТ:\n '
    "01.03.2022<br>^ЗГ:\n МОСТ</td></tr></table><h3>МОСТ</h3><pre>\n  Мост упал.</pre></div>",
)
RULE = "_" * 60
PROQUEST = (
    f"{RULE}\n\nTalks go on\n\nPublication title: The Paper\n\nFull text: Text.\n\nMore.\n\n"
    f"Publication date: Apr 1, 2022\n\n{RULE}\n\nContact ProQuest\nCopyright © ProQuest LLC\n"
)
RIS = "TY  - NEWS\nTI  - Talks\nT2  - The Paper\nDA  - 2022/04/01\nN2  - Text.\nER  - \n"

SEEDS: dict[str, bytes] = {
    "jsonl.jsonl": as_lines(*ROWS),
    "json.json": as_json({"status": "ok", "articles": ROWS}),
    "delimited.csv": TABLE.encode(),
    "delimited.tsv": TABLE.replace(",", "\t").encode("utf-16"),
    "delimited.cp1251.csv": TABLE.replace(",", ";").encode("cp1251"),
    "spreadsheet.xlsx": workbook(list(ROWS[0]), *(list(row.values()) for row in ROWS)),
    "spreadsheet.proquest.xlsx": workbook(PROQUEST_COLUMNS, PROQUEST_VALUES),
    "spreadsheet.ods": open_document(),
    "parquet.parquet": parquet(),
    "text.txt": b"The talks go on.\r\n\r\nNothing else.",
    "text.md": "# Talks\n\nThe talks go on.".encode("utf-16"),
    "web_page.html": STORY.encode(),
    "warc.warc": crawl(),
    "warc.warc.gz": gzip.compress(crawl(), mtime=0),
    "feed.rss.xml": RSS.encode(),
    "feed.atom": ATOM.encode(),
    "feed.rdf": RDF.encode(),
    "nexis_docx.docx": docx(*UNI),
    "nexis_docx.de.docx": docx(*GERMAN_UNI),
    "nexis_rtf.rtf": rtf(*UNI),
    "nexis_rtf.de.doc": rtf(*GERMAN_UNI),
    "nexis_html.html": NEXIS_HTML.encode(),
    "nexis_txt.txt": NEXIS_TXT.encode(),
    "factiva_xml.xml": FACTIVA_XML.format("EN", "Bridge", "It fell.").encode(),
    "factiva_xml.ru.xml": FACTIVA_XML.format("RU", "Мост", "Мост упал.").encode("utf-8-sig"),
    "factiva_rtf.de.rtf": factiva_rtf(*GERMAN, "", "Sie ist alt.", "", "Niemand ist verletzt."),
    "factiva_rtf.ru.rtf": factiva_rtf(*map("\t".join, zip(CODES, RUSSIAN, strict=True)), "TD\tОн."),
    "factiva_html.de.html": factiva_html(GERMAN, "de", "<p>Sie ist alt.</p>").encode(),
    "factiva_html.ru.html": factiva_html(RUSSIAN, "ru", "<p>Он был стар.</p>").encode(),
    "europresse.HTML": PAGE.format("Europresse", OLDER).encode(),
    "europresse.newer.html": PAGE.format("Europresse", NEWER).encode(),
    "integrum_html.html": INTEGRUM.encode("cp1251"),
    "integrum_xlsx.xlsx": workbook(INTEGRUM_HEADER, INTEGRUM_ROW),
    "proquest_txt.txt": PROQUEST.encode(),
    "proquest_ris.ris": RIS.encode(),
    "media_cloud.csv": MEDIA_CLOUD.encode(),
    "media_cloud.counts.csv": b"date,count,total_count,ratio\r\n2022-03-04,5,100,0.05\r\n",
    "gdelt_doc.json": as_json({"articles": [GDELT]}),
    "gdelt_doc.timeline.json": as_json({"timeline": [{"series": "Article Count", "data": POINTS}]}),
    "gdelt_doc.csv": "\ufeffURL,MobileURL,Date,Title\r\nhttps://a.example/1,,20220304,A\r\n".encode(),
    "gdelt_gkg.gkg.csv": "\t".join(GKG_ROW.values()).encode() + b"\n",
    "guardian.json": as_json(guardian(GUARDIAN)),
    "guardian.jsonl": as_lines(GUARDIAN, GUARDIAN | {"id": "world/2"}),
    "newsapi.json": as_json({"status": "ok", "totalResults": 1, "articles": [NEWSAPI]}),
    "news_json.json": as_json([NEWS_PLEASE]),
    "news_json.jsonl": as_lines(TRAFILATURA, TRAFILATURA),
}  # fmt: skip
