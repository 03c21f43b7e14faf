"""What ProQuest calls a field in the languages of its interface.

English is known from users' parsers, `Texte intégral` from one; the others are the interface's
usual terms, written down without a file at hand.
"""

from __future__ import annotations

import re
import unicodedata

LABELS: dict[str, str] = {
    "text": (
        "Full text|Volltext|Texte intégral|Texto completo|Texto integral|Testo completo|"
        "Testo integrale|Volledige tekst|Полный текст|全文|全文文献|全文獻"
    ),
    "title": "Title|Titel|Titre|Título|Titolo|Заголовок|Название|Заглавие|标题|標題|题名",
    "outlet": (
        "Publication title|Titel der Publikation|Publikationstitel|Titre de la publication|"
        "Título de la publicación|Título de publicación|Título da publicação|"
        "Titolo della pubblicazione|Titolo pubblicazione|Titel van publicatie|Publicatietitel|"
        "Название публикации|Название издания|Заголовок публикации|出版物名称|出版物标题|"
        "出版物標題|出版物名稱"
    ),
    "published": (
        "Publication date|Publikationsdatum|Erscheinungsdatum|Veröffentlichungsdatum|"
        "Datum der Veröffentlichung|Date de publication|Fecha de publicación|"
        "Data de publicação|Data da publicação|Data di pubblicazione|Data pubblicazione|"
        "Publicatiedatum|Дата публикации|Дата издания|出版日期|发布日期|出版時間"
    ),
    "authors": (
        "Author|Authors|Autor|Autoren|Verfasser|Auteur|Auteurs|Autores|Autore|Autori|Автор|"
        "Авторы|作者"
    ),
    "summary": (
        "Abstract|Zusammenfassung|Kurzfassung|Résumé|Resumen|Resumo|Riassunto|Estratto|"
        "Samenvatting|Аннотация|Реферат|Краткое содержание|摘要"
    ),
    "section": (
        "Section|Abschnitt|Rubrik|Sektion|Sección|Seção|Secção|Sezione|Sectie|Rubriek|Раздел|"
        "Рубрика|章节|版块|版面|章節"
    ),
    "article_id": (
        "ProQuest document ID|ProQuest-Dokument-ID|ProQuest Dokument-ID|Dokument-ID von ProQuest|"
        "ID du document ProQuest|Identifiant du document ProQuest|ID del documento de ProQuest|"
        "ID de documento de ProQuest|ID do documento ProQuest|ID do documento da ProQuest|"
        "ID documento ProQuest|ID documento di ProQuest|ProQuest-document-ID|"
        "Идентификатор документа ProQuest|ID документа ProQuest|ProQuest 文档 ID|ProQuest 文件 ID"
    ),
    "url": (
        "Document URL|Dokument-URL|URL des Dokuments|URL du document|URL del documento|"
        "URL de documento|URL do documento|URL documento|Document-URL|URL-адрес документа|"
        "URL документа|文档 URL|文件 URL"
    ),
    "language": (
        "Language of publication|Publikationssprache|Sprache der Publikation|Sprache|"
        "Langue de publication|Langue de la publication|Idioma de la publicación|"
        "Idioma de publicación|Idioma da publicação|Idioma de publicação|"
        "Lingua di pubblicazione|Lingua della pubblicazione|Taal van publicatie|Publicatietaal|"
        "Язык публикации|Язык издания|出版物语言|出版语言|出版物語言|Language"
    ),
    "publication info": (
        "Publication info|Publication information|Publikationsinformationen|"
        "Informationen zur Publikation|Infos sur la publication|Informations sur la publication|"
        "Información de publicación|Información de la publicación|Informações da publicação|"
        "Informações de publicação|Informazioni sulla pubblicazione|Publicatie-informatie|"
        "Информация о публикации|Сведения об издании|出版信息|出版物信息|出版資訊"
    ),
    "subject": (
        "Subject|Subjects|Thema|Themen|Schlagwort|Schlagwörter|Fachgebiet|Sujet|Sujets|Materia|"
        "Materias|Tema|Assunto|Assuntos|Soggetto|Argomento|Onderwerp|Тема|Тематика|Предмет|主题|"
        "主題|Subject term|Subject terms"
    ),
    "location": (
        "Location|Ort|Standort|Lieu|Emplacement|Ubicación|Lugar|Local|Localização|Località|Luogo|"
        "Locatie|Plaats|Местоположение|Место|位置|地点"
    ),
    "people": "People|Personen|Person|Personnes|Personas|Pessoas|Persone|Люди|Персоны|人物|人员",
    "companies": (
        "Company / organization|Company/organization|Unternehmen / Organisation|"
        "Unternehmen/Organisation|Société / organisation|Entreprise / organisation|"
        "Empresa / organización|Empresa/organización|Empresa / organização|"
        "Società / organizzazione|Azienda / organizzazione|Компания / организация|公司/组织"
    ),
    "keywords": (
        "Identifier / keyword|Identifier/keyword|Identifier / keywords|"
        "Identifikator / Schlüsselwort|Identifikator / Schlagwort|Bezeichner / Schlüsselwort|"
        "Identificateur / mot-clé|Identifiant / mot-clé|Identificador / palabra clave|"
        "Identificador/palabra clave|Identificador / palavra-chave|"
        "Identificatore / parola chiave|Идентификатор / ключевое слово|标识符/关键字|标识符/关键词"
    ),
    "business terms": "Business indexing term|Business indexing terms",
    "classification": "Classification|Klassifizierung|Clasificación|Classificação|Classificazione",
    "publisher": "Publisher|Verlag|Herausgeber|Éditeur|Editorial|Editor|Editora|Editore|"
    "Uitgever|Издатель|出版商|出版者",
    "year": (
        "Publication year|Erscheinungsjahr|Publikationsjahr|Année de publication|"
        "Año de publicación|Ano de publicação|Anno di pubblicazione|Год публикации|出版年份"
    ),
    "place": (
        "Place of publication|Erscheinungsort|Publikationsort|Lieu de publication|"
        "Lugar de publicación|Local de publicação|Luogo di pubblicazione|Место публикации|"
        "Место издания|出版地"
    ),
    "country": (
        "Country of publication|Land der Publikation|Erscheinungsland|Publikationsland|"
        "Pays de publication|País de publicación|País de publicação|Paese di pubblicazione|"
        "Страна публикации|Страна издания|出版国家/地区|出版国家"
    ),
    "publication subject": (
        "Publication subject|Thema der Publikation|Sujet de la publication|"
        "Materia de la publicación|Assunto da publicação|Тема публикации"
    ),
    "source type": (
        "Source type|Quellentyp|Quellenart|Art der Quelle|Type de source|Tipo de fuente|"
        "Tipo de fonte|Tipo di fonte|Тип источника|来源类型|資源類型"
    ),
    "document type": (
        "Document type|Dokumenttyp|Dokumententyp|Dokumentart|Type de document|"
        "Tipo de documento|Tipo di documento|Documenttype|Тип документа|文档类型|文件类型"
    ),
    "document feature": "Document feature|Document features",
    "copyright": (
        "Copyright|Droits d'auteur|Derechos de autor|Direitos autorais|Авторские права|版权|版權"
    ),
    "database": (
        "Database|Datenbank|Base de données|Base de datos|Base de dados|Banca dati|Database|"
        "База данных|数据库|資料庫"
    ),
    "last updated": (
        "Last updated|Zuletzt aktualisiert|Letzte Aktualisierung|Dernière mise à jour|"
        "Última actualización|Última atualização|Ultimo aggiornamento|Laatst bijgewerkt|"
        "Последнее обновление|上次更新|最近更新"
    ),
    "links": "Links|Liens|Enlaces|Collegamenti|Ссылки|链接",
    "credit": "Credit|Crédit|Crédito",
    "illustration": "Illustration|Illustrations|Caption",
    "pages": "Pages|First page|Seiten|Erste Seite|Première page|Páginas|Primera página|"
    "Primeira página|Pagine|Prima pagina|Страницы|Первая страница|页|首页",
    "volume": "Volume|Band|Jahrgang|Volumen|Том|卷",
    "issue": "Issue|Ausgabe|Heft|Numéro|Número|Edición|Numero|Fascicolo|Выпуск|期",
    "edition": "Edition|Column|Dateline|Series|Subtitle|Alternate title|Supplement",
    "issn": "ISSN|e-ISSN|EISSN|CODEN|ISBN|DOI|Accession number|National newspaper core",
    "more": (
        "Product name|Publication frequency|Number of references|Publication history|"
        "Milestone dates|Online publication date|Copyright holder|Correspondence author|"
        "Entry date|Industry classification|Ethnicity|Peer reviewed|Geographic location"
    ),
}  # fmt: skip
SEVERAL_NAMES = {"edition", "issn", "more"}  # kept apart: each label is a field of its own
LABEL = re.compile(r"^\s*([^\W\d_][^:：\n]{0,48}?)\s*[:：](?:\s+|$|(?<=：))(.*)$", re.DOTALL)


def field_of(label: str) -> str | None:
    """Return the field that a label names in any of the languages, or None."""
    return _FIELDS.get(_plain(label))


def split_label(line: str) -> tuple[str, str] | None:
    """Return label and value of a line that looks like a field, known or not."""
    match = LABEL.match(line)
    return (match[1].strip(), match[2].strip()) if match else None


def _plain(label: str) -> str:
    """Lower case, without accents, spaces and hyphens."""
    letters = unicodedata.normalize("NFKD", label.casefold())
    return re.sub(r"[\s\u0300-\u036f'’-]+", "", letters)


def _each_label() -> dict[str, str]:
    fields: dict[str, str] = {}
    for field, labels in LABELS.items():
        for label in labels.split("|"):
            name = label.lower() if field in SEVERAL_NAMES else field
            fields.setdefault(_plain(label), name)
    return fields


_FIELDS = _each_label()
