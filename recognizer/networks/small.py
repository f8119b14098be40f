"""A LeNet of today: the same shape of idea in fewer than 60,000 parameters, with what has been learnt about training since."""

import torch
from torch import Tensor, nn
from torch.nn import functional


class SmallNet(nn.Module):
    """28 x 28 ink (0 = paper, 1 = ink) in, penalties of ``classes`` in nats out; 59,872 parameters for ten.

    Convolution and subsampling (14 x 14), a convolution and two more whose answer is added to what they see, subsampling
    (7 x 7), two convolutions and subsampling (2 x 2), one linear layer. Each convolution is normalised by batch and
    rectified; the first is subsampled before that, where it costs a quarter.
    """

    def __init__(self, classes: int = 10, widths: tuple[int, int, int, int] = (16, 32, 48, 47)) -> None:
        super().__init__()
        first, second, third, fourth = widths
        self.features = nn.Sequential(
            nn.Conv2d(1, first, 5, padding=2, bias=False),
            nn.MaxPool2d(2),
            nn.BatchNorm2d(first),
            nn.ReLU(inplace=True),
            *_convolution(first, second, padding=1),
            Residual(second),
            nn.MaxPool2d(2),
            *_convolution(second, third, padding=1),
            *_convolution(third, fourth, padding=0),
            nn.MaxPool2d(2),
            nn.Flatten(),
        )
        self.output = nn.Linear(fourth * 4, classes)
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # twice as fast on a CPU

    def forward(self, images: Tensor) -> Tensor:
        """(batch, 1, 28, 28) to penalties (batch, classes); their softmax, sign changed, estimates the posterior."""
        features = self.features(images.contiguous(memory_format=torch.channels_last))
        return -self.output(features)


class Residual(nn.Module):
    """Two convolutions of maps (batch, width, rows, columns) whose answer is added to what they see (He et al., 2016)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner = nn.Sequential(*_convolution(width, width, padding=1), *_convolution(width, width, padding=1)[:2])

    def forward(self, maps: Tensor) -> Tensor:
        """Maps of the same shape, rectified."""
        return functional.relu(maps + self.inner(maps))


def _convolution(inputs: int, outputs: int, padding: int) -> tuple[nn.Module, ...]:
    return (
        nn.Conv2d(inputs, outputs, 3, padding=padding, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )
