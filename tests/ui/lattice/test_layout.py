"""Layout and hit-testing without a window."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.lattice.layout import CARD_HEIGHT, LatticeLayout, Rect, arc_at, curve, lay_out


def layout_of(cuts: int, pitch: float = 80.0, longest: int = 3, height: float = 400.0) -> LatticeLayout:
    pairs = [(u, v) for u in range(cuts - 1) for v in range(u + 1, min(u + longest, cuts - 1) + 1)]
    first, last = np.array(pairs).T
    best = [arc for arc, (u, v) in enumerate(pairs) if v == u + 1]
    shares = np.where(last - first == 1, 0.9, 0.1) + np.arange(len(pairs)) * 1e-4
    return lay_out([50 + pitch * i for i in range(cuts)], first, last, shares, best, height)


def overlap(one: Rect, other: Rect) -> bool:
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    )


@settings(max_examples=40)
@given(st.integers(2, 25), st.floats(3, 150), st.integers(1, 5), st.floats(100, 900))
def test_cards_never_overlap_and_stay_inside(cuts: int, pitch: float, longest: int, height: float) -> None:
    layout = layout_of(cuts, pitch, longest, height)
    cards = [shape.card for shape in layout.arcs if shape.card is not None]
    assert not any(overlap(one, other) for one, other in itertools.combinations(cards, 2))
    lowest = max(card.top + card.height for card in cards)
    assert lowest <= max(height, layout.node_y + 20 + CARD_HEIGHT)


def test_every_arc_is_there_and_knows_its_nodes() -> None:
    layout = layout_of(6)
    assert [shape.arc for shape in layout.arcs] == list(range(len(layout.arcs)))
    assert {(shape.start, shape.end) for shape in layout.arcs} <= set(itertools.product(layout.nodes, repeat=2))


def test_the_best_path_is_above_the_nodes_and_the_rest_below() -> None:
    layout = layout_of(6)
    for shape in layout.arcs:
        assert (shape.apex < layout.node_y) == (shape.arc in layout.best)


def test_longer_spans_hang_lower_where_there_is_room() -> None:
    layout = layout_of(4, pitch=200)
    apex = {round((shape.end - shape.start) / 200): shape.apex for shape in layout.arcs if shape.arc not in layout.best}
    assert apex[2] < apex[3]


def test_likelier_arcs_get_their_card_first() -> None:
    first, last = np.array([0, 0, 1, 1]), np.array([1, 2, 2, 2])
    layout = lay_out([0, 30, 60], first, last, np.array([0.9, 0.1, 0.8, 0.2]), [0], 140)
    assert layout.arcs[2].card is not None
    assert layout.without_card == 2


def test_narrow_arcs_of_the_best_path_get_slim_cards_and_wide_ones_keep_their_picture() -> None:
    layout = lay_out([0, 100, 122, 230], np.array([0, 1, 2]), np.array([1, 2, 3]), np.ones(3), [0, 1, 2], 300)
    widths = [shape.card.width if shape.card else 0 for shape in layout.arcs]
    assert widths[0] == widths[2] > widths[1] > 0


def test_the_line_begins_and_ends_at_its_nodes_and_reaches_its_apex() -> None:
    layout = layout_of(5)
    for shape in layout.arcs:
        line = curve(shape, layout.node_y)
        assert line[0] == pytest.approx((shape.start, layout.node_y))
        assert line[-1] == pytest.approx((shape.end, layout.node_y))
        reached = line[:, 1].min() if shape.apex < layout.node_y else line[:, 1].max()
        assert reached == pytest.approx(shape.apex, abs=1.5)


def test_pointing_at_any_card_or_line_finds_its_arc() -> None:
    layout = layout_of(6, pitch=120)
    for shape in layout.arcs:
        assert shape.card is not None
        middle = shape.card.left + shape.card.width / 2, shape.card.top + shape.card.height / 2
        assert arc_at(layout, *middle) == shape.arc
    alone = lay_out([0, 300], np.array([0]), np.array([1]), np.ones(1), [], 300)
    on_line = curve(alone.arcs[0], alone.node_y)[4]
    assert arc_at(alone, on_line[0] + 3, on_line[1]) == 0


def test_pointing_beside_everything_finds_nothing() -> None:
    assert arc_at(layout_of(6), 5000, 5) is None
    assert arc_at(lay_out([], np.zeros(0, int), np.zeros(0, int), np.zeros(0), [], 200), 5, 5) is None
