"""The loss of whole strings against enumeration of every path."""

import itertools

import numpy as np
import pytest
import torch

from recognizer.language.amount import JUNK_INSIDE, JUNK_OUTSIDE, number_grammar
from recognizer.training.learning.globally import interpret, lattices, mean_of_reachable, string_losses

CLASSES = (*"0123456789", "junk")
JUNK = len(CLASSES) - 1
FIRST, LAST = (
    np.array([0, 0, 1, 0, 1, 1]),
    np.array([1, 2, 2, 1, 3, 2]),
)  # two strings: 2 pieces, and 3 that only 0-1-3 crosses
ENDS = np.array([3, 6])
PATHS = [[[1], [0, 2]], [[3, 4]]]


def _penalties() -> torch.Tensor:
    return 3 * torch.rand(6, len(CLASSES), generator=torch.Generator().manual_seed(3), dtype=torch.float32)


def _price(classes: tuple[int, ...]) -> float:
    """What the grammar charges for junk; nothing where there is nothing else."""
    digits = [place for place, name in enumerate(classes) if name != JUNK]
    if not digits:
        return 0.0
    inside = range(digits[0], digits[-1])
    return sum(JUNK_INSIDE if place in inside else JUNK_OUTSIDE for place, name in enumerate(classes) if name == JUNK)


def _masses(penalties: np.ndarray, string: int, target: tuple[int, ...]) -> tuple[float, float]:
    """Sums of exp(-penalty) over the paths that write the target, and over all; only single pieces are junk."""
    right = everything = 0.0
    for segments in PATHS[string]:
        for classes in itertools.product(range(len(CLASSES)), repeat=len(segments)):
            if any(c == JUNK and LAST[s] - FIRST[s] > 1 for s, c in zip(segments, classes, strict=True)):
                continue
            mass = np.exp(-_price(classes) - sum(penalties[s, c] for s, c in zip(segments, classes, strict=True)))
            everything += mass
            right += mass * (tuple(c + 1 for c in classes if c != JUNK) == target)
    return right, everything


@pytest.mark.parametrize("targets", [((4,), (2, 8)), ((1, 1), (5,))])
def test_loss_is_minus_log_of_the_share_of_right_paths(targets: tuple[tuple[int, ...], ...]) -> None:
    penalties = _penalties()
    losses = string_losses(
        lattices(FIRST, LAST, ENDS), penalties, number_grammar(CLASSES), [np.array(t) for t in targets]
    )
    for string, target in enumerate(targets):
        right, everything = _masses(penalties.numpy(), string, target)
        assert float(losses[string]) == pytest.approx(-np.log(right / everything), abs=1e-4)


def test_what_cannot_be_reached_teaches_nothing() -> None:
    penalties = _penalties().requires_grad_()
    targets = [np.array([1, 2, 3]), np.array([2, 8])]  # three digits do not fit into two pieces
    losses = string_losses(lattices(FIRST, LAST, ENDS), penalties, number_grammar(CLASSES), targets)
    assert torch.isinf(losses[0])
    assert torch.isfinite(losses[1])
    mean_of_reachable(losses).backward()
    assert penalties.grad is not None
    assert torch.isfinite(penalties.grad).all()
    assert (penalties.grad[:3] == 0).all()
    assert (penalties.grad[3:] != 0).any()


def test_nothing_reachable_is_no_loss() -> None:
    assert float(mean_of_reachable(torch.tensor([np.inf, np.inf]))) == 0.0


def test_each_string_keeps_its_own_graph() -> None:
    graph = interpret(lattices(FIRST, LAST, ENDS), _penalties().numpy(), number_grammar(CLASSES))
    assert len(graph) == 2
