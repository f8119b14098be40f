"""What teaching has changed: errors on the corrections and on a fixed sample, before and after."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recognizer.errors import InputError
from recognizer.ink import Ink
from recognizer.readers.personal import Personal
from recognizer.training.evaluation.text import errors
from recognizer.training.synthesis.rehearsal import Sample

NOTABLY = 0.02  # of the characters: so much more wrong on the fixed sample is worse
Read = Callable[[Ink], str]


@dataclass(frozen=True)
class Errors:
    """Of some words."""

    words: int
    wrong: int
    characters: float  # share that is wrong


@dataclass(frozen=True)
class Report:
    """Errors on the corrections and on a fixed sample, each before and after; and how the corrections are read now."""

    personal: Personal
    corrections: tuple[Errors, Errors]
    fixed: tuple[Errors, Errors]
    now: tuple[str, ...]

    @property
    def worse(self) -> bool:
        """Is the fixed sample read notably worse?"""
        return self.fixed[1].characters - self.fixed[0].characters > NOTABLY


def measure(
    personal: Personal,
    corrections: Sequence[Sample],
    fixed: Sequence[Sample],
    before: Read,
    after: Read,
    progress: Callable[[float], None] = lambda share: None,
) -> Report:
    """Read all by both."""
    jobs = [(samples, read) for samples in (corrections, fixed) for read in (before, after)]
    total, done, found = sum(len(samples) for samples, _ in jobs), 0, []
    for samples, read in jobs:
        texts = []
        for ink, _ in samples:
            progress(done / total)
            texts.append(read(ink))
            done += 1
        found.append(texts)
    errors = [_errors(texts, samples) for texts, (samples, _) in zip(found, jobs, strict=True)]
    return Report(personal, (errors[0], errors[1]), (errors[2], errors[3]), tuple(found[1]))


def reading_with(reader: object) -> Read:
    """The text that a reader answers, "" where it finds none."""

    def read(ink: Ink) -> str:
        try:
            return str(reader.read(ink).text)  # type: ignore[attr-defined]
        except InputError:
            return ""

    return read


def _errors(texts: Sequence[str], samples: Sequence[Sample]) -> Errors:
    pairs = [(text, wanted) for text, (_, wanted) in zip(texts, samples, strict=True)]
    wrong = sum(text != wanted for text, wanted in pairs)
    return Errors(len(pairs), wrong, errors(pairs)["character_error"])
