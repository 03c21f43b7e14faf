"""Whatever bytes come under whatever name: no exception, and every record is accounted for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from damage import damaged
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from seed_files import SEEDS

from workbench.corpus import read
from workbench.corpus.readers import READERS

NAMES = [reader.name for reader in READERS]
EXAMPLES = 20_000
usual = settings(deadline=dt.timedelta(seconds=20), suppress_health_check=list(HealthCheck))


def check(folder: Path, data: st.DataObject, reader: str) -> None:
    """Read a damaged file, asked to take it for what it was or not, and account for its records."""
    name, content = data.draw(damaged(reader))
    path = folder / name
    path.write_bytes(content)
    reading = read(path, outlet="The Paper", format=data.draw(st.sampled_from([None, reader])))
    records = sum(report.records for report in reading.reports)
    assert reading.articles.height + reading.rejects.height == records
    assert records >= 1 or any(report.totals for report in reading.reports)


@pytest.mark.parametrize("reader", NAMES)
@given(data=st.data())
@settings(usual, max_examples=6)
def test_read_survives_damaged_files(tmp_path: Path, reader: str, data: st.DataObject) -> None:
    check(tmp_path, data, reader)


@pytest.mark.verify
@pytest.mark.parametrize("reader", NAMES)
@given(data=st.data())
@settings(usual, max_examples=-(-EXAMPLES // len(NAMES)))
def test_read_survives_20_000_damaged_files(
    tmp_path: Path, reader: str, data: st.DataObject
) -> None:
    check(tmp_path, data, reader)


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_seeds_are_read_whole(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(SEEDS[name])
    (report,) = read(tmp_path / name, outlet="The Paper").reports
    assert report.format == name.partition(".")[0]
    assert report.articles or report.totals


def test_every_reader_has_a_seed() -> None:
    assert {name.partition(".")[0] for name in SEEDS} == set(NAMES)
