"""The table `cuts` of a corpus: a partition for each of articles, renewed where either changed."""

from __future__ import annotations

import polars as pl

from workbench import store
from workbench.codebook import Codebook
from workbench.corpus.cuts import cuts_frame
from workbench.hashing import digest
from workbench.schemas import PARTS


def renew_cuts(corpus: store.Corpus, codebook: Codebook) -> store.Corpus:
    """Mark the boilerplate of all articles, but where that was done by the same lists.

    Args:
        corpus: the folder, held by `store.writing`.
        codebook: its `boilerplate` and `stubs` are what counts.

    Returns:
        The corpus reopened where anything was written.
    """
    patterns = [found.write_csv() for found in (codebook.boilerplate, codebook.stubs)]
    keys = {name: digest(*patterns, name) for name in corpus.partitions}
    stale = [n for n, key in keys.items() if store.made_from(corpus.path("cuts", n)) != key]
    for name in stale:
        path = corpus.path("articles", name)
        articles = pl.read_parquet(path, columns=["article_id", *PARTS], glob=False)
        cuts = cuts_frame(articles, codebook=codebook)
        store.write_whole(cuts, corpus.path("cuts", name), made_from=keys[name])
    return store.update_manifest(corpus, {}) if stale else corpus
