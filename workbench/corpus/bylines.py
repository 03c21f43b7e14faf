"""Who wrote an article, out of the line that says so."""

from __future__ import annotations

import re
from typing import Any

from workbench.corpus.dates import is_blank

BY = re.compile(r"^\s*(?:by|автори?|авторы|text|texte|texto)\s*[:\s]\s*", re.IGNORECASE)
BY_ABROAD = re.compile(r"^\s*(?:[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|di|door)\s+(?=\S+\s+\S)")
APART = re.compile(r"\s*(?:;|\||,(?!\s*(?:Jr|Sr|I{2,3})\b)|\b(?:and|AND)\b)\s*")
JOINED = re.compile(r"\s+(?:und|et|y|e|i|en|ve|и|та|й|і|&)\s+", re.IGNORECASE)


def split_authors(value: Any) -> list[str]:
    """Return the authors that a byline or a list names.

    Commas, semicolons and "and" part names. "und", "et", "y", "и" and their like do where each side
    is a whole name: "Juan Pérez y Ana Ruiz" are two people, "Andrés Ortega y Gasset" is one.

    Example:
        >>> split_authors("By Jane Doe, John Roe and Jim Poe")
        ['Jane Doe', 'John Roe', 'Jim Poe']
    """
    if is_blank(value):
        return []
    if isinstance(value, list):
        names = [name.get("name") if isinstance(name, dict) else name for name in value]
    else:
        line = BY.sub("", str(value))
        parts = APART.split(line)
        names = [name for part in parts for name in _whole_names(part)]
    return [str(name).strip() for name in names if not is_blank(name)]


def _whole_names(part: str) -> list[str]:
    names = JOINED.split(part)
    if len(names) == 1 or any(len(name.split()) < 2 for name in names):
        return [part]
    return [BY_ABROAD.sub("", names[0]), *names[1:]]
