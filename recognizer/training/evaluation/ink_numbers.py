"""How well whole pen numbers are read: strings set from the single digits of writers that no recipe has seen."""

from pathlib import Path
from typing import Any

import numpy as np

from recognizer.errors import InputError
from recognizer.ink import Ink
from recognizer.readers.catalog import load_reader
from recognizer.readers.protocol import Reader
from recognizer.training.evaluation.tasks import Options
from recognizer.training.synthesis.ink_strings import Variation, load_writers, random_number

SAMPLES = 2_000
_SEED = 2  # of the strings: the same ones in every evaluation, none of those that recipes validate on
_FILE = "chars.npz"


def evaluate_ink_numbers(data: Path, options: Options) -> dict[str, Any]:
    """The number reader on strings of 1 to 8 digits set from the isolated digits of an .npz file of ink, or of ``chars.npz`` in a
    folder."""
    return errors_of(load_reader("number", extent="line"), data, options)


def errors_of(reader: Reader[Ink], data: Path, options: Options) -> dict[str, Any]:
    """Errors of ``reader`` on strings of the writers of a split; sizes change and neighbours overlap.

    A string is wrong where any digit is. ``by_length`` is the error of strings of 1, 2, ... digits.
    Raises InputError where there are no digits to set numbers from.
    """
    writers = load_writers([data / _FILE if data.is_dir() else data], options.split, evenness=0.0)
    if not writers.glyphs:
        raise InputError(f"{data} holds no digits to set numbers from.")
    generator = np.random.default_rng(_SEED)
    count = SAMPLES if options.limit is None else options.limit
    seconds, lengths, wrong = [], [], []
    for sample in range(count):
        options.progress(sample, count)
        number = random_number(writers, Variation(), generator)
        text = "".join(map(str, number.labels))
        lengths.append(len(text))
        try:
            reading = reader.read(number.ink)
        except InputError:
            wrong.append(True)
            continue
        wrong.append(reading.text != text)
        seconds.append(reading.seconds)
    by_length = {
        str(length): float(np.mean([miss for miss, of in zip(wrong, lengths, strict=True) if of == length]))
        for length in sorted(set(lengths))
    }
    return {
        "samples": count,
        "error": sum(wrong) / max(count, 1),
        "by_length": by_length,
        "seconds": sum(seconds),
        "median_seconds": float(np.median(seconds)) if seconds else 0.0,
    }
