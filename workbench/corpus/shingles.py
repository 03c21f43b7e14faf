"""Texts as sets of hashed word triples, and their MinHash signatures: what stories compare.

Compact on purpose: 600 words are 2.4 KB of hashes and 1 KB of signature.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl
from rensa import RMinHash

Hashes = npt.NDArray[np.uint32]

# Scripts without spaces between words count each character as one.
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
WORD = rf"[{UNSPACED}]|[\w&&[^{UNSPACED}]]+"
SHINGLE = 3  # words
SIGNATURE = 256  # numbers
SEED = 4
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits spread: 2 ** 64 over the golden ratio
LOW_BITS = np.uint64(32)


@dataclasses.dataclass(frozen=True)
class Shingled:
    """Some texts as sets, in their order.

    Attributes:
        words: number of words of each text.
        sets: of each text the sorted hashes of its shingles; none where it has under three words.
        signatures: one row of `SIGNATURE` numbers per text; rows agree as far as the sets do.
    """

    words: npt.NDArray[np.int64]
    sets: Sequence[Hashes]
    signatures: Hashes


def shingle(texts: pl.Series) -> Shingled:
    """Return texts as sets of hashed shingles; case and punctuation do not count."""
    found = texts.fill_null("").str.to_lowercase().str.extract_all(WORD)
    words = found.list.len().to_numpy().astype(np.int64)
    hashes = found.explode(empty_as_null=False).hash().to_numpy()
    rows = _rows(hashes, words)
    sizes = np.bincount((rows >> LOW_BITS).astype(np.int64), minlength=len(words))
    ends = np.concatenate(([0], np.cumsum(sizes)))
    flat = rows.astype(np.uint32)  # the low half of each row is the hash
    sets = [flat[start:end].copy() for start, end in pairwise(ends)]
    return Shingled(words, sets, _signatures(flat, ends))


def shared(one: Hashes, other: Hashes) -> int:
    """Return how many shingles two texts share."""
    return len(np.intersect1d(one, other, assume_unique=True))


def _rows(hashes: npt.NDArray[np.uint64], words: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """Each text's distinct shingles as number of the text and hash, 32 bits each, sorted."""
    if len(hashes) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    owners = np.repeat(np.arange(len(words), dtype=np.uint64), words)
    last = len(hashes) - SHINGLE + 1
    whole = owners[:last] == owners[SHINGLE - 1 :]
    mixed = np.zeros(last, dtype=np.uint64)
    for place in range(SHINGLE):
        mixed = mixed * MULTIPLIER + hashes[place : place + last]
    return np.unique((owners[:last] << LOW_BITS | mixed >> LOW_BITS)[whole])


def _signatures(flat: Hashes, ends: npt.NDArray[np.int64]) -> Hashes:
    """MinHash signatures of sets that lie one after another."""
    tokens, offsets = flat.astype(np.uint64) * MULTIPLIER, ends.astype(np.uint64)
    made = RMinHash.digest_matrix_from_flat_token_hashes(tokens, offsets, SIGNATURE, SEED)
    return np.array(made.to_rows(), dtype=np.uint32).reshape(len(ends) - 1, SIGNATURE)
