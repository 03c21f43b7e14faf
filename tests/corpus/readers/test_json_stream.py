"""JSON lists that are too long to hold are read item by item."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from workbench.corpus.readers import json_document, json_stream
from workbench.corpus.readers.json_stream import stream_list

ITEMS: list[Any] = [{"title": "Київ"}, {"tags": ["a", {"b": None}]}, 12345, "x]", [], {}]


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("indent", [None, 2])
def test_stream_list_gives_the_items_however_the_text_is_cut(
    monkeypatch: pytest.MonkeyPatch, chunk: int, indent: int | None
) -> None:
    monkeypatch.setattr(json_stream, "CHUNK", chunk)
    text = json.dumps(ITEMS, indent=indent, ensure_ascii=False)
    assert list(stream_list(io.StringIO(text))) == ITEMS


def test_stream_list_not_a_number_is_null() -> None:
    assert list(stream_list(io.StringIO('[{"a": NaN}]'))) == [{"a": None}]


@pytest.mark.parametrize(
    "text", ['[{"a": 1}, {"b": ', '[{"a": 1}', '[{"a": 1}, {"b": x}]', '[{"a": 1},' + "[" * 10_000]
)
def test_stream_list_gives_what_is_whole_before_the_break(text: str) -> None:
    found = stream_list(io.StringIO(text))
    assert next(found) == {"a": 1}
    with pytest.raises(json.JSONDecodeError, match="breaks off, or an item cannot be read"):
        next(found)


def test_stream_list_item_too_long_to_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "CHUNK", 10)
    monkeypatch.setattr(json_stream, "MAX_CHARACTERS", 100)
    with pytest.raises(json.JSONDecodeError):
        list(stream_list(io.StringIO(json.dumps(["x" * 1000]))))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_json_too_large_to_hold_is_read_item_by_item(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setattr(json_document, "MAX_WHOLE", 10)
    text = '\n[{"title": "Київ"}, 1, {"title": "Odesa"}, {"title": "Lv'
    (tmp_path / "a.json").write_text(text, encoding=encoding)
    reading = wb.read(tmp_path / "a.json")
    assert reading.articles["title"].to_list() == ["Київ", "Odesa"]
    assert reading.rejects.select("source_record", "reason").rows() == [
        ("2", "not_an_object"),
        ("", "broken_json"),
    ]
