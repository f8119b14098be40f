"""Ink dropped on pixels, before it is blurred: how every picture of a line or of a segment begins."""

import numpy as np

PADDING = 3  # rows and columns around a picture that ink may be dropped on


def dropped(
    x: np.ndarray, y: np.ndarray, paint: np.ndarray, shape: tuple[int, int, int], picture: np.ndarray | None = None
) -> np.ndarray:
    """What samples (n,) leave on so many pictures of rows and columns, as ``shape`` says: (count, channels, rows + 2 PADDING,
    columns + 2 PADDING) float32.

    The ``paint`` (n, channels) of each is shared among the four pixels around its place, in the precision of ``paint``;
    ``picture`` (n,) is the one that each belongs to, None: all to the first. What lies outside is dropped on the edge.
    """
    count, high, wide = shape[0], shape[1] + 2 * PADDING, shape[2] + 2 * PADDING
    x = np.clip(x + PADDING, 0, wide - 1.001)
    y = np.clip(y + PADDING, 0, high - 1.001)
    column, row = x.astype(np.int64), y.astype(np.int64)
    right, down = (x - column).astype(paint.dtype), (y - row).astype(paint.dtype)
    place = row * wide + column if picture is None else (picture * high + row) * wide + column
    places = np.concatenate([place, place + 1, place + wide, place + wide + 1])
    shares = np.concatenate([(1 - right) * (1 - down), right * (1 - down), (1 - right) * down, right * down])
    drops = np.empty((count, paint.shape[1], high, wide), np.float32)
    for channel in range(paint.shape[1]):
        weights = shares * np.tile(paint[:, channel], 4)
        drops[:, channel] = np.bincount(places, weights, count * high * wide).reshape(count, high, wide)
    return drops
