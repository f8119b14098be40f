"""Ink that is dropped is all there, where it was."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recognizer.ink.drops import PADDING, dropped

ROWS, COLUMNS = 6, 9


@given(
    st.lists(st.tuples(st.floats(0, COLUMNS - 1), st.floats(0, ROWS - 1), st.integers(0, 2)), min_size=1, max_size=9)
)
def test_each_picture_holds_its_ink_about_its_place(samples: list[tuple[float, float, int]]) -> None:
    x, y, picture = (np.array(column) for column in zip(*samples, strict=True))
    paint = np.column_stack([np.ones(len(x)), np.arange(len(x))])
    drops = dropped(x, y, paint, (3, ROWS, COLUMNS), picture)
    assert drops.shape == (3, 2, ROWS + 2 * PADDING, COLUMNS + 2 * PADDING)
    rows, columns = np.mgrid[: drops.shape[2], : drops.shape[3]] - PADDING
    for k in range(3):
        own = picture == k
        np.testing.assert_allclose(drops[k].sum((1, 2)), paint[own].sum(0), atol=1e-4)
        np.testing.assert_allclose((drops[k, 0] * columns).sum(), x[own].sum(), atol=1e-3)
        np.testing.assert_allclose((drops[k, 0] * rows).sum(), y[own].sum(), atol=1e-3)
    whole = dropped(x, y, paint, (1, ROWS, COLUMNS))
    np.testing.assert_allclose(whole[0], drops.sum(0), atol=1e-4)


def test_what_lies_outside_is_dropped_on_the_edge() -> None:
    far = np.array([-50.0, 50.0])
    drops = dropped(far, np.zeros(2), np.ones((2, 1)), (1, ROWS, COLUMNS))[0, 0]
    assert np.flatnonzero(drops.sum(0) > 0.01).tolist() == [0, COLUMNS + 2 * PADDING - 1]
