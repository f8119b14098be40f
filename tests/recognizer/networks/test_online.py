"""The paper's network for pen ink: its numbers, and what each input may change."""

import numpy as np
import torch

from recognizer.language.alphabet import CHARACTERS, COUNT
from recognizer.networks.codes import ascii_codes
from recognizer.networks.online import COLUMNS, ROWS, OnlineNet, window


def test_the_weights_are_as_many_as_published() -> None:
    network = OnlineNet(5, 3, ascii_codes(CHARACTERS))
    own = sum(p.numel() for name, p in network.named_parameters() if "segmentation" not in name and name != "junk")
    assert own == 368 + 16 + 5_025 + 33_684 + 168 + 84 * COUNT
    assert network.units.centres.requires_grad


def test_features_move_every_class_alike_and_junk_not_at_all() -> None:
    torch.manual_seed(0)
    network = OnlineNet(5, 3, ascii_codes(CHARACTERS))
    torch.nn.init.uniform_(network.segmentation.weight)
    images, features = torch.rand(4, 5, ROWS, COLUMNS), torch.rand(4, 3)
    plain, moved = network(images, features), network(images, features + 1)
    assert plain.shape == (4, COUNT + 1)
    difference = (moved - plain).detach()
    torch.testing.assert_close(difference[:, :-1], difference[:, :1].expand(-1, COUNT), atol=1e-3, rtol=1e-4)
    assert not difference[:, -1].any()


def test_the_window_is_the_middle() -> None:
    images = np.arange(2 * 6 * ROWS * 24, dtype=np.float32).reshape(2, 6, ROWS, 24)
    assert np.array_equal(window(images, 5), images[:, :5, :, 3:21])
