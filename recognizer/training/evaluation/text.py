"""How well pen text is read: errors of samples, words and characters."""

from pathlib import Path
from typing import Any

import numpy as np

from recognizer.errors import InputError
from recognizer.ink import Ink
from recognizer.readers.catalog import load_reader
from recognizer.readers.protocol import Reader
from recognizer.training.data.inksets import InkSet, ink_of, load_inkset
from recognizer.training.evaluation.distance import error_rates
from recognizer.training.evaluation.rejection import Outcome, rejection_curve
from recognizer.training.evaluation.tasks import Options


def evaluate_words(data: Path, options: Options) -> dict[str, Any]:
    """The ink reader on the words of an .npz file of ink, or of ``words.npz`` in a folder; ``letters`` are those of letters only."""
    reader = load_reader("text", lexicon=options.lexicon, system=options.system, extent="word")
    return evaluate_text(data, "words.npz", reader, options)


def evaluate_lines(data: Path, options: Options) -> dict[str, Any]:
    """The ink reader on the lines of an .npz file of ink, or of ``text.npz`` in a folder."""
    reader = load_reader("text", lexicon=options.lexicon, system=options.system)
    return evaluate_text(data, "text.npz", reader, options)


def evaluate_text(data: Path, file: str, reader: Reader[Ink], options: Options) -> dict[str, Any]:
    """Errors of ``reader`` on the inks of an .npz file, or of ``file`` in a folder; with a limit, on so many drawn evenly.

    ``error``: share of samples not read exactly; ``word_error`` and ``character_error``: insertions, deletions and
    substitutions for each true word and character, spaces included; ``letters``: the same of samples of letters only.
    Raises InputError where there is no ink to read.
    """
    inkset = load_inkset(data / file if data.is_dir() else data)
    samples = inkset.of_split(options.split)
    if options.limit is not None and options.limit < len(samples):
        samples = samples[np.linspace(0, len(samples) - 1, options.limit).astype(int)]
    pairs, outcomes, seconds = [], [], []
    for done, sample in enumerate(samples):
        options.progress(done, len(samples))
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
    error, character_error = error_rates(pairs)
    return {
        "error": error,
        "word_error": error_rates((text.split(), truth.split()) for text, truth in pairs)[1],
        "character_error": character_error,
        "error_ignoring_case": error_rates((text.lower(), truth.lower()) for text, truth in pairs)[0],
    }


def outcomes(reader: Reader[Ink], inkset: InkSet, samples: np.ndarray) -> list[Outcome]:
    """Confidence of the reading of each of the ``samples`` (n,), and whether it is wrong; what is not read is wrong, with no confidence."""
    found = []
    for sample in samples:
        try:
            reading = reader.read(ink_of(inkset, int(sample)))
        except InputError:
            found.append((0.0, True))
            continue
        found.append((reading.confidence, reading.text != inkset.labels[sample]))
    return found
