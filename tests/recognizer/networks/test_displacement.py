"""The space displacement network: sweeping is scanning."""

import torch

from recognizer.frames import STRIDE
from recognizer.networks.displacement import Displacement

ARGUMENTS = {"input_channels": 5, "rows": 20, "classes": 7, "widths": [4, 6, 8, 10], "dilations": [1, 2], "reach": 3}


def network() -> Displacement:
    torch.manual_seed(0)
    made = Displacement(**ARGUMENTS)  # type: ignore[arg-type]
    for part in made.modules():  # as if trained: normalisations that do something
        if isinstance(part, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(part.running_mean, -0.2, 0.2)
            torch.nn.init.uniform_(part.running_var, 0.5, 2.0)
    return made.eval()


def test_frames_are_distributions_one_for_every_second_column() -> None:
    penalties = network()(torch.rand(3, 5, 20, 40))
    assert penalties.shape == (3, 40 // STRIDE, 7)
    assert torch.allclose(torch.exp(-penalties).sum(2), torch.ones(3, 20), atol=1e-5)


def test_words_beside_each_other_are_read_as_if_each_were_alone() -> None:
    made, words = network(), [torch.rand(1, 5, 20, width) for width in (40, 24)]
    paper = torch.zeros(1, 5, 20, made.apart)
    gap = made.apart // STRIDE
    between = [slice(20, 20 + gap), slice(32 + gap, 32 + 3 * gap)]
    with torch.no_grad():
        both = made(torch.cat([words[0], paper, words[1], paper, paper], 3), between)
        assert torch.allclose(both[:, :20], made(words[0]), atol=1e-5)
        assert torch.allclose(both[:, 20 + gap :][:, :12], made(words[1]), atol=1e-5)


def test_one_sweep_over_a_word_answers_as_the_network_does_window_by_window() -> None:
    made, word = network(), torch.rand(1, 5, 20, 120)
    with torch.no_grad():
        answered = made(word)[0]
        reach = 16  # frames that a window must hold on either side of the one in its middle
        for frame in range(reach, 60 - reach, 7):
            window = word[..., STRIDE * (frame - reach) : STRIDE * (frame + reach + 1)]
            assert torch.allclose(made(window)[0, reach], answered[frame], atol=1e-4)
