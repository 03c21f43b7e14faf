"""What counts as a word, and which words of a headline only say which edition it is of."""

import re

WORD = re.compile(r"\w+(?:['’\-]\w+)*")
EDITION_MARK = (  # for Python and polars alike: of the wires in front, of newspapers behind
    r"(?i)^\s*(?:(?:update|wrapup)[ -]?\d{0,2}|updated|corrected(?:-update[ -]?\d{0,2})?"
    r"|corrections?|refile|rpt|repeat|recasts|urgent|alert|flash"
    r"|\d(?:st|nd|rd|th) (?:lead|ld|add|roundup|update)(?:-writethru)?)\s*[-–—:]+\s*"
    r"|\s*[-–—(\[;]\s*(?:corrections? appended|corrected|updated?|(?:first|second|third|late|early"
    r"|final|city|national|international) edition|(?:edition|version) \d{1,2}"
    r"|\d(?:st|nd|rd|th) (?:lead|ld)(?:-writethru)?)\s*[)\]]?\s*$"
)


def count_words(text: str | None) -> int:
    """Return the number of words in a text; 0 for None."""
    return len(WORD.findall(text)) if text else 0
