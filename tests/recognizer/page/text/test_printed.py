"""Print is told from handwriting that is as level."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from recognizer.page.text.printed import printed, with_what_is_inside


def are_print(*masks: np.ndarray) -> list[bool]:
    """Lines one below the other."""
    tops = np.cumsum([0, *(len(mask) + 10 for mask in masks)])
    boxes = [(0, int(top), mask.shape[1], int(top) + len(mask)) for top, mask in zip(tops, masks, strict=False)]
    return printed(boxes, masks)


def in_print(text: str, size: float = 28) -> np.ndarray:
    font = ImageFont.load_default(size)
    left, head, right, foot = (int(side) for side in font.getbbox(text))
    image = Image.new("L", (right - left, foot - head))
    ImageDraw.Draw(image).text((-left, -head), text, fill=255, font=font)
    return np.asarray(image) > 127


def level_letters(count: int, seed: int = 3) -> np.ndarray:
    """Letters of one height on one line, none of which is as another."""
    generator = np.random.default_rng(seed)
    image = Image.new("L", (count * 30, 24))
    for k in range(count):
        x = 30 * k + 2 + generator.uniform(0, 14, 5)
        y = np.append(generator.permutation([2, 21]), generator.uniform(2, 21, 3))
        ImageDraw.Draw(image).line(np.stack([x, y], 1).ravel().tolist(), fill=255, width=3, joint="curve")
    return np.asarray(image) > 127


def test_a_line_of_print_is_print_by_itself() -> None:
    assert are_print(in_print("Please write below this line")) == [True]
    assert are_print(in_print("the state tests")) == [True]


def test_level_letters_that_are_all_different_are_none() -> None:
    assert are_print(level_letters(20)) == [False]
    assert are_print(level_letters(6), in_print("Please write below this line")) == [False, True]


def test_a_few_letters_are_print_where_they_are_those_of_the_page() -> None:
    heading = in_print("Department of Records and Statistics")
    assert are_print(in_print("Records")) == [False]
    assert are_print(heading, in_print("Records")) == [True, True]


def test_a_letter_or_two_inside_a_line_of_print_are_of_it() -> None:
    line, inside, beside, over = (0, 0, 400, 30), (100, 5, 130, 25), (450, 5, 480, 25), (100, -40, 130, 8)
    assert with_what_is_inside([line, inside, beside, over], [True, False, False, False]) == [True, True, False, False]
    assert not any(with_what_is_inside([line, inside, beside, over], [False] * 4))
