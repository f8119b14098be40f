"""The space displacement network: a character recogniser swept over a whole word as one convolution (1998 paper, section VII).

All layers are convolutions or subsamplings, so sweeping costs what the layers cost on the larger picture: neighbouring
windows share their sums. A frame of the answer stands for every second column.
"""

from collections.abc import Sequence

from torch import Tensor, nn
from torch.nn import functional

from recognizer.frames import STRIDE


class Displacement(nn.Module):
    """Pictures (B, channels, rows, W), W even, to penalties (B, W / 2, classes): -log P(class | window) of each frame.

    ``widths``: channels of the two convolutions at half height, of that at quarter height, and after the rows are joined.
    ``dilations``: of the layers along the word that follow, each ``reach`` frames wide and added to what it sees. No layer sees
    across ``apart`` columns.
    """

    def __init__(
        self,
        input_channels: int,
        rows: int,
        classes: int,
        widths: Sequence[int],
        dilations: Sequence[int],
        reach: int = 5,
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        first, half, quarter, joined = widths
        self.pictures = nn.Sequential(
            _layer(input_channels, first, (5, 5), stride=STRIDE),
            _layer(first, half, (3, 3)),
            nn.MaxPool2d((2, 1)),
            _layer(half, quarter, (3, 3)),
        )
        self.join = nn.Sequential(
            nn.Conv2d(quarter, joined, (rows // 4, 3), padding=(0, 1), bias=False), nn.BatchNorm2d(joined), nn.ReLU()
        )
        self.along = nn.ModuleList(_layer(joined, joined, (1, reach), dilation=dilation) for dilation in dilations)
        self.apart = STRIDE * (reach // 2) * max(dilations)
        self.dropout = nn.Dropout1d(dropout)
        self.out = nn.Conv1d(joined, classes, 1)

    def forward(self, pictures: Tensor, between: Sequence[slice] = ()) -> Tensor:
        """``between``, where several words stand beside each other, ``apart`` columns of paper or more between them: these frames of
        paper, and those behind the last; they are read as if each were alone."""
        frames = pictures
        for layer in (*self.pictures, self.join):
            frames = _blank(layer(frames), between)
        for layer in self.along:
            frames = _blank(frames + layer(frames), between)
        energies = self.out(self.dropout(frames.squeeze(2)))
        return -functional.log_softmax(energies.transpose(1, 2), 2)


def _blank(frames: Tensor, between: Sequence[slice]) -> Tensor:
    if between and frames.requires_grad:  # what is learnt from stays as it is
        frames = frames.clone()
    for gap in between:
        frames[..., gap] = 0
    return frames


def _layer(inputs: int, outputs: int, kernel: tuple[int, int], stride: int = 1, dilation: int = 1) -> nn.Sequential:
    """A convolution that keeps the size (divided by the stride), batch normalisation, rectification."""
    padding = (kernel[0] // 2, kernel[1] // 2 * dilation)
    convolution = nn.Conv2d(inputs, outputs, kernel, stride, padding, (1, dilation), bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU())
