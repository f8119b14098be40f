"""A sheet that is as full as can be: the window goes on answering."""

import sys
from collections.abc import Callable

import pytest

from tests.stories.person import Person
from ui.bench.canvas import CROWD, turns
from ui.ink import strokes_picture

CALLS = 4  # of functions for each stroke, between two events: to draw one takes more


def test_the_window_answers_however_full_the_sheet_is(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strokes_picture, "MOST_SECONDS", 0.0)  # a frame draws the same on every machine
    list(map(calls, turns(person.window, 1)))  # imports what is not there yet
    assert max(map(calls, turns(person.window, CROWD))) < CALLS * CROWD


def calls(turn: Callable[[], object]) -> int:
    """How many functions are called, which tells how long the window does not answer, however busy the machine is."""
    count = 0

    def on_event(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(on_event)
    try:
        turn()
    finally:
        sys.setprofile(None)
    return count
