"""A field as the frames of a sweep: its line normalised whole, for a space displacement network (1998 paper, section VII)."""

from dataclasses import dataclass

import numpy as np

from recognizer.errors import InputError
from recognizer.page.field import MORE_THAN_ONE, find_field
from recognizer.page.line import ROWS, Line, normalise_line
from recognizer.page.page import Page
from recognizer.page.separate import separate_ink
from recognizer.segments import Segments

CHANNELS = 2  # ink apart from paper, and all that is darker than paper
STRIDE = 2  # columns of a frame
WINDOW = 24  # columns of what a frame shows
STRETCH = 1.4  # narrow characters that touch need columns
MARGIN = 8  # columns of paper before and after the writing
_WIDEST = 2000  # columns: more is no amount
_CLEAREST = 24.0  # grey levels between paper and ink that count as full darkness at least


@dataclass(frozen=True)
class PageFrames(Segments):
    """Frames of the line on a page in the order of reading, one piece and one segment each."""

    sweep: np.ndarray  # (CHANNELS, ROWS, W) float32: the whole line, STRIDE columns a frame


def sweep_page(page: Page) -> PageFrames:
    """Sweep the line of writing on ``page``; raises NothingToRead or InputError where it holds none or no line."""
    field = find_field(page.grey)
    line = normalise_line(separate_ink(field.grey, len(field.grey) / 2), STRETCH)
    sweep = _sweep(line, field.grey)
    count = sweep.shape[2] // STRIDE
    columns = np.arange(count + 1) * STRIDE - MARGIN
    top, foot = (np.full(count + 1, row) for row in (0.0, float(ROWS)))
    x = field.page_x(np.stack([line.place_on_page(row, columns)[0] for row in (top, foot)]))
    y = field.page_y(np.array([line.place_on_page(row, columns)[1][0] for row in (top, foot)]))
    first = np.arange(count, dtype=np.int32)
    padded = np.pad(sweep, ((0, 0), (0, 0), (WINDOW // 2 - 1, WINDOW // 2)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW, axis=2)[:, :, : count * STRIDE : STRIDE]
    return PageFrames(
        cuts=field.page_x(line.page_x(columns)),
        first=first,
        last=first + 1,
        boxes=np.stack([x[:, :-1].min(0), np.full(count, y[0]), x[:, 1:].max(0), np.full(count, y[1])], 1),
        images=np.ascontiguousarray(windows.transpose(2, 0, 1, 3)),
        features=np.empty((count, 0), np.float32),
        sweep=sweep,
    )


def sweep_of(grey: np.ndarray) -> np.ndarray:
    """The sweep (CHANNELS, ROWS, W) of a page ``grey`` (H, W) uint8, as `sweep_page` finds it."""
    field = find_field(grey)
    return _sweep(normalise_line(separate_ink(field.grey, len(field.grey) / 2), STRETCH), field.grey)


def _sweep(line: Line, grey: np.ndarray) -> np.ndarray:
    if line.darkness.shape[1] > _WIDEST:
        raise InputError(MORE_THAN_ONE)
    depth = line.seen(np.median(grey) - grey)
    paper, ink = np.quantile(depth, (0.4, 0.98))
    contrast = np.clip((depth - paper) / max(ink - paper, _CLEAREST), -0.25, 1.25)
    sweep = np.stack([line.darkness, contrast]).astype(np.float32)
    odd = sweep.shape[2] % STRIDE
    return np.pad(sweep, ((0, 0), (0, 0), (MARGIN, MARGIN + odd)))
