"""What a page shows: text in lines of handwriting, or something else."""

from recognizer.errors import InputError
from recognizer.page.fields import length_of_words, shows_cheque
from recognizer.page.page import Page

_SOLID = 0.25  # of the ink of the largest line from which on one counts as a line
_LOW = 80  # px: an image less high holds no two lines
_STRIP = 2.5  # width by height from which on a picture is one of a line
_LONG = 10.0  # heights of one line alone that no amount is long
_CHEQUE = 1.85  # width by height of a document from which on it is a cheque, whose lines are fields
_FULL = 4.0  # widths of the document that the words of a page of text have together: those of cheques have two


def shows_text(page: Page) -> bool:
    """Does a page show several lines of handwriting, or one too long for an amount, or nothing but print or drawings?"""
    # Told in a moment: finding lines takes as long as reading a cheque does.
    if shows_cheque(page) and _is_wide(page) and length_of_words(page) < _FULL:
        return False
    found = page.text
    height, width = page.grey.shape
    if not found.lines:  # what is cut out around one line may be an amount that looks like print
        return bool(found.regions) and width < _STRIP * height
    inked = [int(line.mask.sum()) for line in found.lines]
    if sum(ink >= _SOLID * max(inked) for ink in inked) < 2 or height < _LOW:
        left, top, right, foot = found.lines[inked.index(max(inked))].box
        return right - left >= _LONG * (foot - top)
    return True


def _is_wide(page: Page) -> bool:
    try:
        height, width = page.sheet.grey.shape
    except InputError:
        return False
    return width >= _CHEQUE * height
