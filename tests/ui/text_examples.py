"""A text reader for tests of the window: rings are read as "a", rings with a stem as "b", that may be an "h"."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from tests.recognizer.ink.test_frames import page
from ui.model.answer import Answer
from ui.model.ink.document import Stroke, ink_of
from ui.model.readers import INK, PAGE, page_ink, pen_ink
from ui.model.reading import Kind, Reader

WORDS = {"ab": 1.0, "ah": 1.0, "abba": 2.0, "abaa": 3.0}
DOUBTED = 1.0  # nats between the "b" that a ring with a stem is taken for and the "h" that it may be


@cache
def text_reader() -> Reader:
    """Of the few words above: "ab" is doubtful, the others are not."""
    import torch
    from torch import Tensor

    from recognizer.language.alphabet import label_of
    from recognizer.readers import text
    from tests.recognizer.readers.test_text import Sure

    class Doubting(Sure):
        """Every "b" may also be an "h"."""

        def forward(self, amaps: Tensor, between: Sequence[slice]) -> Tensor:
            penalties = super().forward(amaps, between)
            seen = penalties[..., (label_of("b") or 0) - 1] < 1
            penalties[..., (label_of("h") or 0) - 1] = torch.where(seen, 0.1 + DOUBTED, 9.0)
            return penalties

    reader = text.text_reader(Doubting(), 0.0, WORDS)
    reader.read(ink_of(strokes("ab")))  # what is compiled at its first use is waited for here
    return reader


def strokes(*lines: str) -> tuple[Stroke, ...]:
    """A page of rings, each line 250 px below the one before."""
    ink = page(*((200.0 + 250.0 * k, line.replace(" ", "   ")) for k, line in enumerate(lines)))
    return tuple(Stroke(np.asarray(points, np.float32), None) for points in ink.strokes)


def kinds() -> dict[str, Kind]:
    from tests.ui.fakes import FakePageReader

    text_reader()
    from ui.model.ink.document import lines_of

    return {
        INK: Kind(lambda _choice: text_reader(), pen_ink, ink_of, lines_of),
        PAGE: Kind(lambda _choice: FakePageReader(), page_ink),
    }


def answers(*lines: str) -> tuple[Answer, ...]:
    """What the window would have of these lines."""
    from ui.model.ink.document import lines_of
    from ui.model.lattice.lattice import lattice_of

    found: list[Answer] = []
    for line in lines_of(strokes(*lines)):
        source = ink_of(line)
        reading = text_reader().read(source)
        found.append(Answer(reading, lattice_of(reading), pen_ink(source, reading), line))
    return tuple(found)
