"""Several documents on one sheet, such as cheques laid side by side on a scanner, each as a page of its own."""

import numpy as np

from recognizer.page.filters import median_of_nine, quantile_of
from recognizer.page.patches import connected, filled

_REDUCED = 256  # px of the longer side that documents are looked for at
_UNLIKE = 10  # grey levels by which a document differs from what it lies on
_LEAST = 0.06  # share of the sheet that a document covers
_FILLED = 0.9  # share of its box that it fills
_SHAPES = (1.4, 4.5)  # width by height of a cheque
_MARGIN = 0.02  # of its width, left around it


def documents_on(grey: np.ndarray) -> list[np.ndarray]:
    """The cheques on a page ``grey`` (H, W) uint8 as pages, from the top down; all of it where there are no two."""
    step = max(1, -(-max(grey.shape) // _REDUCED))
    boxes = [box for box in _boxes(grey[::step, ::step]) if _is_cheque(box)]
    if len(boxes) < 2:
        return [grey]
    found = []
    for rows, columns in boxes:
        margin = round(_MARGIN * (columns.stop - columns.start))
        across = slice(max(0, columns.start - margin) * step, (columns.stop + margin) * step)
        found.append(
            np.ascontiguousarray(grey[max(0, rows.start - margin) * step : (rows.stop + margin) * step, across])
        )
    return found


def _is_cheque(box: tuple[slice, slice]) -> bool:
    rows, columns = box
    low, high = _SHAPES
    return low <= (columns.stop - columns.start) / (rows.stop - rows.start) <= high


def _boxes(small: np.ndarray) -> list[tuple[slice, slice]]:
    """Boxes of patches that differ from the rim of the page and are filled rectangles."""
    rim = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
    unlike = np.abs(median_of_nine(small).astype(np.int16) - int(quantile_of(rim[None], 0.5))) > _UNLIKE
    _, boxes, sizes = connected(filled(unlike), corners=False)
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    large = boxes[(sizes >= _LEAST * small.size) & (sizes >= _FILLED * areas)].tolist()
    return [(slice(top, foot), slice(left, right)) for left, top, right, foot in large]
