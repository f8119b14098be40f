"""A page brought straight and to a size that lines are looked for at, and what on it is ink."""

from dataclasses import dataclass

import numpy as np

from recognizer.page.blur import blur_of, sharpened
from recognizer.page.patches import Patches, connected_with
from recognizer.page.projection import pronounced
from recognizer.page.rectify import find_outline, homography, inside_of, resample
from recognizer.page.running import lowest, spread
from recognizer.page.separate import paper_level
from recognizer.page.text.found import Box
from recognizer.page.text.paper import paper_on, reduction, within_sides
from recognizer.page.text.rules import DARK, rules_of

SIDE = 2000  # px of the longer side that lines are looked for at, or less
_STROKE = 48  # px: what is darker than its surroundings and wider is no stroke
_STEEPEST = 20.0  # degrees of tilt that are looked for
_POINTS = 12_000  # of ink that the tilt is told from
_STRAIGHT = 0.2  # degrees: less tilt is left as it is
_FAINT = 0.08  # share of the paper's light that the faintest stroke takes
_DIM, _MIDDLE = 0.33, 0.65  # shares of what a stroke takes that its rim takes, and its middle
_FEWEST_PIXELS = 40  # of ink where there is any
# Share of a side that what lies on the edge of the sheet touches it with, and of its box that it fills.
_LEANS, _SOLID = 0.6, 0.5
_AROUND = 20  # px of the table around a sheet whose outline is known
_RIM, _SHARP = 7, 0  # px at the rim of the paper that are left out, and where its outline is known
_CUT = 5  # px about where paper ends and nothing is taken any more, from one pixel to the next: no stroke's edge is as steep
_NEAR = 3  # px to the edge of the page
_AT_RIM = 0.5  # share of a patch in so many px more from which on it is none of the writing


@dataclass(frozen=True, eq=False)
class TextSheet:
    """The ``ink`` (H, W) bool of a page brought straight, the share of the paper's light that is ``taken`` (H, W) float32 there, and that
    the ``pen`` takes. ``paper`` (H, W) float32: the brightness of the paper; ``beyond`` (H, W) bool: what is none of the page. ``to_page``
    (3, 3) takes homogeneous x, y, 1 to those of the page, where pixel i reaches from i to i + 1."""

    ink: np.ndarray
    taken: np.ndarray
    pen: float
    paper: np.ndarray
    beyond: np.ndarray
    to_page: np.ndarray

    @property
    def dim(self) -> float:
        """The share of the paper's light that a pixel of ink takes at least."""
        return _DIM * self.pen

    def touches_edge(self, box: Box) -> bool:
        """Does a box reach up to the head of the page, or down to its foot?"""
        left, top, right, foot = box
        rows = [max(top - _NEAR, 0), min(foot + _NEAR, len(self.beyond)) - 1]
        on_sheet = top > _NEAR and foot < len(self.beyond) - _NEAR
        return not on_sheet or bool(self.beyond[rows, left:right].any())

    def middle_of(self, mine: np.ndarray, box: Box) -> np.ndarray:
        """Of a line in a ``box`` whose pixels are ``mine`` (h, w) bool the middle of the strokes, apart where blur joins their rims: print
        may be fainter than the pen."""
        left, top, right, foot = box
        taken = self.taken[top:foot, left:right]
        middle: np.ndarray = mine & (taken > _MIDDLE * min(self.pen, _pen(taken[mine])))
        return middle


def text_sheet(grey: np.ndarray) -> TextSheet:
    """The document that a page ``grey`` (H, W) uint8 shows, in its own plane, with level lines."""
    height, width = grey.shape
    outline = find_outline(grey)
    corners = _corners(np.array([width, height])) if outline is None else outline
    sides = np.linalg.norm(np.roll(corners, -1, 0) - corners, axis=1)
    size = np.array([max(sides[0], sides[2]), max(sides[1], sides[3])])
    size = np.maximum(1, np.round(size * min(1.0, SIDE / size.max()))).astype(int)
    to_page = homography(_corners(size), corners)
    if outline is not None:  # some of the table around it, to see what comes in from there
        to_page, size = to_page @ np.array([[1, 0, -_AROUND], [0, 1, -_AROUND], [0, 0, 1]]), size + 2 * _AROUND
    paper = within_sides(paper_on(grey) if outline is None else _inside(outline, grey.shape), grey)
    rim = _RIM if outline is None else _SHARP
    half = to_page @ np.diag([2.0, 2.0, 1.0])
    small = -(-size // 2)
    tilt = _tilt(resample(grey, half, (small[1], small[0]), outside=255), _on(paper, grey.shape, half, small, rim))
    if abs(tilt) >= _STRAIGHT:
        turn, size = _turned(tilt, size)
        to_page = to_page @ turn
    seen = resample(grey, to_page, (int(size[1]), int(size[0])), outside=0)
    on_paper = _on(paper, grey.shape, to_page, size, rim)
    table = ~_on(paper, grey.shape, to_page, size, rim, beyond=255)
    return _with_ink(seen, on_paper, table, to_page, rim)


def _inside(outline: np.ndarray, page: tuple[int, ...]) -> np.ndarray:
    """(h, w) bool: what of a page is inside the outline (4, 2) of a document, on an image that is smaller."""
    smaller = reduction(page)
    return inside_of(outline / smaller, (-(-page[0] // smaller), -(-page[1] // smaller)))


def _corners(size: np.ndarray) -> np.ndarray:
    return np.array([[0, 0], [size[0], 0], size, [0, size[1]]], float)


def _on(
    paper: np.ndarray, page: tuple[int, ...], to_page: np.ndarray, size: np.ndarray, rim: int, beyond: int = 0
) -> np.ndarray:
    """Where a sheet of this size (width, height) shows the paper (h, w) bool of a page, its ``rim`` [px] apart; or ``beyond`` the
    page (255)."""
    to_paper = np.diag([paper.shape[1] / page[1], paper.shape[0] / page[0], 1.0]) @ to_page
    seen = resample(paper.astype(np.uint8) * 255, to_paper, (int(size[1]), int(size[0])), beyond) > 127
    return lowest(lowest(seen, 2 * rim + 1, 0), 2 * rim + 1, 1)


def _turned(degrees: float, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rotation (3, 3) from a larger sheet, which holds the whole of one of this size (width, height), and its size."""
    cos, sin = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    larger = np.ceil(np.abs(np.array([[cos, sin], [sin, cos]])) @ size).astype(int)
    turn = np.array([[cos, -sin], [sin, cos]])
    return np.block([[turn, (size / 2 - turn @ (larger / 2))[:, None]], [np.array([[0, 0, 1]])]]), larger


def _tilt(grey: np.ndarray, on_paper: np.ndarray) -> float:
    """Degrees by which most lines fall to the right."""
    taken = _taken(grey, on_paper, _STROKE / 2)[0]
    ys, xs = np.nonzero(taken > max(DARK * _pen(taken), _FAINT))
    if len(ys) < _FEWEST_PIXELS:
        return 0.0
    chosen = np.linspace(0, len(ys) - 1, min(len(ys), _POINTS)).astype(int)
    ys, xs = ys[chosen] / 2, xs[chosen] / 2
    best = 0.0
    for reach, count in ((_STEEPEST, 81), (0.5, 21)):
        tilts = best + np.linspace(-reach, reach, count)
        steep = pronounced(ys, xs, np.stack([np.cos(np.deg2rad(tilts)), np.sin(np.deg2rad(tilts))], 1))
        best = float(tilts[np.argmax(steep * (1 - 0.01 * np.abs(tilts)))])
    return best


def _with_ink(grey: np.ndarray, on_paper: np.ndarray, table: np.ndarray, to_page: np.ndarray, rim: int) -> TextSheet:
    """The ink of a sheet ``grey`` (H, W) uint8, but for shades that come in from the ``table`` (H, W) bool, and its grain at
    the ``rim`` [px]."""
    seen, paper = _taken(grey, on_paper, _STROKE)
    inside = lowest(lowest(on_paper, _CUT, 0), _CUT, 1)
    blur = blur_of(seen, seen > _DIM * _pen(seen), _pen(seen), inside)
    taken = np.where(on_paper, sharpened(seen, blur), 0)
    pen = _pen(taken)
    ink = taken > _DIM * pen
    ink &= ~rules_of(taken, pen)
    patches = connected_with(ink, taken > DARK * pen)
    kept = np.append(False, ~_lean_on_edge(patches))
    kept[patches.numbers[spread(table, 3)]] = False
    at_rim = np.bincount(patches.numbers[spread(table, 4 * rim + 3)], minlength=len(kept))[1:]
    kept[1:] &= at_rim < _AT_RIM * patches.sizes
    return TextSheet(kept[patches.numbers], taken, pen, paper, ~on_paper & ~table, to_page)


def _lean_on_edge(patches: Patches) -> np.ndarray:
    """(n,) bool: which patches are solid and touch an edge of the sheet with most of a side, as what is left of the table does."""
    numbers, (left, top, right, foot) = patches.numbers, patches.boxes.T
    solid = patches.sizes >= _SOLID * (right - left) * (foot - top)
    on_edge = [
        np.bincount(edge, minlength=len(patches.boxes) + 1)[1:]
        for edge in (numbers[:, [0, -1]].ravel(), numbers[[0, -1]].ravel())
    ]
    return solid & ((on_edge[0] >= _LEANS * (foot - top)) | (on_edge[1] >= _LEANS * (right - left)))


def _taken(grey: np.ndarray, on_paper: np.ndarray, stroke: float) -> tuple[np.ndarray, np.ndarray]:
    """The share (H, W) of the light that ink takes from the paper, and the paper's light; strokes are no wider than ``stroke``."""
    level = int(np.median(grey[on_paper])) if on_paper.any() else 255
    paper = paper_level(np.where(on_paper, grey, np.uint8(level)), stroke)
    return np.where(on_paper, 1 - grey / np.maximum(paper, 1), 0).astype(np.float32), paper


def _pen(taken: np.ndarray) -> float:
    """The share of the paper's light that strokes take."""
    dark = taken[taken > _FAINT]
    return float(np.quantile(dark, 0.93)) if len(dark) >= _FEWEST_PIXELS else 1.0
