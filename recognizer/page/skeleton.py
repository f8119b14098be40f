"""Writing on paper as the pen's path: a mask of ink is thinned to its middle lines, which are followed straight through crossings."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from recognizer.kernels import kernel

SPECK = 0.3  # patches of less area are dirt [squares of the pen's width]
_SPUR = 0.75  # branches up to this length are due to the rim of a stroke [widths of the pen], ...
_BRIDGE = 1.0  # ... and crossings so near are one
_AHEAD = 2.0  # along a branch, as far as which its direction at a crossing is taken [widths of the pen]
_STRAIGHT = -0.4  # cosine between branches of which one goes on in the other, at most
_SMOOTH = 0.2  # standard deviation along the path [widths of the pen], a pixel at least
_SOFT, _JOINED = 1.0, 0.3  # standard deviation [px] and threshold with which torn strokes are mended
_THIN = 4.0  # px of strokes that may be torn
_STEP = 2.0  # between points [px]


def strokes_of(mask: np.ndarray) -> list[np.ndarray]:
    """The strokes (n, 2) float32 of x, y [px] that drew a mask (H, W) bool of ink, in no order and without direction; a dot is one
    point. Pixel (row r, column c) has its middle at (c + 0.5, r + 0.5)."""
    from skimage.morphology import skeletonize

    padded = mended(np.pad(mask, 2))
    thin = skeletonize(padded)
    width = pen_width(padded, int(thin.sum()))
    patches, count = ndimage.label(padded, np.ones((3, 3)))
    area = np.bincount(patches.ravel(), minlength=count + 1)
    length = np.bincount(patches[thin], minlength=count + 1)
    speck = area < SPECK * width**2
    dots = np.flatnonzero(~speck & (length <= width))
    dots = dots[dots > 0]
    dotted = np.zeros(count + 1, bool)
    dotted[dots] = True
    thin &= ~(speck | dotted)[patches]
    middles = ndimage.center_of_mass(padded, patches, dots) if len(dots) else []
    strokes = [np.array([[x - 1.5, y - 1.5]], np.float32) for y, x in middles]
    return strokes + [(each - 1.5).astype(np.float32) for each in _paths(thin, width)]


def mended(mask: np.ndarray) -> np.ndarray:
    """The mask (H, W) bool with smoother rims, and in thin strokes with what a threshold tore apart joined."""
    rim = np.count_nonzero(mask[1:] != mask[:-1]) + np.count_nonzero(mask[:, 1:] != mask[:, :-1])
    # A stroke's rim is twice its length, and longer as it is slanted.
    is_thin = 2.4 * np.count_nonzero(mask) < _THIN * rim
    soft = ndimage.gaussian_filter(mask.astype(np.float32), _SOFT, truncate=3)
    joined: np.ndarray = soft > (_JOINED if is_thin else 0.5)
    return joined


def pen_width(mask: np.ndarray, length: int) -> float:
    """How wide the strokes of a mask (H, W) are whose middle lines have so many pixels [px]."""
    return float(mask.sum() / max(1.1 * length, 1.0))


@dataclass
class _Branch:
    """A middle line between two crossings or ends, its ``points`` (n, 2) float64 of x, y; nodes are numbered."""

    points: np.ndarray
    nodes: tuple[int, int]

    @property
    def length(self) -> float:
        return float(np.hypot(*np.diff(self.points, axis=0).T).sum())


def _paths(thin: np.ndarray, width: float) -> list[np.ndarray]:
    """The paths (n, 2) along the lines of a thin mask."""
    pixels = np.argwhere(thin)
    degree = _degrees(thin, pixels, _STEPS)
    points, ends, closed = _traced(thin, pixels, degree, _STEPS)
    pieces = np.split(points[:, ::-1].astype(np.float64), ends)[:-1]
    loops = [piece for piece, is_closed in zip(pieces, closed, strict=True) if is_closed]
    between = [piece for piece, is_closed in zip(pieces, closed, strict=True) if not is_closed]
    branches = _branches(between, degree, width)
    return [_smoothed(path, _SMOOTH * width) for path in [*_joined(branches, width), *loops]]


def _branches(pieces: list[np.ndarray], degree: np.ndarray, width: float) -> list[_Branch]:
    """Pieces between nodes without spurs, crossings that are near taken as one."""
    names: dict[tuple[int, int], int] = {}
    branches = []
    for piece in pieces:
        first, last = ((int(piece[k, 0]), int(piece[k, 1])) for k in (0, -1))
        branches.append(_Branch(piece, (names.setdefault(first, len(names)), names.setdefault(last, len(names)))))
    is_end = np.array([degree[y, x] == 1 for x, y in names], bool)
    kept, bridges = [], [(0, 0)]
    for branch in branches:
        a, b = branch.nodes
        length = branch.length
        if is_end[a] != is_end[b] and length <= _SPUR * width:
            continue
        if not is_end[a] and not is_end[b] and a != b and length <= _BRIDGE * width:
            bridges.append((a, b))
            continue
        kept.append(branch)
    if not kept:
        return []
    ones, others = np.array(bridges).T
    root = connected_components(coo_array((np.ones(len(ones)), (ones, others)), (len(names), len(names))))[1]
    return [_Branch(b.points, (int(root[b.nodes[0]]), int(root[b.nodes[1]]))) for b in kept]


def _joined(branches: list[_Branch], width: float) -> list[np.ndarray]:
    """Paths along branches, each going on at a node in the branch that is straightest on."""
    at: dict[int, list[tuple[int, int]]] = {}
    for number, branch in enumerate(branches):
        for side, node in enumerate(branch.nodes):
            at.setdefault(node, []).append((number, side))
    partner: dict[tuple[int, int], tuple[int, int]] = {}
    for ends in at.values():
        for one, other in _pairs([_direction(branches[n].points, side, width) for n, side in ends]):
            partner[ends[one]], partner[ends[other]] = ends[other], ends[one]
    paths, done = [], set()
    starts = [end for ends in at.values() for end in ends if end not in partner] + [
        (n, 0) for n in range(len(branches))
    ]
    for number, side in starts:
        parts = []
        while number not in done:
            done.add(number)
            points = branches[number].points
            parts.append(points if side == 0 else points[::-1])
            onward = partner.get((number, 1 - side))
            if onward is None:
                break
            number, side = onward
        if parts:
            paths.append(np.concatenate(parts))
    return paths


def _direction(points: np.ndarray, side: int, width: float) -> np.ndarray:
    """Unit vector (2,) out of the node at an end of a branch."""
    along = points if side == 0 else points[::-1]
    ahead = along[min(len(along) - 1, max(1, round(_AHEAD * width)))] - along[0]
    return ahead / max(float(np.hypot(*ahead)), 1e-6)


def _pairs(directions: list[np.ndarray]) -> list[tuple[int, int]]:
    """Which ends at a node belong together: two do always, of more those that are straightest."""
    if len(directions) == 2:
        return [(0, 1)]
    if len(directions) < 2:
        return []
    cosines = np.array(directions) @ np.array(directions).T
    found: list[tuple[int, int]] = []
    while True:
        one, other = np.unravel_index(int(cosines.argmin()), cosines.shape)
        if cosines[one, other] > _STRAIGHT:
            return found
        found.append((int(one), int(other)))
        cosines[[one, other]] = 1.0
        cosines[:, [one, other]] = 1.0


def _smoothed(path: np.ndarray, sigma: float) -> np.ndarray:
    """A path of pixels without its stairs, its ends where they are, at fewer points."""
    if len(path) < 3:
        return path
    offset = path - np.linspace(path[0], path[-1], len(path))
    mirrored = np.concatenate([-offset[:0:-1], offset, -offset[-2::-1]]) if len(path) > 2 else offset
    smooth = ndimage.gaussian_filter1d(mirrored, max(sigma, 1.0), 0)[len(path) - 1 : 2 * len(path) - 1]
    smooth += np.linspace(path[0], path[-1], len(path))
    smooth[0], smooth[-1] = path[0], path[-1]
    count = max(2, int(np.ceil(len(path) / _STEP)))
    return smooth[np.unique(np.round(np.linspace(0, len(path) - 1, count)).astype(int))]


# Steps to the neighbours of a pixel, rows and columns: those beside it first, then the diagonal ones.
_STEPS = np.array([(0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, -1), (-1, 1)])


@kernel
def _is_linked(thin: np.ndarray, r: int, c: int, step: np.ndarray) -> bool:
    """Is a pixel of a thin mask linked with a neighbour? Diagonally only where no pixel is beside both."""
    dr, dc = step
    if not thin[r + dr, c + dc]:
        return False
    return dr == 0 or dc == 0 or not (thin[r + dr, c] or thin[r, c + dc])


@kernel
def _degrees(thin: np.ndarray, pixels: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """(H, W) int8: how many neighbours each pixel of a thin mask, empty at its rim, is linked with."""
    degree = np.zeros(thin.shape, np.int8)
    for k in range(len(pixels)):
        r, c = pixels[k]
        for step in steps:
            if _is_linked(thin, r, c, step):
                degree[r, c] += 1
    return degree


@kernel
def _traced(
    thin: np.ndarray, pixels: np.ndarray, degree: np.ndarray, steps: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pieces of line between nodes, which are pixels that do not have two neighbours, and closed ones: points (n, 2) int32 of row
    and column, where each piece ends, and whether it is closed."""
    most = 2 * len(pixels)
    for k in range(len(pixels)):
        most += degree[pixels[k, 0], pixels[k, 1]]
    points = np.empty((2 * most, 2), np.int32)
    ends, closed = np.empty(most, np.int64), np.zeros(most, np.bool_)
    seen = np.zeros(thin.shape, np.bool_)
    n = pieces = 0
    for of_loops in (False, True):  # what no node leads to is closed
        for k in range(len(pixels)):
            r, c = pixels[k]
            if seen[r, c] or (degree[r, c] == 2) != of_loops:
                continue
            for step in steps:
                y, x = r + step[0], c + step[1]
                if not _is_linked(thin, r, c, step) or seen[y, x]:
                    continue
                if degree[y, x] != 2 and (y < r or (y == r and x < c)):
                    continue  # between neighbouring nodes, found from the other
                n = _followed(thin, degree, steps, seen, points, n, r, c, step)
                ends[pieces], closed[pieces] = n, of_loops
                pieces += 1
                if of_loops:
                    seen[r, c] = True
                    break
    return points[:n], ends[:pieces], closed[:pieces]


@kernel
def _followed(
    thin: np.ndarray,
    degree: np.ndarray,
    steps: np.ndarray,
    seen: np.ndarray,
    points: np.ndarray,
    n: int,
    r: int,
    c: int,
    step: np.ndarray,
) -> int:
    """Put the line from a pixel by its first ``step`` to a node, or back, into ``points`` from number n on; the number after it."""
    points[n] = r, c
    before_y, before_x, y, x = r, c, r + step[0], c + step[1]
    n += 1
    while True:
        points[n] = y, x
        n += 1
        if degree[y, x] != 2 or (y == r and x == c):
            return n
        seen[y, x] = True
        for onward in steps:
            v, u = y + onward[0], x + onward[1]
            if _is_linked(thin, y, x, onward) and not (v == before_y and u == before_x):
                before_y, before_x, y, x = y, x, v, u
                break
        else:
            return n
