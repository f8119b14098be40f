"""What space displacement networks are shown, and what their loss is worth."""

import numpy as np
import torch

from recognizer.frames import STRIDE
from recognizer.training.learning.displacement import line_batches
from recognizer.training.synthesis.amount_pictures import CLASSES, make_pictures
from tests.recognizer.training.hands import hands


def test_batches_of_a_pass_show_everything_once() -> None:
    made = make_pictures(hands(), 20, np.random.default_rng(5))
    shown = []
    for images, frames, classes, lengths in line_batches(made, CLASSES, 400, np.random.default_rng(1)):
        assert len(images) == len(frames) == len(lengths)
        assert int(frames.max()) * STRIDE <= images.shape[3]
        parts = torch.split(classes, lengths.tolist())
        shown += ["".join(CLASSES[k] for k in part.tolist()) for part in parts]
    assert sorted(shown) == sorted(made.texts)
