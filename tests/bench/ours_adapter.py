"""This engine behind the interface of the benchmark with its peers: scores are log-probabilities, so penalties negated.

The benchmark, `wfst_peers.py`, is no part of this project: the folder that holds it must be on Python's path.
"""

import numpy as np
from wfst_peers import Adapter

from recognizer.gtn import (
    best_path,
    chains,
    compose,
    ctc,
    forward,
    graph_of,
    recognition_graph,
    segmentation_graphs,
    shortest_paths,
    viterbi,
)
from recognizer.gtn.warm import compile_kernels


class Ours(Adapter):
    """Graphs are built outside of the time but for the batch, where each loss starts from the recogniser's numbers."""

    notes = {"all": "penalties and gradients as torch tensors where gradients are asked for, else numpy"}  # noqa: RUF012
    fast = True

    def version(self):
        return "recognizer.gtn"

    def warm(self):
        compile_kernels()

    def make(self, s):
        return graph_of(s.src, s.dst, s.label, -s.w, start=s.start, final=s.accept, nodes=s.n)

    def size(self, g):
        return int(g.nodes[-1]), len(g.source)

    def compose(self, a, b):
        return compose(a, b)

    def viterbi(self, g):
        return best_path(g)

    def viterbi_read(self, r):
        return -float(viterbi(r)[0]), [int(x) for x in r.label if x]

    def forward(self, g):
        return -float(forward(g)[0])

    def forward_grad(self, g):
        penalty = tensor(g.penalty)
        total = forward(g.with_penalty(penalty))
        total.backward()
        return -total.item(), penalty.grad.numpy()

    def alpha_beta(self, g):
        return self.forward_grad(g)[0]

    def nbest(self, g, k):
        return shortest_paths(g, k)[0]

    def nbest_read(self, r):
        return sorted((-float(p.penalty) for p in r), reverse=True)

    def compose_forward_grad(self, a, b):
        penalty = tensor(a.penalty)
        total = forward(compose(a.with_penalty(penalty), b))
        total.backward()
        return -total.item(), penalty.grad.numpy()

    def batch_make(self, pairs, g):
        """What a recogniser hands over: segments, penalties (S, C) and labels (S, C) of each lattice, and its target."""
        return [(*segments(lattice), target.label) for lattice, target in pairs], self.make(g)

    def batch_loss(self, h):
        samples, grammar = h
        penalties = tensor(np.concatenate([p for _, _, _, p, _, _ in samples]))
        labels = np.concatenate([x for _, _, _, _, x, _ in samples])
        first, last = (np.concatenate([sample[k] for sample in samples]) for k in range(2))
        cuts, ends = np.array([sample[2] for sample in samples]), np.cumsum([len(sample[0]) for sample in samples])
        lattice = segmentation_graphs(first, last, cuts=cuts, ends=ends)
        graph = recognition_graph(lattice, penalties, labels)
        targets = chains([t for *_, t in samples])
        loss = (forward(compose(graph, targets)) - forward(compose(graph, grammar))).sum()
        loss.backward()
        return loss.item(), penalties.grad.numpy().reshape(-1)

    def ctc_make(self, x, y):
        return tensor(-x.transpose(1, 0, 2)), y.astype(np.int32)

    def ctc(self, h):
        x, y = h
        x.grad = None
        loss = ctc(x, y).sum()
        loss.backward()
        return float(loss.detach()), x.grad.numpy()


def tensor(values):
    import torch

    return torch.from_numpy(np.ascontiguousarray(values)).requires_grad_(True)


def segments(spec):
    """First and last cut (S,), number of cuts, penalties (S, C) and labels (S, C) of a lattice of single arcs."""
    order = np.lexsort((spec.label, spec.dst, spec.src))
    ends = np.stack([spec.src[order], spec.dst[order]], 1)
    starts = np.flatnonzero(np.any(np.diff(ends, axis=0, prepend=-1), axis=1))
    count = len(starts)
    penalties, labels = -spec.w[order].reshape(count, -1), spec.label[order].reshape(count, -1)
    return ends[starts, 0], ends[starts, 1], spec.n, penalties, labels
