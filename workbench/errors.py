"""The errors that a user can do something about: one sentence saying what, where, what to do."""


class WorkbenchError(Exception):
    """Base of every error that the command line prints without a traceback."""


class InputError(WorkbenchError):
    """An input file or option cannot be used as asked."""


class CorpusError(WorkbenchError):
    """A corpus folder is missing, broken, or of another version."""


class CodebookError(WorkbenchError):
    """A list of the codebook, or of an overlay, holds something it must not."""


class AnnotationError(WorkbenchError):
    """Annotation cannot start or did not end whole."""
