"""From articles to annotation tables: spaCy components, and the runner over a corpus folder."""

from workbench.annotation.annotate import Annotations, annotate
from workbench.annotation.runner import RunReport, annotate_corpus

__all__ = ["Annotations", "RunReport", "annotate", "annotate_corpus"]
