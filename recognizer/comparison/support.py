"""Support vector machines (section III-C-5): polynomial kernels, a reduced set, and virtual support vectors.

The machines tell two digits apart each (45 of them, as the library trains them); the paper's tell one from the nine others.
"""

from typing import Any

import numpy as np

from recognizer.comparison.linear import View, flat

CHUNK = 500  # patterns at a time
SHIFTS = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0))  # px that virtual vectors are moved by


class SupportVectors:
    """45 machines with the kernel (g x.x' + 1)^degree over support vectors that they share.

    Digits are scaled to length one, so that g = 1 lets the kernel rise to 2^degree.
    """

    def __init__(self, view: View, degree: int, vectors: np.ndarray, weights: np.ndarray, biases: np.ndarray) -> None:
        """``vectors`` (m, d) of length one at most, ``weights`` (m, 45) and ``biases`` (45,) of the pairs (0, 1), (0, 2)..."""
        self._view, self._degree = view, degree
        self.vectors, self.weights, self.biases = vectors, weights, biases
        self.multiply_adds = self.stored = vectors.size + int(np.count_nonzero(weights))

    def penalties(self, images: np.ndarray) -> np.ndarray:
        """See `Classifier`: (n, 10) of digits (n, 28, 28). A digit's penalty counts the machines that speak against it, ties broken by
        how much they do."""
        result = np.empty((len(images), 10), np.float32)
        for start in range(0, len(images), CHUNK):
            pixels = unit_length(flat(self._view, images[start : start + CHUNK]))
            kernel = (pixels @ self.vectors.T + 1) ** self._degree
            result[start : start + CHUNK] = _from_pairs(kernel @ self.weights + self.biases)
        return result


def train_machines(
    view: View, images: np.ndarray, classes: np.ndarray, degree: int, bound: float = 1.0
) -> SupportVectors:
    """Train on digits (n, 28, 28) uint8; ``bound`` is C, the most that one of them may weigh."""
    pixels = unit_length(flat(view, images))
    return SupportVectors(view, degree, *_fit(pixels, classes, degree, bound))


def train_virtual(
    view: View, images: np.ndarray, classes: np.ndarray, degree: int, bound: float = 1.0
) -> SupportVectors:
    """Train on digits (n, 28, 28) and their classes (n,), move the support vectors by a pixel in four directions, and train again on
    those alone (V-SVM)."""
    first = train_machines(view, images, classes, degree, bound)
    pixels = unit_length(flat(view, images))
    chosen = _rows_in(pixels, first.vectors)
    ink, kept = view(images)[chosen], classes[chosen]
    moved = np.concatenate([shifted(ink, down, across) for down, across in SHIFTS])
    return SupportVectors(
        view, degree, *_fit(unit_length(moved.reshape(len(moved), -1)), np.tile(kept, len(SHIFTS)), degree, bound)
    )


def reduce(machines: SupportVectors, degree: int, count: int, steps: int = 300, seed: int = 0) -> SupportVectors:
    """Machines over ``count`` vectors that come nearest to ``machines`` in the kernel's space (RS-SVM; Burges, 1996).

    The vectors are moved by gradient descent; for any place of theirs the weights follow in closed form. All 45 machines
    share them.
    """
    import torch

    generator = np.random.default_rng(seed)
    importance = np.abs(machines.weights).sum(1)
    start = generator.choice(len(importance), count, replace=False, p=importance / importance.sum())
    vectors = torch.tensor(machines.vectors[start], requires_grad=True)
    support, weights = torch.from_numpy(machines.vectors), torch.from_numpy(machines.weights)
    optimiser = torch.optim.Adam([vectors], 3e-3)
    rates = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)

    def solve() -> tuple[Any, Any]:
        """Weights (count, 45) in closed form, and the kernel between reduced and support vectors times the machines."""
        scale = 2.0**-degree  # keeps the kernels near one
        inner = (vectors @ vectors.T + 1) ** degree * scale + 1e-4 * torch.eye(count)
        outer = (vectors @ support.T + 1) ** degree * scale @ weights
        with torch.no_grad():
            solution = torch.linalg.solve(inner.double(), outer.double()).float()
        return solution, (solution * (inner @ solution)).sum() - 2 * (solution * outer).sum()

    for _ in range(steps):
        optimiser.zero_grad()
        _, distance = solve()
        distance.backward()
        optimiser.step()
        rates.step()
    with torch.no_grad():
        solution, _ = solve()
    return SupportVectors(machines._view, degree, vectors.detach().numpy(), solution.numpy(), machines.biases)


def unit_length(pixels: np.ndarray) -> np.ndarray:
    """Rows (n, d) scaled to length one."""
    scaled: np.ndarray = pixels / np.linalg.norm(pixels, axis=1, keepdims=True).clip(min=1e-6)
    return scaled


def _fit(
    pixels: np.ndarray, classes: np.ndarray, degree: int, bound: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    from sklearn.svm import SVC  # type: ignore[import-untyped]

    model = SVC(C=bound, kernel="poly", degree=degree, gamma=1.0, coef0=1.0, cache_size=1500, tol=1e-2).fit(
        pixels, classes
    )
    vectors = np.ascontiguousarray(model.support_vectors_, np.float32)
    ends = np.cumsum(model.n_support_)
    of_class = [slice(end - size, end) for end, size in zip(ends, model.n_support_, strict=True)]
    pairs = [(i, j) for i in range(10) for j in range(i + 1, 10)]
    weights = np.zeros((len(vectors), len(pairs)), np.float32)
    for k, (i, j) in enumerate(pairs):
        weights[of_class[i], k] = model.dual_coef_[j - 1, of_class[i]]
        weights[of_class[j], k] = model.dual_coef_[i, of_class[j]]
    return vectors, weights, model.intercept_.astype(np.float32)


def _from_pairs(decisions: np.ndarray) -> np.ndarray:
    """Penalties (n, 10) of decisions (n, 45), positive where the first of two digits is seen."""
    result = np.zeros((len(decisions), 10), np.float32)
    pairs = [(i, j) for i in range(10) for j in range(i + 1, 10)]
    for (i, j), decision in zip(pairs, decisions.T, strict=True):
        vote = np.sign(decision) + np.tanh(decision)
        result[:, i] -= vote
        result[:, j] += vote
    return result


def shifted(ink: np.ndarray, down: int, across: int) -> np.ndarray:
    """Ink (n, rows, columns) moved by pixels; what leaves is lost."""
    rows, columns = ink.shape[1:]
    wide = np.pad(ink, ((0, 0), (1, 1), (1, 1)))
    return wide[:, 1 - down : 1 - down + rows, 1 - across : 1 - across + columns]


def _rows_in(table: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Which rows of ``table`` are among ``rows``, as numbers."""
    wanted = {row.tobytes() for row in rows}
    return np.array([i for i, row in enumerate(table) if row.tobytes() in wanted])
