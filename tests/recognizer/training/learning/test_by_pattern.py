"""Training by pattern: it learns, leaves a course, and goes on where it was broken off."""

from pathlib import Path

import numpy as np
import torch

from recognizer.networks.lenet1 import LeNet1
from recognizer.training.learning.by_pattern import Stochastic, learn_by_pattern
from recognizer.training.learning.loop import Run


def _bars() -> tuple[np.ndarray, np.ndarray]:
    """Ten classes: a bright bar in one of ten places, with noise."""
    generator = np.random.default_rng(0)
    classes = generator.integers(0, 10, 400)
    images = generator.normal(-0.1, 0.1, (400, 28, 28)).astype(np.float32)
    for image, c in zip(images, classes, strict=True):
        image[4 + 2 * c : 6 + 2 * c, 6:22] = 1.2
    return images, classes


def test_it_learns_and_resumes(tmp_path: Path) -> None:
    images, classes = _bars()
    lines: list[str] = []

    def train(checkpoint: str, passes: int) -> tuple[LeNet1, list[float]]:
        torch.manual_seed(0)
        network = LeNet1()
        run = Run(tmp_path, tmp_path / checkpoint, True, lines.append)
        course = learn_by_pattern(network, lambda _: images, classes, Stochastic(4.0, (1e-3,) * passes), run)
        return network, course.misread

    whole, misread = train("whole", 5)
    assert misread[-1] < 0.2 < misread[0]
    train("parts", 2)
    lines.clear()
    parts, again = train("parts", 5)
    assert len(lines) == 3
    assert again == misread
    for a, b in zip(whole.parameters(), parts.parameters(), strict=True):
        torch.testing.assert_close(a, b)
