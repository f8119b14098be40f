"""Where lines of writing run: ridges of the ink's density, smoothed along the lines."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

_ROWS = 6  # px that a core height is reduced to
_ALONG, _ACROSS = 2.0, 0.6  # standard deviations of the smoothing [core heights]
_STEEP = 0.3  # share of what the middle of a line of writing answers that the ends of one do
_MOST = 400  # ridges of a page, those with most ink: more are a pattern or specks
_BEYOND = 1.5  # core heights that a ridge goes on without ink, though what is smoothed does for longer
_LEAST = 0.6  # core heights that a ridge is long at least


@dataclass(frozen=True, eq=False)
class Ridge:
    """The middle of the writing of a line or a part of it: ``x`` (n,), ascending, and ``y`` (n,) [px of the sheet]; ``mass``: its ink."""

    x: np.ndarray
    y: np.ndarray
    mass: float

    def at(self, x: np.ndarray) -> np.ndarray:
        """How low it runs at x; level beyond its ends."""
        found: np.ndarray = np.interp(x, self.x, self.y)
        return found


def ridges_of(ink: np.ndarray, core: float) -> list[Ridge]:
    """The ridges of ``ink`` (H, W) bool whose small letters are ``core`` px high."""
    density, step = _density(ink, core)
    along, across = _ALONG * _ROWS, _ACROSS * _ROWS
    bend = -(across**2) * ndimage.gaussian_filter(density, (across, along), order=(2, 0))
    usual = np.quantile(bend[density > 0], 0.7) if (density > 0).any() else 0.0
    labels, _ = ndimage.label(bend > max(_STEEP * usual, 1e-6))
    found = []
    for number, box in enumerate(ndimage.find_objects(labels), 1):
        mine = labels[box] == number
        part, inked = np.where(mine, bend[box], 0), (mine & (density[box] > 0)).any(0)
        columns = (part.sum(0) > 0) & ndimage.maximum_filter1d(inked, 2 * round(_BEYOND * _ROWS) + 1)
        if columns.sum() < _LEAST * _ROWS:
            continue
        rows = np.arange(part.shape[0])[:, None]
        y = (part * rows).sum(0)[columns] / part.sum(0)[columns] + box[0].start + 0.5
        x = np.flatnonzero(columns) + box[1].start + 0.5
        found.append(Ridge(x * step, y * step, float(density[box][mine].sum())))
    return sorted(found, key=lambda ridge: -ridge.mass)[:_MOST]


def _density(ink: np.ndarray, core: float) -> tuple[np.ndarray, float]:
    """The share (h, w) float32 of ink on a grid, and its pitch [px]."""
    from PIL import Image

    step = max(1.0, core / _ROWS)
    size = (max(1, round(ink.shape[1] / step)), max(1, round(ink.shape[0] / step)))
    small = Image.fromarray(ink.astype(np.uint8) * 255).resize(size, Image.Resampling.BOX)
    return np.asarray(small).astype(np.float32) / 255, ink.shape[1] / size[0]
