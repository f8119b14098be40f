"""The readers that ship: each a segmenter, a model, a grammar, and the confidence from which on it is trusted."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from recognizer.errors import InputError
from recognizer.networks.card import model_card
from recognizer.platform import resources_folder
from recognizer.readers.composed import ComposedReader
from recognizer.readers.joined import JoinedReader
from recognizer.readers.reader import Reader
from recognizer.readers.recut import Cutter
from recognizer.readers.transparent import SegmentNetwork
from recognizer.readers.trust import Trust, threshold, trust_in
from recognizer.segments import Segments

if TYPE_CHECKING:
    from torch import nn

    from recognizer.ink import Ink
    from recognizer.networks.store import Model
    from recognizer.page import Page
    from recognizer.readers.cheque import ChequeReader
    from recognizer.readers.doubt import DoubtingReader
    from recognizer.readers.legal import LegalOpinion
    from recognizer.readers.second import SecondOpinion

HOPELESS = 20.0  # nats: readings of an amount that are so much worse than the best up to a cut are given up
JOINED = "joined "  # before the names of what a card says of both systems together
BEST_AMOUNT_SYSTEM = "joined"  # on made-up amounts of validation hands
# Share of wrong answers that a reading is accepted at, where nobody says another.
MAX_ERROR = 0.01
TEXT_MAX_ERROR = 0.05  # of words: a misread one costs a glance and no money


def load_amount_reader(
    max_error: float = MAX_ERROR, system: str | None = None, models: Path | None = None, country: str | None = None
) -> "Reader[Page] | DoubtingReader":
    """The reader of courtesy amounts: images of one line of digits and signs, as they are written in a ``country`` or anywhere.

    ``system``: segmentation, displacement, joined, or None for the one that is best on made-up amounts. ``models``: the folder
    of its models, if not that of the program. Raises InputError where they are missing or of another task.
    """
    from recognizer.readers.doubt import DoubtingReader

    folder = models or resources_folder() / "models"
    system = system or BEST_AMOUNT_SYSTEM
    if system == "segmentation":
        return _segmentation_reader(folder / "amount.safetensors", max_error, country)
    sweep, card = _sweep_reader(folder / "amount-displacement.safetensors", max_error, country)
    if system == "displacement":
        return sweep
    joined = card["joined"]
    segmentation = _segmentation_reader(folder / "amount.safetensors", max_error, country)
    both = JoinedReader((segmentation, sweep), tuple(joined["weights"]), threshold(joined, max_error))
    return DoubtingReader(both, sweep)


def _segmentation_reader(path: Path, max_error: float, country: str | None) -> "Reader[Page]":
    from recognizer.gtn import beam_search
    from recognizer.language.amount import amount_grammar, written_symbols
    from recognizer.page import segment_page
    from recognizer.readers.money import Money
    from recognizer.readers.sweep import WIDTH

    recognise, card = _recogniser(path)
    classes = tuple(card["classes"])
    return Reader(
        Cutter(segment_page),
        recognise,
        amount_grammar(classes, country),
        classes,
        written_symbols(classes),
        threshold(card, max_error),
        search=partial(beam_search, margin=HOPELESS, width=WIDTH),
        money=Money(classes, country),
    )


def load_cheque_reader(
    max_error: float = MAX_ERROR, models: Path | None = None, country: str | None = None
) -> "ChequeReader":
    """The reader of whole cheques, with the models of the folder ``models``, if not that of the program. Raises InputError where
    one is missing or of another task."""
    from recognizer.networks.field import FieldPenalty
    from recognizer.networks.store import load_model
    from recognizer.readers.cheque import cheque_reader

    folder = models or resources_folder() / "models"
    path = folder / "field.safetensors"
    fields = load_model(path)
    if not isinstance(fields.network, FieldPenalty) or not {"thresholds", "weights"} <= set(fields.card):
        raise InputError(f"{path} is no model for finding amounts on cheques: it was made for another task.")
    recognise, classes, second = cheque_opinions(folder, country)
    weights, trusted = tuple(fields.card["weights"]), threshold(fields.card, max_error)
    legal = load_legal_opinion(folder) if len(weights) > 2 else None
    return cheque_reader(fields.network, recognise, classes, second, legal, weights, trusted, country)


def load_legal_opinion(models: Path) -> "LegalOpinion":
    """What reads the amount in words. Raises InputError where its model is missing or of another task."""
    from recognizer.language.legal import CLASSES
    from recognizer.networks.displacement import Displacement
    from recognizer.networks.inference import folded
    from recognizer.networks.store import load_model
    from recognizer.readers.legal import legal_opinion

    path = models / "legal.safetensors"
    model = load_model(path)
    if not isinstance(model.network, Displacement) or tuple(model.card.get("classes", ())) != CLASSES:
        raise InputError(f"{path} is no model for reading amounts in words: it was made for another task.")
    return legal_opinion(folded(model.network))


def cheque_opinions(
    models: Path, country: str | None = None
) -> "tuple[Callable[[Segments], np.ndarray], tuple[str, ...], SecondOpinion]":
    """What reads the fields of cheques: a recogniser of segments with its classes, and the sweep."""
    from recognizer.networks.inference import folded
    from recognizer.readers.cheque import cheque_grammar
    from recognizer.readers.fields import FieldNetwork
    from recognizer.readers.second import second_opinion

    recognise, card = _recogniser(models / "amount.safetensors")
    of_fields = FieldNetwork(recognise.network, point=card["classes"].index("."))
    sweep = _sweep_model(models / "amount-displacement.safetensors")
    classes = tuple(sweep.card["classes"])
    return (
        of_fields,
        tuple(card["classes"]),
        second_opinion(folded(sweep.network), classes, cheque_grammar(classes, country)),
    )


def _sweep_reader(path: Path, max_error: float, country: str | None) -> "tuple[Reader[Page], dict[str, Any]]":
    from recognizer.networks.inference import folded
    from recognizer.readers.sweep import sweep_reader

    model = _sweep_model(path)
    trusted = threshold(model.card, max_error)
    return sweep_reader(folded(model.network), tuple(model.card["classes"]), trusted, country), model.card


def _sweep_model(path: Path) -> "Model":
    from recognizer.networks.displacement import Displacement
    from recognizer.networks.store import load_model

    model = load_model(path)
    if not isinstance(model.network, Displacement) or not {"classes", "thresholds", "joined"} <= set(model.card):
        raise InputError(f"{path} is no model for reading amounts: it was made for another task.")
    return model


def load_number_reader(max_error: float = MAX_ERROR, model: Path | None = None) -> "Reader[Ink]":
    """The reader of numbers written with a pen. Raises InputError where its model is missing."""
    from recognizer.ink import segment_ink
    from recognizer.language.amount import number_grammar, written_symbols

    recognise, card = _recogniser(model or resources_folder() / "models" / "ink-number.safetensors")
    classes = tuple(card["classes"])
    return Reader(
        Cutter(segment_ink),
        recognise,
        number_grammar(classes),
        classes,
        written_symbols(classes),
        threshold(card, max_error),
    )


def load_ink_reader(
    max_error: float = TEXT_MAX_ERROR,
    lexicon: str | None = None,
    system: str | None = None,
    models: Path | None = None,
    *,
    own: Iterable[str] = (),
    single: bool = False,
    personal: Path | None = None,
) -> "Reader[Ink] | ComposedReader[Ink]":
    """The reader of text written with a pen: words and numbers, on one line or several; ``single``: of one word.

    ``lexicon``: a file of words, "none" to read any words freely, None for the English one that comes with the program.
    ``own``: words of the user's beside those of the lexicon. ``system``: segmentation, displacement or joined; None for the
    best, which is joined. ``models``: their folder. ``personal``: a file of what corrections have taught them. Raises InputError
    where a model is missing or the file is no lexicon.
    """
    from recognizer.language.lexicon import english, read_lexicon, with_own
    from recognizer.readers.personal import load_personal, taught

    folder = models or resources_folder() / "models"
    known = english() if lexicon is None else None if lexicon == "none" else read_lexicon(Path(lexicon))
    words = known if known is None else with_own(known, own)
    reader: Reader[Ink] | ComposedReader[Ink]
    if system == "segmentation":
        reader = _text_by_segments(folder, max_error, words, single)
    elif system == "displacement":
        reader = _text_by_sweep(folder, max_error, words, single)
    else:
        reader = ComposedReader(
            _text_by_sweep(folder, max_error, words, single),
            _text_by_segments(folder, max_error, words, single, prefix=JOINED),
        )
    return reader if personal is None else taught(reader, load_personal(personal, models))


def _text_by_segments(
    models: Path, max_error: float, words: Mapping[str, float] | None, single: bool, prefix: str = ""
) -> "Reader[Ink]":
    from recognizer.networks.inference import folded
    from recognizer.networks.recogniser import SegmentRecogniser
    from recognizer.readers.segmentation import segmentation_reader

    network, card = _text_model(models / "segmentation.safetensors", SegmentRecogniser)
    return segmentation_reader(folded(network), threshold(card, max_error, prefix), words, several=not single)


def _text_by_sweep(models: Path, max_error: float, words: Mapping[str, float] | None, single: bool) -> "Reader[Ink]":
    from recognizer.networks.displacement import Displacement
    from recognizer.networks.inference import folded
    from recognizer.readers.text import text_reader, word_reader

    network, card = _text_model(models / "displacement.safetensors", Displacement)
    return (word_reader if single else text_reader)(folded(network), threshold(card, max_error), words)


def _text_model(path: Path, kind: "type[nn.Module]") -> tuple["nn.Module", dict[str, Any]]:
    from recognizer.networks.store import load_model

    model = load_model(path)
    if not isinstance(model.network, kind) or "thresholds" not in model.card:
        raise InputError(f"{path} is no model for reading text: it was made for another task.")
    return model.network, model.card


def _recogniser(path: Path) -> tuple[SegmentNetwork, dict[str, Any]]:
    from recognizer.networks.inference import folded
    from recognizer.networks.recogniser import SegmentRecogniser
    from recognizer.networks.store import load_model

    model = load_model(path)
    network = folded(model.network)
    if not isinstance(network, SegmentRecogniser) or not {"classes", "thresholds"} <= set(model.card):
        raise InputError(f"{path} is no model for reading strings: it was made for another task.")
    return SegmentNetwork(network), model.card


def load_trust(kind: str, system: str | None = None, models: Path | None = None) -> Trust:
    """What was measured of the reader of amount, cheque, number or text that reads by a ``system`` (None: the best).

    Raises InputError where its model is missing.
    """
    folder = models or resources_folder() / "models"
    if kind == "amount" and system in (None, "joined"):
        return trust_in(model_card(folder / "amount-displacement.safetensors").get("joined", {}))
    if kind == "text" and system in (None, "joined"):
        return trust_in(model_card(folder / "segmentation.safetensors"), JOINED)
    by_sweep = system == "displacement"
    model = {
        "amount": "amount-displacement" if by_sweep else "amount",
        "cheque": "field",
        "number": "ink-number",
        "text": "displacement" if by_sweep else "segmentation",
    }[kind]
    return trust_in(model_card(folder / f"{model}.safetensors"))
