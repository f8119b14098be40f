"""Each of the other classifiers learns made-up digits, costs what its parts say, and obeys its own laws."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
import torch

from recognizer.comparison.classifier import Classifier, from_votes
from recognizer.comparison.linear import Pairwise, RadialUnits, flat
from recognizer.comparison.local import FeatureNeighbours, LocalLearning
from recognizer.comparison.neighbours import NearestNeighbours, nearest
from recognizer.comparison.networks import Network, Perceptron, Products, flat_view, learn
from recognizer.comparison.support import SHIFTS, reduce, shifted, train_machines, train_virtual
from recognizer.comparison.tangent import TANGENTS, TangentDistance, planes, tangent_distances, tangents, weighted_vote
from recognizer.comparison.variants import deslanted, regular, small
from recognizer.networks.lenet4 import LeNet4
from recognizer.training.learning.loop import Run, Schedule
from tests.recognizer.comparison.digits import strokes

TRAINING, TEST = strokes(300, 0), strokes(100, 1)
has_sklearn = pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="needs scikit-learn")


def _error(classifier: Classifier) -> float:
    penalties = classifier.penalties(TEST[0])
    assert penalties.shape == (100, 10)
    assert np.isfinite(penalties).all()
    assert classifier.multiply_adds > 0
    assert classifier.stored > 0
    return float((penalties.argmin(1) != TEST[1]).mean())


def test_linear_and_nearest() -> None:
    assert _error(Pairwise(regular, *TRAINING)) <= 0.05
    assert _error(NearestNeighbours(regular, *TRAINING)) <= 0.05
    assert _error(TangentDistance(regular, *TRAINING, k=1, candidates=50)) <= 0.05


@has_sklearn
def test_radial_units() -> None:
    classifier = RadialUnits(regular, *TRAINING, centres=5)
    assert _error(classifier) <= 0.05
    assert classifier.multiply_adds == 50 * 784 + 51 * 10


@has_sklearn
def test_support_vectors_reduced_and_virtual() -> None:
    machines = train_machines(regular, *TRAINING, degree=4)
    assert _error(machines) <= 0.05
    reduced = reduce(machines, 4, count=len(machines.vectors) // 2, steps=20)
    assert _error(reduced) <= 0.1
    assert reduced.multiply_adds < machines.multiply_adds
    assert _error(train_virtual(regular, *TRAINING, degree=3)) <= 0.05


@has_sklearn
def test_machines_answer_as_the_library_does() -> None:
    from sklearn.svm import SVC

    from recognizer.comparison.support import unit_length

    machines = train_machines(regular, *TRAINING, degree=3)
    pixels = unit_length(flat(regular, TRAINING[0]))
    library = SVC(C=1.0, kernel="poly", degree=3, gamma=1.0, coef0=1.0, tol=1e-2, decision_function_shape="ovo")
    library.fit(pixels, TRAINING[1])
    wanted = unit_length(flat(regular, TEST[0]))
    ours = (wanted @ machines.vectors.T + 1) ** 3 @ machines.weights + machines.biases
    np.testing.assert_allclose(ours, library.decision_function(wanted), atol=1e-3)


def test_moved_ink_is_moved() -> None:
    ink = np.zeros((1, 5, 5), np.float32)
    ink[0, 2, 2] = 1
    assert {tuple(np.argwhere(shifted(ink, *shift)[0])[0] - 2) for shift in SHIFTS} == set(SHIFTS)


def test_perceptrons_and_products(tmp_path: Path) -> None:
    prepare = flat_view(regular)
    pixels = prepare(TRAINING[0])
    torch.manual_seed(0)
    for name, network in (
        ("linear", Perceptron(784)),
        ("mlp", Perceptron(784, (20,))),
        ("quadratic", Products(pixels, 8)),
    ):
        learn(
            network,
            lambda _: pixels,
            TRAINING[1],
            Schedule(passes=25, rate=1e-2, averaging=0.8),
            Run(tmp_path, tmp_path / name, False, lambda line: None),
        )
        classifier = Network(network, prepare)
        assert _error(classifier) <= 0.1, name
    assert classifier.multiply_adds == 8 * 784 + 8 + 36 * 10 + 10
    assert Network(Perceptron(784), prepare).stored == 7_850


def test_on_the_features_of_lenet4() -> None:
    """Even a network that has learnt nothing gives features that neighbours can be found by."""
    torch.manual_seed(0)
    network = LeNet4().eval()
    assert _error(FeatureNeighbours(network, *TRAINING, k=3)) <= 0.2
    assert _error(LocalLearning(network, *TRAINING, neighbours=40, decay=1e-4)) <= 0.2


def test_neighbours_are_the_nearest() -> None:
    generator = np.random.default_rng(0)
    patterns, templates = generator.random((300, 5), np.float32), generator.random((40, 5), np.float32)
    for chosen, distances, several in nearest(patterns, templates, 4):
        exact = ((patterns[chosen][:, None] - templates) ** 2).sum(2)
        np.testing.assert_allclose(distances, exact, atol=1e-5)
        np.testing.assert_array_equal(several, exact.argsort(1, kind="stable")[:, :4])


def test_votes_go_before_nearness() -> None:
    distances = np.full((1, 10), 5.0)
    distances[0, [2, 7]] = 1.0, 2.0
    assert from_votes(distances, np.array([[2, 7, 7]])).argmin() == 7
    assert from_votes(distances, np.array([[2, 7, 9]])).argmin() == 2


def test_deslanting_makes_slanted_strokes_upright() -> None:
    y, x = np.mgrid[:28, :28] - 13.5
    images = np.stack([255 * np.exp(-(((x - slant * y) / 1.5) ** 2)) * (np.abs(y) < 9) for slant in (-0.4, 0, 0.5)])
    straight = deslanted(images.astype(np.uint8))
    assert straight.shape == (3, 20, 20)
    np.testing.assert_allclose(straight[0], straight[1], atol=0.12)
    np.testing.assert_allclose(straight[2], straight[1], atol=0.12)


def test_reducing_keeps_the_ink() -> None:
    image = np.zeros((1, 28, 28), np.uint8)
    image[0, 5:20, 9:24] = 255
    reduced = small(image)
    assert reduced.shape == (1, 16, 16)
    assert reduced.sum() == pytest.approx(15 * 15 * 0.64, rel=1e-4)


# ---------------------------------------------------------------- tangent distance


def test_tangents_are_the_derivatives_of_the_transformations() -> None:
    """Shift, scale and rotation of a smooth blob, by finite differences."""
    side, step = 16, 1e-3
    places = np.arange(side) - (side - 1) / 2

    def blob(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.exp(-((x - 1) ** 2 + 2 * (y + 2) ** 2) / 18)

    y, x = np.meshgrid(places, places, indexing="ij")
    ours = tangents(blob(x, y)[None].astype(np.float32))[0].reshape(TANGENTS, side, side)
    half = side / 2
    moved = (
        blob(x + step, y),
        blob(x, y + step),
        blob(x * (1 + step / half), y * (1 + step / half)),
        blob(x - step * y / half * -1, y - step * x / half),
    )
    inside = (slice(2, -2), slice(2, -2))
    for mine, image in zip(ours, moved, strict=False):
        numeric = ((image - blob(x, y)) / step)[inside]
        np.testing.assert_allclose(mine[inside], numeric, atol=0.12 * np.abs(numeric).max())


def test_tangent_distance_is_the_least_distance_of_the_planes() -> None:
    """Against least squares, for a stiffness of nearly nothing; and it is never more than the Euclidean distance."""
    generator = np.random.default_rng(3)
    ink = generator.random((6, 8, 8)).astype(np.float32)
    bases, pixels = planes(ink), ink.reshape(6, -1)
    numbers = np.tile(np.arange(1, 6), (1, 1))
    ours = tangent_distances(pixels[:1], bases[:1], pixels, bases, numbers, np.float32(1e-5))[0]
    for distance, other in zip(ours, range(1, 6), strict=True):
        both = np.concatenate([bases[0], bases[other]]).T.astype(float)
        difference = (pixels[0] - pixels[other]).astype(float)
        _, residual, _, _ = np.linalg.lstsq(both, difference, rcond=None)
        assert distance == pytest.approx(residual[0], rel=1e-2)
        assert distance <= (difference**2).sum()


def test_a_near_vote_counts_more_than_a_far_one() -> None:
    """Two neighbours as near as the nearest outvote it, two that are far do not, and what is behind the k has no say."""
    classes = np.array([[2, 7, 7, 5, 5, 5]])
    near, far = np.array([[1.0, 1.1, 1.1, 1.2, 1.2, 1.2]]), np.array([[1.0, 2.0, 2.0, 9.0, 9.0, 9.0]])
    assert weighted_vote(near, classes, 3).argmin() == 7
    assert weighted_vote(near, classes, 6).argmin() == 5
    assert weighted_vote(far, classes, 3).argmin() == 2
    assert np.isfinite(weighted_vote(near, classes, 3)).all()


def test_boldness_counts_by_its_root() -> None:
    """Ink four times as dark makes an image twice as long."""
    classifier = TangentDistance(regular, *TRAINING, k=1, candidates=50)
    dark = TEST[0] // 4 * 4
    np.testing.assert_allclose(classifier._smooth(dark), 2 * classifier._smooth(dark // 4), rtol=1e-4, atol=1e-6)
