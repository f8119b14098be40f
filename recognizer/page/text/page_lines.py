"""The lines of handwriting of a page, from its ink to masks in the page's own pixels."""

import numpy as np
from scipy import ndimage

from recognizer.page.rectify import project, resample
from recognizer.page.running import spread
from recognizer.page.text.found import Box, Region, TextLayout, TextLine
from recognizer.page.text.patches import patches_of
from recognizer.page.text.printed import printed, with_what_is_inside
from recognizer.page.text.sheet import TextSheet, text_sheet
from recognizer.page.text.sizes import SizedLine, sized_lines
from recognizer.page.text.stamps import are_in, stamps_on
from recognizer.reading_order import reading_order

_FEWEST = 12  # px of ink of a line
_HANGS, _NARROW = 4.0, 2.0  # core heights, and times its width, that what hangs in from the edge of a page is high
_AROUND = 3  # px around a line that its rim is looked for in


def find_text(grey: np.ndarray) -> TextLayout:
    """The lines of handwriting on a page ``grey`` (H, W) uint8, in the order of reading, and what else it shows."""
    sheet = text_sheet(grey)
    patches = patches_of(sheet.ink)
    if patches is None:
        return TextLayout(())
    lines, of = sized_lines(patches)
    boxes = [(x.start, y.start, x.stop, y.stop) for y, x in ndimage.find_objects(of, len(lines))]
    masks = [
        sheet.middle_of(of[top:foot, left:right] == number, (left, top, right, foot))
        for number, (left, top, right, foot) in enumerate(boxes, 1)
    ]
    paper = np.clip(sheet.paper, 0, 255).astype(np.uint8)
    found = [
        _on_page(grey, sheet, paper, of, number, box, line)
        for number, (box, line) in enumerate(zip(boxes, lines, strict=True), 1)
    ]
    stamps = stamps_on(sheet.ink, patches.core)
    are_print = [
        is_print or are_in(stamps, box, mask)
        for box, mask, is_print in zip(boxes, masks, with_what_is_inside(boxes, printed(boxes, masks)), strict=True)
    ]
    hang = [sheet.touches_edge(box) and _hangs(box, patches.core) for box in boxes]
    known = [
        (line, is_print)
        for line, is_print, hangs in zip(found, are_print, hang, strict=True)
        if line is not None and not hangs
    ]
    written = [line for line, is_print in known if not is_print]
    order = reading_order(np.array([line.box for line in written]).reshape(-1, 4))
    regions = [Region(line.box, "print") for line, is_print in known if is_print]
    return TextLayout(tuple(written[k] for k in order), tuple(regions))


def _hangs(box: Box, core: float) -> bool:
    """Is what comes in from the edge of a page so high, and so narrow, that it is a clip and no writing?"""
    left, top, right, foot = box
    return foot - top > max(_HANGS * core, _NARROW * (right - left))


def _on_page(
    grey: np.ndarray, sheet: TextSheet, paper: np.ndarray, of: np.ndarray, number: int, on_sheet: Box, line: SizedLine
) -> TextLine | None:
    """The line of this number that lies so ``on_sheet``, whose ``paper`` is (h, w) uint8, on the page ``grey`` (H, W) uint8; None where
    next to nothing of it is left."""
    left, top, right, foot = on_sheet
    x, y = max(left - _AROUND, 0), max(top - _AROUND, 0)
    part = of[y : foot + _AROUND, x : right + _AROUND]
    mine = part == number
    if mine.sum() < _FEWEST:
        return None
    reach = spread(mine, 3) & ((part == 0) | mine)
    low, high = _box_on_page(grey, sheet, on_sheet)
    from_page = np.linalg.inv(sheet.to_page) @ _shift(*low)
    shape = (int(high[1] - low[1]), int(high[0] - low[0]))
    near = resample(reach.astype(np.uint8) * 255, _shift(-x, -y) @ from_page, shape, outside=0) > 127
    paper = resample(paper, from_page, shape, outside=255)
    crop = grey[low[1] : high[1], low[0] : high[0]]
    mask = near & (crop < (1 - sheet.dim) * paper)
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return None
    box = (low[0] + columns[0], low[1] + rows[0], low[0] + columns[-1] + 1, low[1] + rows[-1] + 1)
    mask = np.ascontiguousarray(mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    base = project(sheet.to_page, np.stack([line.ridge.x, line.ridge.y + line.core / 2], 1)).astype(np.float32)
    left, top, right, foot = (int(side) for side in box)
    return TextLine((left, top, right, foot), mask, base)


def _box_on_page(grey: np.ndarray, sheet: TextSheet, on_sheet: Box) -> tuple[np.ndarray, np.ndarray]:
    """The corners (2,), (2,) of what shows a box of the sheet, and a pixel around it, on the page ``grey`` (H, W)."""
    left, top, right, foot = on_sheet
    corners = np.array([[x, y] for x in (left - 1, right + 1) for y in (top - 1, foot + 1)], float)
    on_page = project(sheet.to_page, corners)
    low = np.maximum(np.floor(on_page.min(0)).astype(int), 0)
    return low, np.minimum(np.ceil(on_page.max(0)).astype(int), grey.shape[::-1])


def _shift(x: int, y: int) -> np.ndarray:
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1.0]])
