"""How far readings are from the truth."""

from collections.abc import Iterable, Sequence

from recognizer.language.distance import edit_distance


def error_rates(pairs: Iterable[tuple[Sequence[object], Sequence[object]]]) -> tuple[float, float]:
    """Of sequences as read and as meant: the share that is not read exactly, and edits for each symbol that is meant."""
    edits = symbols = wrong = count = 0
    for read, truth in pairs:
        distance = edit_distance(read, truth)
        edits, symbols, wrong, count = edits + distance, symbols + len(truth), wrong + (distance > 0), count + 1
    return wrong / max(count, 1), edits / max(symbols, 1)
