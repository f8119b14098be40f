"""Readers of one system each, made from their model files. What they are made of is imported when the first is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from recognizer.language.alphabet import COUNT
from recognizer.language.money import DIGITS
from recognizer.readers.fitting import Task, check_alike, fitting_model, of_another_task

if TYPE_CHECKING:
    from recognizer.ink import Ink
    from recognizer.ink.tracing import Tracing
    from recognizer.networks.displacement import Displacement
    from recognizer.page import Page
    from recognizer.readers.cheque import ChequeReader
    from recognizer.readers.displacement_opinion import DisplacementOpinion
    from recognizer.readers.fields import FieldNetwork
    from recognizer.readers.legal_amount_opinion import LegalAmountOpinion
    from recognizer.readers.reader import LatticeReader
    from recognizer.readers.transparent import SegmentNetwork


_SCANS = "reading images of text"
HOPELESS = 20.0  # nats: readings of an amount that are so much worse than the best up to a cut are given up


@dataclass(frozen=True)
class ReadingOptions:
    """How a reader is to read; only readers of text look at the words."""

    max_error: float  # share of wrong answers that a reading is accepted at
    words: Mapping[str, float] | None = None  # of the lexicon, with their penalties [nats]; None: any words freely
    single: bool = False  # is a line known to be one word?
    country: str | None = None  # that amounts are written as in; None: any


def text_by_segments(paths: Sequence[Path], threshold: float, options: ReadingOptions) -> "LatticeReader[Ink]":
    """Text by over-segmentation."""
    from recognizer.ink.word_amap import ROWS
    from recognizer.ink.word_paint import CHANNELS, COLUMNS
    from recognizer.ink.word_segments import FEATURES
    from recognizer.networks.recogniser import SegmentRecogniser
    from recognizer.readers.segmentation import segmentation_reader

    inputs = (CHANNELS, ROWS, COLUMNS), (len(FEATURES),)
    network, _ = fitting_model(paths[0], Task("reading text", SegmentRecogniser, inputs, ("thresholds",), COUNT + 1))
    return segmentation_reader(network, threshold, options.words, several=not options.single)


def text_by_displacement(paths: Sequence[Path], threshold: float, options: ReadingOptions) -> "LatticeReader[Ink]":
    """Text by a space displacement network."""
    from recognizer.frames import WINDOW
    from recognizer.ink.dynamics import CHANNELS
    from recognizer.ink.word_amap import ROWS
    from recognizer.networks.displacement import Displacement
    from recognizer.readers.text import text_reader, word_reader

    task = Task("reading text", Displacement, ((CHANNELS, ROWS, WINDOW),), ("thresholds",), COUNT + 1)
    network, _ = fitting_model(paths[0], task)
    return (word_reader if options.single else text_reader)(network, threshold, options.words)


def tracing_by_displacement(
    paths: Sequence[Path], threshold: float, options: ReadingOptions
) -> "LatticeReader[Tracing]":
    """A line of text on an image by a space displacement network.

    Raises InputError where a model is missing or of another task.
    """
    from recognizer.frames import WINDOW
    from recognizer.ink.tracing import CHANNELS
    from recognizer.ink.word_amap import ROWS
    from recognizer.networks.displacement import Displacement
    from recognizer.readers.text import tracing_reader

    task = Task(_SCANS, Displacement, ((CHANNELS, ROWS, WINDOW),), ("thresholds",), COUNT + 1)
    network, _ = fitting_model(paths[0], task)
    return tracing_reader(network, threshold, options.words, not options.single)


def tracing_by_segments(
    paths: Sequence[Path], threshold: float, options: ReadingOptions, joined: bool = False
) -> "LatticeReader[Tracing]":
    """The same by over-segmentation, alone or ``joined`` to displacement."""
    from recognizer.ink.traced_segments import CHANNELS
    from recognizer.ink.word_amap import ROWS
    from recognizer.ink.word_paint import COLUMNS
    from recognizer.ink.word_segments import FEATURES
    from recognizer.networks.recogniser import SegmentRecogniser
    from recognizer.readers.segmentation import tracing_segmentation_reader

    inputs = (CHANNELS, ROWS, COLUMNS), (len(FEATURES),)
    network, _ = fitting_model(paths[0], Task(_SCANS, SegmentRecogniser, inputs, ("thresholds",), COUNT + 1))
    return tracing_segmentation_reader(network, threshold, options.words, not options.single, joined)


def number_by_segments(paths: Sequence[Path], threshold: float, _options: ReadingOptions) -> "LatticeReader[Ink]":
    """Numbers written with a pen."""
    from recognizer.ink import segment_ink
    from recognizer.ink.segment import CHANNELS, COLUMNS, FEATURES, ROWS
    from recognizer.language.amount import number_grammar
    from recognizer.readers.recut import cutting_reader

    recognise, classes = _recogniser(paths[0], ((CHANNELS, ROWS, COLUMNS), (len(FEATURES),)), DIGITS)
    return cutting_reader(segment_ink, recognise, number_grammar(classes), classes, threshold)


def amount_by_segments(paths: Sequence[Path], threshold: float, options: ReadingOptions) -> "LatticeReader[Page]":
    """Courtesy amounts by over-segmentation."""
    from recognizer.gtn import beam_search
    from recognizer.language.amount import amount_grammar
    from recognizer.page import segment_page
    from recognizer.readers.displacement import WIDTH
    from recognizer.readers.money import Money
    from recognizer.readers.recut import cutting_reader

    recognise, classes = _amount_recogniser(paths[0])
    grammar, money = amount_grammar(classes, options.country), Money(classes, options.country)
    reader: LatticeReader[Page] = cutting_reader(segment_page, recognise, grammar, classes, threshold)
    return replace(reader, search=partial(beam_search, margin=HOPELESS, width=WIDTH), money=money)


def amount_by_displacement(paths: Sequence[Path], threshold: float, options: ReadingOptions) -> "LatticeReader[Page]":
    """Courtesy amounts by a space displacement network."""
    from recognizer.readers.displacement import displacement_reader

    return displacement_reader(*_amount_network(paths[0]), threshold, options.country)


def cheque_by_opinions(paths: Sequence[Path], threshold: float, options: ReadingOptions) -> "ChequeReader":
    """Whole cheques: the models are that of fields, both of amounts, and that of amounts in words."""
    from recognizer.networks.field import FieldPenalty
    from recognizer.page.fields import FEATURES
    from recognizer.readers.cheque import cheque_reader

    path, amount, displacement, words = paths
    task = Task("finding amounts on cheques", FieldPenalty, ((len(FEATURES),),), ("thresholds", "weights"), 1)
    fields, card = fitting_model(path, task)
    weights = card["weights"]
    if not isinstance(weights, list) or len(weights) not in (2, 3):
        raise of_another_task(path, task.name)
    recognise, classes, second = cheque_opinions(amount, displacement, country=options.country)
    legal = load_legal_amount_opinion(words) if len(weights) > 2 else None
    return cheque_reader(fields, recognise, classes, second, legal, tuple(weights), threshold, options.country)


def cheque_opinions(
    amount: Path, displacement: Path, *, country: str | None = None
) -> "tuple[FieldNetwork, tuple[str, ...], DisplacementOpinion]":
    """What reads the fields of cheques: the recogniser of segments of ``amount`` with its classes, and the ``displacement`` network."""
    from recognizer.readers.cheque import cheque_grammar
    from recognizer.readers.displacement_opinion import displacement_opinion
    from recognizer.readers.fields import FieldNetwork

    recognise, classes = _amount_recogniser(amount)
    network, of_frames = _amount_network(displacement)
    check_alike(amount, classes, displacement, of_frames)
    of_fields = FieldNetwork(recognise.network, point=classes.index("."))
    return of_fields, classes, displacement_opinion(network, of_frames, cheque_grammar(of_frames, country))


def load_legal_amount_opinion(path: Path) -> "LegalAmountOpinion":
    """What reads the amount in words. Raises InputError where its model is missing or of another task."""
    from recognizer.frames import WINDOW
    from recognizer.language.legal_amount import CLASSES
    from recognizer.networks.displacement import Displacement
    from recognizer.page.frames import CHANNELS
    from recognizer.page.line import ROWS
    from recognizer.readers.legal_amount_opinion import words_opinion

    task = Task("reading amounts in words", Displacement, ((CHANNELS, ROWS, WINDOW),), ("classes",))
    network, card = fitting_model(path, task)
    if tuple(card["classes"]) != CLASSES:
        raise of_another_task(path, task.name)
    return words_opinion(network)


def _amount_recogniser(path: Path) -> "tuple[SegmentNetwork, tuple[str, ...]]":
    """A recogniser of segments of amounts and its classes."""
    from recognizer.page.line import ROWS
    from recognizer.page.segment import COLUMNS, FEATURES

    return _recogniser(path, ((1, ROWS, COLUMNS), (len(FEATURES),)), (*DIGITS, "."))


def _recogniser(
    path: Path, inputs: tuple[tuple[int, ...], ...], characters: Iterable[str]
) -> "tuple[SegmentNetwork, tuple[str, ...]]":
    """A recogniser of segments and its classes, the last of them junk, the ``characters`` among the others."""
    from recognizer.networks.recogniser import SegmentRecogniser
    from recognizer.readers.transparent import SegmentNetwork

    task = Task("reading strings", SegmentRecogniser, inputs, ("classes", "thresholds"), characters=characters)
    network, card = fitting_model(path, task)
    classes = tuple(card["classes"])
    if classes[-1] != "junk":
        raise of_another_task(path, task.name)
    return SegmentNetwork(network), classes


def _amount_network(path: Path) -> "tuple[Displacement, tuple[str, ...]]":
    """A space displacement network for amounts and its classes."""
    from recognizer.frames import WINDOW
    from recognizer.networks.displacement import Displacement
    from recognizer.page.frames import CHANNELS
    from recognizer.page.line import ROWS

    entries = ("classes", "thresholds", "joined")
    task = Task("reading amounts", Displacement, ((CHANNELS, ROWS, WINDOW),), entries, characters=(*DIGITS, "."))
    network, card = fitting_model(path, task)
    return network, tuple(card["classes"])
