"""Dates in forty forms and more, their precision, and the order of day and month."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from workbench.corpus.dates import OrderEvidence, is_blank, needs_order, parse_moment


def told(value: object, order: str = "DMY") -> str | None:
    moment = parse_moment(value, order)
    return f"{moment.time:%Y-%m-%d %H:%M:%S} {moment.precision}" if moment else None


DAYS = [
    "2022-03-01",
    "2022-3-1",
    "2022/03/01",
    "2022/3/1",
    "2022.03.01",
    "20220301",
    "01/03/2022",
    "1/3/2022",
    "01.03.2022",
    "1.3.2022",
    "01-03-2022",
    "01/03/22",
    " 01.03.2022 ",
    "01.03.2022 г.",
    "01.03.2022 Tuesday",
    "01/03/2022 (updated)",
    "Dienstag, 01.03.2022",
    "вторник, 01.03.2022",
    "1 March 2022",
    "1st March 2022",
    "March 1, 2022",
    "March 1st, 2022",
    "Mar. 1, 2022",
    "Mar 1 2022",
    "01-Mar-2022",
    "01-Mar-22",
    "Tuesday, March 1, 2022",
    "1. März 2022",
    "Dienstag, 1. März 2022",
    "1 mars 2022",
    "1er mars 2022",
    "mardi 1 mars 2022",
    "1 de marzo de 2022",
    "martes, 1 de marzo de 2022",
    "1 марта 2022",
    "1 марта 2022 г.",
    "вторник, 1 марта 2022 года",
    "1 березня 2022",
    "1 березня 2022 року",
    "вівторок, 1 березня 2022 р.",
    "1 marca 2022",
    "1 marzo 2022",
    "1° marzo 2022",
    "1 de março de 2022",
    "1 maart 2022",
    "1 mrt 2022",
    "1 Mart 2022 Salı",
    "2022年3月1日 星期二",
    "2022年3月1日（火）",
    "Published 1 March 2022",
    "1 marca 2022 r.",
]


@pytest.mark.parametrize("value", DAYS)
def test_parse_moment_reads_days(value: str) -> None:
    assert told(value) == "2022-03-01 00:00:00 day"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("29 décembre 2011", "2011-12-29"),
        ("1 février 2022", "2022-02-01"),
        ("14 août 2022", "2022-08-14"),
        ("6. Oktober 2022", "2022-10-06"),
        ("24. Dez. 2022", "2022-12-24"),
        ("3 de enero de 2023", "2023-01-03"),
        ("24 февраля 2022", "2022-02-24"),
        ("9 мая 2023", "2023-05-09"),
        ("24 лютого 2022", "2022-02-24"),
        ("5 травня 2023", "2023-05-05"),
        ("11 грудня 2022", "2022-12-11"),
        ("24 lutego 2022", "2022-02-24"),
        ("9 października 2022", "2022-10-09"),
        ("Sept. 5, 2022", "2022-09-05"),
        ("2022年3月1日", "2022-03-01"),
        ("9 ottobre 2022", "2022-10-09"),
        ("24 de fevereiro de 2022", "2022-02-24"),
        ("9 oktober 2022", "2022-10-09"),
        ("24 Şubat 2022", "2022-02-24"),
        ("14 Ağustos 2022", "2022-08-14"),
    ],
)
def test_parse_moment_reads_months_in_many_languages(value: str, expected: str) -> None:
    assert told(value) == f"{expected} 00:00:00 day"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-03-01T10:15", "10:15:00 minute"),
        ("2022-03-01T10:15Z", "10:15:00 minute"),
        ("2022-03-01 10:15 GMT", "10:15:00 minute"),
        ("2022-03-01T10:15:30Z", "10:15:30 second"),
        ("2022-03-01 10:15:30", "10:15:30 second"),
        ("2022-03-01 10:15:30.000", "10:15:30 second"),
        ("2022-03-01T10:15:30+02:00", "08:15:30 second"),
        ("2022-03-01 10:15:30 +0300", "07:15:30 second"),
        ("2022-03-01T10:15:30 MSK", "07:15:30 second"),
        ("2022-03-01 10:15:00 UTC", "10:15:00 second"),
        ("2022-03-01 7:05", "07:05:00 minute"),
        ("202203011015", "10:15:00 minute"),
        ("20220301101530", "10:15:30 second"),
        ("20220301T101530Z", "10:15:30 second"),
        ("2022/03/01 10:15", "10:15:00 minute"),
        ("01.03.2022 10:15", "10:15:00 minute"),
        ("01.03.2022, 10:15:30", "10:15:30 second"),
        ("01/03/2022 10:15 PM", "22:15:00 minute"),
        ("10:15 01.03.2022", "10:15:00 minute"),
        ("10:15, 1 March 2022", "10:15:00 minute"),
        ("Tue, 01 Mar 2022 10:15:00 GMT", "10:15:00 second"),
        ("Tue, 01 Mar 2022 10:15:00 +0200", "08:15:00 second"),
        ("Tue Mar 01 10:15:00 +0000 2022", "10:15:00 second"),
        ("March 1, 2022 Tuesday 9:20 AM GMT", "09:20:00 minute"),
        ("March 1, 2022, 9 a.m.", "09:00:00 minute"),
        ("Mar 01 2022 10:15AM", "10:15:00 minute"),
        ("1. März 2022, 10.15 Uhr", "10:15:00 minute"),
        ("1er mars 2022 à 18h30", "18:30:00 minute"),
        ("1 марта 2022 в 10:15", "10:15:00 minute"),
        ("1 березня 2022 року, 10:15", "10:15:00 minute"),
        ("1 marca 2022, 10:15", "10:15:00 minute"),
        ("Terça-feira, 1 de Março de 2022 às 10h15", "10:15:00 minute"),
        ("1 mars 2022 à 18 h 30", "18:30:00 minute"),
        ("1 mars 2022 18h", "18:00:00 minute"),
        ("2022年3月1日（火）10時15分", "10:15:00 minute"),
        ("1 марта 2022, 10:15 (МСК)", "07:15:00 minute"),
        ("First published on Tue 1 Mar 2022 10.15 GMT", "10:15:00 minute"),
        ("Updated 1:15 PM EST, Tue March 1, 2022", "18:15:00 minute"),
        ("March 1, 2022 10:15 a.m. ET", "15:15:00 minute"),
    ],
)
def test_parse_moment_reads_times_in_utc(value: str, expected: str) -> None:
    assert told(value) == f"2022-03-01 {expected}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("July 1, 2022 10:15 a.m. ET", "2022-07-01 14:15:00 minute"),
        ("1 июля 2013 10:15 МСК", "2013-07-01 06:15:00 minute"),
        ("1 July 2022, 18:00 Kyiv time", "2022-07-01 15:00:00 minute"),
    ],
)
def test_parse_moment_knows_zones_that_change(value: str, expected: str) -> None:
    assert told(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        1646129730,
        1646129730.0,
        1646129730000,
        1646129730000000,
        1646129730000000000,
        "1646129730",
        "1646129730.0",
        "1646129730000",
    ],
)
def test_parse_moment_reads_epoch_numbers(value: object) -> None:
    assert told(value) == "2022-03-01 10:15:30 second"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (20220301, "2022-03-01 00:00:00 day"),
        (44621, "2022-03-01 00:00:00 day"),
        (44621.0, "2022-03-01 00:00:00 day"),
        (44621.5, "2022-03-01 12:00:00 second"),
        (dt.date(2022, 3, 1), "2022-03-01 00:00:00 day"),
        (dt.datetime(2022, 3, 1), "2022-03-01 00:00:00 day"),
        (dt.datetime(2022, 3, 1, 10, 15), "2022-03-01 10:15:00 second"),
        (
            dt.datetime(2022, 3, 1, 1, 15, tzinfo=dt.timezone(dt.timedelta(hours=3))),
            "2022-02-28 22:15:00 second",
        ),
    ],
)
def test_parse_moment_reads_values_that_are_no_text(value: object, expected: str) -> None:
    assert told(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "2022-02-30",
        "2022-02-30 10:00",
        "2022-13-05",
        "2022/02/30",
        "20220230",
        "31/02/2022",
        "31.02.2022 10:00",
        "32 March 2022",
        "February 30, 2022",
        "March 2022",
        "2022",
        "yesterday",
        "2 days ago",
        "Monday",
        "Putin met 3 ministers",
        "0001-01-01T00:00:00",
        "0001-01-01T00:00:00+05:00",  # raised OverflowError
        "9999-12-31T23:59:59-05:00",
        "1935-01-01",
        "2099-01-01",
        "",
        "None",
        None,
        12,
        0,
        True,
        -1,
        math.nan,
        math.inf,
        10**30,
        10**400,
        dt.time(10, 15),
        ["2022"],
        {},
    ],
)
def test_parse_moment_of_what_is_no_day_is_none(value: object) -> None:
    assert parse_moment(value) is None


@pytest.mark.parametrize(
    ("value", "order", "expected"),
    [
        ("03/04/2022", "DMY", "2022-04-03 00:00:00 day"),
        ("03/04/2022", "MDY", "2022-03-04 00:00:00 day"),
        ("03/04/2022 10:15", "MDY", "2022-03-04 10:15:00 minute"),
        ("10:15 03.04.2022", "DMY", "2022-04-03 10:15:00 minute"),
        ("Sunday, 03/04/2022", "DMY", "2022-04-03 00:00:00 day"),
        ("25/12/2022", "MDY", "2022-12-25 00:00:00 day"),  # the odd one out
        ("12/25/2022", "DMY", "2022-12-25 00:00:00 day"),
        ("2022-04-03", "MDY", "2022-04-03 00:00:00 day"),
    ],
)
def test_parse_moment_follows_the_order(value: str, order: str, expected: str) -> None:
    assert told(value, order) == expected


@pytest.mark.parametrize(
    ("values", "order", "said"),
    [
        ([], "DMY", ""),
        (["2022-03-04", None, 7], "DMY", ""),
        (["04/04/2022"], "DMY", ""),
        (["03/04/2022", "05/06/2022"], "DMY", "DMY assumed (2 values could be either)"),
        (
            ["03/04/2022", "01/13/2022"],
            "MDY",
            "MDY (1 values tell, 1 could be either)",
        ),
        (
            ["03/04/2022", "Monday, 13.01.2022"],
            "DMY",
            "DMY (1 values tell, 1 could be either)",
        ),
        (
            ["01/13/2022", "01/14/2022", "13/01/2022"],
            "MDY",
            "MDY (3 values tell, 1 speak against it, 0 could be either)",
        ),
    ],
)
def test_order_evidence_decides_for_the_column(values: list[object], order: str, said: str) -> None:
    evidence = OrderEvidence()
    for value in values:
        evidence.add(value)
    assert (evidence.order, str(evidence)) == (order, said)


@pytest.mark.parametrize(
    ("values", "needed"),
    [(["2022-03-01", "1 March 2022"], False), ([None, "1.3.2022"], True), ([], False)],
)
def test_needs_order_of_numeric_dates_only(values: list[object], needed: bool) -> None:
    assert needs_order(values) is needed


@pytest.mark.parametrize("value", [None, "", "  ", "None", "null", "NaN", "n/a", "-", math.nan, []])
def test_is_blank_of_what_says_nothing(value: object) -> None:
    assert is_blank(value)


@pytest.mark.parametrize("value", ["0", 0, 0.0, False, "nobody", ["a"]])
def test_is_blank_of_what_says_something(value: object) -> None:
    assert not is_blank(value)
