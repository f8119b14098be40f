"""What a reading would teach: the gradient of a criterion for a wanted text, on the arcs of the recognition graph; and one step.

The networks would be trained with the same numbers: they are what flows back into the penalties (1998 paper, section VI).
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn import (
    Graph,
    compose,
    discriminative_forward_loss,
    discriminative_viterbi_loss,
    forward_loss,
    union,
    viterbi,
    viterbi_loss,
)
from recognizer.gtn.arrays import Penalties, numbers
from recognizer.readers.alignment import paths_writing, reader_of, writings
from recognizer.readers.reading import Reading
from recognizer.readers.transparent import Trainable
from recognizer.segments import Segments

CRITERIA: dict[str, Callable[[Graph, Graph], Penalties]] = {
    "Viterbi": viterbi_loss,
    "discriminative Viterbi": discriminative_viterbi_loss,
    "forward": forward_loss,
    "discriminative forward": discriminative_forward_loss,
}

SHARE = 0.3  # of the loss that one step would take off, were it a plane
_FLATTEST = 1e-6  # gradients whose squares sum to less lead nowhere


@dataclass(frozen=True)
class Lesson:
    """What one criterion says of a reading."""

    criterion: str
    wanted: str
    loss: float  # [nats]
    # (A,) float32, of the arcs of the recognition graph: descent lowers penalties where it is above 0.
    gradient: np.ndarray


def step(reading: Reading, text: str, criterion: str) -> Reading:
    """The same segments read after one step of descent of the whole network, on this reading alone.

    The gradient on the arcs flows on into the weights; its length goes by the loss (Polyak's step). Raises InputError or
    NothingToRead, in words for the user, where no path writes the text or the network cannot be taught.
    """
    reader, segments = reader_of(reading), reading.trace.segments
    if not isinstance(reader.recognise, Trainable):
        raise InputError("The network of this reader cannot be taught here.")
    change = lesson(reading, text, criterion)
    of_segments = reading.trace.follow("recognition", "segmentation")
    gradient = np.zeros(reading.trace.penalties.shape, np.float32)
    np.add.at(gradient, (of_segments, reading.trace.recognition.label - 1), change.gradient)
    taught = replace(reader, recognise=_descended(reader.recognise, segments, gradient, SHARE * abs(change.loss)))
    again = replace(taught, segment=lambda _source: segments).read(None)
    trace = replace(again.trace, reader=taught, beside=reading.trace.beside)
    return reading.kept_in(replace(again, trace=trace))


def _descended(recognise: Trainable, segments: Segments, gradient: np.ndarray, gain: float) -> Trainable:
    """The recogniser after a step that would lower the loss by ``gain`` if the loss were a plane."""
    import torch

    network = copy.deepcopy(recognise.network).requires_grad_(True)
    taught: Trainable = replace(recognise, network=network)  # type: ignore[type-var]
    wanted = torch.from_numpy(gradient)
    penalties = taught.penalties(segments)
    moved = (wanted != 0) & torch.isfinite(penalties)
    (penalties[moved] * wanted[moved]).sum().backward()
    slopes = [parameter.grad for parameter in network.parameters() if parameter.grad is not None]
    steepness = float(sum(slope.square().sum() for slope in slopes))
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.grad is not None and steepness > _FLATTEST:
                parameter -= gain / steepness * parameter.grad
                parameter.grad = None
    network.requires_grad_(False)
    return taught


def lesson(reading: Reading, text: str, criterion: str) -> Lesson:
    """The criterion, by its name in CRITERIA, and its gradient where ``text`` is the right answer. Runs no network.

    Where the reader's search has left the text out, its paths are put beside those that the search has found. Raises InputError
    or NothingToRead, in words for the user, where no path writes the text.
    """
    import torch

    reader, recognition = reader_of(reading), reading.trace.recognition
    right = paths_writing(text, reading)
    penalty = torch.from_numpy(numbers(recognition.penalty).copy()).requires_grad_()
    priced = recognition.with_penalty(penalty)
    graph, target = reader.interpret(priced), writings(text, reader.symbols)
    with torch.no_grad():
        found = float(viterbi(compose(graph, target))[0])
    if found > float(viterbi(right)[0]) + 1e-3:
        graph = union(graph, paths_writing(text, reading, priced))
    loss = CRITERIA[criterion](graph, target)[0]
    loss.backward()
    gradient = np.zeros(len(recognition.source), np.float32) if penalty.grad is None else penalty.grad.numpy()
    return Lesson(criterion, text, float(loss.detach()), np.nan_to_num(gradient))
