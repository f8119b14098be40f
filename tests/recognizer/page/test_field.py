import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.errors import InputError
from recognizer.page.field import Field, find_field
from tests.recognizer.writing import write


def _on(paper: tuple[int, int], writing: np.ndarray, top: int, left: int) -> np.ndarray:
    page = np.full(paper, 235, np.uint8)
    page[top : top + writing.shape[0], left : left + writing.shape[1]] = writing
    return page


def test_an_image_of_few_rows_is_taken_as_it_is() -> None:
    grey = write("472", 60)
    field = find_field(grey)
    assert field.grey is grey
    assert (field.left, field.top, field.factor) == (0, 0, 1)


@pytest.mark.parametrize("height", [100, 150, 300, 700])
def test_a_large_scan_is_reduced_to_about_the_same_rows(height: int) -> None:
    grey = write("4725", height, height / 12)
    field = find_field(grey)
    assert 85 <= len(field.grey) <= 192
    assert field.grey.shape == tuple(-(-side // field.factor) for side in grey.shape)


def test_small_writing_on_a_large_page_is_looked_at_from_nearer() -> None:
    page = _on((2400, 1800), write("4725", 120, 10), 1500, 700)
    field = find_field(page)
    assert field.factor <= 3
    assert field.top <= 1560
    assert field.left <= 760
    assert field.top + field.factor * field.grey.shape[0] >= 1680
    assert field.left + field.factor * field.grey.shape[1] >= 760 + 3 * 102
    assert field.grey.size < 100_000


def test_places_of_the_field_are_places_of_the_page() -> None:
    page = _on((2400, 1800), write("1", 200, 16), 1500, 700)
    field = find_field(page)
    ys, xs = np.nonzero(field.grey < 120)
    assert field.page_y(ys).min() == pytest.approx(1592, abs=field.factor)
    assert field.page_y(ys).max() == pytest.approx(1808, abs=8 + field.factor)
    assert field.page_x(xs).max() == pytest.approx(800 + 0.35 * 200 + 8, abs=field.factor + 1)


@given(st.integers(1, 6), st.integers(0, 9), st.integers(0, 9), st.integers(1, 9), st.integers(1, 9))
@settings(max_examples=40)
def test_an_array_of_the_field_at_the_size_of_the_page(
    factor: int, top: int, left: int, rows: int, columns: int
) -> None:
    shape = (top + factor * rows - factor // 2, left + factor * columns)
    values = np.arange(rows * columns, dtype=np.int16).reshape(rows, columns)
    field = Field(np.zeros((rows, columns), np.uint8), left, top, factor)
    enlarged = field.on_page(values, shape, -1)
    assert enlarged.shape == shape
    assert (enlarged[:top] == -1).all()
    assert (enlarged[:, :left] == -1).all()
    for row in range(rows):
        y = min(int(field.page_y(np.array(row + 0.5))), shape[0] - 1)
        for column in range(columns):
            assert enlarged[y, int(field.page_x(np.array(column + 0.5)))] == values[row, column]


def test_a_page_of_text_is_more_than_one_amount() -> None:
    page = np.full((3000, 2200), 235, np.uint8)
    for line in range(30):
        words = write("47 2510 1 42 17", 36, 4, margin=0.0)
        page[200 + 80 * line :][: len(words), 200 : 200 + words.shape[1]] = words
    with pytest.raises(InputError, match="more on this image than one amount"):
        find_field(page)


def test_a_form_with_much_small_writing_is_more_than_one_amount() -> None:
    page = np.full((700, 1500), 225, np.uint8)
    for top, left, text in (
        (60, 60, "5207 41"),
        (60, 1100, "75 10"),
        (200, 80, "47 25 71"),
        (360, 60, "10 4 2 7"),
        (560, 900, "4210"),
    ):
        words = write(text, 45, 4, margin=0.0)
        page[top : top + len(words), left : left + words.shape[1]] = words
    with pytest.raises(InputError, match="more on this image than one amount"):
        find_field(page)


def test_a_strip_without_end_is_refused_at_once() -> None:
    with pytest.raises(InputError, match="more on this image"):
        find_field(np.zeros((200, 200_000), np.uint8))


@pytest.mark.parametrize("value", [0, 255])
def test_a_large_even_page_is_left_to_others(value: int) -> None:
    assert find_field(np.full((3000, 2000), value, np.uint8)).grey.size < 20_000
