"""Ways in which a file comes to harm, as hypothesis strategies: cut, shuffled, mis-encoded, packed.

What is an archive itself is also harmed inside and packed again, else its checksum tells at once.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable

from hypothesis import strategies as st
from seed_files import SEEDS, zipped

ENDINGS = sorted({name[name.index(".") :] for name in SEEDS} | {".xls", ".zip", ".gz", ".pdf", ""})
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "latin-1")
TOKENS = (
    b"a", b"\xd0\xb9", b"\0", b" ", b"\t", b"\n", b"\r\n", b"1", b"-", b"(", b"[", b"{", b"<b>",
    b"<!--", b"&", b'"', b"\\", b"\\par ", b"_", b",", b";", b":", b"End of Document\n",
)  # fmt: skip
LONGEST = 30_000  # repeats of a token
File = tuple[str, bytes]
Draw = st.DrawFn


@st.composite
def damaged(draw: Draw, reader: str) -> File:
    """A name and the content of one of a reader's seeds, harmed up to four times."""
    name = draw(st.sampled_from(sorted(n for n in SEEDS if n.partition(".")[0] == reader)))
    content = SEEDS[name]
    inside = draw(st.booleans())
    for _ in range(draw(st.integers(0, 4))):
        harm = draw(st.sampled_from(HARMS))
        content = _within(draw, content, harm) if inside else harm(draw, content)
    if draw(st.booleans()):
        name = f"file{draw(st.sampled_from(ENDINGS))}"
    return draw(st.sampled_from(PACKINGS))(name, content)


Harm = Callable[[Draw, bytes], bytes]


def _within(draw: Draw, content: bytes, harm: Harm) -> bytes:
    """Harm done to what an archive holds, its checksums made good."""
    if content.startswith(b"\x1f\x8b"):
        return gzip.compress(harm(draw, _unzipped(content)), mtime=0)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError):
        return harm(draw, content)
    if not members:
        return harm(draw, content)
    chosen = draw(st.sampled_from(sorted(members)))
    return zipped(members | {chosen: harm(draw, members[chosen])})


def _unzipped(content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError):
        return content


def _place(draw: Draw, content: bytes) -> int:
    return draw(st.integers(0, len(content)))


def _cut(draw: Draw, content: bytes) -> bytes:
    return content[: _place(draw, content)]


def _cut_above(draw: Draw, content: bytes) -> bytes:
    return content[_place(draw, content) :]


def _flipped(draw: Draw, content: bytes) -> bytes:
    at = _place(draw, content)
    flipped = bytes(byte ^ 1 << draw(st.integers(0, 7)) for byte in content[at : at + 1])
    return content[:at] + flipped + content[at + 1 :]


def _inserted(draw: Draw, content: bytes) -> bytes:
    at = _place(draw, content)
    return content[:at] + draw(st.binary(max_size=20)) + content[at:]


def _repeated(draw: Draw, content: bytes) -> bytes:
    start, stop = sorted((_place(draw, content), _place(draw, content)))
    return content[:stop] + content[start:stop] * draw(st.integers(1, 3)) + content[stop:]


def _shuffled(draw: Draw, content: bytes) -> bytes:
    """Its lines, or what stands between its tags, in another order."""
    mark = draw(st.sampled_from([b"\n", b">", b"\\par", b","]))
    parts = content.split(mark)[:40]
    return mark.join([*draw(st.permutations(parts)), *content.split(mark)[40:]])


def _swapped(draw: Draw, content: bytes) -> bytes:
    at = _place(draw, content)
    return content[at:] + content[:at]


def _long_token(draw: Draw, content: bytes) -> bytes:
    at, token = _place(draw, content), draw(st.sampled_from(TOKENS))
    return content[:at] + token * draw(st.integers(100, LONGEST)) + content[at:]


def _other_encoding(draw: Draw, content: bytes) -> bytes:
    return content.decode("utf-8", "replace").encode(draw(st.sampled_from(ENCODINGS)), "replace")


def _zeros(draw: Draw, content: bytes) -> bytes:
    at = _place(draw, content)
    return content[:at] + b"\0" * draw(st.integers(1, 2000)) + content[at:]


HARMS: tuple[Harm, ...] = (
    _cut, _cut_above, _flipped, _inserted, _repeated, _shuffled, _swapped, _long_token,
    _other_encoding, _zeros,
)  # fmt: skip


def _as_it_is(name: str, content: bytes) -> File:
    return name, content


def _in_zip(name: str, content: bytes) -> File:
    return "file.zip", zipped({f"in/{name}": content})


def _in_two_zips(name: str, content: bytes) -> File:
    inner = zipped({name: content, "a.jsonl": SEEDS["jsonl.jsonl"]})
    return "file.zip", zipped({"inner.zip": inner, name: content})


def _zip_in_disguise(name: str, content: bytes) -> File:
    return name, zipped({name: content})


def _gz_in_zip(name: str, content: bytes) -> File:
    return "file.zip", zipped({f"{name}.gz": gzip.compress(content, mtime=0)})


def _in_gz(name: str, content: bytes) -> File:
    return f"{name}.gz", gzip.compress(content, mtime=0)


PACKINGS = (
    _as_it_is, _as_it_is, _as_it_is, _in_zip, _in_two_zips, _zip_in_disguise, _gz_in_zip, _in_gz,
)  # fmt: skip
