"""Which files there are to read: paths, globs, folders and zip archives become sources.

Archives are read where they lie, never unpacked to disk, and only within bounds.
"""

from __future__ import annotations

import dataclasses
import functools
import glob
import hashlib
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from workbench.errors import InputError

HEAD_BYTES = 65_536
MAX_MEMBERS = 200_000
MAX_MEMBER_BYTES = 8 * 2**30
MAX_RATIO = 200
RATIO_MATTERS_FROM = 50 * 2**20
OFFICE_MARK = "[Content_Types].xml"
BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError)


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
        return _MemberStream(self.path, self.member)

    def read(self) -> bytes:
        """Return all bytes."""
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


@dataclasses.dataclass(frozen=True)
class Skipped:
    """A file that is not read, and why."""

    name: str
    reason: str
    detail: str


def find_sources(paths: Sequence[str | Path]) -> Iterator[Source | Skipped]:
    """Yield every file below the paths, in order of name: folders and zips are opened.

    Raises:
        InputError: if a path names nothing at all, or a folder without a file.
    """
    for given in paths:
        found = _matching(str(given))
        if not found:
            raise InputError(f"{given}: there is no such file or folder; check the spelling.")
        for path in found:
            yield from _below(path)


def _matching(given: str) -> list[Path]:
    path = Path(given).expanduser()
    if path.exists():
        return [path]
    return sorted(Path(found) for found in glob.glob(str(path), recursive=True))


def _below(path: Path) -> Iterator[Source | Skipped]:
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file())
        if not files:
            raise InputError(f"{path}: the folder holds no files; name one that does.")
        for found in files:
            yield from _one_file(found)
    else:
        yield from _one_file(path)


def _one_file(path: Path) -> Iterator[Source | Skipped]:
    source = Source(str(path), path)
    furniture = _furniture(path.name)
    if furniture:
        yield Skipped(source.name, "not_an_export", furniture)
        return
    try:
        empty, archive = not source.head, source.head.startswith(b"PK\x03\x04")
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
    try:
        with zipfile.ZipFile(source.path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
    except BROKEN_ARCHIVE as error:
        yield Skipped(source.name, "broken_archive", f"the zip cannot be opened: {error}")
        return
    if any(m.filename == OFFICE_MARK for m in members):
        oversize = next(filter(None, map(_danger, members)), None)
        yield Skipped(source.name, "unsafe_archive", oversize) if oversize else source
        return
    if not members:
        yield Skipped(source.name, "empty_archive", "the zip holds no files")
    if len(members) > MAX_MEMBERS:
        yield Skipped(source.name, "unsafe_archive", f"more than {MAX_MEMBERS:,} members")
        return
    for member in sorted(members, key=lambda m: m.filename):
        yield _member(source, member)


def _member(source: Source, member: zipfile.ZipInfo) -> Source | Skipped:
    inside = Source(f"{source.name}!{member.filename}", source.path, member.filename)
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        return Skipped(inside.name, "unsafe_archive", "the member's path leads out of the archive")
    if furniture := _furniture(path.name) or _furniture(path.parts[0]):
        return Skipped(inside.name, "not_an_export", furniture)
    if member.flag_bits & 1:
        return Skipped(inside.name, "encrypted", "unpack the archive with its password first")
    if danger := _danger(member):
        return Skipped(inside.name, "unsafe_archive", danger)
    try:
        head = inside.head
    except BROKEN_ARCHIVE as error:
        return Skipped(inside.name, "broken_archive", str(error))
    if not head:
        return Skipped(inside.name, "empty_file", "the file has 0 bytes")
    if head.startswith(b"PK\x03\x04") and OFFICE_MARK.encode() not in head[:4096]:
        return Skipped(inside.name, "nested_archive", "unpack the inner archive first")
    return inside


def _danger(member: zipfile.ZipInfo) -> str | None:
    if member.file_size > MAX_MEMBER_BYTES:
        return f"{member.filename} unpacks to {member.file_size:,} bytes"
    ratio = member.file_size / max(member.compress_size, 1)
    if ratio > MAX_RATIO and member.file_size > RATIO_MATTERS_FROM:
        return f"{member.filename} unpacks to {ratio:.0f} times its size, as bombs do"
    return None


def _furniture(name: str) -> str | None:
    if name.startswith((".~lock.", "~$")):
        return "an editor's lock file"
    if name in {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"} or name.startswith("."):
        return "a hidden file of the operating system"
    return None


class _MemberStream(io.BufferedIOBase):
    """A zip member that closes its archive with itself."""

    def __init__(self, path: Path, member: str) -> None:
        self._archive = zipfile.ZipFile(path)
        self._stream = self._archive.open(member)

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        return self._stream.read(-1 if size is None else size)

    def read1(self, size: int = -1, /) -> bytes:
        return self._stream.read1(size)

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._stream.readline(-1 if size is None else size)

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        chunk = self._stream.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._archive.close()
        super().close()
