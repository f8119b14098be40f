"""Readers of one system each, made from their model files. What they are made of is imported when the first is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recognizer.errors import InputError

if TYPE_CHECKING:
    from torch import nn

    from recognizer.ink import Ink
    from recognizer.ink.tracing import Tracing
    from recognizer.networks.displacement import Displacement
    from recognizer.networks.store import Model
    from recognizer.page import Page
    from recognizer.readers.cheque import ChequeReader
    from recognizer.readers.displacement_opinion import DisplacementOpinion
    from recognizer.readers.fields import FieldNetwork
    from recognizer.readers.legal_amount_opinion import LegalAmountOpinion
    from recognizer.readers.lines import LinesReader
    from recognizer.readers.protocol import Reader
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
    from recognizer.networks.recogniser import SegmentRecogniser
    from recognizer.readers.segmentation import segmentation_reader

    model = _model(paths[0], SegmentRecogniser, "reading text", "thresholds")
    return segmentation_reader(_network(model), threshold, options.words, several=not options.single)


def text_by_displacement(paths: Sequence[Path], threshold: float, options: ReadingOptions) -> "LatticeReader[Ink]":
    """Text by a space displacement network."""
    from recognizer.networks.displacement import Displacement
    from recognizer.readers.text import text_reader, word_reader

    model = _model(paths[0], Displacement, "reading text", "thresholds")
    return (word_reader if options.single else text_reader)(_network(model), threshold, options.words)


def tracing_by_displacement(
    paths: Sequence[Path], threshold: float, options: ReadingOptions
) -> "LatticeReader[Tracing]":
    """A line of text on an image by a space displacement network.

    Raises InputError where a model is missing or of another task.
    """
    from recognizer.ink.tracing import CHANNELS
    from recognizer.networks.displacement import Displacement
    from recognizer.readers.text import tracing_reader

    model = _model(paths[0], Displacement, _SCANS, "thresholds")
    if model.arguments["input_channels"] != CHANNELS:
        raise _of_another_task(paths[0], _SCANS)
    return tracing_reader(_network(model), threshold, options.words, not options.single)


def tracing_by_segments(
    paths: Sequence[Path], threshold: float, options: ReadingOptions, joined: bool = False
) -> "LatticeReader[Tracing]":
    """The same by over-segmentation, alone or ``joined`` to displacement."""
    from recognizer.ink.traced_segments import CHANNELS
    from recognizer.networks.recogniser import SegmentRecogniser
    from recognizer.readers.segmentation import tracing_segmentation_reader

    model = _model(paths[0], SegmentRecogniser, _SCANS, "thresholds")
    if model.arguments["character"]["input_channels"] != CHANNELS:
        raise _of_another_task(paths[0], _SCANS)
    return tracing_segmentation_reader(_network(model), threshold, options.words, not options.single, joined)


def line_by_line(reader: "Reader[Tracing]") -> "LinesReader[Page, Tracing]":
    """The reader of pages of text by what reads one line that was traced on them."""
    from recognizer.readers.lines import LinesReader
    from recognizer.readers.tracing import tracings_on

    return LinesReader(tracings_on, reader)


def number_by_segments(paths: Sequence[Path], threshold: float, _options: ReadingOptions) -> "LatticeReader[Ink]":
    """Numbers written with a pen."""
    from recognizer.ink import segment_ink
    from recognizer.language.amount import number_grammar
    from recognizer.readers.recut import cutting_reader

    recognise, classes = _recogniser(paths[0])
    return cutting_reader(segment_ink, recognise, number_grammar(classes), classes, threshold)


def amount_by_segments(paths: Sequence[Path], threshold: float, options: ReadingOptions) -> "LatticeReader[Page]":
    """Courtesy amounts by over-segmentation."""
    from recognizer.gtn import beam_search
    from recognizer.language.amount import amount_grammar
    from recognizer.page import segment_page
    from recognizer.readers.displacement import WIDTH
    from recognizer.readers.money import Money
    from recognizer.readers.recut import cutting_reader

    recognise, classes = _recogniser(paths[0])
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
    from recognizer.readers.cheque import cheque_reader

    path, amount, displacement, words = paths
    fields = _model(path, FieldPenalty, "finding amounts on cheques", "thresholds", "weights")
    recognise, classes, second = cheque_opinions(amount, displacement, country=options.country)
    weights = tuple(fields.card["weights"])
    legal = load_legal_amount_opinion(words) if len(weights) > 2 else None
    return cheque_reader(fields.network, recognise, classes, second, legal, weights, threshold, options.country)


def cheque_opinions(
    amount: Path, displacement: Path, *, country: str | None = None
) -> "tuple[FieldNetwork, tuple[str, ...], DisplacementOpinion]":
    """What reads the fields of cheques: the recogniser of segments of ``amount`` with its classes, and the ``displacement`` network."""
    from recognizer.readers.cheque import cheque_grammar
    from recognizer.readers.displacement_opinion import displacement_opinion
    from recognizer.readers.fields import FieldNetwork

    recognise, classes = _recogniser(amount)
    network, of_frames = _amount_network(displacement)
    of_fields = FieldNetwork(recognise.network, point=classes.index("."))
    return of_fields, classes, displacement_opinion(network, of_frames, cheque_grammar(of_frames, country))


def load_legal_amount_opinion(path: Path) -> "LegalAmountOpinion":
    """What reads the amount in words. Raises InputError where its model is missing or of another task."""
    from recognizer.language.legal_amount import CLASSES
    from recognizer.networks.displacement import Displacement
    from recognizer.readers.legal_amount_opinion import words_opinion

    model = _model(path, Displacement, "reading amounts in words", "classes")
    if tuple(model.card["classes"]) != CLASSES:
        raise _of_another_task(path, "reading amounts in words")
    return words_opinion(_network(model))


def _recogniser(path: Path) -> "tuple[SegmentNetwork, tuple[str, ...]]":
    """A recogniser of segments and its classes."""
    from recognizer.networks.recogniser import SegmentRecogniser
    from recognizer.readers.transparent import SegmentNetwork

    model = _model(path, SegmentRecogniser, "reading strings", "classes", "thresholds")
    return SegmentNetwork(_network(model)), tuple(model.card["classes"])


def _amount_network(path: Path) -> "tuple[Displacement, tuple[str, ...]]":
    """A space displacement network for amounts and its classes."""
    from recognizer.networks.displacement import Displacement

    model = _model(path, Displacement, "reading amounts", "classes", "thresholds", "joined")
    return _network(model), tuple(model.card["classes"])


def _model(path: Path, kind: "type[nn.Module]", task: str, *entries: str) -> "Model":
    """The model of a file; raises InputError where its network is of another kind or its card does not hold all that is in ``entries``."""
    from recognizer.networks.store import load_model

    model = load_model(path)
    if not isinstance(model.network, kind) or not set(entries) <= set(model.card):
        raise _of_another_task(path, task)
    return model


def _of_another_task(path: Path, task: str) -> InputError:
    return InputError(f"{path} is no model for {task}: it was made for another task.")


def _network(model: "Model") -> Any:
    """The network of a model, made fast."""
    from recognizer.networks.inference import folded

    return folded(model.network)
