"""The first stage of a network of characters as readers run it: one loop over each picture, which leaves nothing behind but its answer."""

import numpy as np
import torch
from torch import Tensor, nn

from recognizer.kernels import kernel

SIZE = 5  # of the kernels


class FirstStage(nn.Module):
    """A convolution of pictures of one map, rectified, and the largest of each 2 x 2 block: these ``layers``, for several pictures in two
    thirds of the library's time."""

    def __init__(self, convolution: nn.Conv2d, *others: nn.Module) -> None:
        super().__init__()
        self.layers = nn.Sequential(convolution, *others)

    @staticmethod
    def can(convolution: nn.Conv2d, *others: nn.Module) -> bool:
        """Whether it can stand for these layers: the kernel reaches two pixels far, and the picture keeps its size."""
        reach = SIZE // 2
        if (convolution.kernel_size, convolution.padding) != ((SIZE, SIZE), (reach, reach)) or len(others) != 2:
            return False
        rectifier, largest = others
        is_largest = isinstance(largest, nn.MaxPool2d) and (largest.kernel_size, largest.stride, largest.padding) == (
            2,
            2,
            0,
        )
        return isinstance(rectifier, nn.ReLU) and is_largest

    def forward(self, x: Tensor) -> Tensor:
        """Maps (n, M, H / 2, W / 2), which lie beside each other in memory, of pictures (n, 1, H, W)."""
        convolution = self.layers[0]
        is_odd = x.shape[2] % 2 or x.shape[3] % 2
        if len(x) == 1 or is_odd or not torch.is_inference_mode_enabled():
            found: Tensor = self.layers(x)
            return found
        assert isinstance(convolution, nn.Conv2d)
        assert convolution.bias is not None
        weights, shifts = convolution.weight[:, 0].contiguous(), convolution.bias
        found = torch.from_numpy(largest_of_sums(x[:, 0].contiguous().numpy(), weights.numpy(), shifts.numpy()))
        return found.permute(0, 3, 1, 2)


@kernel
def largest_of_sums(pictures: np.ndarray, weights: np.ndarray, shifts: np.ndarray) -> np.ndarray:
    """The greatest of each 2 x 2 block of what kernels ``weights`` (M, SIZE, SIZE) with ``shifts`` (M,) make of pictures (n, H, W), and at
    least 0: (n, H / 2, W / 2, M), all float32. Beyond its edge a picture is 0."""
    count, rows, columns = pictures.shape
    found = np.empty((count, rows // 2, columns // 2, len(weights)), np.float32)
    # Columns of even and of odd number apart: what meets one weight then lies in one piece.
    even = np.zeros((rows + SIZE - 1, columns // 2 + 2), np.float32)
    odd = np.zeros_like(even)
    greatest = np.empty((rows, columns // 2), np.float32)
    for number in range(count):
        for row in range(rows):
            line, evens, odds = pictures[number, row], even[row + 2], odd[row + 2]
            for column in range(columns // 2):
                evens[column + 1], odds[column + 1] = line[2 * column], line[2 * column + 1]
        for place in range(len(weights)):
            _sums_of_rows(even, odd, weights[place], shifts[place], greatest)
            for row in range(rows // 2):
                upper, lower, line = greatest[2 * row], greatest[2 * row + 1], found[number, row]
                for column in range(columns // 2):
                    upper[column] = max(max(upper[column], lower[column]), np.float32(0))
                for column in range(columns // 2):
                    line[column, place] = upper[column]
    return found


@kernel
def _sums_of_rows(even: np.ndarray, odd: np.ndarray, weights: np.ndarray, shift: float, greatest: np.ndarray) -> None:
    """Fill ``greatest`` (H, W / 2) with the greater of the sums at each even column and at the odd one after it; written out for one row
    of weights, since a loop over them would not be vectorised."""
    for row in range(len(greatest)):
        line = greatest[row]
        for c in range(len(line)):
            one, other = shift, shift
            for k in range(SIZE):
                a, b, d, e, f = weights[k, 0], weights[k, 1], weights[k, 2], weights[k, 3], weights[k, 4]
                e0, e1, e2 = even[row + k, c], even[row + k, c + 1], even[row + k, c + 2]
                o0, o1, o2 = odd[row + k, c], odd[row + k, c + 1], odd[row + k, c + 2]
                one += a * e0 + b * o0 + d * e1 + e * o1 + f * e2
                other += a * o0 + b * e1 + d * o1 + e * e2 + f * o2
            line[c] = max(one, other)
