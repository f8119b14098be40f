"""The recipe of the language's prices: each in turn is moved to where validation words and lines are read with fewest mistakes.

What the networks make of the ink does not depend on language, so they run once; then a set of prices is tried in seconds.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from recognizer.errors import InputError
from recognizer.files import write_file
from recognizer.ink import Ink
from recognizer.ink.layout import lay_out
from recognizer.language.alphabet import BLANK
from recognizer.language.lexicon import english
from recognizer.language.prices import LINES, WORD, Prices
from recognizer.language.text import text_language
from recognizer.readers.catalog import load_reader
from recognizer.readers.rescoring import RescoringReader
from recognizer.readers.sizes import SizesReader
from recognizer.training.data.inksets import ink_of, load_inkset
from recognizer.training.data.many import evenly
from recognizer.training.evaluation.text import errors
from recognizer.training.learning.loop import Run


@dataclass(frozen=True)
class Settings:
    """What is read, and how far prices are moved."""

    lines: int = 120
    words: int = 120  # of the lexicon's; and as many that are not
    measured_lines: int = 300  # so many of the validation lines, drawn evenly, are left for `evaluate`
    measured_words: int = 800
    step: float = 1.25  # a price is tried so many times as high, and as low
    rounds: int = 2


SETTINGS = Settings()


@dataclass(frozen=True)
class Set:
    """Inks of one kind, with their texts, and the reader that reads them with any prices."""

    name: str
    inks: list[Ink]
    texts: list[str]
    reader: RescoringReader[Ink]
    several: bool

    def mistakes(self, prices: Prices) -> float:
        """Characters that are wrong, and half of the words, as shares."""
        language = text_language(english(), several=self.several, prices=prices, blank=BLANK)
        displacement = replace(self.reader.displacement, grammar=language.graph, weigh=language.weighed)
        reader = replace(self.reader, displacement=displacement)
        rates = errors([(_text(reader, ink), text) for ink, text in zip(self.inks, self.texts, strict=True)])
        return rates["character_error"] + rates["word_error"] / 2


def choose_prices(run: Run, settings: Settings) -> None:
    """Write the best prices that are found (.json). The folder unipen of the data is read with the models that are there."""
    lines, *words = _sets(run.data / "unipen", settings)
    found = {"lines": _best([lines], LINES, settings, run.report), "word": _best(words, WORD, settings, run.report)}
    write_file(run.out, f"{json.dumps({name: asdict(prices) for name, prices in found.items()}, indent=1)}\n".encode())


def _best(sets: Sequence[Set], prices: Prices, settings: Settings, report: Callable[[str], None]) -> Prices:
    """Each price is moved as long as there are fewer mistakes, all of them so many times."""
    least = _mistakes(sets, prices, report)
    for _ in range(settings.rounds):
        for name, value in asdict(prices).items():
            for factor in (settings.step, 1 / settings.step):
                tried = replace(prices, **{name: value * factor})
                mistakes = _mistakes(sets, tried, report)
                if mistakes < least:
                    prices, least = tried, mistakes
    return prices


def _mistakes(sets: Sequence[Set], prices: Prices, report: Callable[[str], None]) -> float:
    found = [each.mistakes(prices) for each in sets]
    each = ", ".join(f"{one.name} {100 * share:.1f}" for one, share in zip(sets, found, strict=True))
    report(f"{each}: {prices}")
    return sum(found)


def _sets(folder: Path, settings: Settings) -> Iterator[Set]:
    known = english()
    lines, words = _remembering(single=False), _remembering(single=True)
    yield _chosen("lines", folder / "text.npz", settings.measured_lines, settings.lines, lines, lambda text: True)
    single = folder / "words.npz", settings.measured_words, settings.words, words
    yield _chosen("words", *single, lambda text: text.lower() in known)
    yield _chosen("others", *single, lambda text: text.isalpha() and text.isascii() and text.lower() not in known)


def _chosen(
    name: str, file: Path, measured: int, count: int, reader: RescoringReader[Ink], wanted: Callable[[str], bool]
) -> Set:
    """So many validation samples of a file whose texts are wanted, drawn evenly from those that are not measured."""
    inkset = load_inkset(file)
    samples = inkset.of_split("val")
    others = np.setdiff1d(samples, samples[evenly(len(samples), measured)])
    texts = {int(sample): " ".join(str(inkset.labels[sample]).split()) for sample in others}
    usable = [
        sample for sample, text in texts.items() if wanted(text) and len(lay_out(ink_of(inkset, sample)).lines) == 1
    ]
    if not usable:
        raise InputError(f"{file} has no {name} beside those that are measured.")
    drawn = [usable[k] for k in evenly(len(usable), count)]
    inks = [ink_of(inkset, sample) for sample in drawn]
    return Set(name, inks, [texts[sample] for sample in drawn], reader, several=name == "lines")


def _remembering(*, single: bool) -> RescoringReader[Ink]:
    """The reader of ink, whose networks run once for each ink."""
    reader = load_reader("text", extent="word" if single else "line")
    reader = reader.usual if isinstance(reader, SizesReader) else reader
    assert isinstance(reader, RescoringReader)
    systems = (
        replace(each, segment=_Remembered(each.segment), recognise=_Remembered(each.recognise))
        for each in (reader.displacement, reader.segmentation)
    )
    return RescoringReader(*systems)


class _Remembered:
    """A function that answers for each object once."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self.function = function
        self.known: dict[int, tuple[Any, Any]] = {}  # by identity, with the object, so that it stays

    def __call__(self, asked: Any) -> Any:
        if id(asked) not in self.known:
            self.known[id(asked)] = asked, self.function(asked)
        return self.known[id(asked)][1]


def _text(reader: RescoringReader[Ink], ink: Ink) -> str:
    try:
        return " ".join(reader.read(ink).text.split())
    except InputError:
        return ""
