"""Ridges made to lines."""

import numpy as np

from recognizer.page.text.joining import joined
from recognizer.page.text.ridges import Ridge

CORE = 20.0


def ridge(first: float, last: float, y: float) -> Ridge:
    x = np.arange(first, last, 4.0)
    return Ridge(x, np.full(len(x), y), (last - first) / 4)


def spans(lines: list[Ridge]) -> set[tuple[float, float, float]]:
    return {(float(line.x[0]), float(line.x[-1]), float(line.y.mean())) for line in lines}


def test_words_far_apart_are_one_line_where_the_lines_above_and_below_go_on_over_the_gap() -> None:
    above, below = ridge(0, 1200, 100), ridge(0, 1200, 300)
    found = joined([above, ridge(0, 500, 200), ridge(700, 1200, 202), below], CORE)
    assert len(found) == 3
    assert all(line.x[0] == 0 and line.x[-1] == 1196 for line in found)


def test_the_last_line_of_a_page_is_told_by_the_one_above() -> None:
    found = joined([ridge(0, 1200, 100), ridge(0, 500, 200), ridge(700, 1200, 202)], CORE)
    assert len(found) == 2


def test_columns_stay_apart_below_a_heading_over_both_too() -> None:
    rows = (200, 300, 400)
    parts = [ridge(*column, y) for y in rows for column in ((0, 500), (700, 1200))]
    assert len(joined(parts, CORE)) == 6
    assert spans(joined([ridge(0, 1200, 100), *parts], CORE)) == spans([ridge(0, 1200, 100), *parts])


def test_what_stands_by_itself_on_a_level_stays_apart() -> None:
    assert len(joined([ridge(0, 500, 200), ridge(700, 1200, 202)], CORE)) == 2
