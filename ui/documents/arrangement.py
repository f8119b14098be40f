"""Which rows of a queue are shown, and in what order."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite
from operator import gt, lt
from typing import Any

from ui.language import tr, translated
from ui.model.documents.result import Row, State

FILE, PAGE, TEXT, CONFIDENCE, STATE, REMARKS = range(6)  # columns
EVERY, TO_DO = "all", "to check"  # choices beside the states
ANY_PICTURE, FLAWED = "any picture", "with a flaw"  # choices beside the flaws
BY_NEED = (State.REFUSED, State.FAILED, State.CORRECTED, State.SKIPPED, State.ACCEPTED)

Thresholds = Mapping[str, float]


def wants_person(state: State) -> bool:
    """Is it still to be decided by a person?"""
    return state in (State.REFUSED, State.FAILED)


def remarks(row: Row) -> str:
    """The flaws of the picture, or why there is no text, in plain words."""
    if row.result.error:
        return translated(row.result.error)
    return (
        tr("The picture is {flaws}.", flaws=tr(" and ").join(map(translated, row.result.flaws)))
        if row.result.flaws
        else ""
    )


@dataclass(frozen=True)
class Arrangement:
    """Rows of a state and with a flaw, both by their words or one of the choices above, and with some words in the name of the
    file, in the text or in what a line may say instead; sorted by a column, or as they were read."""

    state: str = EVERY
    flaw: str = ANY_PICTURE
    words: str = ""
    column: int | None = None
    falling: bool = False

    def shows(self, row: Row, thresholds: Thresholds) -> bool:
        """Is this row wanted?"""
        return (
            self._shows_state(row.state(thresholds)) and self._shows_flaws(row.result.flaws) and self._shows_words(row)
        )

    def key(self, row: Row, thresholds: Thresholds) -> Any:
        """What a row is sorted by: numbers by size, states by how much they want a person, the rest as one reads it."""
        result = row.result
        if self.column == PAGE:
            return result.place.page
        if self.column == CONFIDENCE:
            return result.confidence
        if self.column == STATE:
            return BY_NEED.index(row.state(thresholds))
        if self.column == TEXT:
            return _by_value(row.text)
        return remarks(row) if self.column == REMARKS else result.place.file.name.lower()

    def _shows_state(self, state: State) -> bool:
        if self.state in (EVERY, TO_DO):
            return self.state == EVERY or wants_person(state)
        return self.state == state.value

    def _shows_flaws(self, flaws: tuple[str, ...]) -> bool:
        if self.flaw in (ANY_PICTURE, FLAWED):
            return self.flaw == ANY_PICTURE or bool(flaws)
        return self.flaw in flaws

    def _shows_words(self, row: Row) -> bool:
        named = self.words in row.text.lower() or self.words in row.result.place.file.name.lower()
        return named or row.result.line_with(self.words) is not None


def arranged(rows: Sequence[Row], thresholds: Thresholds, arrangement: Arrangement) -> list[int]:
    """The numbers of the rows that are shown, in their order; equal ones stay in the order of reading."""
    shown = [number for number, row in enumerate(rows) if arrangement.shows(row, thresholds)]
    if arrangement.column is not None:
        shown.sort(key=lambda number: arrangement.key(rows[number], thresholds), reverse=arrangement.falling)
    return shown


def place_for(number: int, shown: Sequence[int], rows: Sequence[Row], thresholds: Thresholds, by: Arrangement) -> int:
    """Where among the rows that are ``shown`` another one belongs."""
    if by.column is None:
        return bisect_left(shown, number)
    beyond, key = lt if by.falling else gt, by.key(rows[number], thresholds)
    return bisect_left(shown, True, key=lambda other: beyond(by.key(rows[other], thresholds), key))


def _by_value(text: str) -> tuple[float, str]:
    """Numbers by size, before texts."""
    try:
        value = float(text)
    except ValueError:
        value = inf
    return (value, "") if isfinite(value) else (inf, text.lower())
