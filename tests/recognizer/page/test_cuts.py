import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import ndimage

from recognizer.page.cuts import cut_lines
from recognizer.page.separate import separate_ink
from tests.recognizer.writing import write


@st.composite
def patches(draw: st.DrawFn) -> np.ndarray:
    """A patch of ink as the segmenter cuts it out: ink in every row and column of its box."""
    shape = draw(st.integers(2, 24)), draw(st.integers(1, 50))
    mask = draw(arrays(bool, shape))
    if draw(st.booleans()):
        mask = ndimage.binary_dilation(mask, iterations=2)
    mask[draw(st.integers(0, shape[0] - 1))] = True
    mask[:, 0] |= ~mask.any(0)[0]
    rows = np.flatnonzero(mask.any(1))
    cut: np.ndarray = mask[rows[0] : rows[-1] + 1]
    return cut


@given(patches(), st.floats(0, 24))
@settings(max_examples=150)
def test_cuts_part_a_patch_from_left_to_right(mask: np.ndarray, deepest: float) -> None:
    rows, columns = mask.shape
    lines = cut_lines(mask, deepest)
    assert lines.shape[1] == rows
    assert (lines >= 1).all()
    assert (lines < columns).all()
    # Never crossing, and never the same place twice.
    assert (np.diff(lines, axis=0) >= 0).all()
    assert (np.abs(np.diff(lines, axis=0)).max(1, initial=3) >= 3).all()
    # Not through more ink than allowed.
    assert (mask[np.arange(rows), lines].sum(1) <= deepest).all()
    # A line is a connected way down, and left and right of it stand columns of the patch.
    assert (np.abs(np.diff(lines, axis=1)) <= max(1, -(-5 // max(1, rows - 1)))).all()


@given(patches())
@settings(max_examples=50)
def test_deeper_cuts_are_more_cuts(mask: np.ndarray) -> None:
    rows = mask.shape[0]
    assert len(cut_lines(mask, 0.0)) <= len(cut_lines(mask, rows))


def test_two_touching_zeros_part_where_they_touch() -> None:
    y, x = np.mgrid[:22, :43]
    ring = [np.abs(np.hypot((x - centre) / 10, (y - 10.5) / 10.5) - 0.9) < 0.13 for centre in (10, 31)]
    mask = ring[0] | ring[1]
    mask[9:12, 18:24] = True
    lines = cut_lines(mask, 9.0)
    assert any((np.abs(line - 20.5) <= 2).all() for line in lines)


def test_hit_and_deflect_slants_a_cut_from_a_valley_above_to_a_peak_below() -> None:
    mask = np.zeros((20, 40), bool)
    mask[8:12] = True
    mask[2:12, :18] = mask[2:12, 21:] = True  # a valley above at 18..20
    mask[8:18, :22] = mask[8:18, 25:] = True  # a notch below at 22..24
    lines = cut_lines(mask, 9.0)
    assert any(line[0] < line[-1] and abs(line[0] - 19) <= 1 and abs(line[-1] - 23) <= 1 for line in lines)


def test_a_bar_and_a_dot_are_not_cut() -> None:
    assert len(cut_lines(np.ones((20, 4), bool), 22.0)) == 0
    assert cut_lines(np.ones((3, 5), bool), 22.0).shape == (0, 3)
    assert len(cut_lines(np.ones((20, 30), bool), 9.0)) == 0


def test_joined_writing_is_cut_between_its_characters() -> None:
    grey = write("4725", height=22, pen=2.0)
    grey[30:32, 15:85] = np.minimum(grey[30:32, 15:85], 40)  # a stroke that joins them all, near their feet
    mask = separate_ink(grey, 22).mask
    lines = cut_lines(mask, 10.0)
    starts = [11 + round(0.85 * 22 * index) for index in range(1, 4)]
    for start in starts:
        assert any(start - 7 <= line.mean() <= start + 2 for line in lines)
