"""Lines of writing as pictures: the normalised pictures that a space displacement network reads."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_LEVELS = 100  # of a picture's values between 0 and 1, as they are kept


@dataclass(frozen=True)
class LinePictures:
    """N lines: ``images[i]`` (channels, ROWS, W) int8, _LEVELS = 1, ``texts[i]`` what it says, spaces left out."""

    images: list[np.ndarray]
    texts: list[str]

    def __len__(self) -> int:
        return len(self.images)

    @property
    def widths(self) -> np.ndarray:
        """(N,) columns of each."""
        return np.array([image.shape[2] for image in self.images])

    def chosen(self, amounts: Sequence[int] | np.ndarray) -> "LinePictures":
        """Some of them, in the order given."""
        return LinePictures([self.images[k] for k in amounts], [self.texts[k] for k in amounts])

    def batch(self, amounts: np.ndarray) -> np.ndarray:
        """Images (n, channels, ROWS, widest) float32 of some of them, paper to the right of the narrower ones."""
        widest = max(self.images[k].shape[2] for k in amounts)
        joined = np.zeros((len(amounts), *self.images[amounts[0]].shape[:2], widest), np.float32)
        for row, k in enumerate(amounts):
            joined[row, :, :, : self.images[k].shape[2]] = self.images[k]
        return joined / np.float32(_LEVELS)

    @staticmethod
    def of(pictures: Sequence[np.ndarray], texts: Sequence[str]) -> "LinePictures":
        """Of pictures as `picture_of` gives them."""
        images = [np.round(picture * _LEVELS).astype(np.int8) for picture in pictures]
        return LinePictures(images, [text.replace(" ", "") for text in texts])
