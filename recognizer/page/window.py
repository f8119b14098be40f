"""A field of a sheet at the resolution that it is read at, alone: what else stands around it is painted over with paper."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recognizer.kernels import kernel
from recognizer.page.layout import Layout, around
from recognizer.page.rectify import Sheet, project, resample
from recognizer.segments import Edit, Join, Point, Split

ROWS = 40  # of the field itself
_MARGIN = 0.4  # heights of paper around it
_GREATEST_ZOOM = 4.0  # px of the window for one of the sheet
_RIM = 2  # px of the sheet by which ink is softer than its patch


@dataclass(frozen=True)
class PageWindow:
    """``grey`` (H, W) uint8, and ``to_page`` (3, 3), which takes its homogeneous places to those of the page."""

    grey: np.ndarray
    to_page: np.ndarray

    def cuts_on_page(self, cuts: np.ndarray) -> np.ndarray:
        """x (n,) of cuts where they cross the middle of the window [px of the page], float32."""
        middle = np.full(len(cuts), self.grey.shape[0] / 2)
        return project(self.to_page, np.column_stack([cuts, middle]))[:, 0].astype(np.float32)

    def boxes_on_page(self, boxes: np.ndarray) -> np.ndarray:
        """The upright boxes (n, 4) around boxes (n, 4) of the window [px of the page], float32."""
        corners = boxes[:, [[0, 1], [2, 1], [2, 3], [0, 3]]].reshape(-1, 2)
        placed = project(self.to_page, corners).reshape(-1, 4, 2)
        return np.concatenate([placed.min(1), placed.max(1)], 1).astype(np.float32)

    def lines_on_page(self, lines: np.ndarray) -> np.ndarray:
        """Lines (n, 4) between two places of the window [px of the page], float32."""
        return project(self.to_page, lines.reshape(-1, 2)).reshape(-1, 4).astype(np.float32)

    def pixel_of(self, point: Point) -> Point:
        """The pixel of the window that a pixel of the page lies on; maybe outside it."""
        middle = np.array([point], float) + 0.5
        column, row = np.floor(project(np.linalg.inv(self.to_page), middle)[0])
        return int(column), int(row)

    def edits_of(self, edits: Sequence[Edit]) -> list[Edit]:
        """Edits of pieces of the page as those of the window."""
        return [
            Split(self.pixel_of(edit.at))
            if isinstance(edit, Split)
            else Join(self.pixel_of(edit.one), self.pixel_of(edit.other))
            for edit in edits
        ]

    def paint_on_page(self, values: np.ndarray, page: np.ndarray) -> None:
        """Copy those ``values`` (H, W) of the window that are not negative to the pixels of ``page`` that they lie on, if still -1."""
        rows, columns = values.shape
        left, top, right, foot = self.boxes_on_page(np.array([[0, 0, columns, rows]], float))[0]
        top, left = max(0, int(top)), max(0, int(left))
        view = page[top : max(top, int(foot) + 1), left : max(left, int(right) + 1)]
        x, y = np.arange(view.shape[1]) + left + 0.5, np.arange(view.shape[0])[:, None] + top + 0.5
        across, down, scale = (a * x + b * y + c for a, b, c in np.linalg.inv(self.to_page))
        c, r = (np.floor(place / scale).astype(int) for place in (across, down))
        inside = (r >= 0) & (r < rows) & (c >= 0) & (c < columns)
        found = values[np.where(inside, r, 0), np.where(inside, c, 0)]
        inside &= (found >= 0) & (view < 0)
        view[inside] = found[inside]


def cut_out(page: np.ndarray, sheet: Sheet, layout: Layout, patches: np.ndarray, rows: int = ROWS) -> PageWindow:
    """The window of a page (H, W) uint8 around some patches (n,) of its sheet, which are ``rows`` high on it, with no other ink."""
    left, top, right, foot = (float(side) for side in around(layout.boxes[patches - 1]))
    zoom = min(rows / (foot - top), _GREATEST_ZOOM)
    margin = _MARGIN * (foot - top)
    left, top = left - margin, top - margin
    shape = max(1, round((foot + margin - top) * zoom)), max(1, round((right + margin - left) * zoom))
    to_sheet = np.array([[1 / zoom, 0, left], [0, 1 / zoom, top], [0, 0, 1]])
    to_page = sheet.to_page @ to_sheet
    grey = resample(page, to_page, shape, outside=255)
    is_member = np.zeros(len(layout.boxes) + 1, bool)
    is_member[patches] = True
    places = _pixels(top, shape[0], zoom), _pixels(left, shape[1], zoom)
    _paint_over(grey, layout.paper, layout.patches, layout.rules, layout.patterned, is_member, *places)
    return PageWindow(grey, to_page)


def _pixels(start: float, count: int, zoom: float) -> np.ndarray:
    """The row or column (count,) of a sheet that each of a window's lies on, maybe beyond it."""
    return np.floor(start + (np.arange(count) + 0.5) / zoom).astype(int)


@kernel
def _paint_over(
    grey: np.ndarray,
    paper: np.ndarray,
    patches: np.ndarray,
    rules: np.ndarray,
    patterned: bool,
    is_member: np.ndarray,
    rows: np.ndarray,
    columns: np.ndarray,
) -> None:
    """Give each pixel of a window ``grey`` (R, C) uint8 the brightness of the ``paper`` (H, W) where ink that is no member, a rule or a
    pattern lies on the sheet, or near it, or where the sheet is at an end; ``rows`` (R,) and ``columns`` (C,) say where on it."""
    last_row, last_column = patches.shape[0] - 1, patches.shape[1] - 1
    top, foot = min(max(rows[0], 0), last_row), min(max(rows[-1], 0), last_row)
    left, right = min(max(columns[0], 0), last_column), min(max(columns[-1], 0), last_column)
    # Bits: near members, near other ink, near a rule, member.
    seen = np.full((foot - top + 1, right - left + 1), np.uint8(2 if patterned else 0), np.uint8)
    for y in range(top, foot + 1):
        for x in range(left, right + 1):
            if patches[y, x]:
                _spread(seen, y - top, x - left, _RIM, 1 if is_member[patches[y, x]] else 2)
                seen[y - top, x - left] |= 8 if is_member[patches[y, x]] else 0
            if rules[y, x]:
                _spread(seen, y - top, x - left, 1, 4)
    for r in range(len(rows)):
        y = min(max(rows[r], 0), last_row)
        for c in range(len(columns)):
            x = min(max(columns[c], 0), last_column)
            near = seen[y - top, x - left]
            if near & 3 == 2 or near & 12 == 4 or y != rows[r] or x != columns[c]:
                grey[r, c] = np.uint8(paper[y, x])


@kernel
def _spread(seen: np.ndarray, row: int, column: int, reach: int, bit: int) -> None:
    """Set a bit at all pixels of ``seen`` (H, W) that can be reached in so many steps to a neighbour above, below or beside."""
    for y in range(max(row - reach, 0), min(row + reach + 1, len(seen))):
        beside = reach - abs(y - row)
        for x in range(max(column - beside, 0), min(column + beside + 1, seen.shape[1])):
            seen[y, x] |= np.uint8(bit)
