"""The recogniser of segments: the character network's penalties, and the segmentation's on all classes but junk."""

import torch

from recognizer.networks.recogniser import SegmentRecogniser

CHARACTER = {"input_channels": 1, "rows": 16, "columns": 16, "classes": 4, "hidden": 8}


def _recogniser() -> tuple[SegmentRecogniser, torch.Tensor, torch.Tensor]:
    torch.manual_seed(0)
    return SegmentRecogniser(CHARACTER, 3).eval(), torch.rand(5, 1, 16, 16), torch.randn(5, 3)


def test_untrained_segmentation_adds_nothing() -> None:
    network, images, features = _recogniser()
    torch.testing.assert_close(network(images, features), network.character(images))


def test_segmentation_moves_characters_together_and_junk_not_at_all() -> None:
    network, images, features = _recogniser()
    torch.nn.init.normal_(network.segmentation.weight)
    torch.nn.init.normal_(network.segmentation.bias)
    difference = network(images, features) - network.character(images)
    expected = features @ network.segmentation.weight[0] + network.segmentation.bias
    torch.testing.assert_close(difference[:, :-1], expected[:, None].expand(5, 3))
    assert (difference[:, -1] == 0).all()
    assert (network(images, features)[:, -1] == 0).all()
