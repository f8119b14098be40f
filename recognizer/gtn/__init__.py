"""Graphs and what is done with them: batched, differentiable, acyclic weighted transducers.

Penalties are costs in nats, lower is better. See README.md beside this file for a tour.
"""

from recognizer.gtn.arrays import EPSILON
from recognizer.gtn.beam import alignments, beam_forward_loss, beam_search, pruned_search
from recognizer.gtn.build import (
    batch,
    chain,
    chains,
    frame_graph,
    graph_of,
    recognition_graph,
    segmentation_graph,
    segmentation_graphs,
)
from recognizer.gtn.compose import compose
from recognizer.gtn.criteria import (
    ctc,
    discriminative_forward_loss,
    discriminative_viterbi_loss,
    forward_loss,
    margin_loss,
    viterbi_loss,
)
from recognizer.gtn.expansion import ctc_expansion
from recognizer.gtn.formats import from_json, from_openfst, to_dot, to_json, to_openfst
from recognizer.gtn.forward import forward, forward_and_posteriors, posteriors
from recognizer.gtn.graph import Graph
from recognizer.gtn.lexicon import ngram, trie
from recognizer.gtn.merge import merge_alike
from recognizer.gtn.notation import Expression, grammar, one_of, text
from recognizer.gtn.paths import Path, shortest_paths
from recognizer.gtn.prune import prune
from recognizer.gtn.rational import batch_union, chained, concatenate, invert, project, repeat, union
from recognizer.gtn.reduce import determinise, minimise, remove_epsilon
from recognizer.gtn.sequences import Sequence, best_sequences
from recognizer.gtn.topology import Topology
from recognizer.gtn.viterbi import best_path, viterbi
from recognizer.gtn.warm import compile_kernels
from recognizer.gtn.written import sequence_posteriors

__all__ = [
    "EPSILON",
    "Expression",
    "Graph",
    "Path",
    "Sequence",
    "Topology",
    "alignments",
    "batch",
    "batch_union",
    "beam_forward_loss",
    "beam_search",
    "best_path",
    "best_sequences",
    "chain",
    "chained",
    "chains",
    "compile_kernels",
    "compose",
    "concatenate",
    "ctc",
    "ctc_expansion",
    "determinise",
    "discriminative_forward_loss",
    "discriminative_viterbi_loss",
    "forward",
    "forward_and_posteriors",
    "forward_loss",
    "frame_graph",
    "from_json",
    "from_openfst",
    "grammar",
    "graph_of",
    "invert",
    "margin_loss",
    "merge_alike",
    "minimise",
    "ngram",
    "one_of",
    "posteriors",
    "project",
    "prune",
    "pruned_search",
    "recognition_graph",
    "remove_epsilon",
    "repeat",
    "segmentation_graph",
    "segmentation_graphs",
    "sequence_posteriors",
    "shortest_paths",
    "text",
    "to_dot",
    "to_json",
    "to_openfst",
    "trie",
    "union",
    "viterbi",
    "viterbi_loss",
]
