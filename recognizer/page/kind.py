"""What a page shows: text in lines of handwriting, or something else."""

from recognizer.errors import InputError
from recognizer.page.fields import shows_cheque
from recognizer.page.page import Page

_SOLID = 0.25  # of the ink of the largest line from which on one counts as a line
_LOW = 80  # px: an image less high holds no two lines
_LONG = 10.0  # heights of one line alone that no amount is long
_CHEQUE = 1.85  # width by height of a document from which on it is a cheque, whose lines are fields


def shows_text(page: Page) -> bool:
    """Does a page show several lines of handwriting, or one too long for an amount, or nothing but print or drawings?"""
    found = page.text
    if not found.lines:
        return bool(found.regions)
    inked = [int(line.mask.sum()) for line in found.lines]
    if sum(ink >= _SOLID * max(inked) for ink in inked) < 2 or len(page.grey) < _LOW:
        left, top, right, foot = found.lines[inked.index(max(inked))].box
        return right - left >= _LONG * (foot - top)
    return not shows_cheque(page) or not _is_wide(page)


def _is_wide(page: Page) -> bool:
    try:
        height, width = page.sheet.grey.shape
    except InputError:
        return False
    return width >= _CHEQUE * height
