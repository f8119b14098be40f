"""The pieces of a page: what is under a position, and how pieces are drawn."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

MOST_REACH = 12.0  # px of the page: a look at more pixels would take long and mean nothing


def pieces_near(piece_map: np.ndarray, x: float, y: float, reach: float) -> frozenset[int]:
    """Pieces of ``piece_map`` (H, W; -1 = no ink) in the square of half-width ``reach`` [px] around a position."""
    top, left = max(int(y - reach), 0), max(int(x - reach), 0)
    window = piece_map[top : max(int(y + reach) + 1, 0), left : max(int(x + reach) + 1, 0)]
    return frozenset(np.unique(window[window >= 0]).tolist())


def piece_boxes(piece_map: np.ndarray, pieces: int) -> np.ndarray:
    """(P, 4) int left, top, right, bottom (exclusive) of every piece; zeros for a piece without pixels."""
    rows, columns = np.nonzero(piece_map >= 0)
    owners = piece_map[rows, columns]
    boxes = np.zeros((pieces, 4), dtype=np.int64)
    boxes[:, :2] = np.iinfo(np.int64).max
    np.minimum.at(boxes[:, 0], owners, columns)
    np.minimum.at(boxes[:, 1], owners, rows)
    np.maximum.at(boxes[:, 2], owners, columns + 1)
    np.maximum.at(boxes[:, 3], owners, rows + 1)
    boxes[boxes[:, 2] == 0] = 0
    return boxes


class PageInk:
    """Pieces are numbers in a map of the page's pixels. The masks of ``runs`` (R, 2) of pieces first .. last - 1 are made
    at once, so that this is done in the thread that reads and not in the one that paints."""

    def __init__(self, piece_map: np.ndarray, pieces: int, runs: np.ndarray) -> None:
        self._map = piece_map
        boxes = piece_boxes(piece_map, pieces)
        self._masks = {(first, last): _mask(piece_map, boxes, first, last) for first, last in runs.tolist()}

    def pieces_at(self, x: float, y: float, reach: float) -> frozenset[int]:
        """The pieces within ``reach`` of a position."""
        return pieces_near(self._map, x, y, min(reach, MOST_REACH))

    def draw(self, painter: QPainter, first: int, last: int, colour: str) -> None:
        """Draw pieces first .. last - 1."""
        at, mask = self._masks[first, last]
        if mask.isNull():
            return
        coloured = QImage(mask)
        coloured.setColorTable([0, QColor(colour).rgba()])
        painter.drawImage(at, coloured)

    def strokes_in(self, first: int, last: int) -> frozenset[int]:
        """A page has no strokes."""
        return frozenset()


def _mask(piece_map: np.ndarray, boxes: np.ndarray, first: int, last: int) -> tuple[QPointF, QImage]:
    """Where pieces first .. last - 1 are: an image of indices 0 and 1, and its place on the page."""
    mine = boxes[first:last]
    mine = mine[mine[:, 2] > 0]
    if not len(mine):
        return QPointF(), QImage()
    left, top = int(mine[:, 0].min()), int(mine[:, 1].min())
    crop = piece_map[top : mine[:, 3].max(), left : mine[:, 2].max()]
    inside = ((crop >= first) & (crop < last)).astype(np.uint8)
    height, width = inside.shape
    image = QImage(inside.tobytes(), width, height, width, QImage.Format.Format_Indexed8).copy()
    image.setColorTable([0, 0xFF000000])
    return QPointF(left, top), image
