"""The graph engine: what it does in a millisecond, and against torch's CTC and a plain NumPy recursion in the same run."""

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

import numpy as np

from recognizer import gtn

CLASSES = 95
ROUNDS = 15  # of which the median counts
SPAN = 4  # pieces in a segment, at most
DIGITS = range(1, 11)
COMMA, POINT, DOLLAR, STAR = 11, 12, 13, 14


def run() -> dict[str, float | str]:
    """Medians [ms], and ratios of times in this run (below 1: the engine is the faster)."""
    import torch

    rng = np.random.default_rng(1998)
    gtn.compile_kernels()
    figures: dict[str, float | str] = {}
    amounts, lexicon = amount_grammar(), gtn.trie(words(25_000, rng))
    for pieces in (40, 200):
        graph = lattice(pieces, rng)
        figures[f"viterbi_{pieces}_pieces_ms"] = milliseconds(partial(gtn.best_path, graph))
        figures[f"forward_gradient_{pieces}_pieces_ms"] = milliseconds(partial(gtn.forward_and_posteriors, graph))
        figures[f"amount_composition_{pieces}_pieces_ms"] = milliseconds(partial(gtn.compose, graph, amounts))
        figures[f"ten_best_{pieces}_pieces_ms"] = milliseconds(partial(gtn.shortest_paths, graph, 10))
    graph = lattice(40, rng)
    figures["numpy_viterbi_40_pieces_ms"] = milliseconds(lambda: viterbi_by_levels(graph))
    figures["viterbi_to_numpy_ratio"] = float(figures["viterbi_40_pieces_ms"]) / float(
        figures["numpy_viterbi_40_pieces_ms"]
    )
    figures["lexicon_composition_ms"] = milliseconds(lambda: gtn.compose(graph, lexicon))
    figures["lexicon_beam_ms"] = milliseconds(lambda: gtn.beam_search(graph, lexicon, width=20))

    emissions = torch.log_softmax(torch.tensor(rng.normal(size=(100, 32, CLASSES + 1)), dtype=torch.float32), -1)
    texts = rng.integers(1, CLASSES + 1, (32, 20))
    figures["torch_ctc_ms"] = milliseconds(lambda: torch_ctc(emissions, texts))
    figures["ctc_by_composition_ms"] = milliseconds(lambda: our_ctc(emissions, texts))
    for classes in (10, CLASSES):
        samples = batch_of_samples(classes, rng)
        figures[f"discriminative_{classes}_classes_ms"] = milliseconds(partial(discriminative, samples, amounts))
    for name in ("ctc_by_composition", "discriminative_10_classes", f"discriminative_{CLASSES}_classes"):
        figures[f"{name}_to_torch_ctc_ratio"] = float(figures[f"{name}_ms"]) / float(figures["torch_ctc_ms"])
    figures["import_s"] = import_seconds()
    return figures


def milliseconds(work: Callable[[], Any]) -> float:
    """The median time of some rounds, after one that does not count."""
    work()
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(1e3 * (time.perf_counter() - began))
    return median(times)


def import_seconds() -> float:
    """How long a fresh process takes to import the engine, numpy included, less what starting Python takes."""
    code = "import time; t = time.perf_counter(); import recognizer.gtn; print(time.perf_counter() - t)"
    times = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout) for _ in range(3)
    ]
    return median(times)


def segments(pieces: int) -> tuple[np.ndarray, np.ndarray]:
    """First and last cut of all segments of up to `SPAN` pieces."""
    ends = [(i, j) for i in range(pieces) for j in range(i + 1, min(i + SPAN, pieces) + 1)]
    return tuple(np.array(ends, np.int32).T)


def lattice(pieces: int, rng: np.random.Generator) -> gtn.Graph:
    """A recognition graph of all classes."""
    first, last = segments(pieces)
    penalties = rng.random((len(first), CLASSES), dtype=np.float32) * 5
    line = gtn.segmentation_graph(first, last, cuts=pieces + 1)
    return gtn.recognition_graph(line, penalties, np.arange(1, CLASSES + 1))


def amount_grammar() -> gtn.Graph:
    """Amounts such as **$*1,234.56**, of any length."""
    codes = {str(k % 10): k for k in DIGITS} | {",": COMMA, ".": POINT, "$": DOLLAR, "*": STAR}
    digit, fill = gtn.one_of("0123456789", 0.1), gtn.one_of("*", 0.5).many()
    whole = digit.times(1, 3) + (gtn.text(",") + digit * 3).many(1) | digit.many(1)
    amount = fill + gtn.text("$").optional() + fill + whole + (gtn.text(".") + digit * 2).optional() + fill
    return gtn.grammar(amount, codes)


def words(count: int, rng: np.random.Generator) -> list[list[int]]:
    """Label sequences of 3 to 14 letters, 26 letters that differ in frequency."""
    share = np.arange(26, 0, -1) ** 1.5
    lengths = np.clip(rng.normal(8, 2.5, count).round(), 3, 14).astype(int)
    letters = rng.choice(26, int(lengths.sum()), p=share / share.sum()) + 20
    return [part.tolist() for part in np.split(letters, np.cumsum(lengths)[:-1])]


def viterbi_by_levels(graph: gtn.Graph) -> float:
    """The baseline: the recursion with one NumPy call a node."""
    starts = np.searchsorted(graph.source, np.arange(graph.nodes[-1] + 1))
    best = np.full(graph.nodes[-1], np.inf, np.float32)
    best[0] = 0
    for node in range(len(best) - 1):
        arcs = slice(starts[node], starts[node + 1])
        np.minimum.at(best, graph.target[arcs], best[node] + graph.penalty[arcs])
    return float(best[-1])


def torch_ctc(emissions: Any, texts: np.ndarray) -> None:
    import torch

    x = emissions.clone().requires_grad_(True)
    frames, size, _ = x.shape
    lengths = torch.full((size,), frames), torch.full((size,), texts.shape[1])
    torch.nn.functional.ctc_loss(x, torch.from_numpy(texts), *lengths, reduction="sum").backward()


def our_ctc(emissions: Any, texts: np.ndarray) -> None:
    x = (-emissions.permute(1, 0, 2)).contiguous().requires_grad_(True)
    gtn.ctc(x, texts).sum().backward()


def batch_of_samples(classes: int, rng: np.random.Generator) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Penalties (S, C), labels (S, C) and text of 32 lattices of 12 pieces."""
    first, _ = segments(12)
    samples = []
    for _ in range(32):
        shape = len(first), classes
        labels = np.array([rng.permutation(CLASSES)[:classes] + 1 for _ in first], np.int32)
        if classes < CLASSES:
            labels = np.array([rng.permutation(STAR)[:classes] + 1 for _ in first], np.int32)
        samples.append((rng.random(shape, dtype=np.float32) * 5, labels, rng.integers(1, 11, 6)))
    return samples


def discriminative(samples: list[tuple[np.ndarray, np.ndarray, np.ndarray]], amounts: gtn.Graph) -> None:
    """Loss and gradient of a batch, from the recogniser's numbers, graphs built on the way."""
    import torch

    first, last = segments(12)
    penalties = torch.from_numpy(np.concatenate([p for p, _, _ in samples])).requires_grad_(True)
    line = gtn.batch([gtn.segmentation_graph(first, last, cuts=13) for _ in samples])
    graph = gtn.recognition_graph(line, penalties, np.concatenate([x for _, x, _ in samples]))
    right = gtn.forward(gtn.compose(graph, gtn.batch([gtn.chain(t) for _, _, t in samples])))
    (right - gtn.forward(gtn.compose(graph, amounts))).sum().backward()
