"""What counts as standing inside quotation marks."""

from __future__ import annotations

import pytest

from workbench.annotation.marks import dash_runs, quoted_runs

QUOTED = [
    ('He said "no" and "never".', ["no", "never"]),
    ("She said: “It’s the soldiers’ land.”", ["It’s the soldiers’ land."]),
    ("„So ist es“, sagte er. «Oui», dit-elle.", ["So ist es", "Oui"]),
    ("‘We won’t go,’ he said.", ["We won’t go,"]),
    ("Calls it 'absolutely right' again", ["absolutely right"]),
    ("The soldiers' camp and the '90s' music isn't quoted", []),
    ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"]),
]


@pytest.mark.parametrize(("text", "inside"), QUOTED)
def test_quoted_runs_leave_the_marks_out(text: str, inside: list[str]) -> None:
    assert [text[run.start : run.end] for run in quoted_runs(text)] == inside


def test_quoted_runs_open_mark_lasts_to_the_end_of_its_paragraph() -> None:
    text = "“We will stay.\n“We will fight,” he said."

    first, second = quoted_runs(text)

    assert text[first.start : first.end] == "We will stay."
    assert (first.closed, second.closed) == (False, True)
    assert text[second.start : second.end] == "We will fight,"


def test_quoted_runs_of_nothing_are_none() -> None:
    assert quoted_runs("") == quoted_runs('Empty "" marks') == []


DASHED = [
    ("– We will stay, – she said. – We have no choice.", ["We will stay", "We have no choice."]),
    ("— Where to? — asked Ivan.", ["Where to"]),
    ("The talks – the third – failed.", []),
]


@pytest.mark.parametrize(("text", "said"), DASHED)
def test_dash_runs_are_what_a_dash_opens(text: str, said: list[str]) -> None:
    assert [text[run.start : run.end] for run in dash_runs(text)] == said
