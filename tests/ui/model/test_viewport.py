import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.model.viewport import LARGEST, SMALLEST, Placement, fitted

places = st.builds(Placement, st.floats(SMALLEST, LARGEST), st.floats(-1000, 1000), st.floats(-1000, 1000))
numbers = st.floats(-2000, 2000)


@given(places, numbers, numbers)
def test_there_and_back(placed: Placement, x: float, y: float) -> None:
    assert placed.to_source(*placed.to_view(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(places, st.floats(0.1, 10), numbers, numbers)
def test_what_is_under_the_pointer_stays_when_zooming(placed: Placement, factor: float, x: float, y: float) -> None:
    zoomed = placed.zoomed(factor, x, y)
    assert zoomed.to_view(*placed.to_source(x, y)) == pytest.approx((x, y), abs=1e-5)
    assert SMALLEST <= zoomed.scale <= LARGEST


@given(numbers, numbers, st.floats(1, 5000), st.floats(1, 5000), st.floats(100, 3000), st.floats(100, 2000))
def test_fitted_boxes_are_inside_and_centred(left, top, wide, high, width, height) -> None:  # type: ignore[no-untyped-def]
    placed = fitted((left, top, left + wide, top + high), width, height)
    x0, y0 = placed.to_view(left, top)
    x1, y1 = placed.to_view(left + wide, top + high)
    assert (x0 + x1) / 2 == pytest.approx(width / 2, abs=1e-3)
    assert (y0 + y1) / 2 == pytest.approx(height / 2, abs=1e-3)
    if placed.scale > SMALLEST:
        assert x1 - x0 <= width
        assert y1 - y0 <= height


def test_a_degenerate_box_is_fitted_too() -> None:
    assert fitted((5, 5, 5, 5), 100, 100).to_view(5.5, 5.5) == pytest.approx((50, 50))


def test_what_lies_in_a_low_view_fills_most_of_it() -> None:
    placed = fitted((0, 0, 200, 100), 480, 48)
    assert 100 * placed.scale == pytest.approx(36)
