"""Paths, globs, folders and archives become sources; what is not read says why."""

from __future__ import annotations

import hashlib
import os
import stat
import warnings
import zipfile
from pathlib import Path

import pytest
from seed_files import workbook, zipped

from workbench.corpus import sources
from workbench.corpus.limits import MAX_WHOLE, TooLargeError
from workbench.corpus.sources import Skipped, Source, find_sources
from workbench.errors import InputError


def zip_file(path: Path, members: dict[str, bytes]) -> Path:
    path.write_bytes(zipped(members))
    return path


def found(*paths: Path | str, below: Path) -> list[tuple[str, str]]:
    """Name below the folder, and the reason for not reading, or "read"."""
    return [
        (
            os.path.relpath(item.name, below),
            item.reason if isinstance(item, Skipped) else "read",
        )
        for item in find_sources(paths)
    ]


def test_find_sources_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.csv: there is no such file or folder"):
        list(find_sources([tmp_path / "nowhere.csv"]))


def test_find_sources_empty_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    with pytest.raises(InputError, match="the folder holds no files"):
        list(find_sources([tmp_path]))


def test_find_sources_glob_without_match_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        list(find_sources([tmp_path / "*.csv"]))


def test_find_sources_reads_a_folder_in_order_of_name(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.txt", "b/z.txt", "b/y.txt"):
        (tmp_path / name).write_text("Kyiv")
    names = ["a.txt", "b/y.txt", "b/z.txt", "c.txt"]
    assert found(tmp_path, below=tmp_path) == [(name, "read") for name in names]


def test_find_sources_expands_globs(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "a.txt"):
        (tmp_path / name).write_text("title\nx")
    assert found(tmp_path / "*.csv", below=tmp_path) == [("a.csv", "read"), ("b.csv", "read")]


def test_find_sources_glob_over_folders_reads_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b/y.txt").write_text("Kyiv")
    assert found(tmp_path / "**", below=tmp_path) == [("b/y.txt", "read")]


def test_find_sources_path_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kyiv")
    assert found(tmp_path / "a.txt", tmp_path, below=tmp_path) == [("a.txt", "read")]


def test_find_sources_file_whose_name_looks_like_a_glob(tmp_path: Path) -> None:
    (tmp_path / "news [1].txt").write_text("Kyiv")
    assert found(tmp_path / "news [1].txt", below=tmp_path) == [("news [1].txt", "read")]


def test_find_sources_folder_that_links_to_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kyiv")
    (tmp_path / "again").symlink_to(tmp_path)
    assert found(tmp_path, below=tmp_path) == [("a.txt", "read")]


def test_find_sources_broken_link_in_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kyiv")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    assert found(tmp_path, below=tmp_path)[1] == ("gone.txt", "unreadable_file")


def test_find_sources_file_of_no_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    name = str(tmp_path / "a.csv")
    assert list(find_sources([name])) == [Skipped(name, "empty_file", "the file has 0 bytes")]


@pytest.mark.parametrize(
    "name", [".~lock.nyt.docx#", "~$nyt.docx", ".DS_Store", "Thumbs.db", "desktop.ini", ".hidden"]
)
def test_find_sources_furniture_is_no_export(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    assert found(tmp_path, below=tmp_path) == [(name, "not_an_export")]


@pytest.mark.parametrize("name", [".ipynb_checkpoints", ".git", "__MACOSX"])
def test_find_sources_hidden_folder_is_told_once(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    for file in ("a.csv", "b.csv"):
        (tmp_path / name / file).write_text("title\nx")
    assert found(tmp_path, below=tmp_path) == [(name, "not_an_export")]


def test_find_sources_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xcd\xee\xe2.txt"
    try:
        Path(os.fsdecode(path)).write_text("Kyiv")
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    (item,) = find_sources([tmp_path])
    assert item.name == f"{tmp_path}/\ufffd\ufffd\ufffd.txt"
    assert isinstance(item, Source)
    assert item.read() == b"Kyiv"


def test_find_sources_opens_archives_in_order_of_member(tmp_path: Path) -> None:
    zip_file(tmp_path / "a.zip", {"b.txt": b"B", "in/a.txt": b"A", "in/": b"", "e.txt": b""})
    assert found(tmp_path, below=tmp_path) == [
        ("a.zip!b.txt", "read"),
        ("a.zip!e.txt", "empty_file"),
        ("a.zip!in/a.txt", "read"),
    ]


def test_source_of_a_member_reads_hashes_and_names(tmp_path: Path) -> None:
    (item,) = find_sources([zip_file(tmp_path / "a.zip", {"in/Nyt.DOCX": b"Kyiv\r\n"})])
    assert isinstance(item, Source)
    assert (item.head, item.read(), item.suffix, item.stem) == (
        b"Kyiv\r\n", b"Kyiv\r\n", ".docx", "Nyt",
    )  # fmt: skip
    assert item.sha256 == hashlib.sha256(b"Kyiv\r\n").hexdigest()


def test_find_sources_truncated_archive(tmp_path: Path) -> None:
    whole = zipped({"a.txt": b"Kyiv" * 100})
    (tmp_path / "a.zip").write_bytes(whole[: len(whole) // 2])
    assert found(tmp_path, below=tmp_path) == [("a.zip", "broken_archive")]


def test_find_sources_damaged_member_leaves_the_others(tmp_path: Path) -> None:
    noise = b"".join(hashlib.sha256(bytes([n % 256, n // 256])).digest() for n in range(4000))
    whole = bytearray(zipped({"a.txt": noise, "b.txt": b"Kyiv"}))
    whole[100_000] ^= 0xFF  # behind the first bytes, which tell the format
    (tmp_path / "a.zip").write_bytes(whole)
    assert found(tmp_path, below=tmp_path) == [
        ("a.zip!a.txt", "broken_archive"),
        ("a.zip!b.txt", "read"),
    ]


def test_find_sources_archive_without_members(tmp_path: Path) -> None:
    zip_file(tmp_path / "a.zip", {})
    assert found(tmp_path, below=tmp_path) == [("a.zip", "empty_archive")]


def test_find_sources_archive_in_an_archive(tmp_path: Path) -> None:
    zip_file(tmp_path / "a.zip", {"b.zip": zipped({"c.txt": b"Kyiv"}), "d.txt": b"Kyiv"})
    assert found(tmp_path, below=tmp_path) == [
        ("a.zip!b.zip", "nested_archive"),
        ("a.zip!d.txt", "read"),
    ]


def test_find_sources_truncated_archive_in_an_archive(tmp_path: Path) -> None:
    zip_file(tmp_path / "a.zip", {"b.xlsx": workbook(["title"])[:-100]})
    assert found(tmp_path, below=tmp_path) == [("a.zip!b.xlsx", "broken_archive")]


def test_find_sources_spreadsheet_in_an_archive_is_read(tmp_path: Path) -> None:
    last = zipped({"xl/workbook.xml": b"x" * 9000, "[Content_Types].xml": b"x"})  # as openpyxl
    zip_file(tmp_path / "a.zip", {"a.xlsx": workbook(["title"]), "b.xlsx": last})
    assert found(tmp_path, below=tmp_path) == [("a.zip!a.xlsx", "read"), ("a.zip!b.xlsx", "read")]


def test_find_sources_open_document_is_one_file(tmp_path: Path) -> None:
    zip_file(tmp_path / "a.ods", {"mimetype": b"x", "META-INF/manifest.xml": b"x"})
    assert found(tmp_path, below=tmp_path) == [("a.ods", "read")]


def test_find_sources_damaged_spreadsheet(tmp_path: Path) -> None:
    content = bytearray(workbook(["title"], ["Kyiv"]))
    content[content.index(b"xl/worksheets/sheet1.xml") + 60] ^= 0xFF
    (tmp_path / "a.xlsx").write_bytes(content)
    assert found(tmp_path, below=tmp_path) == [("a.xlsx", "broken_archive")]


@pytest.mark.parametrize("member", ["../a.txt", "in/../../a.txt", "/etc/a.txt", "..\\a.txt"])
def test_find_sources_member_that_leads_out_is_unsafe(tmp_path: Path, member: str) -> None:
    (item,) = find_sources([zip_file(tmp_path / "a.zip", {member: b"Kyiv"})])
    assert isinstance(item, Skipped)
    assert (item.reason, item.detail) == (
        "unsafe_archive",
        "the member's path leads out of the archive",
    )


def test_find_sources_bomb_is_unsafe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "RATIO_MATTERS_FROM", 100_000)
    zip_file(tmp_path / "a.zip", {"a.txt": b"0" * 1_000_000, "b.txt": b"0" * 90_000})
    bomb, small = find_sources([tmp_path])
    assert isinstance(bomb, Skipped)
    assert bomb.reason == "unsafe_archive"
    assert "times its size, as bombs do" in bomb.detail
    assert isinstance(small, Source)


@pytest.mark.parametrize("name", ["a.xlsx", "a.zip!a.xlsx"])
def test_find_sources_bomb_in_a_spreadsheet_is_unsafe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(sources, "RATIO_MATTERS_FROM", 100_000)
    bomb = zipped({"[Content_Types].xml": b"x", "xl/sheet1.xml": b"0" * 1_000_000})
    if "!" in name:
        zip_file(tmp_path / "a.zip", {"a.xlsx": bomb})
    else:
        (tmp_path / name).write_bytes(bomb)
    assert found(tmp_path, below=tmp_path) == [(name, "unsafe_archive")]


def test_find_sources_member_beyond_the_largest_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_MEMBER_BYTES", 10)
    zip_file(tmp_path / "a.zip", {"a.txt": b"12345678901", "b.txt": b"1234567890"})
    assert [reason for _, reason in found(tmp_path, below=tmp_path)] == ["unsafe_archive", "read"]


def test_find_sources_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_MEMBERS", 1)
    zip_file(tmp_path / "a.zip", {"a.txt": b"1", "b.txt": b"2"})
    assert found(tmp_path, below=tmp_path) == [("a.zip", "unsafe_archive")]


def test_find_sources_encrypted_member(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": b"Kyiv"}))
    content[6] |= 1  # the flag in the member's own header
    content[content.index(b"PK\x01\x02") + 8] |= 1  # and in the directory
    (tmp_path / "a.zip").write_bytes(content)
    assert found(tmp_path, below=tmp_path) == [("a.zip!a.txt", "encrypted")]


@pytest.mark.parametrize("name", ["__MACOSX/._a.csv", "data/__MACOSX/a.csv", "in/~$a.docx"])
def test_find_sources_furniture_in_an_archive(tmp_path: Path, name: str) -> None:
    zip_file(tmp_path / "a.zip", {name: b"x"})
    assert found(tmp_path, below=tmp_path) == [(f"a.zip!{name}", "not_an_export")]


def test_find_sources_members_of_one_name_are_told(tmp_path: Path) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.txt", "first")
        archive.writestr("a.txt", "second")
    hidden, item = find_sources([tmp_path])
    assert isinstance(hidden, Skipped)
    assert hidden.reason == "repeated_member"
    assert isinstance(item, Source)
    assert item.read() == b"second"


def test_find_sources_members_that_unpack_to_a_bomb_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "RATIO_MATTERS_FROM", 100_000)
    zip_file(tmp_path / "a.zip", {f"{n}.txt": b"0" * 90_000 for n in range(5)})
    (item,) = find_sources([tmp_path])
    assert isinstance(item, Skipped)
    assert (item.reason, item.name) == ("unsafe_archive", str(tmp_path / "a.zip"))
    assert "the files inside unpack to" in item.detail


def test_find_sources_member_that_is_a_link_is_unsafe(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "../secret.txt")
    assert found(tmp_path, below=tmp_path) == [("a.zip!link.txt", "unsafe_archive")]


def test_source_of_a_member_reads_the_archive_as_it_is_now(tmp_path: Path) -> None:
    path = zip_file(tmp_path / "a.zip", {"a.txt": b"Kyiv"})
    (item,) = find_sources([path])
    assert isinstance(item, Source)
    zip_file(path, {"a.txt": b"Odesa"})
    os.utime(path, ns=(0, 0))  # else the clock may be too coarse to tell
    assert (item.read(), item.size) == (b"Odesa", 5)


def test_find_sources_finds_what_an_archive_holds_now_whatever_the_clock_says(
    tmp_path: Path,
) -> None:
    for content in (b"Kyiv", b"Odesa" * 1000):
        path = zip_file(tmp_path / "a.zip", {"a.txt": content})
        os.utime(path, ns=(0, 0))
        (item,) = find_sources([path])
        assert isinstance(item, Source)
        assert item.read() == content


def test_find_sources_reads_the_directory_of_an_archive_once(tmp_path: Path) -> None:
    path = zip_file(tmp_path / "a.zip", {f"{n}.txt": b"Kyiv" for n in range(50)})
    assert len(list(find_sources([path]))) == 50
    assert sources._archive_at.cache_info().misses == 1


def test_source_read_refuses_what_is_too_large_to_hold(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as out:
        out.truncate(MAX_WHOLE + 1)  # a hole, which takes no place on the disk
    with pytest.raises(TooLargeError, match="134,217,729 bytes, and this format must be held"):
        Source("a.txt", tmp_path / "a.txt").read()
