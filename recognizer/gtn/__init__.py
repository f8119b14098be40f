"""Graphs and what is done with them: batched, differentiable, acyclic weighted transducers.

Penalties are costs in nats, lower is better. See README.md beside this file for a tour.
"""

from recognizer.gtn.build import batch, chain, graph_of, recognition_graph, segmentation_graph
from recognizer.gtn.compose import compose
from recognizer.gtn.criteria import (
    ctc,
    ctc_graph,
    discriminative_forward_loss,
    discriminative_viterbi_loss,
    forward_loss,
    viterbi_loss,
)
from recognizer.gtn.forward import forward, posteriors
from recognizer.gtn.graph import EPSILON, Graph
from recognizer.gtn.notation import Expression, grammar, one_of, text
from recognizer.gtn.paths import Path, Sequence, best_sequences, shortest_paths
from recognizer.gtn.prune import prune
from recognizer.gtn.viterbi import best_path, viterbi

__all__ = [
    "EPSILON",
    "Expression",
    "Graph",
    "Path",
    "Sequence",
    "batch",
    "best_path",
    "best_sequences",
    "chain",
    "compose",
    "ctc",
    "ctc_graph",
    "discriminative_forward_loss",
    "discriminative_viterbi_loss",
    "forward",
    "forward_loss",
    "grammar",
    "graph_of",
    "one_of",
    "posteriors",
    "prune",
    "recognition_graph",
    "segmentation_graph",
    "shortest_paths",
    "text",
    "viterbi",
    "viterbi_loss",
]
