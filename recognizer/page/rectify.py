"""A document brought upright and straight, whatever its photograph: its outline, perspective and tilt."""

from dataclasses import dataclass

import numpy as np

from recognizer.errors import InputError
from recognizer.kernels import kernel
from recognizer.page.filters import (
    between_classes,
    depth_of,
    median_of_nine,
    projected,
    quantile_of,
    reduced,
    reduced_part,
)
from recognizer.page.patches import connected, filled
from recognizer.page.projection import pronounced
from recognizer.page.running import closed
from recognizer.page.separate import paper_level

WIDTH = 800  # columns of a sheet: digits on a cheque are then some 20 rows high
_LEAST, _GREATEST_ASPECT = 40, 12.0  # px of the shorter side, and longer by shorter, of what may be a document
_OUTLINE_SIDE = 256  # px of the longer side of the image that the outline is looked for in
_DARKER = 25.0  # grey levels by which the surroundings of a document are darker than it
_FILLED = 0.9  # share of a quadrilateral that is paper, where it is a document
_NEAR_RIM = 4.0  # px of that image from the rim of a document to where it is looked at, within and beyond
_PLACES, _MOSTLY = 33, 0.8  # along a side that are looked at, and share of them beyond which it is darker
_SMALLEST = 0.15  # share of the image that a document covers
_STEEPEST = 12.0  # degrees of tilt that are looked for
_POINTS = 6_000  # of ink that the tilt is told from
_STRAIGHT = 0.15  # degrees: less tilt is left as it is


@dataclass(frozen=True)
class Sheet:
    """A document: ``grey`` (H, WIDTH) uint8, and ``to_page`` (3, 3), which takes its homogeneous x, y, 1 to those of the page.

    Places are between pixels: pixel i reaches from i to i + 1.
    """

    grey: np.ndarray
    to_page: np.ndarray

    def on_page(self, points: np.ndarray) -> np.ndarray:
        """Points (n, 2) of the sheet on the page [px]."""
        return project(self.to_page, points)

    def box_on_page(self, box: np.ndarray) -> tuple[float, float, float, float]:
        """The upright box around a box (4,) of the sheet [px of the page]."""
        corners = self.on_page(box[[[0, 1], [2, 1], [2, 3], [0, 3]]])
        (left, top), (right, foot) = corners.min(0).tolist(), corners.max(0).tolist()
        return left, top, right, foot


def rectify(grey: np.ndarray) -> Sheet:
    """The document that a page ``grey`` (H, W) uint8 shows: cut out where it lies on something darker, and its tilt taken away.

    Raises InputError for what is too small or too long to be a document.
    """
    height, width = grey.shape
    if min(height, width) < _LEAST or max(height, width) > _GREATEST_ASPECT * min(height, width):
        raise InputError(f"An image of {width} x {height} pixels cannot show a whole cheque.")
    corners = find_outline(grey)
    if corners is None:
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
    to_page, rows = _straightened(corners)
    small = resample(grey, to_page @ np.diag([2.0, 2.0, 1.0]), (max(1, rows // 2), WIDTH // 2), outside=255)
    tilt = estimate_tilt(small)
    if abs(tilt) < _STRAIGHT:
        return Sheet(resample(grey, to_page, (rows, WIDTH), outside=255), to_page)
    turned = to_page @ _turn(tilt, (rows, WIDTH))
    return Sheet(resample(grey, turned, (rows, WIDTH), outside=int(quantile_of(small, 0.5))), turned)


def _straightened(corners: np.ndarray) -> tuple[np.ndarray, int]:
    """The map (3, 3) to the quadrilateral ``corners`` (4, 2), clockwise from the upper left, from an upright rectangle of WIDTH
    columns, and its rows."""
    sides = np.linalg.norm(np.roll(corners, -1, 0) - corners, axis=1)
    across, down = max(sides[0], sides[2]), max(sides[1], sides[3])
    height = max(1, round(WIDTH * down / across))
    to_page = homography(np.array([[0, 0], [WIDTH, 0], [WIDTH, height], [0, height]], float), corners)
    return to_page, height


def _turn(degrees: float, shape: tuple[int, int]) -> np.ndarray:
    """The rotation (3, 3) about the middle of a sheet."""
    angle = np.deg2rad(degrees)
    cos, sin = np.cos(angle), np.sin(angle)
    x, y = shape[1] / 2, shape[0] / 2
    return np.array([[cos, -sin, x - cos * x + sin * y], [sin, cos, y - sin * x - cos * y], [0, 0, 1]])


# ---------------------------------------------------------------- geometry


def homography(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The projective map (3, 3) that takes four points (4, 2) to four others."""
    rows, values = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return np.append(np.linalg.solve(np.array(rows), np.array(values)), 1.0).reshape(3, 3)


def project(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Points (n, 2) under a projective map."""
    mapped: np.ndarray = _mapped(np.ascontiguousarray(matrix, float), np.ascontiguousarray(points, float))
    return mapped


@kernel
def _mapped(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    mapped = np.empty(points.shape)
    for k in range(len(points)):
        x, y = points[k]
        scale = matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2]
        mapped[k, 0] = (matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]) / scale
        mapped[k, 1] = (matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]) / scale
    return mapped


def resample(grey: np.ndarray, to_page: np.ndarray, shape: tuple[int, int], outside: int) -> np.ndarray:
    """An image (H, W) uint8 whose pixels lie at ``to_page`` of their places on ``grey``; ``outside`` beyond it.

    Where the page has many pixels for one, it is reduced first, so that all of them count.
    """
    middle = np.array([[shape[1] / 2, shape[0] / 2]])
    steps = project(to_page, middle + np.eye(2)) - project(to_page, middle)
    factor = max(1, round(float(np.linalg.norm(steps, axis=1).min())))
    if factor > 1:
        left, top, right, foot = _blocks_seen(to_page, shape, factor, grey.shape)
        grey = reduced_part(grey, factor, left, top, right, foot)
        to_page = np.array([[1 / factor, 0, -left / factor], [0, 1 / factor, -top / factor], [0, 0, 1]]) @ to_page
    found: np.ndarray = projected(grey, to_page, *shape, outside)
    return found


def _blocks_seen(
    to_page: np.ndarray, shape: tuple[int, int], factor: int, page: tuple[int, ...]
) -> tuple[int, int, int, int]:
    """Left, top, right and foot of the whole blocks of ``factor`` px of a page of some shape that an image shows, and of those around."""
    corners = project(to_page, np.array([[0, 0], [shape[1], 0], [shape[1], shape[0]], [0, shape[0]]], float)) / factor
    blocks = -(-np.array(page[::-1]) // factor)
    first = np.clip(np.floor(corners.min(0)) - 1, 0, blocks - 1)
    last = np.clip(np.ceil(corners.max(0)) + 1, first + 1, blocks)
    left, top, right, foot = (factor * np.concatenate([first, last]).astype(int)).tolist()
    return left, top, right, foot


# ---------------------------------------------------------------- outline


def find_outline(grey: np.ndarray) -> np.ndarray | None:
    """Corners (4, 2) [px], clockwise from the upper left, of a document that lies on something darker; None where there is none."""
    factor = max(1, round(max(grey.shape) / _OUTLINE_SIDE))
    small = reduced(grey, factor)
    smooth = median_of_nine(median_of_nine(closed(small, 7)))
    if np.ptp(smooth) < 2 * _DARKER:
        return None
    paper = smooth > between_classes(smooth)
    patches = connected(paper, corners=False)
    if not len(patches.sizes):
        return None
    paper = filled(patches.numbers == 1 + np.argmax(patches.sizes))
    corners = _corners(paper)
    if corners is None or not _is_document(smooth, paper, corners):
        return None
    return corners * factor


def _corners(paper: np.ndarray) -> np.ndarray | None:
    """Where lines through the four sides of a patch meet (4, 2); None where it has no four sides."""
    rough = _furthest_to_corners(paper)
    sides = []
    for (x0, y0), (x1, y1) in zip(rough, np.roll(rough, -1, 0), strict=True):
        horizontal = abs(x1 - x0) >= abs(y1 - y0)
        mask = paper if horizontal else paper.T
        low, high = sorted((x0, x1) if horizontal else (y0, y1))
        places = np.arange(int(low + 0.1 * (high - low)), int(high - 0.1 * (high - low)))
        if len(places) < 8:
            return None
        columns = mask[:, places]
        far = (y0 + y1 if horizontal else x0 + x1) > (mask.shape[0] - 1)
        rim = mask.shape[0] - columns[::-1].argmax(0) if far else columns.argmax(0)
        sides.append(_line(places + 0.5, rim, horizontal))
    meets = [_meeting(sides[k - 1], sides[k]) for k in range(4)]
    return None if any(m is None for m in meets) else np.array(meets)


def _furthest_to_corners(paper: np.ndarray) -> np.ndarray:
    """The pixels (4, 2), x and y, of a patch that lie furthest to each corner, clockwise from the upper left."""
    ys = np.flatnonzero(paper.any(1))
    ends = paper[ys].argmax(1), paper.shape[1] - 1 - paper[ys, ::-1].argmax(1)  # no others can
    found = []
    for x_sign, y_sign in ((1, 1), (-1, 1), (-1, -1), (1, -1)):
        xs = ends[x_sign < 0]
        index = np.argmin(x_sign * xs + y_sign * ys)
        found.append((xs[index], ys[index]))
    return np.array(found, float)


def _line(along: np.ndarray, across: np.ndarray, horizontal: bool) -> tuple[float, float, float]:
    """a, b, c of the line a x + b y = c through most of the points."""
    slope, offset = _fitted(along, across)
    return (-slope, 1.0, offset) if horizontal else (1.0, -slope, offset)


@kernel
def _fitted(along: np.ndarray, across: np.ndarray) -> tuple[float, float]:
    """Slope and offset of the line of least squares through points, then twice through those that were not far from the one before."""
    chosen = np.ones(len(along), np.bool_)
    slope, offset = 0.0, 0.0
    for _ in range(3):
        xs, ys = along[chosen], across[chosen]
        middle, height = xs.mean(), ys.mean()
        aside = xs - middle
        slope = (aside * ys).sum() / (aside * aside).sum()
        offset = height - slope * middle
        apart = np.abs(across - offset - slope * along)
        chosen = apart <= max(1.0, 2 * np.median(apart))
    return slope, offset


def _meeting(one: tuple[float, float, float], other: tuple[float, float, float]) -> np.ndarray | None:
    matrix = np.array([one[:2], other[:2]])
    if abs(np.linalg.det(matrix)) < 0.2:
        return None
    return np.linalg.solve(matrix, np.array([one[2], other[2]]))


@kernel
def _is_document(grey: np.ndarray, paper: np.ndarray, corners: np.ndarray) -> bool:
    """Is the quadrilateral large, filled with paper, and is there something much darker beyond two or more of its sides?"""
    inside = inside_of(corners, paper.shape)
    whole, covered = inside.sum(), (paper & inside).sum()
    if whole < _SMALLEST * inside.size or covered < _FILLED * whole:
        return False
    if paper.sum() - covered > (1 - _FILLED) * whole:
        return False
    seen = 0
    for side in range(4):
        darker = _darker_beyond(grey, corners, side)
        if 0 <= darker < _MOSTLY:
            return False
        seen += darker >= 0
    return seen >= 2


@kernel
def _darker_beyond(grey: np.ndarray, corners: np.ndarray, side: int) -> float:
    """The share of a side beyond which it is much darker than within; -1 where the document reaches beyond the image there."""
    rows, columns = grey.shape
    middle_x, middle_y = corners[:, 0].mean(), corners[:, 1].mean()
    (x0, y0), (x1, y1) = corners[side], corners[(side + 1) % 4]
    on_image, darker = 0, 0
    for share in np.linspace(0.1, 0.9, _PLACES):
        x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
        far = np.hypot(x - middle_x, y - middle_y)
        right, down = _NEAR_RIM * (x - middle_x) / far, _NEAR_RIM * (y - middle_y) / far
        row, column = int(np.floor(y + down)), int(np.floor(x + right))
        if 0 <= row < rows and 0 <= column < columns:
            inner_row = min(max(int(np.floor(y - down)), 0), rows - 1)
            inner_column = min(max(int(np.floor(x - right)), 0), columns - 1)
            on_image += 1
            darker += int(grey[inner_row, inner_column]) - int(grey[row, column]) >= _DARKER
    return darker / on_image if 2 * on_image >= _PLACES else -1.0


@kernel
def inside_of(corners: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Whether the middle of each pixel (H, W) is on the inner side of all four sides of a quadrilateral."""
    inside = np.ones(shape, np.bool_)
    for side in range(4):
        (x0, y0), (x1, y1) = corners[side], corners[(side + 1) % 4]
        for row in range(shape[0]):
            fall = (x1 - x0) * (row + 0.5 - y0)
            for column in range(shape[1]):
                inside[row, column] &= fall >= (y1 - y0) * (column + 0.5 - x0)
    return inside


# ---------------------------------------------------------------- tilt


def estimate_tilt(grey: np.ndarray) -> float:
    """Degrees by which the lines of a sheet (H, W) uint8 of half the usual size fall to the right: the turn that makes rows of ink
    most pronounced."""
    depth = paper_level(grey, 10) - grey
    dark = depth > 0.4 * max(depth_of(depth, 0.99, -np.inf), 1.0)
    places = np.flatnonzero(dark)
    if len(places) < 50:
        return 0.0
    places = places[:: -(-len(places) // _POINTS)]
    ys, xs = (each.astype(np.float32) for each in np.divmod(places, dark.shape[1]))
    best = 0.0
    for reach, count in ((_STEEPEST, 49), (0.5, 21)):
        tilts = best + np.linspace(-reach, reach, count)
        # A mild preference for straight: a few words say little of how the whole lies.
        steep = pronounced(ys, xs, np.stack([np.ones(count), np.tan(np.deg2rad(tilts))], 1))
        best = float(tilts[np.argmax(steep * (1 - 0.02 * np.abs(tilts)))])
    return best
