"""Where the files lie that ship beside the code: notebooks and reference tables."""

from pathlib import Path

from workbench.errors import WorkbenchError

PACKAGE = Path(__file__).parent
IN_CHECKOUT = {"notebooks": "notebooks", "reference": "data/reference"}


def shipped(what: str) -> Path:
    """Return the folder of `notebooks` or `reference`, in a wheel or in a checkout.

    Raises:
        WorkbenchError: if neither holds it.
    """
    for folder in (PACKAGE / "_shipped" / what, PACKAGE.parent / IN_CHECKOUT[what]):
        if folder.is_dir():
            return folder
    raise WorkbenchError(f"The {what} that ship with the workbench are missing; install it again.")
