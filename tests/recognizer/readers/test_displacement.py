"""The reader by displacement with a network that says what it is told: what frames mean, and what an amount may be."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from recognizer.errors import NothingToRead
from recognizer.page import Page
from recognizer.readers.displacement import displacement_reader
from recognizer.readers.drawing import as_svg, best_segments
from recognizer.training.synthesis.amount_pictures import BLANK, CLASSES
from tests.recognizer.writing import write

PAGE = Page(write("475274"))


class _Told(nn.Module):
    """Sees these characters, each in one frame and again in the next, a blank between neighbours."""

    def __init__(self, text: str, doubt: float = 9.0) -> None:
        super().__init__()
        self.classes = [c for character in text for c in (CLASSES.index(character), CLASSES.index(character), BLANK)]
        self.doubt = doubt

    def forward(self, pictures: Tensor, _between: Sequence[slice]) -> Tensor:
        frames = torch.full((pictures.shape[3] // 2,), BLANK)
        frames[1 : len(self.classes) + 1] = torch.tensor(self.classes)
        return self.doubt * (1 - nn.functional.one_hot(frames, len(CLASSES)).float())[None]


@pytest.mark.parametrize(
    ("seen", "text"),
    [("1250", "1250"), ("1.250.-", "1250"), ("$1,250.75", "1250.75"), ("110", "110"), ("**7=", "7"), ("33", "33")],
)
def test_frames_are_read_as_an_amount(seen: str, text: str) -> None:
    reading = displacement_reader(_Told(seen), CLASSES, 0.5).read(PAGE)
    assert reading.text == text
    assert reading.confidence > 0.8  # some of the rest is a point that may be lost
    assert reading.accepted


def test_each_character_is_some_frame_of_the_page() -> None:
    reading = displacement_reader(_Told("475"), CLASSES, 0.5).read(PAGE)
    found = best_segments(reading.trace)
    assert [text for text, _ in groupby(found.values()) if text] == ["4", "7", "5"]
    assert list(found) == sorted(found)
    assert [stage.name for stage in reading.trace.stages][-1] == "best path"
    assert "<svg" in as_svg(reading, PAGE)


def test_doubt_lowers_confidence() -> None:
    sure, unsure = (displacement_reader(_Told("475", doubt), CLASSES, 0.5).read(PAGE) for doubt in (9.0, 4.0))
    assert unsure.confidence < sure.confidence


def test_blank_paper_is_nothing_to_read() -> None:
    with pytest.raises(NothingToRead):
        displacement_reader(_Told("1"), CLASSES, 0.5).read(Page(np.full((40, 90), 240, np.uint8)))
