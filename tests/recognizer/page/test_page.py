import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.errors import InputError
from recognizer.page import Page


def test_a_page_is_kept_as_given() -> None:
    grey = np.zeros((2, 3), np.uint8)
    page = Page(grey, 300.0)
    assert page.grey is grey
    assert page.dpi == 300


@pytest.mark.parametrize("grey", [np.zeros((2, 3)), np.zeros((2, 3, 1), np.uint8), np.zeros((0, 3), np.uint8), [[1]]])
def test_other_arrays_are_refused(grey: np.ndarray) -> None:
    with pytest.raises(InputError, match="array \\(height, width\\) of uint8"):
        Page(grey)


@pytest.mark.parametrize("dpi", [0.0, -1.0, float("nan"), float("inf")])
def test_impossible_dpi_is_refused(dpi: float) -> None:
    with pytest.raises(InputError, match="dots per inch"):
        Page(np.zeros((1, 1), np.uint8), dpi)


@given(quarters=st.integers(-5, 5))
def test_turns_add_up_and_four_of_them_change_nothing(quarters: int) -> None:
    page = Page(np.arange(6, dtype=np.uint8).reshape(2, 3), dpi=300)
    assert (page.turned(1).grey == [[3, 0], [4, 1], [5, 2]]).all()
    assert (page.turned(quarters).turned(4 - quarters).grey == page.grey).all()
    assert page.turned(quarters).dpi == 300
