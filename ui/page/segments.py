"""The pieces of a page: what is under a position, and how pieces are drawn."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter


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
    """Pieces are numbers in a map of the page's pixels."""

    def __init__(self, piece_map: np.ndarray, pieces: int) -> None:
        self._map = piece_map
        self._boxes = piece_boxes(piece_map, pieces)
        self._images: dict[tuple[int, int, str], tuple[QPointF, QImage]] = {}

    def pieces_at(self, x: float, y: float, reach: float) -> frozenset[int]:
        """The pieces within ``reach`` of a position."""
        return pieces_near(self._map, x, y, min(reach, 12.0))

    def draw(self, painter: QPainter, first: int, last: int, colour: str) -> None:
        """Draw pieces first .. last - 1."""
        at, image = self._image(first, last, colour)
        painter.drawImage(at, image)

    def _image(self, first: int, last: int, colour: str) -> tuple[QPointF, QImage]:
        key = first, last, colour
        if key not in self._images:
            self._images[key] = self._made(first, last, QColor(colour))
        return self._images[key]

    def _made(self, first: int, last: int, colour: QColor) -> tuple[QPointF, QImage]:
        boxes = self._boxes[first:last]
        boxes = boxes[boxes[:, 2] > 0]
        if not len(boxes):
            return QPointF(), QImage()
        left, top = boxes[:, 0].min(), boxes[:, 1].min()
        crop = self._map[top : boxes[:, 3].max(), left : boxes[:, 2].max()]
        inside = (crop >= first) & (crop < last)
        pixels = np.where(inside, np.uint32(colour.rgba()), np.uint32(0))
        height, width = pixels.shape
        image = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32).copy()
        return QPointF(float(left), float(top)), image
