"""Which files there are to read: paths, globs, folders and zip archives become sources.

Archives are read where they lie, never unpacked to disk, and only within bounds.
"""

from __future__ import annotations

import dataclasses
import functools
import glob
import hashlib
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from workbench.corpus.limits import check_whole
from workbench.errors import InputError

HEAD_BYTES = 65_536
FETCH_LOG = "fetch-log.csv"  # what `workbench fetch` notes beside its archives
NOT_AN_EXPORT = "not_an_export"  # the reason for passing over lock files and hidden files
MAX_MEMBERS = 200_000
MAX_MEMBER_BYTES = 8 * 2**30
MAX_RATIO = 200
RATIO_MATTERS_FROM = 50 * 2**20
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OFFICE_MARKS = {"[Content_Types].xml", "META-INF/manifest.xml"}  # Microsoft's and OpenDocument's
BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, UnicodeDecodeError,
    NotImplementedError,  # a compression that Python does not know
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Source:
    """One readable file: on disk, or a member of a zip archive.

    Attributes:
        name: how it is called in `source_file`: path as given, `archive.zip!member` in archives.
        path: the file, or the archive that holds it.
        member: name inside the archive, if any.
    """

    name: str
    path: Path
    member: str | None = None

    def open(self) -> IO[bytes]:
        """Open for reading bytes from the start."""
        if self.member is None:
            return self.path.open("rb")
        return _archive_at(self.path, self.path.stat().st_mtime_ns).open(self.member)

    @functools.cached_property
    def size(self) -> int:
        """The number of bytes, unpacked."""
        if self.member is None:
            return self.path.stat().st_size
        return _archive_at(self.path, self.path.stat().st_mtime_ns).getinfo(self.member).file_size

    def read(self) -> bytes:
        """Return all bytes.

        Raises:
            TooLargeError: if they are more than may be held in memory.
        """
        check_whole(self.size)
        with self.open() as stream:
            return stream.read()

    @functools.cached_property
    def head(self) -> bytes:
        """The first bytes, for telling the format."""
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    @functools.cached_property
    def sha256(self) -> str:
        """Hash of the content, as 64 hexadecimal digits."""
        total = hashlib.sha256()
        with self.open() as stream:
            while chunk := stream.read(1 << 20):
                total.update(chunk)
        return total.hexdigest()

    @property
    def suffix(self) -> str:
        """The name's ending in lower case, with its dot."""
        return PurePosixPath(self.member or self.path.name).suffix.lower()

    @property
    def stem(self) -> str:
        """The file's own name without its ending."""
        return PurePosixPath(self.member or self.path.name).stem

    @functools.cached_property
    def members(self) -> list[zipfile.ZipInfo]:
        """The files inside, where this is a zip archive or an Office document."""
        with self.open() as stream, zipfile.ZipFile(stream) as archive:
            return [m for m in archive.infolist() if not m.filename.endswith("/")]


@functools.lru_cache(maxsize=1)  # else each member's opening would read the whole directory
def _archive_at(path: Path, changed: int) -> zipfile.ZipFile:
    return zipfile.ZipFile(path)


@dataclasses.dataclass(frozen=True)
class Skipped:
    """A file that is not read, and why."""

    name: str
    reason: str
    detail: str


def find_sources(paths: Sequence[str | Path]) -> Iterator[Source | Skipped]:
    """Yield every file below the paths once, in order of name: folders and zips are opened.

    Raises:
        InputError: if a path names nothing at all, or a folder without a file.
    """
    seen: set[Path] = set()
    for given in paths:
        found = _matching(str(given))
        if not found:
            raise InputError(f"{given}: there is no such file or folder; check the spelling.")
        for path in found:
            if path.is_dir() and not any(p.is_file() for p in path.rglob("*")):
                raise InputError(f"{path}: the folder holds no files; name one that does.")
            for file in _files(path, seen):
                yield from _one_file(file)


def _matching(given: str) -> list[Path]:
    path = Path(given).expanduser()
    if path.exists():
        return [path]
    found = glob.glob(str(path), recursive=True)  # noqa: PTH207 - Path.glob wants relative ones
    return sorted(map(Path, found))


def _files(path: Path, seen: set[Path]) -> Iterator[Path]:
    """The files below a path that were not seen yet; a hidden folder stands for all in it."""
    if path.resolve() in seen:
        return
    seen.add(path.resolve())
    if path.is_dir():
        for child in sorted(path.iterdir()):
            hidden = child.is_dir() and _furniture(child.name)
            yield from [child] if hidden else _files(child, seen)
    elif path.is_file() or path.is_symlink():
        yield path


def _one_file(path: Path) -> Iterator[Source | Skipped]:
    source = Source(os.fsencode(path).decode(errors="replace"), path)
    furniture = _furniture(path.name)
    if furniture:
        yield Skipped(source.name, NOT_AN_EXPORT, furniture)
        return
    try:
        empty, archive = not source.head, source.head.startswith((ZIP, EMPTY_ZIP))
    except OSError as error:
        yield Skipped(source.name, "unreadable_file", error.strerror or str(error))
        return
    if empty:
        yield Skipped(source.name, "empty_file", "the file has 0 bytes")
    elif archive:
        yield from _archive(source)
    else:
        yield source


def _archive(source: Source) -> Iterator[Source | Skipped]:
    _archive_at.cache_clear()  # the clock may be too coarse to tell that the file has changed
    try:
        members = source.members
    except BROKEN_ARCHIVE as error:
        yield Skipped(source.name, "broken_archive", f"the zip cannot be opened: {error}")
        return
    if _is_office(members):
        yield _office(source)
        return
    if not members:
        yield Skipped(source.name, "empty_archive", "the zip holds no files")
    if len(members) > MAX_MEMBERS:
        yield Skipped(source.name, "unsafe_archive", f"more than {MAX_MEMBERS:,} members")
        return
    if danger := _danger_of_all(source, members):
        yield Skipped(source.name, "unsafe_archive", danger)
        return
    last = {member.filename: member for member in members}
    for member in sorted(members, key=lambda m: m.filename):
        if last[member.filename] is member:
            yield _member(source, member)
        else:
            name = f"{source.name}!{member.filename}"
            yield Skipped(name, "repeated_member", "a later member of the zip has the same name")


def _member(source: Source, member: zipfile.ZipInfo) -> Source | Skipped:
    inside = Source(f"{source.name}!{member.filename}", source.path, member.filename)
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        return Skipped(inside.name, "unsafe_archive", "the member's path leads out of the archive")
    if stat.S_ISLNK(member.external_attr >> 16):
        return Skipped(inside.name, "unsafe_archive", "the member is a link to another file")
    if furniture := next(filter(None, map(_furniture, path.parts)), None):
        return Skipped(inside.name, NOT_AN_EXPORT, furniture)
    if member.flag_bits & 1:
        return Skipped(inside.name, "encrypted", "unpack the archive with its password first")
    if danger := _danger(member):
        return Skipped(inside.name, "unsafe_archive", danger)
    try:
        return _unpacked(inside)
    except BROKEN_ARCHIVE as error:
        return Skipped(inside.name, "broken_archive", str(error))


def _unpacked(inside: Source) -> Source | Skipped:
    """A member that can be read to its end."""
    if not inside.head:
        return Skipped(inside.name, "empty_file", "the file has 0 bytes")
    _ = inside.sha256  # reads it all: a fault further on shows here
    if inside.head.startswith((ZIP, EMPTY_ZIP)):
        if not _is_office(inside.members):
            return Skipped(inside.name, "nested_archive", "unpack the inner archive first")
        return _office(inside)
    return inside


def _is_office(members: Sequence[zipfile.ZipInfo]) -> bool:
    return any(member.filename in OFFICE_MARKS for member in members)


def _office(source: Source) -> Source | Skipped:
    """A document that is an archive, if all of it can be read."""
    dangers = (*map(_danger, source.members), _danger_of_all(source, source.members))
    if danger := next(filter(None, dangers), None):
        return Skipped(source.name, "unsafe_archive", danger)
    if any(member.flag_bits & 1 for member in source.members):
        return Skipped(source.name, "encrypted", "save the document without its password first")
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            damaged = archive.testzip()
    except BROKEN_ARCHIVE as error:
        damaged = str(error)
    return Skipped(source.name, "broken_archive", f"damaged: {damaged}") if damaged else source


def _danger(member: zipfile.ZipInfo) -> str | None:
    if member.file_size > MAX_MEMBER_BYTES:
        return f"{member.filename} unpacks to {member.file_size:,} bytes"
    ratio = member.file_size / max(member.compress_size, 1)
    if ratio > MAX_RATIO and member.file_size > RATIO_MATTERS_FROM:
        return f"{member.filename} unpacks to {ratio:.0f} times its size, as bombs do"
    return None


def _danger_of_all(source: Source, members: Sequence[zipfile.ZipInfo]) -> str | None:
    """What is wrong with members none of which is a danger alone: many, or one over another."""
    size = sum(member.file_size for member in members if _danger(member) is None)
    ratio = size / max(source.size, 1)
    if ratio > MAX_RATIO and size > RATIO_MATTERS_FROM:
        return f"the files inside unpack to {ratio:.0f} times the archive's size, as bombs do"
    return None


def _furniture(name: str) -> str | None:
    if name.startswith((".~lock.", "~$")):
        return "an editor's lock file"
    if name == FETCH_LOG:
        return "the log of `workbench fetch`"
    if name in {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"} or name.startswith("."):
        return "a hidden file or folder of the system"
    return None
