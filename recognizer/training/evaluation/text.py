"""How well pen text is read: errors of samples, words and characters."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from recognizer.errors import InputError
from recognizer.ink import Ink
from recognizer.readers.catalog import Reader
from recognizer.training.data.inksets import InkSet, load_inkset
from recognizer.training.evaluation.distance import edit_distance
from recognizer.training.evaluation.rejection import Outcome, rejection_curve


def evaluate_text(
    data: Path,
    file: str,
    split: str,
    limit: int | None,
    reader: Reader[Ink],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """Errors of ``reader`` on the inks of an .npz file, or of ``file`` in a folder; with a ``limit``, on so many drawn evenly.

    ``error``: share of samples not read exactly; ``word_error`` and ``character_error``: insertions, deletions and
    substitutions for each true word and character, spaces included; ``letters``: the same of samples of letters only.
    """
    inkset = load_inkset(data / file if data.is_dir() else data)
    samples = inkset.of_split(split)
    if limit is not None and limit < len(samples):
        samples = samples[np.linspace(0, len(samples) - 1, limit).astype(int)]
    pairs, outcomes, seconds = [], [], []
    for done, sample in enumerate(samples):
        progress(done, len(samples))
        truth = " ".join(str(inkset.labels[sample]).split())
        text = ""
        try:
            reading = reader.read(ink_of(inkset, int(sample)))
            text = " ".join(reading.text.split())
            outcomes.append((reading.confidence, text != truth))
            seconds.append(reading.seconds)
        except InputError:
            pass
        pairs.append((text, truth))
    if not pairs:
        raise InputError(f"{data} holds no ink to read.")
    letters = [(text, truth) for text, truth in pairs if truth.isascii() and truth.replace(" ", "").isalpha()]
    return (
        {"samples": len(pairs)}
        | errors(pairs)
        | {
            "letters": {"samples": len(letters)} | errors(letters) if letters else None,
            "curve": rejection_curve(outcomes, len(pairs)),
            "seconds": sum(seconds),
            "median_seconds": float(np.median(seconds)) if seconds else 0.0,
            "seconds_95": float(np.percentile(seconds, 95)) if seconds else 0.0,
        }
    )


def errors(pairs: list[tuple[str, str]]) -> dict[str, float]:
    """Of texts as read and as meant."""
    words = sum(edit_distance(text.split(), truth.split()) for text, truth in pairs)
    characters = sum(edit_distance(text, truth) for text, truth in pairs)
    return {
        "error": float(np.mean([text != truth for text, truth in pairs])),
        "word_error": words / max(sum(len(truth.split()) for _, truth in pairs), 1),
        "character_error": characters / max(sum(len(truth) for _, truth in pairs), 1),
        "error_ignoring_case": float(np.mean([text.lower() != truth.lower() for text, truth in pairs])),
    }


def outcomes(reader: Reader[Ink], inkset: InkSet, samples: np.ndarray) -> list[Outcome]:
    """Confidence of each reading, and whether it is wrong; what is not read is wrong, with no confidence."""
    found = []
    for sample in samples:
        try:
            reading = reader.read(ink_of(inkset, int(sample)))
        except InputError:
            found.append((0.0, True))
            continue
        found.append((reading.confidence, reading.text != inkset.labels[sample]))
    return found


def ink_of(inkset: InkSet, sample: int) -> Ink:
    """One sample as ink, its points without times."""
    return Ink(tuple(np.pad(stroke, ((0, 0), (0, 1))) for stroke in inkset.strokes(sample)))
