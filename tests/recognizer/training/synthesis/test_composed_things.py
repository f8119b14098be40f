"""What is laid on pages that we compose changes what is seen, and no line becomes another."""

import numpy as np
import pytest

from recognizer.training.synthesis.composed_things import AT_RIM, ON_PAPER, TABLE, Composed, lay_on

SHAPE = (600, 500)


def page(seed: int = 1) -> Composed:
    """A light sheet with two lines of ink."""
    light, lines = np.full(SHAPE, 0.95, np.float32), np.zeros(SHAPE, np.uint8)
    for number, row in ((1, 200), (2, 300)):
        lines[row : row + 20, 150:350:2] = number
    light[lines > 0] = 0.2
    return Composed(light, lines, 4.0, np.random.default_rng(seed))


def test_a_page_without_such_faults_is_left_as_it_is() -> None:
    plain = page()
    light, lines = lay_on(page(), ("tilt", "ruled"))
    np.testing.assert_array_equal(light, plain.light)
    np.testing.assert_array_equal(lines, plain.lines)


@pytest.mark.parametrize("fault", [*ON_PAPER, *AT_RIM])
def test_what_is_laid_on_is_seen_and_hides_at_most_what_is_under_it(fault: str) -> None:
    plain = page()
    light, lines = lay_on(page(), (fault,))
    around = (light.shape[0] - SHAPE[0]) // 2
    assert around == (TABLE if fault in AT_RIM else 0)
    inside = np.s_[around : around + SHAPE[0], around : around + SHAPE[1]]
    assert np.abs(light[inside] - plain.light).max() > 0.05
    assert light.min() >= 0
    assert light.max() <= 1.05
    hidden = lines[inside] != plain.lines
    assert not lines[inside][hidden].any()
    assert not np.delete(lines, np.s_[around : around + SHAPE[0]], 0).any()


@pytest.mark.parametrize("faults", [tuple(ON_PAPER), ("table", *AT_RIM)])
def test_a_seed_makes_one_page(faults: tuple[str, ...]) -> None:
    first, again, other = (lay_on(page(seed), faults)[0] for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
