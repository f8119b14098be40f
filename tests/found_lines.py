"""How the lines found on a page compare with those that are on it."""

import numpy as np

from recognizer.page.text import TextLayout
from tests.composed_scans import ComposedScan

_SAME = 0.75  # of the ink of both that is common to a line and the one that was found


def errors(found: TextLayout, scan: ComposedScan) -> tuple[int, int]:
    """How many lines of a scan were missed, and how many were found that are none."""
    matched = set()
    for line in found.lines:
        left, top, right, foot = line.box
        numbers = np.bincount(scan.lines[top:foot, left:right][line.mask], minlength=scan.count + 1)
        number = 1 + int(numbers[1:].argmax())
        # The rim of strokes is none of the drawn ink: a line's own pixels count where any line has some.
        union = numbers[1:].sum() + (scan.lines == number).sum() - numbers[number]
        if numbers[number] >= _SAME * union:
            matched.add(number)
    return scan.count - len(matched), len(found.lines) - len(matched)
