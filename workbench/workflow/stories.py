"""The table `stories` of a corpus: of all articles, so one file beside the imports."""

from __future__ import annotations

import importlib.metadata

import polars as pl

from workbench import store
from workbench.corpus.sketches import NEEDED
from workbench.corpus.stories import VERSION, WINDOW_DAYS, group_batches
from workbench.hashing import digest


def renew_stories(corpus: store.Corpus) -> store.Corpus:
    """Group the articles of a corpus into stories, unless that was done with the same articles.

    Args:
        corpus: the folder, held by `store.writing`.

    Returns:
        The corpus reopened where anything was written.
    """
    key = _key(corpus)
    path = corpus.path("stories", "all")
    made = {"window_days": WINDOW_DAYS, "version": VERSION, "made_from": key}
    done = store.made_from(path) == key and corpus.manifest.get("stories") == made
    if done or not corpus.manifest["imports"]:
        return corpus
    partitions = (corpus.path("articles", name) for name in corpus.partitions)
    columns = list(NEEDED)
    batches = (pl.read_parquet(part, columns=columns, glob=False) for part in partitions)
    store.write_whole(group_batches(batches, folder=corpus.folder), path, made_from=key)
    return store.update_manifest(corpus, {"stories": made})


def _key(corpus: store.Corpus) -> str:
    """What stories are made from: articles, rules, and the packages whose hashes they rest on."""
    packages = (f"{name} {importlib.metadata.version(name)}" for name in ("polars", "rensa"))
    return digest(VERSION, str(WINDOW_DAYS), *packages, *corpus.partitions)
