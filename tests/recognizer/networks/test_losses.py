"""Both losses against their formulas and their gradients (1998 paper, II-C)."""

import torch
from torch.autograd.functional import jacobian

from recognizer.networks.losses import likelihood_loss, map_loss


def _patterns() -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(1)
    return 5 * torch.rand(4, 10, generator=generator, dtype=torch.float64), torch.tensor([3, 0, 9, 3])


def test_likelihood_is_the_mean_penalty_of_the_right_class() -> None:
    penalties, classes = _patterns()
    expected = sum(penalties[p, c] for p, c in enumerate(classes)) / 4
    torch.testing.assert_close(likelihood_loss(penalties, classes), expected)


def test_map_gradient_is_the_posterior_of_each_class() -> None:
    penalties, classes = _patterns()
    rubbish = 2.0
    gradient = 4 * jacobian(lambda y: map_loss(y, classes, rubbish), penalties)
    mass = torch.exp(-penalties)
    posterior = mass / (mass.sum(1, keepdim=True) + torch.exp(torch.tensor(-rubbish)))
    expected = -posterior
    expected[torch.arange(4), classes] += 1
    torch.testing.assert_close(gradient, expected)


def test_map_is_positive_and_falls_to_nothing_for_a_sure_right_answer() -> None:
    penalties, classes = _patterns()
    assert map_loss(penalties, classes, 10.0) > 0
    sure = torch.full((4, 10), 100.0, dtype=torch.float64)
    sure[torch.arange(4), classes] = 0.0
    assert map_loss(sure, classes, 30.0) < 1e-12


def test_rubbish_stops_penalties_from_being_pushed_further() -> None:
    """Once every wrong class is far beyond j, the gradient to them is gone."""
    penalties = torch.full((1, 10), 60.0, dtype=torch.float64)
    penalties[0, 2] = 0.5
    gradient = jacobian(lambda y: map_loss(y, torch.tensor([2]), 8.0), penalties)
    assert gradient[0, [0, 1, 3]].abs().max() < 1e-12
