"""Pages from the web into a folder of archives, only ever when a user asks for it."""

from workbench.workflow.fetching.download import Limits
from workbench.workflow.fetching.run import FetchReport, fetch_pages

__all__ = ["FetchReport", "Limits", "fetch_pages"]
