"""Round stamps and postmarks: two rims around one middle, so exact as no hand draws them. What they frame is print."""

from itertools import product

import numpy as np
from scipy import ndimage

from recognizer.page.text.found import Box

_SMALLEST, _LARGEST = 2.0, 10.0  # core heights: radii of the outer rim
_ROWS = 16  # px that a core height is reduced to, to look for middles
_EDGE = 0.08  # by which ink begins or ends, from pixel to pixel
_BIN = 4  # px across of the places that middles are looked for in
_MOST = 2  # middles that are looked at more closely
_ANGLES = np.linspace(0, 2 * np.pi, 180, endpoint=False)
_RIM, _OTHER = 0.6, 0.3  # shares of the way around that the one rim, and the other, have ink at least
_APART = 0.8  # of the outer radius from which on the inner rim is beside it
_BETWEEN = 0.15  # of what the other rim has is between both, at most
_INSIDE = 0.9  # share of the ink of a line that a stamp holds where the line is of it
_REACH = 1.12  # times that radius: how far the rim reaches where a slanting view makes it an ellipse


def stamps_on(ink: np.ndarray, core: float) -> np.ndarray:
    """(n, 3) x, y and radius around the round stamps in the ``ink`` (H, W) bool of a level page with small letters ``core`` px high."""
    if min(ink.shape) < 2 * _SMALLEST * core:
        return np.zeros((0, 3))
    votes, pitch = _votes(ink, core)
    found = []
    for _ in range(_MOST):
        row, column = np.unravel_index(votes.argmax(), votes.shape)
        near = max(1, round(core / pitch))
        votes[max(row - near, 0) : row + near + 1, max(column - near, 0) : column + near + 1] = 0
        x, y = _middle(ink, (column + 0.5) * pitch, (row + 0.5) * pitch, core)
        radius = _outer_rim(_around(ink, x, y, core))
        if radius is not None and radius >= _SMALLEST * core:
            found.append((x, y, _REACH * radius))
    return np.array(found).reshape(-1, 3)


def are_in(stamps: np.ndarray, box: Box, mask: np.ndarray) -> bool:
    """Is a line in a ``box`` whose ink is ``mask`` (h, w) bool, of one of the ``stamps`` (n, 3)?"""
    ys, xs = np.nonzero(mask)
    return any(
        (np.hypot(xs + box[0] - x, ys + box[1] - y) <= radius).mean() >= _INSIDE for x, y, radius in stamps if len(xs)
    )


def _votes(ink: np.ndarray, core: float) -> tuple[np.ndarray, float]:
    """(h, w) how much ink begins or ends at right angles to the way to each place, some radius away; and the pitch of places [px]."""
    from PIL import Image

    step = max(1.0, core / _ROWS)
    size = (max(1, round(ink.shape[1] / step)), max(1, round(ink.shape[0] / step)))
    small = np.asarray(Image.fromarray(ink.astype(np.uint8) * 255).resize(size, Image.Resampling.BOX), np.float32)
    down, across = np.gradient(ndimage.gaussian_filter(small / 255, 1.0))
    change = np.hypot(down, across)
    edge = (change > _EDGE) & (change >= ndimage.maximum_filter(change, 3))
    ys, xs = np.nonzero(edge)
    across, down = across[edge] / change[edge], down[edge] / change[edge]
    height, width = (-(-side // _BIN) for side in small.shape)
    votes = np.zeros(height * width)
    for radius in np.arange(_SMALLEST, _LARGEST, _BIN * step / core) * core / step:
        for sign in (-1, 1):
            x = ((xs + sign * radius * across) / _BIN).astype(int)
            y = ((ys + sign * radius * down) / _BIN).astype(int)
            there = (x >= 0) & (x < width) & (y >= 0) & (y < height)
            votes += np.bincount(y[there] * width + x[there], minlength=len(votes))
    return ndimage.uniform_filter(votes.reshape(height, width), 3), _BIN * step


def _middle(ink: np.ndarray, x: float, y: float, core: float) -> tuple[float, float]:
    """The place near x, y around which ink goes furthest on a circle."""
    for reach, step in ((6, 2), (1, 1)):
        offs = range(-reach, reach + 1, step)
        places = [(x + right, y + down) for right, down in product(offs, offs)]
        x, y = max(places, key=lambda place: float(_around(ink, place[0], place[1], core).max()))
    return x, y


def _around(ink: np.ndarray, x: float, y: float, core: float) -> np.ndarray:
    """(n,) the share of the way around a place that has ink in so many px of distance, from 0; 0 where no rim is so near."""
    away = np.arange(_LARGEST * core)
    columns = (x + np.cos(_ANGLES)[:, None] * away).astype(int)
    rows = (y + np.sin(_ANGLES)[:, None] * away).astype(int)
    there = (columns >= 0) & (columns < ink.shape[1]) & (rows >= 0) & (rows < ink.shape[0])
    seen = ink[np.clip(rows, 0, ink.shape[0] - 1), np.clip(columns, 0, ink.shape[1] - 1)]
    share: np.ndarray = np.where(away >= _APART * _SMALLEST * core, (seen & there).mean(0), 0.0)
    return share


def _outer_rim(share: np.ndarray) -> int | None:
    """The radius of the outer of two rims of which a ``share`` (n,) has ink in each distance; None where there are not two."""
    one = int(share.argmax())
    if share[one] < _RIM:
        return None
    for other in range(int(_APART * one), min(int(one / _APART) + 1, len(share))):
        between = share[min(one, other) : max(one, other) + 1].min()
        if share[other] >= _OTHER and between <= _BETWEEN * share[other]:
            return max(one, other)
    return None
