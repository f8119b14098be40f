"""Lines of pages that a person has corrected, as a folder that ``train scans`` learns from."""

from pathlib import Path
from typing import TYPE_CHECKING

from ui.model.documents.labelled import write_samples
from ui.model.page.written import WrittenLine

if TYPE_CHECKING:
    import numpy as np

    from ui.model.desk import Desk

ROOM = 8  # px around a line
RIM = 5  # px across that the ink of a line is widened by, so that its soft edges are its own
LabelledLine = tuple[WrittenLine, str]  # and what it says


def corrected_lines(desk: "Desk") -> list[LabelledLine]:
    """The lines on a desk of which the user has corrected a word, with their whole text."""
    passage, found = desk.passage, []
    for number, answer in enumerate(desk.answers):
        words = [word for word in passage.words if word.line == number]
        if isinstance(answer.source, WrittenLine) and any(word.corrected for word in words):
            found.append((answer.source, " ".join(word.text for word in words)))
    return found


def write_lines(folder: Path, lines: list[LabelledLine]) -> int:
    """Write pictures of lines, and last what they say; how many there are. Raises InputError, OSError as `write_samples` does."""
    return write_samples(folder, ((picture_of(line), text) for line, text in lines))


def picture_of(line: WrittenLine) -> "np.ndarray":
    """A line (H, W) uint8 as it is on its page, without the ink of its neighbours."""
    import numpy as np

    from recognizer.page.running import spread

    left, top, right, foot = (round(side) for side in line.box)
    grey = line.page.grey[top:foot, left:right]
    mine = np.zeros((foot - top + 2 * ROOM, right - left + 2 * ROOM), bool)
    columns, rows = np.floor(line.tracing.covered).astype(int).T
    mine[rows - top + ROOM, columns - left + ROOM] = True
    picture = np.full(mine.shape, 255, np.uint8)
    inside = slice(ROOM, ROOM + foot - top), slice(ROOM, ROOM + right - left)
    picture[inside] = grey
    picture[~spread(mine, RIM)] = np.quantile(grey, 0.9)
    return picture
