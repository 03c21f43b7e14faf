"""Annotation of a corpus on disk: a map over its partitions, unchanged ones left alone."""

from __future__ import annotations

import dataclasses
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import polars as pl

from workbench import store
from workbench.annotation.annotate import annotate_frame
from workbench.annotation.layers import Layer, layers_named
from workbench.annotation.pipeline import Versions, default_model, kept_pipeline, versions_of
from workbench.errors import AnnotationError
from workbench.hashing import digest


@dataclasses.dataclass(frozen=True)
class RunReport:
    """What one run of annotation did.

    Attributes:
        corpus: the folder as it stands now.
        annotated: number of partitions annotated.
        unchanged: number of partitions that were up to date.
        statuses: (layer, status) -> articles, over the whole corpus.
    """

    corpus: store.Corpus
    annotated: int
    unchanged: int
    statuses: Counter[tuple[str, str]]


@dataclasses.dataclass(frozen=True)
class Task:
    """One partition and the layers that it lacks, in terms that travel to another process."""

    folder: Path
    partition: str
    layers: tuple[str, ...]
    keys: tuple[str, ...]
    model: str
    overlay: str | None
    versions: Versions


def annotate_corpus(
    corpus: store.Corpus,
    *,
    layers: Sequence[str] | None = None,
    model: str | None = None,
    codebook: str | None = None,
    workers: int = 1,
    on_partitions: Callable[[int, int], None] = lambda done, of: None,
) -> RunReport:
    """Annotate the articles of a corpus folder that are not annotated yet.

    A partition is annotated again only when its articles, their cuts, the codebook, the model, or
    the layer's version changed. Tables are the same whatever the number of workers.

    Args:
        corpus: the folder, as `store.open_corpus` gives it; filters are not heeded.
        layers: which layers; all by default.
        model: spaCy model; the small English one by default.
        codebook: folder laid over the codebook's lists.
        workers: processes on this machine.
        on_partitions: called with the number done and the number to do.

    Raises:
        AnnotationError: if a layer is unknown, the model can't be used, `workers` is below 1, or
            a process was killed.
        CodebookError: if the overlay does not hold together.
    """
    if workers < 1:
        raise AnnotationError(f"--workers {workers}: at least 1 process is needed.")
    chosen = layers_named(layers)
    name = model or default_model()
    versions = versions_of(name, codebook)
    with store.writing(corpus.folder) as current:
        tasks = list(_tasks(current, chosen, versions, name, codebook))
        for done, _ in enumerate(_run(tasks, workers), 1):
            on_partitions(done, len(tasks))
        annotation = _annotation(current.manifest["annotation"], chosen, versions)
        if tasks or annotation != current.manifest["annotation"]:
            current = store.update_manifest(current, {"annotation": annotation})
    return RunReport(current, len(tasks), len(current.partitions) - len(tasks), _statuses(current))


def _tasks(
    corpus: store.Corpus,
    layers: Sequence[Layer],
    versions: Versions,
    model: str,
    overlay: str | None,
) -> Iterator[Task]:
    for partition in corpus.partitions:
        content = store.made_from(corpus.path("articles", partition)) or ""
        found = _cuts(corpus, partition)
        cuts = "" if found is None else found.write_csv()
        keys = {
            layer.name: digest(
                content, cuts, partition, *versions, layer.name, layer.tagger, layer.version
            )
            for layer in layers
        }  # fmt: skip
        stale = tuple(
            name
            for name, key in keys.items()
            if store.made_from(_status_path(corpus, name, partition)) != key
        )
        if stale:
            stale_keys = tuple(keys[name] for name in stale)
            yield Task(corpus.folder, partition, stale, stale_keys, model, overlay, versions)


def _annotation(
    before: Mapping[str, Any], layers: Sequence[Layer], versions: Versions
) -> dict[str, Any]:
    """What the manifest says of annotation: the versions of this run, and each layer's own."""
    made = {
        layer.name: {"tagger": layer.tagger, "version": layer.version, **versions._asdict()}
        for layer in layers
    }
    return {**versions._asdict(), "layers": before.get("layers", {}) | made}


def _status_path(corpus: store.Corpus, layer: str, partition: str) -> Path:
    """Written last: whoever finds it finds the layer's tables."""
    return corpus.folder / "status" / layer / f"{partition}.parquet"


def _cuts(corpus: store.Corpus, partition: str) -> pl.DataFrame | None:
    """The cuts of a partition; none are known where an import was killed."""
    path = corpus.path("cuts", partition)
    return pl.read_parquet(path, glob=False) if path.exists() else None


def _run(tasks: Sequence[Task], workers: int) -> Iterator[str]:
    if workers == 1 or len(tasks) < 2:
        yield from map(run_task, tasks)
        return
    # Not forked: a fork while polars' or the model's threads hold locks never ends.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(tasks)), context) as pool:
        try:
            yield from pool.map(run_task, tasks)
        except BrokenProcessPool:
            raise AnnotationError(
                "A process of --workers died, often for lack of memory; what was written stays, so "
                "go on with fewer. In a script, call this under `if __name__ == '__main__':`."
            ) from None


def run_task(task: Task) -> str:
    """Annotate one partition: its articles in, its tables out, each written whole."""
    corpus = store.open_corpus(task.folder)
    nlp = kept_pipeline(task.model, task.overlay, task.versions)
    layers = layers_named(task.layers)
    articles = pl.read_parquet(corpus.path("articles", task.partition), glob=False)
    frames = annotate_frame(articles, nlp, layers, _cuts(corpus, task.partition))
    for layer, key in zip(layers, task.keys, strict=True):
        for table in layer.frames:
            store.write_whole(frames[table], corpus.path(table, task.partition), made_from=key)
        status = frames["status"].filter(pl.col("layer") == layer.name)
        store.write_whole(status, _status_path(corpus, layer.name, task.partition), made_from=key)
    return task.partition


def _statuses(corpus: store.Corpus) -> Counter[tuple[str, str]]:
    counted = corpus.scan("status").group_by("layer", "status").len().collect()
    return Counter({(layer, status): n for layer, status, n in counted.iter_rows()})
