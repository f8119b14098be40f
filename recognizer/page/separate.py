"""Ink apart from paper: uneven light, printed tints and rules go, the grey levels of the pen stay."""

from dataclasses import dataclass

import numpy as np

from recognizer.errors import Blank
from recognizer.kernels import kernel
from recognizer.page.filters import between_classes, blurred, depth_of, mean_of_nine, mean_of_square
from recognizer.page.patches import connected, connected_with
from recognizer.page.running import closed, closed_down, grown

_SLOPES = np.linspace(-0.06, 0.06, 9)  # tilts of printed rules that are looked for
_COVERED = 0.75  # share of the columns that a printed rule has ink in
_MOST_RULES = 3
_DARK, _POINT = 0.15, 0.25  # how much darker than what may be ink it is somewhere, smoothed or in one pixel
_FAINT = 24  # grey levels between paper and the darkest strokes below which a page counts as blank


@dataclass(frozen=True)
class InkMap:
    """``darkness`` (H, W) float32, 0 = paper, 1 = the pen's black, 0 where there is no ink; ``mask`` (H, W) bool: ink."""

    darkness: np.ndarray
    mask: np.ndarray


def separate_ink(grey: np.ndarray, height: float) -> InkMap:
    """The ink of ``grey`` (H, W) uint8 whose writing is about ``height`` px high; raises Blank for a blank image."""
    depth = paper_level(grey, height) - grey
    darkness = np.clip(depth / _pen_depth(depth), 0, 1).astype(np.float32)
    smooth = blurred(darkness, max(0.5, height / 60))
    low = threshold(smooth)
    dark = (smooth > low + _DARK) | (darkness > low + _POINT)  # a point is faint once it is smoothed
    mask = connected_with(smooth > low, dark).numbers > 0
    mask = _without_rules(mask, height)
    return InkMap(darkness * grown(mask, max(1, round(height / 40))), mask)


def _pen_depth(depth: np.ndarray) -> float:
    """How much darker than the paper the strokes are [grey levels]; raises Blank where nothing stands out."""
    usual = depth_of(depth, 0.99, -np.inf)
    if usual >= _FAINT:
        return usual
    # A few strokes on much paper: they are less than a hundredth of it, so they must stand out from its grain.
    sparse = depth_of(depth, 0.999, -np.inf)
    if sparse >= 2 * _FAINT:
        return sparse
    raise Blank("There is no writing here: the image is blank, or the ink is too faint to tell from the paper.")


def paper_level(grey: np.ndarray, height: float) -> np.ndarray:
    """Brightness of the paper at each pixel, (H, W) float32: what is left when strokes are closed, then smoothed."""
    size = max(3, round(height / 2) | 1)
    return mean_of_square(closed(mean_of_nine(grey), size), 2 * size + 1)


def threshold(darkness: np.ndarray) -> float:
    """The value of ``darkness`` (H, W) that parts ink from paper and its print (Otsu's, kept within what pens and tints allow)."""
    return float(np.clip(between_classes(darkness), 0.25, 0.6))


def _without_rules(mask: np.ndarray, height: float) -> np.ndarray:
    """The mask without printed lines that run across the image, straight or tilted by a few degrees, and their remains."""
    reach = max(1, round(height / 25))
    clean = mask.copy()
    for _ in range(_MOST_RULES):
        rule = _longest_rule(clean, reach)
        if rule is None:
            break
        slope, offset = rule
        y = np.arange(mask.shape[0])[:, None] - slope * np.arange(mask.shape[1])[None]
        band = np.abs(y - offset) <= reach + 1
        # A pen stroke that crosses the rule has ink right above and right below it: that ink stays.
        stays = closed_down(clean & ~band, 2 * reach + 5) & mask
        clean &= ~band | stays
    return _without_rims(clean, height)


def _longest_rule(mask: np.ndarray, reach: int) -> tuple[float, float] | None:
    """Slope and offset (y = offset + slope x) of a thin, nearly unbroken line across the upper or lower part of the image."""
    rows, columns = mask.shape
    upper, lower = round(0.3 * rows), round(0.7 * rows)
    reached = int(_SLOPES[-1] * columns / 2) + 2  # rows by which ink may be off the middle of its line
    if (
        max(part.any(0).sum() for part in (mask[: upper + reached], mask[max(lower - reached, 0) :]))
        < _COVERED * columns
    ):
        return None
    covered = _covered(mask, _SLOPES)
    covered[:, upper:lower] = 0
    best, row = np.unravel_index(np.argmax(covered), covered.shape)
    thick = 2 * reach + 3
    beyond = [covered[best, r] if 0 <= r < rows else 0.0 for r in (row - thick, row + thick)]
    if covered[best, row] < _COVERED or max(beyond) > 0.65 * covered[best, row]:
        return None
    return float(_SLOPES[best]), float(row - _SLOPES[best] * columns / 2)


@kernel
def _covered(mask: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """The share (K, H) of the columns of a mask (H, W) that have ink on, or right below, the line of each slope that crosses the
    middle column at each row."""
    rows, columns = mask.shape
    covered = np.zeros((len(slopes), rows))
    down = np.empty((len(slopes), columns))
    for k in range(len(slopes)):
        for column in range(columns):
            down[k, column] = slopes[k] * (column - columns / 2)
    last = np.full((len(slopes), rows), -1)  # the column in which each line was last seen to have ink
    for column in range(columns):
        for row in range(rows):
            if not mask[row, column]:
                continue
            for k in range(len(slopes)):
                place = int(np.rint(row - down[k, column]))
                for line in range(max(place - 1, 0), place + 1):
                    if place < rows and last[k, line] != column:
                        last[k, line] = column
                        covered[k, line] += 1
    return covered / columns


def _without_rims(mask: np.ndarray, height: float) -> np.ndarray:
    """The mask without flat or tiny patches along the upper and lower rim: remains of rules and neighbouring lines."""
    patches = connected(mask)
    left, top, right, foot = patches.boxes.T
    high, wide = foot - top, right - left
    rim = max(1, round(0.08 * mask.shape[0]))
    outside = (foot <= rim) | (top >= mask.shape[0] - rim)
    flat = (high <= 0.2 * height) & ((wide >= 3 * high) | outside)
    return patches.chosen(~(flat & ((top <= rim) | (foot >= mask.shape[0] - rim))))
