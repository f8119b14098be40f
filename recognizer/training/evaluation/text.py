"""How well pen text is read: errors of samples, words and characters."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np

from recognizer.errors import InputError
from recognizer.ink import Ink
from recognizer.readers.catalog import load_reader
from recognizer.readers.protocol import Reader
from recognizer.training.data.inksets import InkSet, ink_of, load_inkset
from recognizer.training.data.many import evenly
from recognizer.training.evaluation.distance import error_rates
from recognizer.training.evaluation.rejection import Outcome, rejection_curve
from recognizer.training.evaluation.tasks import Options

Source = TypeVar("Source")


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
    samples = samples[evenly(len(samples), options.limit)]
    if not len(samples):
        raise InputError(f"{data} holds no ink to read.")
    found = read_all(reader, inks_of(inkset, samples), options.progress)
    letters = [(text, truth) for text, truth in found.pairs if truth.isascii() and truth.replace(" ", "").isalpha()]
    return found.figures() | {
        "letters": {"samples": len(letters)} | errors(letters) if letters else None,
        "seconds_95": float(np.percentile(found.seconds, 95)) if found.seconds else 0.0,
    }


class Texts(NamedTuple):
    """What was read of some sources; ``outcomes`` and ``seconds`` are of those in which there was something to read."""

    pairs: list[tuple[str, str]]  # each text as it was read, or nothing, and as it was meant
    outcomes: list[Outcome]
    seconds: list[float]

    @property
    def judged(self) -> list[Outcome]:
        """The outcomes of all: what is not read is wrong, with no confidence."""
        return self.outcomes + [(0.0, True)] * (len(self.pairs) - len(self.outcomes))

    def figures(self) -> dict[str, Any]:
        """Errors, and how far the confidence can be trusted."""
        return {
            "samples": len(self.pairs),
            **errors(self.pairs),
            "curve": rejection_curve(self.outcomes, len(self.pairs)),
            "seconds": sum(self.seconds),
            "median_seconds": float(np.median(self.seconds)) if self.seconds else 0.0,
        }


def read_all(
    reader: Reader[Source],
    sources: Sequence[tuple[Callable[[], Source], str]],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Texts:
    """Read sources, each what gives it and what it says; white space counts as one space."""
    found = Texts([], [], [])
    for done, (source, meant) in enumerate(sources):
        progress(done, len(sources))
        truth, text = " ".join(meant.split()), ""
        try:
            reading = reader.read(source())
            text = " ".join(reading.text.split())
            found.outcomes.append((reading.confidence, text != truth))
            found.seconds.append(reading.seconds)
        except InputError:
            pass
        found.pairs.append((text, truth))
    return found


def errors(pairs: list[tuple[str, str]]) -> dict[str, float]:
    """Of texts as read and as meant."""
    error, character_error = error_rates(pairs)
    return {
        "error": error,
        "word_error": error_rates((text.split(), truth.split()) for text, truth in pairs)[1],
        "character_error": character_error,
        "error_ignoring_case": error_rates((text.lower(), truth.lower()) for text, truth in pairs)[0],
    }


def inks_of(inkset: InkSet, samples: np.ndarray) -> list[tuple[Callable[[], Ink], str]]:
    """What `read_all` takes of ``samples`` (n,) of a set of ink."""
    return [(partial(ink_of, inkset, int(sample)), str(inkset.labels[sample])) for sample in samples]
