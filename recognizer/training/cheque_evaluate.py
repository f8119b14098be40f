"""How well cheques are read, and how far its confidence can be trusted (1998 paper, section X-D)."""

from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from recognizer.errors import InputError
from recognizer.page import load_pages
from recognizer.readers import load_cheque_reader
from recognizer.training.rejection import Outcome, rejection_curve

ALLOWED = (0.001, 0.005, 0.01)  # error rates whose thresholds are tried


def evaluate_cheques(
    rows: Sequence[tuple[str, str]], folder: Path, progress: Callable[[int, int], None]
) -> dict[str, Any]:
    """The cheque reader on images of ``folder``: ``rows`` are files and amounts. An answer is right when it has the same value.

    Seconds are those of a whole cheque, the file's decoding included.
    """
    reader = load_cheque_reader()
    outcomes: list[Outcome] = []
    seconds, unread = [], 0
    for done, (file, amount) in enumerate(rows):
        progress(done, len(rows))
        start = perf_counter()
        try:
            reading = reader.read(load_pages(folder / file)[0])
        except InputError:
            unread += 1
        else:
            outcomes.append((reading.confidence, float(reading.text) != _value(amount)))
        seconds.append(perf_counter() - start)
    wrong = sum(miss for _, miss in outcomes)
    return {
        "samples": len(rows),
        "error": (wrong + unread) / len(rows),
        "unread": unread / len(rows),
        "curve": rejection_curve(outcomes, len(rows)),
        "at_thresholds": [_at(outcomes, len(rows), allowed) for allowed in ALLOWED],
        "seconds": sum(seconds),
        "median_seconds": sorted(seconds)[len(seconds) // 2],
    }


def _at(outcomes: Sequence[Outcome], samples: int, allowed: float) -> dict[str, float]:
    """What becomes of the cheques at the confidence that the model says is enough for an error rate."""
    threshold = load_cheque_reader(allowed).threshold
    accepted = [miss for confidence, miss in outcomes if confidence >= threshold]
    wrong = sum(accepted)
    return {
        "max_error": allowed,
        "correct": (len(accepted) - wrong) / samples,
        "error": wrong / samples,
        "refused": 1 - len(accepted) / samples,
    }


def _value(amount: str) -> float:
    """The value of an amount as labels give it: 1,234.50 and $ 1234.5 are the same."""
    try:
        return float(amount.replace(",", "").strip("$ "))
    except ValueError:
        raise InputError(f"{amount!r} is no amount: labels of cheques are numbers like 1234.50.") from None
