"""What counts as a word: a run of letters and digits, inner apostrophes and hyphens kept."""

import re

WORD = re.compile(r"\w+(?:['’\-]\w+)*")


def count_words(text: str | None) -> int:
    """Return the number of words in a text; 0 for None."""
    return len(WORD.findall(text)) if text else 0
