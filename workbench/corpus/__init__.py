"""From files to articles: sources, readers by format, columns, dates, languages, identities."""

from workbench.corpus.loading import FileReport, Reading, read
from workbench.corpus.records import ReadOptions

__all__ = ["FileReport", "ReadOptions", "Reading", "read"]
