"""What is minimised in training (1998 paper, section VI). Each is a penalty (B,) per graph of a batch, differentiable.

``graph`` holds all readings of each sample; ``target`` is the graph of the right ones, such as the `chain` of a text. The
path selector of the paper is the composition of the two. Where the target cannot be reached the loss is +inf.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recognizer.gtn.build import batch, recognition_graph
from recognizer.gtn.compose import compose
from recognizer.gtn.forward import forward
from recognizer.gtn.graph import Array, Graph, Penalties
from recognizer.gtn.viterbi import viterbi


def viterbi_loss(graph: Graph, target: Graph) -> Penalties:
    """The penalty of the best right path. It collapses where the recogniser can make all penalties small."""
    return viterbi(compose(graph, target))


def discriminative_viterbi_loss(graph: Graph, target: Graph) -> Penalties:
    """By how much the best right path is worse than the best path; 0, without gradient, where the right one wins."""
    return viterbi(compose(graph, target)) - viterbi(graph)


def forward_loss(graph: Graph, target: Graph) -> Penalties:
    """The forward penalty of the right paths. It collapses as `viterbi_loss` does."""
    return forward(compose(graph, target))


def discriminative_forward_loss(graph: Graph, target: Graph) -> Penalties:
    """-log P(right paths | graph): the forward penalty of the right paths minus that of all."""
    return forward(compose(graph, target)) - forward(graph)


def ctc(emissions: Penalties, targets: Sequence[Array] | Array) -> Penalties:
    """The loss (B,) of connectionist temporal classification, by composition.

    ``emissions`` (B, T, V) are -log-probabilities, class 0 the blank; ``targets`` B sequences of classes 1 .. V - 1.
    """
    size, frames, classes = emissions.shape
    steps = np.arange(size * frames, dtype=np.int32).reshape(size, frames) + np.arange(size, dtype=np.int32)[:, None]
    line = Graph(
        source=steps.reshape(-1),
        target=steps.reshape(-1) + np.int32(1),
        label=np.zeros(size * frames, np.int32),
        penalty=np.zeros(size * frames, np.float32),
        nodes=np.arange(size + 1, dtype=np.int32) * np.int32(frames + 1),
        in_sequence=True,
    )
    graph = recognition_graph(line, emissions.reshape(size * frames, classes), np.arange(1, classes + 1))
    return forward(compose(graph, batch([ctc_graph(np.asarray(t) + 1, blank=1) for t in targets])))


def ctc_graph(labels: Array, blank: int) -> Graph:
    """All ways to stretch labels (L,) over time: each repeated at will, blanks between, compulsory between equal ones."""
    states = 2 * len(labels) + 1
    reads = np.full(states, blank, np.int32)
    reads[1::2] = labels
    stay = np.arange(states, dtype=np.int32)
    jump = np.flatnonzero(reads[3:] != reads[1:-2])[::1].astype(np.int32)
    jump = jump[jump % 2 == 0] + 1
    source = np.concatenate([stay, stay[:-1], jump, [states - 1], [states - 2] if len(labels) else []])
    target = np.concatenate([stay, stay[1:], jump + 2, [states] * (2 if len(labels) else 1)])
    ends = np.zeros(2 if len(labels) else 1, np.int32)
    label = np.concatenate([reads, reads[1:], reads[jump + 2], ends])
    nodes = np.array([0, states + 1], np.int32)
    return Graph(source=source, target=target, label=label, penalty=np.zeros(len(label), np.float32), nodes=nodes)
