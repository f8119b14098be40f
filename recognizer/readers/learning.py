"""What a reading would teach: the gradient of a criterion for a wanted text, on the arcs of the recognition graph.

The networks would be trained with the same numbers: they are what flows back into the penalties (1998 paper, section VI).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

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
from recognizer.gtn.graph import Penalties, numbers
from recognizer.readers.reading import Reading
from recognizer.readers.wanted import paths_writing, reader_of, recognition_of, writings

CRITERIA: dict[str, Callable[[Graph, Graph], Penalties]] = {
    "Viterbi": viterbi_loss,
    "discriminative Viterbi": discriminative_viterbi_loss,
    "forward": forward_loss,
    "discriminative forward": discriminative_forward_loss,
}


@dataclass(frozen=True)
class Lesson:
    """What one criterion says of a reading."""

    criterion: str
    wanted: str
    loss: float  # [nats]
    gradient: (
        np.ndarray
    )  # (A,) float32, of the arcs of the recognition graph: descent lowers the penalty where it is above 0


def lesson(reading: Reading, text: str, criterion: str) -> Lesson:
    """The criterion, by its name in CRITERIA, and its gradient where ``text`` is the right answer. Runs no network.

    Where the reader's search has left the text out, its paths are put beside those that the search has found. Raises InputError
    or NothingToRead, in words for the user, where no path writes the text.
    """
    import torch

    reader, recognition = reader_of(reading), recognition_of(reading)
    right = paths_writing(text, reading)
    penalty = torch.from_numpy(numbers(recognition.penalty).copy()).requires_grad_()
    priced = recognition.with_penalty(penalty)
    graph, target = reader.search(priced, reader.grammar), writings(text, reader.symbols)
    with torch.no_grad():
        found = float(viterbi(compose(graph, target))[0])
    if found > float(viterbi(right)[0]) + 1e-3:
        graph = union(graph, paths_writing(text, reading, priced))
    loss = CRITERIA[criterion](graph, target)[0]
    loss.backward()
    gradient = np.zeros(len(recognition.source), np.float32) if penalty.grad is None else penalty.grad.numpy()
    return Lesson(criterion, text, float(loss.detach()), np.nan_to_num(gradient))
