"""How well cheques are read, and how far its confidence can be trusted (1998 paper, section X-D)."""

from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from recognizer.errors import InputError
from recognizer.page import load_pages
from recognizer.readers import load_cheque_reader
from recognizer.training.evaluation.rejection import POINTS, Outcome, accepted_at, rejection_curve


def evaluate_cheques(
    files: Sequence[tuple[Path, str]], progress: Callable[[int, int], None], country: str | None = None
) -> dict[str, Any]:
    """The cheque reader on images, each with its amount. An answer is right when it has the same value.

    Seconds are those of a whole cheque, the file's decoding included.
    """
    reader = load_cheque_reader(country=country)
    outcomes: list[Outcome] = []
    seconds, unread = [], 0
    for done, (file, amount) in enumerate(files):
        progress(done, len(files))
        start = perf_counter()
        try:
            reading = reader.read(load_pages(file)[0])
        except InputError:
            unread += 1
        else:
            outcomes.append((reading.confidence, float(reading.text) != _value(amount)))
        seconds.append(perf_counter() - start)
    wrong = sum(miss for _, miss in outcomes)
    return {
        "samples": len(files),
        "compared": "values",
        "error": (wrong + unread) / len(files),
        "unread": unread / len(files),
        "curve": rejection_curve(outcomes, len(files)),
        "points": [accepted_at(outcomes, len(files), rate, load_cheque_reader(rate).threshold) for rate in POINTS],
        "seconds": sum(seconds),
        "median_seconds": sorted(seconds)[len(seconds) // 2],
    }


def _value(amount: str) -> float:
    """The value of an amount as labels give it: 1,234.50 and $ 1234.5 are the same."""
    try:
        return float(amount.replace(",", "").strip("$ "))
    except ValueError:
        raise InputError(f"{amount!r} is no amount: labels of cheques are numbers like 1234.50.") from None
