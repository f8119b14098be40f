import numpy as np
import pytest

from recognizer.errors import InputError, NothingToRead
from recognizer.ink import Ink, ink


def test_strokes_become_read_only_float32() -> None:
    made = Ink(([[1, 2, 3], [4, 5, 6]],), ([0.5, 1],))  # type: ignore[arg-type]
    assert made.strokes[0].dtype == np.float32
    assert made.pressures is not None
    assert made.pressures[0].tolist() == [0.5, 1]
    with pytest.raises(ValueError, match="read-only"):
        made.strokes[0][0, 0] = 9


def test_later_changes_of_the_array_do_not_reach_the_ink() -> None:
    stroke = np.ones((2, 3), np.float32)
    made = Ink((stroke,))
    stroke[:] = 7
    assert made.points.tolist() == [[1, 1, 1]] * 2


def test_bounds_and_moves() -> None:
    made = Ink((np.array([[1, 5, 0], [3, 2, 1]]), np.array([[-2, 4, 2]])))
    assert made.bounds == (-2, 2, 3, 5)
    assert made.translated(10, 20).bounds == (8, 22, 13, 25)
    assert made.scaled(2).bounds == (-4, 4, 6, 10)
    assert made.scaled(2).points[:, 2].tolist() == [0, 1, 2]


def test_an_empty_canvas_is_ink_with_nothing_to_read() -> None:
    assert Ink(()).points.shape == (0, 3)
    with pytest.raises(NothingToRead, match="write something"):
        _ = Ink(()).bounds


@pytest.mark.parametrize(
    ("strokes", "sentence"),
    [
        ([np.zeros((0, 3))], "Stroke 1 .* shape"),
        ([np.zeros((1, 3)), np.zeros((4, 2))], "Stroke 2 .* shape"),
        ([np.zeros(3)], "shape"),
        (["words"], "no array of numbers"),
        ([[[0, 0, 0], [1]]], "no array of numbers"),
        ([[[0, np.nan, 0]]], "not finite"),
        ([[[0, 0, np.inf]]], "not finite"),
        ([[[0, 1e300, 0]]], "not finite"),
        ([[[0, -2e6, 0]]], "beyond 1,000,000 px"),
        ([[[0, 0, 1e6]]], "beyond 86,400 s"),
        ([np.zeros((ink.MAX_POINTS + 1, 3))], "200,001 points; at most 200,000"),
        ([None] * (ink.MAX_STROKES + 1), "20,001 strokes; at most 20,000"),
    ],
)
def test_what_is_no_ink_is_refused(strokes: list[object], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        Ink(tuple(strokes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pressures", "sentence"),
    [((), "1 strokes but pressures for 0"), (([1, 1],), "1 points but"), (([2],), "outside"), (([np.nan],), "outside")],
)
def test_pressures_must_fit(pressures: tuple[object, ...], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        Ink((np.zeros((1, 3)),), pressures)  # type: ignore[arg-type]
