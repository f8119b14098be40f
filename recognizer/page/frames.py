"""A field as frames: its line normalised whole, for a space displacement network (1998 paper, section VII)."""

from dataclasses import dataclass

import numpy as np

from recognizer.errors import InputError
from recognizer.frames import STRIDE, frame_windows
from recognizer.page.field import MORE_THAN_ONE, Field
from recognizer.page.filters import quantile, quantile_of
from recognizer.page.inked import Inked, inked
from recognizer.page.line import ROWS, NormalisedLine
from recognizer.page.page import Page
from recognizer.page.segment import PageSegments, lines_on_page

CHANNELS = 2  # ink apart from paper, and all that is darker than paper
STRETCH = 1.4  # narrow characters that touch need columns
MARGIN = 8  # columns of paper before and after the writing
_WIDEST = 2000  # columns: more is no amount
_CLEAREST = 24.0  # grey levels between paper and ink that count as full darkness at least


@dataclass(frozen=True)
class PageFrames(PageSegments):
    """Frames of the line on a page in the order of reading, one piece and one segment each."""

    picture: np.ndarray  # (CHANNELS, ROWS, W) float32: the whole line, STRIDE columns a frame


def frames_of_page(page: Page) -> PageFrames:
    """The frames of the line of writing on ``page``; raises NothingToRead or InputError where it holds none or no line."""
    source = page.inked
    line, picture = _pictured(source)
    count = picture.shape[2] // STRIDE
    columns = np.arange(count + 1) * STRIDE - MARGIN
    first = np.arange(count, dtype=np.int32)
    return PageFrames(
        cuts=source.field.page_x(line.page_x(columns)),
        first=first,
        last=first + 1,
        boxes=_boxes(line, source.field, columns),
        images=np.ascontiguousarray(frame_windows(picture)),
        features=np.empty((count, 0), np.float32),
        draw_map=lambda: source.field.on_page(_frame_map(line, source.ink.mask, count), source.shape, -1),
        lines=lines_on_page(line, source.field, columns),
        picture=picture,
    )


def picture_of(grey: np.ndarray) -> np.ndarray:
    """The picture (CHANNELS, ROWS, W) of a page ``grey`` (H, W) uint8, as `frames_of_page` finds it, and nothing else of it."""
    return picture_of_inked(inked(grey))


def picture_of_inked(source: Inked) -> np.ndarray:
    """The same of a page whose ink is known."""
    return _pictured(source)[1]


def _pictured(source: Inked) -> tuple[NormalisedLine, np.ndarray]:
    line = source.measured.line(STRETCH)
    if line.darkness.shape[1] > _WIDEST:
        raise InputError(MORE_THAN_ONE)
    return line, _picture(line, source.field.grey)


def _picture(line: NormalisedLine, grey: np.ndarray) -> np.ndarray:
    depth = line.seen(np.float32(quantile_of(grey, 0.5)) - grey)
    paper, ink = quantile(depth, 0.4), quantile(depth, 0.98)
    wide = line.darkness.shape[1]
    picture = np.zeros((CHANNELS, ROWS, MARGIN + wide + wide % STRIDE + MARGIN), np.float32)
    picture[0, :, MARGIN : MARGIN + wide] = line.darkness
    picture[1, :, MARGIN : MARGIN + wide] = np.clip((depth - paper) / max(ink - paper, _CLEAREST), -0.25, 1.25)
    return picture


def _boxes(line: NormalisedLine, field: Field, columns: np.ndarray) -> np.ndarray:
    """(n, 4) float32 upright boxes around the strips of the line between neighbouring columns [px of the page]."""
    (x_top, y_top), (x_foot, y_foot) = (line.place_on_page(np.full(len(columns), row), columns) for row in (0, ROWS))
    left, right = np.minimum(x_top, x_foot)[:-1], np.maximum(x_top, x_foot)[1:]
    return np.stack([field.page_x(left), field.page_y(y_top[1:]), field.page_x(right), field.page_y(y_foot[1:])], 1)


def _frame_map(line: NormalisedLine, mask: np.ndarray, count: int) -> np.ndarray:
    """The frame at each pixel of the field's ink, int16."""
    frames = np.floor((line.place_of(mask.shape)[1] + MARGIN) / STRIDE)
    return np.where(mask, np.clip(frames, 0, count - 1), -1).astype(np.int16)
