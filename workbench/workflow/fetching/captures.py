"""What was fetched, on disk: archives of pages, one a run, and a log that says what they hold.

The log is the truth: a page counts once its row is written, and says where in the archive it
ends; what an archive holds behind the last page logged is what a killed run left, and is cut off.
"""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import datetime as dt
import io
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from workbench.corpus.sources import FETCH_LOG
from workbench.errors import InputError
from workbench.workflow.fetching.download import Answer

ARCHIVES = "pages-*.warc.gz"
FETCHED = "fetched"
TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
NOT_KEPT = {
    "transfer-encoding", "content-encoding", "content-length", "connection", "keep-alive",
    "trailer",  # these six spoke of the way; the body is stored unpacked
    "set-cookie",  # meant for one visitor
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Entry:
    """A row of the log: what became of an address when it was last asked.

    Attributes:
        url: the address as asked.
        outcome: `fetched`, `same` (it leads to a page fetched before), `feed`, `failed`.
        reason, detail: why it failed, or the number of a feed's entries.
        final_url: where the redirects ended.
        time: in UTC.
        file, end: the archive, and how many bytes of it there are up to this page's end.
    """

    url: str
    outcome: str
    reason: str = ""
    detail: str = ""
    final_url: str = ""
    time: str = ""
    file: str = ""
    end: int = 0


COLUMNS = [field.name for field in dataclasses.fields(Entry)]


class Captures:
    """A folder of archives and its log, held for writing."""

    def __init__(self, folder: Path, entries: list[Entry], agent: str) -> None:
        self._folder, self._agent = folder, agent
        self._latest = {entry.url: entry for entry in entries}
        self._ends = {entry.final_url for entry in entries if entry.outcome == FETCHED}
        self.archive: Path | None = None

    def entry(self, address: str) -> Entry | None:
        """Return what became of an address, if it was ever asked."""
        return self._latest.get(address)

    def holds(self, address: str) -> bool:
        """Whether the page at an address is in an archive, whichever address led to it."""
        known = self._latest.get(address)
        return address in self._ends or (known is not None and known.final_url in self._ends)

    def add_page(self, address: str, answer: Answer) -> None:
        """Write a page into this run's archive, then log it."""
        now = dt.datetime.now(dt.UTC)
        if self.archive is None:
            self.archive = self._folder / f"pages-{now:%Y%m%dT%H%M%S%f}Z.warc.gz"
            _append(self.archive, _information(self.archive.name, self._agent))
        end = _append(self.archive, _response(answer, now))
        self._ends.add(answer.url)
        self.note(
            Entry(address, FETCHED, final_url=answer.url, file=self.archive.name, end=end), now
        )

    def note(self, entry: Entry, now: dt.datetime | None = None) -> None:
        """Log what became of an address."""
        entry = dataclasses.replace(entry, time=_stamp(now or dt.datetime.now(dt.UTC)))
        self._latest[entry.url] = entry
        _append(self._folder / FETCH_LOG, _row(map(str, dataclasses.astuple(entry))))


@contextlib.contextmanager
def open_captures(folder: str | Path, *, agent: str) -> Iterator[Captures]:
    """Open a folder of pages for writing, made where it is missing; one writer at a time.

    Raises:
        InputError: if the folder holds other things, a log that can't be read, or is being
            written.
    """
    folder = Path(folder)
    _refuse_foreign(folder)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".lock", timeout=0):
            yield Captures(folder, _mended(folder), agent)
    except Timeout:
        raise InputError(
            f"{folder} is being written by another process; wait for it to end, then try again."
        ) from None


def _refuse_foreign(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; name a new or empty folder.")
    strangers = sorted(path.name for path in folder.glob("*") if not path.name.startswith("."))
    if strangers and FETCH_LOG not in strangers:
        raise InputError(
            f"{folder} holds other things ({strangers[0]} ...); name a new or empty folder."
        )


def _mended(folder: Path) -> list[Entry]:
    """The log's rows whose pages are there; the newest archive ends with the last of them."""
    sizes = {path.name: path.stat().st_size for path in folder.glob(ARCHIVES)}
    entries = _logged(folder / FETCH_LOG, is_new=not sizes)
    kept = [entry for entry in entries if not entry.file or entry.end <= sizes.get(entry.file, 0)]
    newest = max(sizes, default=None)
    if newest is not None:
        _cut(folder / newest, max((e.end for e in kept if e.file == newest), default=0))
    return kept


def _cut(archive: Path, end: int) -> None:
    """Cut what is not in the log; an archive without a page logged is set aside, hidden."""
    if end == 0:
        archive.rename(archive.with_name(f".{archive.name}"))
    elif end < archive.stat().st_size:
        os.truncate(archive, end)


def _logged(log: Path, *, is_new: bool) -> list[Entry]:
    """The rows of a log; half a row at its end is what a killed run left, and is cut off."""
    content = log.read_bytes() if log.exists() else b""
    whole = content.rfind(b"\n") + 1
    if is_new and not whole:
        log.write_bytes(_row(COLUMNS))
        return []
    entries = _parsed(content[:whole], log)
    os.truncate(log, whole)
    return entries


def _parsed(content: bytes, log: Path) -> list[Entry]:
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        if rows[:1] != [COLUMNS]:
            raise ValueError("other columns")
        named = [dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]]
        return [Entry(**{**row, "end": int(row["end"])}) for row in named]  # type: ignore[arg-type]
    except (ValueError, csv.Error) as error:
        raise InputError(
            f"{log} is not as the workbench wrote it ({error}); restore it, or name a new folder."
        ) from None


def _row(cells: Iterable[str]) -> bytes:
    row = io.StringIO()
    csv.writer(row, lineterminator="\n").writerow([UNPRINTABLE.sub(" ", cell) for cell in cells])
    return row.getvalue().encode(errors="replace")


def _append(path: Path, content: bytes) -> int:
    """Write at the end of a file, down to the disk; return the file's size."""
    with path.open("ab") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
        return stream.tell()


def _information(name: str, agent: str) -> bytes:
    packed = io.BytesIO()
    writer = WARCWriter(packed, gzip=True)
    told = {"software": agent, "http-header-user-agent": agent, "robots": "classic"}
    writer.write_record(writer.create_warcinfo_record(name, told))
    return packed.getvalue()


def _response(answer: Answer, now: dt.datetime) -> bytes:
    """The answer as one record of a WARC archive, its body unpacked."""
    packed = io.BytesIO()
    writer = WARCWriter(packed, gzip=True)
    record = writer.create_warc_record(
        answer.url,
        "response",
        payload=io.BytesIO(answer.body),
        warc_headers_dict={"WARC-Date": _stamp(now)},
        http_headers=StatusAndHeaders(f"{answer.status} OK", _kept(answer), protocol="HTTP/1.1"),
    )
    writer.write_record(record)
    return packed.getvalue()


def _kept(answer: Answer) -> list[tuple[str, str]]:
    """The headers that still hold, one line each whatever the server put into them."""
    kept = [
        (name, UNPRINTABLE.sub(" ", value))
        for name, value in answer.headers
        if TOKEN.fullmatch(name) and name.lower() not in NOT_KEPT
    ]
    return [*kept, ("Content-Length", str(len(answer.body)))]


def _stamp(now: dt.datetime) -> str:
    return f"{now:%Y-%m-%dT%H:%M:%SZ}"
