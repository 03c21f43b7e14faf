"""Factiva's XML delivery: what it announces, its paragraphs, and files that break off."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.corpus import read
from workbench.corpus.readers import reader_for
from workbench.corpus.records import Announcement, ReadOptions, Record, Refusal
from workbench.corpus.sources import Source

LEAD = "<leadParagraph>\nThe bridge fell\nat noon.\n    It was old.\n </leadParagraph>"
MARKED = (
    '<leadParagraph><paragraph display="Proportional">It <hlt>fell</hlt>\nat noon.</paragraph>'
    '</leadParagraph><tailParagraphs><paragraph display="Proportional">It was old.</paragraph>'
    '<paragraph display="Fixed">Span  90 m\nAge   60 y</paragraph></tailParagraphs>'
)


def entry(body: str = LEAD, number: int = 1) -> str:
    return (
        f"<ppsarticle><article><accessionNo>KYLE000020220301ei310000{number}</accessionNo>"
        "<baseLanguage>EN</baseLanguage><byline>By Ann Lee</byline>"
        f"<headline><paragraph>Bridge &amp; river {number}</paragraph></headline>{body}"
        "<publicationDate><date>2022-03-01</date></publicationDate>"
        '<region code="ukrn"><name>Ukraine</name></region><sectionName>World</sectionName>'
        "<sourceName>Kyiv Ledger</sourceName></article></ppsarticle>"
    )


def delivery(*entries: str, count: int | str = 1) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<PPSResponse><ppsArticleResponse '
        f'xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet count="{count}">'
        f"{''.join(entries)}</ppsarticleResultSet></ppsArticleResponse></PPSResponse>"
    )


def outcomes(folder: Path, content: str | bytes) -> list[Record | Refusal | Announcement]:
    path = folder / "a.xml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    given = Source(path.name, path)
    reader = reader_for(given, ReadOptions())
    assert reader is not None
    assert reader.name == "factiva_xml"
    return list(reader.read(given, ReadOptions()))  # type: ignore[arg-type]


def test_read_yields_the_count_then_the_records(tmp_path: Path) -> None:
    assert outcomes(tmp_path, delivery(entry(), count=3)) == [
        Announcement(3, 'count="3" of the result set'),
        Record(
            "1",
            {
                "article_id": "KYLE000020220301ei3100001",
                "regions": ["ukrn : Ukraine"],
                "section": "World",
                "outlet": "Kyiv Ledger",
                "title": "Bridge & river 1",
                "text": "The bridge fell at noon.\n\nIt was old.",
                "authors": "Ann Lee",
                "language": "en",
                "published": "2022-03-01",
            },
        ),
    ]


def test_read_keeps_marked_paragraphs_and_those_set_as_typed(tmp_path: Path) -> None:
    record = outcomes(tmp_path, delivery(entry(MARKED)))[1]
    assert isinstance(record, Record)
    assert record.fields["text"] == "It fell at noon.\n\nIt was old.\n\nSpan  90 m\nAge   60 y"


def test_read_tells_what_is_missing_of_the_count(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(delivery(entry(), count=3))
    (report,) = read(tmp_path / "a.xml").reports
    assert (report.announced, report.articles, report.missing) == (3, 1, ["2", "3"])


def test_read_refuses_a_message_in_place_of_an_article(tmp_path: Path) -> None:
    failed = "<ppsarticle><status>Not found</status></ppsarticle>"
    found = outcomes(tmp_path, delivery(failed, entry(), count="?"))
    assert found[0] == Refusal("1", "vendor_error", "Not found")
    assert found[1].number == "2"  # type: ignore[union-attr]


def test_read_of_a_file_cut_short_yields_what_is_whole(tmp_path: Path) -> None:
    whole = delivery(entry(), entry(number=2), count=2)
    cut = whole[: whole.index("at noon", whole.index("river 2"))]
    assert outcomes(tmp_path, cut)[1:] == [
        outcomes(tmp_path, whole)[1],
        Refusal("", "broken_file", "the XML breaks off after article 1"),
    ]
    between = whole[: whole.index("</ppsarticleResultSet>")]
    assert [type(item).__name__ for item in outcomes(tmp_path, between)] == [
        "Announcement",
        "Record",
        "Record",
        "Refusal",
    ]


def test_read_refuses_entities(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE PPSResponse [<!ENTITY a "aaaa">]>' + delivery(entry()).partition("\n")[2]
    assert [item.reason for item in outcomes(tmp_path, bomb)] == [  # type: ignore[union-attr]
        "unsafe_markup"
    ]


@pytest.mark.parametrize("share", [0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.99])
def test_read_survives_any_cut(tmp_path: Path, share: float) -> None:
    whole = delivery(entry(), entry(), count=2)
    found = outcomes(tmp_path, whole[: int(share * len(whole))])
    assert isinstance(found[-1], Refusal)


def test_read_of_the_real_delivery_tells_what_is_missing(shared: Path) -> None:
    reading = read(shared / "data/exports/factiva_reuters.xml")
    (report,) = reading.reports
    assert (report.format, report.articles, report.rejects.total()) == ("factiva_xml", 19, 0)
    assert (report.announced, report.missing) == (20, ["20"])
    complete = reading.articles.drop_nulls(["title", "text", "outlet", "published"])
    assert complete.height == 19
    assert set(reading.articles["published"].dt.year()) == {1987}
