"""GDELT's lists, timelines and knowledge graph: seen is not published, refusals say so."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from workbench.corpus.readers.gdelt_gkg import COLUMNS
from workbench.corpus.records import Total

SEEN = dt.datetime(2022, 3, 4, 10, 15, tzinfo=dt.UTC)
ARTICLE = {
    "url": "https://www.harbourtimes.com/1",
    "url_mobile": "",
    "title": "Grain waits",
    "seendate": "20220304T101500Z",
    "socialimage": "https://www.harbourtimes.com/1.jpg",
    "domain": "harbourtimes.com",
    "language": "English",
    "sourcecountry": "United States",
}


def write(folder: Path, content: Any, name: str = "gdelt.json") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


# ---- DOC ------------------------------------------------------------------------------------


def test_gdelt_doc_seendate_is_not_the_date_of_publication(tmp_path: Path) -> None:
    reading = wb.read(write(tmp_path, {"articles": [ARTICLE]}))
    assert reading.rejects.is_empty()
    assert reading.reports[0].format == "gdelt_doc"
    (row,) = reading.articles.to_dicts()
    assert (row["published"], row["seen"]) == (None, SEEN)
    assert (row["title"], row["text"], row["text_kind"]) == ("Grain waits", None, "headline")
    assert (row["outlet"], row["outlet_country"]) == ("harbourtimes.com", "United States")
    assert row["language"] == "en"


def test_gdelt_doc_csv_has_other_names(tmp_path: Path) -> None:
    content = (
        "\ufeffURL,MobileURL,Date,Title\r\n"
        'https://www.harbourtimes.com/1,,2022-03-04 10:15:00,"Grain, waiting"\r\n'
    )
    reading = wb.read(write(tmp_path, content, "gdelt.csv"))
    assert reading.reports[0].format == "gdelt_doc"
    (row,) = reading.articles.to_dicts()
    assert (row["published"], row["seen"], row["title"]) == (None, SEEN, "Grain, waiting")
    assert row["outlet"] == "harbourtimes.com"


@pytest.mark.parametrize(
    "content",
    [
        "Please limit requests to one every 5 seconds or contact kalev.leetaru5@gmail.com.",
        "Your query was too short or too long.\n",
        "Timespan is too short.",
    ],
)
def test_gdelt_doc_message_in_place_of_an_answer(tmp_path: Path, content: str) -> None:
    reading = wb.read(write(tmp_path, content))
    assert reading.rejects.select("source_record", "reason", "detail").rows() == [
        ("", "vendor_error", content.strip())
    ]


def test_gdelt_doc_empty_answer_says_what_it_may_mean(tmp_path: Path) -> None:
    rejects = wb.read(write(tmp_path, "{}\n")).rejects
    assert rejects["reason"].to_list() == ["no_records"]
    assert "a wrong query" in rejects["detail"][0]


def test_gdelt_doc_cut_off_gives_what_is_whole(tmp_path: Path) -> None:
    whole = json.dumps({"articles": [ARTICLE, ARTICLE | {"url": "https://a.com/2"}]})
    reading = wb.read(write(tmp_path, whole[:-30]))
    assert reading.articles["url"].to_list() == [ARTICLE["url"]]
    assert reading.rejects.select("source_record", "reason").rows() == [("", "broken_file")]


ORIGIN = "GDELT DOC, all articles monitored"
POINTS = [
    {"date": "20220304T000000Z", "value": 5, "norm": 100},
    {"date": "20220304T120000Z", "value": 6, "norm": 50},
    {"date": "20220305T000000Z", "value": 7, "norm": 120},
]
TOTALS = [
    Total("Harbour Times", dt.date(2022, 3, 4), 150, ORIGIN),
    Total("Harbour Times", dt.date(2022, 3, 5), 120, ORIGIN),
]


def timeline(points: list[dict[str, Any]]) -> dict[str, Any]:
    return {"timeline": [{"series": "Article Count", "data": points}]}


def test_gdelt_doc_timeline_gives_totals(tmp_path: Path) -> None:
    reading = wb.read(write(tmp_path, timeline(POINTS)), outlet="Harbour Times")
    assert reading.rejects.is_empty()
    assert reading.reports[0].totals == TOTALS


def test_gdelt_doc_timeline_in_csv_gives_totals(tmp_path: Path) -> None:
    content = "\ufeffDate,Series,Value\n" + "".join(
        f"{point['date']},Article Count,{point['value']}\n"
        f"{point['date']},Total Monitored Articles,{point['norm']}\n"
        for point in POINTS
    )
    reading = wb.read(write(tmp_path, content, "a.csv"), outlet="Harbour Times")
    assert reading.reports[0].totals == TOTALS


@pytest.mark.parametrize(
    ("points", "reason"),
    [(POINTS, "outlet_unknown"), ([{"date": "20220304T000000Z", "value": 0.5}], "no_totals")],
)
def test_gdelt_doc_timeline_that_gives_no_totals_says_why(
    tmp_path: Path, points: list[dict[str, Any]], reason: str
) -> None:
    reading = wb.read(write(tmp_path, timeline(points)))
    assert reading.rejects.select("source_record", "reason").rows() == [("", reason)]


# ---- GKG ------------------------------------------------------------------------------------


def gkg_row(**cells: str) -> str:
    row = dict.fromkeys(COLUMNS, "") | {
        "gkgrecordid": "20220304101500-7",
        "v2.1date": "20220304101500",
        "v2sourcecollectionidentifier": "1",
        "v2sourcecommonname": "harbourtimes.com",
        "v2documentidentifier": "https://www.harbourtimes.com/1",
        "v1locations": "1#Ukraine#UP#UP#49#32#UP;1#Russia#RS#RS#60#100#RS",
        "v1.5tone": "-3.2,1.5,4.7,6.2,20.1,0.5,310",
        "v2.1quotations": "120|20||we load",
        "v2extrasxml": '<PAGE_TITLE>Odesa&apos;s "grain waits</PAGE_TITLE>',
    }
    return "\t".join((row | cells).values())


def test_gdelt_gkg_gives_the_title_and_when_it_was_seen(tmp_path: Path) -> None:
    path = write(tmp_path, gkg_row() + "\n", "20220304101500.gkg.csv")
    reading = wb.read(path)
    assert reading.rejects.is_empty()
    assert reading.reports[0].format == "gdelt_gkg"
    (row,) = reading.articles.to_dicts()
    assert (row["article_id"], row["outlet"]) == ("20220304101500-7", "harbourtimes.com")
    assert row["title"] == "Odesa's \"grain waits"
    assert (row["published"], row["seen"]) == (None, SEEN)
    assert row["text_kind"] == "headline"
    assert row["url"] == "https://www.harbourtimes.com/1"
    extra = json.loads(row["extra"])
    assert extra["v1.5tone"] == "-3.2,1.5,4.7,6.2,20.1,0.5,310"
    assert extra["v2.1quotations"] == "120|20||we load"


def test_gdelt_gkg_odd_quotation_mark_joins_no_rows(tmp_path: Path) -> None:
    rows = [gkg_row(gkgrecordid=f"20220304101500-{n}", v1themes='"A') for n in range(3)]
    reading = wb.read(write(tmp_path, "\n".join(rows) + "\n", "a.gkg.csv"))
    assert reading.articles.height == 3


def test_gdelt_gkg_translated_page_has_the_language_it_was_in(tmp_path: Path) -> None:
    cells = {
        "gkgrecordid": "20220304101500-T7",
        "v2.1translationinfo": "srclc:rus;eng:GT-RUS 1.0",
        "v2extrasxml": "<PAGE_TITLE>Зерно ждёт</PAGE_TITLE>"
        "<PAGE_PRECISEPUBTIMESTAMP>20220304090000</PAGE_PRECISEPUBTIMESTAMP>",
    }
    (row,) = wb.read(write(tmp_path, gkg_row(**cells), "a.gkg.csv")).articles.to_dicts()
    assert (row["language"], row["title"]) == ("ru", "Зерно ждёт")
    assert row["published"] == dt.datetime(2022, 3, 4, 9, tzinfo=dt.UTC)


def test_gdelt_gkg_row_cut_off_is_refused(tmp_path: Path) -> None:
    second = gkg_row(gkgrecordid="20220304101500-8")[:120]
    reading = wb.read(write(tmp_path, f"{gkg_row()}\n{second}", "a.gkg.csv"))
    assert reading.articles.height == 1
    assert reading.rejects.select("source_record", "reason").rows() == [("2", "broken_row")]
