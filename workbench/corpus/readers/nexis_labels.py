"""The words by which Nexis labels the parts of an article, in the languages of its interface."""

from __future__ import annotations

import re

NAMES: dict[str, tuple[str, ...]] = {
    "headline": (
        "headline", "schlagzeile", "überschrift", "titre", "título", "titolo", "kop", "заголовок",
        "标题",
    ),
    "section": (
        "section", "rubrik", "ressort", "rubrique", "sección", "sezione", "seção", "secção",
        "rubriek", "sectie", "раздел", "рубрика", "版块", "版面",
    ),
    "length": (
        "length", "länge", "longueur", "longitud", "extensión", "lunghezza", "comprimento",
        "tamanho", "lengte", "длина", "объем", "объём", "长度", "字数",
    ),
    "byline": (
        "byline", "by-line", "author", "authors", "autor", "autoren", "verfasser", "auteur",
        "auteurs", "autores", "autore", "autori", "автор", "авторы", "作者",
    ),
    "summary": (
        "highlight", "highlights", "abstract", "vorspann", "zusammenfassung", "résumé", "resumen",
        "riassunto", "resumo", "samenvatting", "аннотация", "摘要",
    ),
    "dateline": ("dateline", "ortsangabe", "lieu", "lugar", "luogo", "место", "电头"),
    "load date": (
        "load-date", "load date", "update", "ladedatum", "date-chargement", "date de chargement",
        "mise-a-jour", "mise à jour", "fecha-de-carga", "fecha de carga", "data di caricamento",
        "data de carregamento", "laaddatum", "дата загрузки", "加载日期",
    ),
    "language": ("language", "sprache", "langue", "idioma", "lingua", "taal", "язык", "语言"),
    "publication type": (
        "publication-type", "publication type", "publikationstyp", "zeitungstyp",
        "type-publication", "type de publication", "tipo de publicación", "tipo de publicação",
        "tipo di pubblicazione", "publicatietype", "тип издания", "出版物类型",
    ),
    "subjects": (
        "subject", "subjects", "thema", "themen", "sujet", "sujets", "tema", "temas", "soggetto",
        "assunto", "onderwerp", "тема", "主题",
    ),
    "companies": (
        "company", "companies", "unternehmen", "firma", "société", "empresa", "azienda", "bedrijf",
        "компания", "公司",
    ),
    "organizations": (
        "organization", "organisation", "organización", "organizzazione", "organização",
        "organisatie", "организация", "组织",
    ),
    "persons": ("person", "people", "personne", "persona", "pessoa", "persoon", "персона", "人物"),
    "places": (
        "geographic", "geografisch", "geographie", "géographique", "geográfico", "geografico",
        "география", "地理",
    ),
    "industries": ("industry", "branche", "industrie", "industria", "setor", "отрасль", "行业"),
    "tickers": ("ticker", "börsenkürzel"),
    "journal code": ("journal-code", "journal code"),
    "document type": ("document-type", "document type"),
    "accession number": ("acc-no", "accession number", "accession no"),
    "graphic": ("graphic", "graphics", "grafik", "graphique", "gráfico", "grafico", "afbeelding"),
    "correction": ("correction", "berichtigung", "corrección", "correzione"),
    "correction date": ("correction-date", "correction date"),
    "notes": ("notes", "anmerkungen"),
    "anchors": ("anchors", "anchor"),
    "guests": ("guests", "guest"),
    "series": ("series", "serie", "série"),
    "distribution": ("distribution",),
    "url": ("url",),
    "copyright": ("copyright",),
    "text": ("body",),
}  # fmt: skip
LABELS = {name: field for field, names in NAMES.items() for name in names}

BODY = {
    "body", "text", "textkörper", "haupttext", "corps", "corps du texte", "texte", "cuerpo",
    "cuerpo del texto", "texto", "corpo", "corpo del testo", "testo", "corpo do texto", "tekst",
    "hoofdtekst", "основной текст", "текст", "正文",
}  # fmt: skip
HEADINGS = {
    "classification": (
        "classification", "klassifizierung", "klassifikation", "clasificación", "classificazione",
        "classificação", "classificatie", "классификация", "分类",
    ),
    "graphic": NAMES["graphic"],
    "correction": NAMES["correction"],
    "notes": NAMES["notes"],
}  # fmt: skip
HEADED = {name: field for field, names in HEADINGS.items() for name in names}

TAIL = {
    "load date", "language", "publication type", "subjects", "companies", "organizations",
    "persons", "places", "industries", "tickers", "journal code", "document type", "graphic",
    "accession number", "correction", "correction date", "notes", "anchors", "classification",
    "url",
}  # fmt: skip
INDEXED = {"subjects", "companies", "organizations", "persons", "places", "industries", "tickers"}

END = re.compile(
    r"\s*(?:end of document|ende des dokuments|dokumentende|fin du document|fin del documento"
    r"|fine (?:del )?documento|fim do documento|einde (?:van )?(?:het )?document"
    r"|конец документа|文档结尾|文档结束|文件结尾)\s*",
    re.IGNORECASE,
)
DOCUMENTS = re.compile(  # on the cover: how many there are
    r"\s*(?:documents?|dokumente?|documentos?|documenti|documenten|документы|文档|文件)"
    r"\s*[(（]\s*(?P<count>\d[\d.,]*)\s*[)）]\s*",
    re.IGNORECASE,
)
COUNTER = re.compile(  # above an article: which of how many it is
    r"\s*(?:(?:document|dokument|documento|документ)\s+(?P<number>\d+)\s+"
    r"(?:of|von|de|sur|di|van|из)\s+(?P<total>\d+)"
    r"|(?P<first>\d+)\s+(?:of|von|de|sur|di|van|из)\s+(?P<all>\d+)\s+"
    r"(?:documents?|dokumenten?|documentos?|documenti|документов))\s*",
    re.IGNORECASE,
)
COPYRIGHT = re.compile(
    r"\s*(?:copyright\b|©|\(c\)\s*(?:copyright\s*)?\d{4}|urheberrecht\b|droits d.auteur)",
    re.IGNORECASE,
)
ERROR = re.compile(  # what the vendor puts in place of an article
    r"there is an error in this document|not possible to display (?:it|this document)"
    r"|(?:this )?document (?:could not|cannot|can not) be (?:displayed|retrieved|delivered)",
    re.IGNORECASE,
)
