"""Field penalties learn from the sums that fields contribute to the graph of a cheque."""

import numpy as np
import pytest
import torch

from recognizer.networks.field import FieldPenalty
from recognizer.page.fields import FEATURES
from recognizer.training.recipes.field import LOST, FieldSums, criterion, learn

CHEQUES, FIELDS = 40, 5


@pytest.fixture
def sums() -> FieldSums:
    """Of the fields of each cheque the one whose third feature is largest holds the amount."""
    generator = np.random.default_rng(0)
    features = generator.normal(0, 1, (CHEQUES * FIELDS, len(FEATURES))).astype(np.float32)
    cheque = np.repeat(np.arange(CHEQUES), FIELDS)
    every = generator.uniform(0, 3, CHEQUES * FIELDS).astype(np.float32)
    right = np.full(CHEQUES * FIELDS, 60, np.float32)
    for number in range(CHEQUES):
        best = number * FIELDS + int(features[cheque == number, 2].argmax())
        features[best, 2] += 1
        right[best] = every[best] + 0.05
    return FieldSums(features, right, every, cheque)


def test_the_criterion_is_the_discriminative_forward_penalty_of_the_whole_graph(sums: FieldSums) -> None:
    network = FieldPenalty(len(FEATURES))
    torch.nn.init.normal_(network.linear.weight)
    penalties = network(torch.from_numpy(sums.features)).detach().numpy()
    expected = []
    for number in range(CHEQUES):
        own = sums.cheque == number
        share = np.exp(-penalties[own] - sums.right[own]).sum() / np.exp(-penalties[own] - sums.all[own]).sum()
        expected.append(-np.log(LOST + (1 - LOST) * share))
    assert criterion(network, sums).item() == pytest.approx(np.mean(expected), rel=1e-4)


def test_the_right_fields_become_the_cheapest(sums: FieldSums) -> None:
    network = learn(sums)
    penalties = network(torch.from_numpy(sums.features)).detach().numpy()
    assert (penalties >= 0).all()
    chosen = [int(penalties[sums.cheque == number].argmin()) for number in range(CHEQUES)]
    right = [int(sums.right[sums.cheque == number].argmin()) for number in range(CHEQUES)]
    assert np.mean(np.array(chosen) == right) > 0.9
    assert criterion(network, sums).item() < 0.5 * criterion(FieldPenalty(len(FEATURES)), sums).item()


def test_joined_sums_keep_cheques_apart(sums: FieldSums) -> None:
    joined = FieldSums.join([sums, sums])
    assert len(np.unique(joined.cheque)) == 2 * CHEQUES
    network = learn(sums)
    assert criterion(network, joined).item() == pytest.approx(criterion(network, sums).item(), rel=1e-4)
