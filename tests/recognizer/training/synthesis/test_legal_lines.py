"""Lines of words: what is written is among the amounts, and stands where it is said to."""

import numpy as np
import pytest

from recognizer.frames import STRIDE
from recognizer.language.legal_amount import CLASSES
from recognizer.page.frames import CHANNELS
from recognizer.page.line import ROWS
from recognizer.training.data.inksets import InkSet
from recognizer.training.learning.displacement import line_batches
from recognizer.training.synthesis.cheque_samples import own_writers
from recognizer.training.synthesis.glyphs import Hand
from recognizer.training.synthesis.legal_lines import Scribes, make_lines, write_line


@pytest.fixture(scope="module")
def scribes() -> Scribes:
    """One hand, and one word that was written whole."""
    x = np.linspace(0, 300, 60)
    points = np.column_stack([x, 40 + 30 * np.sin(x / 12)]).astype(np.int16)
    inks = InkSet(points, np.array([60]), np.array([1]), np.array(["Hundred"]), np.array(["a"]), np.array(["train"]))
    glyphs = own_writers().texts[0].glyphs
    return Scribes([Hand(glyphs | {"&": glyphs["8"]})], inks, np.array([0]), [])


def test_lines_have_pictures_with_their_texts(scribes: Scribes) -> None:
    lines = make_lines(scribes, 12, np.random.default_rng(1))
    assert len(lines) >= 10
    assert all(image.shape[:2] == (CHANNELS, ROWS) for image in lines.images)
    assert all(set(text) <= set(CLASSES[:-1]) for text in lines.texts)
    assert (lines.widths >= STRIDE * np.array([len(text) for text in lines.texts])).all()
    shown = sum(len(lengths) for _, _, _, lengths in line_batches(lines, CLASSES, 2_000, np.random.default_rng(0)))
    assert shown == len(lines)


@pytest.mark.parametrize("whole", [False, True])
def test_more_words_are_more_ink_further_to_the_right(scribes: Scribes, whole: bool) -> None:
    short, long = (
        np.mean([write_line(text, scribes, np.random.default_rng(seed), whole).sum() for seed in range(8)])
        for text in ("hundred", "hundred hundred hundred")
    )
    assert 2 < long / short < 4


def test_known_words_are_found_in_any_case(scribes: Scribes) -> None:
    assert scribes.known["hundred"].tolist() == [0]
