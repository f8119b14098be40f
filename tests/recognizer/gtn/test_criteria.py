"""The losses: the example of the paper, their bounds, CTC, and what makes training collapse."""

import itertools

import numpy as np
import pytest

from recognizer.errors import InputError
from recognizer.gtn import (
    Graph,
    Topology,
    batch,
    chain,
    compose,
    ctc,
    discriminative_forward_loss,
    discriminative_viterbi_loss,
    forward,
    forward_loss,
    graph_of,
    margin_loss,
    recognition_graph,
    segmentation_graph,
    viterbi,
    viterbi_loss,
)

torch = pytest.importorskip("torch")


def example() -> tuple[Graph, "torch.Tensor"]:
    """Figure 20 of the paper, as others transcribe it: "34" is right at 0.7, "431" the best reading at 0.6.

    Arcs: 3 (0.1) and 4 (0.6) lead through node 1; 4 (0.4), 3 (0.1) and 1 (0.1) through nodes 2 and 3.
    """
    penalty = torch.tensor([0.1, 0.6, 0.4, 0.1, 0.1], requires_grad=True)
    source, target, label = [0, 1, 0, 2, 3], [1, 4, 2, 3, 4], [3, 4, 4, 3, 1]
    return Graph(Topology(source, target, label, [0, 5]), penalty), penalty


def test_the_example_of_the_paper() -> None:
    graph, penalty = example()
    loss = discriminative_viterbi_loss(graph, chain([3, 4]))
    assert viterbi_loss(graph, chain([3, 4])).item() == pytest.approx(0.7)
    assert loss.item() == pytest.approx(0.1)
    loss.sum().backward()
    assert penalty.grad.tolist() == [1, 1, -1, -1, -1]


def test_shared_arcs_cancel() -> None:
    penalty = torch.tensor([0.5, 0.2, 0.1], requires_grad=True)
    graph = Graph(Topology([0, 1, 1], [1, 2, 2], [3, 4, 5], [0, 3]), penalty)
    discriminative_viterbi_loss(graph, chain([3, 4])).sum().backward()
    assert penalty.grad.tolist() == [0, 1, -1]


def random_lattice(rng: np.random.Generator, pieces: int = 4, classes: int = 3) -> tuple[Graph, "torch.Tensor"]:
    first, last = zip(*[(i, j) for i in range(pieces) for j in range(i + 1, min(i + 3, pieces) + 1)], strict=True)
    penalties = torch.tensor(rng.random((len(first), classes), dtype=np.float32) * 4, requires_grad=True)
    lattice = segmentation_graph(np.array(first), np.array(last), cuts=pieces + 1)
    return recognition_graph(lattice, penalties, np.arange(1, classes + 1)), penalties


def test_estimates_of_all_texts_sum_to_one() -> None:
    graph, _ = random_lattice(np.random.default_rng(0))
    texts = [t for n in range(1, 5) for t in itertools.product((1, 2, 3), repeat=n)]
    estimates = [np.exp(-discriminative_forward_loss(graph, chain(t)).item()) for t in texts]
    assert sum(estimates) == pytest.approx(1, abs=1e-5)
    assert all(e <= 1 + 1e-6 for e in estimates)


def test_a_target_that_cannot_be_reached_costs_infinitely() -> None:
    graph, _ = example()
    for loss in (viterbi_loss, forward_loss, discriminative_viterbi_loss, discriminative_forward_loss):
        assert loss(graph, chain([9])).item() == np.inf


def test_the_margin_is_asked_for_until_it_is_there() -> None:
    topology = Topology([0, 0, 0], [1, 1, 1], [1, 2, 2], [0, 2])
    graph = Graph(topology, torch.tensor([0.5, 1.5, 2.0], requires_grad=True))
    assert discriminative_viterbi_loss(graph, chain([1])).item() == 0
    assert margin_loss(graph, chain([1]), 0.75).item() == 0
    loss = margin_loss(graph, chain([1]), 3.0)
    assert loss.item() == pytest.approx(2.0)
    loss.sum().backward()
    assert graph.penalty.grad.tolist() == [1, -1, 0]
    assert margin_loss(graph, chain([2]), 1.0).item() == pytest.approx(2.0)
    assert margin_loss(chain([1]), chain([1]), 1.0).tolist() == [0]


@pytest.mark.parametrize("repeats", [False, True])
def test_ctc_is_that_of_torch(repeats: bool) -> None:
    rng = np.random.default_rng(1)
    raw = rng.normal(size=(30, 5, 7)).astype(np.float32) * 3
    labels = rng.integers(1, 3 if repeats else 7, (5, 6))
    losses, gradients = [], []
    for ours in (True, False):
        x = torch.tensor(raw, requires_grad=True)
        logs = torch.log_softmax(x, -1)
        if ours:
            loss = ctc(-logs.permute(1, 0, 2), labels)
        else:
            sizes = torch.full((5,), 30), torch.full((5,), 6)
            loss = torch.nn.functional.ctc_loss(logs, torch.tensor(labels), *sizes, reduction="none")
        loss.sum().backward()
        losses.append(loss.detach().numpy())
        gradients.append(x.grad.numpy())
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-4)
    np.testing.assert_allclose(gradients[0], gradients[1], atol=1e-4)


def test_ctc_of_texts_of_different_lengths_and_none() -> None:
    emissions = -np.log(np.full((3, 4, 3), 1 / 3, np.float32))
    for text, loss in zip([[], [1], [1, 1]], ctc(emissions, [[], [1], [1, 1]]), strict=True):
        ways = sum(
            [k for k, _ in itertools.groupby(frames) if k] == text for frames in itertools.product(range(3), repeat=4)
        )
        assert loss == pytest.approx(-np.log(ways / 81), rel=1e-5)


def train(loss_of: object, seed: int = 0) -> tuple[float, float]:
    """A toy recogniser, squared distance to one trainable centre a class after a trainable linear layer, learns to read
    pairs of two symbols. Returns the spread of the penalties at the end and the share of texts read rightly."""
    rng = np.random.default_rng(seed)
    weight = torch.tensor(rng.normal(size=(2, 2)).astype(np.float32), requires_grad=True)
    centres = torch.tensor(rng.normal(size=(2, 2)).astype(np.float32), requires_grad=True)
    prototypes = np.array([[1.0, 0.2], [0.2, 1.0]], np.float32)
    texts = rng.integers(0, 2, (16, 2))
    ink = torch.tensor(prototypes[texts] + 0.1 * rng.normal(size=(16, 2, 2)).astype(np.float32))
    lattice = batch([segmentation_graph(np.array([0, 1]), np.array([1, 2]), cuts=3)] * 16)
    targets = batch([chain(t + 1) for t in texts])
    for _ in range(300):
        features = torch.tanh(ink @ weight).reshape(32, 1, 2)
        penalties = ((features - centres) ** 2).sum(-1)
        graph = recognition_graph(lattice, penalties, np.array([1, 2]))
        loss = loss_of(graph, targets).mean()
        for parameter in (weight, centres):
            parameter.grad = None
        loss.backward()
        with torch.no_grad():
            for parameter in (weight, centres):
                parameter -= 0.3 * parameter.grad
    right = (viterbi_loss(graph, targets) - viterbi(graph)).detach() <= 1e-6
    strict = (penalties[:, 0] - penalties[:, 1]).abs().min() > 0.05
    return float(penalties.detach().std()), float(right.float().mean()) if strict else 0.0


def test_viterbi_training_collapses_and_discriminative_training_does_not() -> None:
    """Paper, section VI-A: with trainable centres all penalties can become small together."""
    for loss in (viterbi_loss, forward_loss):
        spread, _ = train(loss)
        assert spread < 0.2
    for loss in (discriminative_viterbi_loss, discriminative_forward_loss, lambda g, t: margin_loss(g, t, 1.0)):
        spread, right = train(loss)
        assert spread > 0.3
        assert right == 1.0


def test_criteria_of_numbers_are_numbers() -> None:
    graph = graph_of([0, 0], [1, 1], [1, 2], [0.5, 1.0], final=[1])
    assert isinstance(discriminative_forward_loss(graph, chain([1])), np.ndarray)
    assert discriminative_forward_loss(graph, chain([1]))[0] == pytest.approx(
        0.5 + np.log(np.exp(-0.5) + np.exp(-1)), rel=1e-5
    )
    assert forward(compose(graph, chain([2])))[0] == 1
    with pytest.raises(InputError):
        discriminative_forward_loss(batch([graph] * 3), batch([chain([1])] * 2))
