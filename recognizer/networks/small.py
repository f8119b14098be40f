"""A LeNet of today: the same shape of idea in fewer than 60,000 parameters, with what has been learnt about training since."""

import torch
from torch import Tensor, nn


class SmallNet(nn.Module):
    """28 x 28 ink (0 = paper, 1 = ink) in, penalties of ``classes`` in nats out; about 47,000 parameters for ten.

    Convolution and subsampling (12 x 12), two convolutions and subsampling (6 x 6), two convolutions and subsampling
    (2 x 2), one linear layer. Each convolution is normalised by batch and rectified; the first is subsampled before that,
    where it costs a quarter.
    """

    def __init__(
        self, classes: int = 10, widths: tuple[int, int, int, int, int] = (16, 24, 32, 48, 48), dropout: float = 0.1
    ) -> None:
        super().__init__()
        first, second, third, fourth, fifth = widths
        self.features = nn.Sequential(
            nn.Conv2d(1, first, 5, bias=False),
            nn.MaxPool2d(2),
            nn.BatchNorm2d(first),
            nn.ReLU(inplace=True),
            *_convolution(first, second, padding=1),
            *_convolution(second, third, padding=1),
            nn.MaxPool2d(2),
            *_convolution(third, fourth, padding=1),
            *_convolution(fourth, fifth, padding=0),
            nn.MaxPool2d(2),
            nn.Flatten(),
        )
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(fifth * 4, classes)
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # twice as fast on a CPU

    def forward(self, images: Tensor) -> Tensor:
        """(batch, 1, 28, 28) to penalties (batch, classes); their softmax, sign changed, estimates the posterior."""
        features = self.features(images.contiguous(memory_format=torch.channels_last))
        return -self.output(self.dropout(features))


def _convolution(inputs: int, outputs: int, padding: int) -> tuple[nn.Module, ...]:
    return (
        nn.Conv2d(inputs, outputs, 3, padding=padding, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )
