"""What is minimised in training (1998 paper, section VI). Each is a penalty (B,) per graph of a batch, differentiable.

``graph`` holds all readings of each sample; ``target`` is the graph of the right ones, such as the `chain` of a text. The
path selector of the paper is the composition of the two. Where the target cannot be reached the loss is +inf.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recognizer.gtn.arrays import EPSILON, Array, Penalties
from recognizer.gtn.build import chains, recognition_graph
from recognizer.gtn.compose import compose
from recognizer.gtn.expansion import ctc_expansion
from recognizer.gtn.forward import forward
from recognizer.gtn.graph import Graph
from recognizer.gtn.sequences import best_sequences
from recognizer.gtn.topology import Topology
from recognizer.gtn.viterbi import paths_graph, viterbi


def viterbi_loss(graph: Graph, target: Graph) -> Penalties:
    """The penalty of the best right path. It collapses where the recogniser can make all penalties small."""
    return viterbi(compose(graph, target))


def discriminative_viterbi_loss(graph: Graph, target: Graph) -> Penalties:
    """By how much the best right path is worse than the best path; 0, without gradient, where the right one wins."""
    return viterbi(compose(graph, target)) - viterbi(graph)


def margin_loss(graph: Graph, target: Graph, margin: float) -> Penalties:
    """max(0, margin + the best right path - the best wrong one), wrong being what writes another text.

    Unlike `discriminative_viterbi_loss` it pushes until the right answer wins by the margin. ``target`` is a `chain` for
    each graph (LeCun and others, A tutorial on energy-based learning, 2006, section 2.2).
    """
    right = viterbi(compose(graph, target))
    wrong: list[Array] = []
    for b, best in enumerate(best_sequences(graph, 2)):
        text = tuple(target[b].output[target[b].output != EPSILON].tolist())
        wrong.append(next((s.arcs for s in best if s.labels != text), np.empty(0, np.int32)))
    behind = right - viterbi(paths_graph(graph, wrong)) + margin
    return np.maximum(behind, 0) if isinstance(behind, np.ndarray) else behind.clamp(min=0)


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
    steps, nodes = steps.reshape(-1), np.arange(size + 1, dtype=np.int32) * np.int32(frames + 1)
    nothing = np.zeros(size * frames, np.int32)
    line = Graph(Topology(steps, steps + np.int32(1), nothing, nodes, in_sequence=True), nothing.astype(np.float32))
    graph = recognition_graph(line, emissions.reshape(size * frames, classes), np.arange(1, classes + 1))
    return forward(compose(graph, ctc_expansion(chains([np.asarray(t) + 1 for t in targets]), blank=1)))
