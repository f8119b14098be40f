"""Compiling ahead, so that nobody waits."""

import numpy as np

from recognizer.page.documents import documents_on
from recognizer.page.fields import find_fields
from recognizer.page.frames import picture_of_inked
from recognizer.page.inked import inked
from recognizer.page.layout import around
from recognizer.page.page import Page
from recognizer.page.quality import flaws_of
from recognizer.page.rectify import rectify
from recognizer.page.segment import segment_inked
from recognizer.page.window import cut_out


def compile_kernels() -> None:
    """Take a drawn page through all that is done with cheques, so that numba compiles the loops of it or loads them from its cache."""
    grey = np.full((300, 640), 230, np.uint8)
    for left in range(400, 560, 40):  # a bar and a bowl
        grey[60:90, left : left + 4] = grey[60:64, left : left + 20] = grey[60:90, left + 16 : left + 20] = 30
    rectify(np.pad(grey, 40, constant_values=60))  # on a table
    (alone,) = documents_on(grey)
    page = Page(alone)
    fields = find_fields(page.layout)
    window = cut_out(page.grey, page.sheet, page.layout, fields.parts[0][0]).grey
    ink = inked(window)
    flaws_of(page.grey.shape, window, around(segment_inked(ink).boxes))
    picture_of_inked(ink)
    window[4:6] = 30  # a printed rule
    inked(window)
