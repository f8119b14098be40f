"""Lines of a page: every stroke in one or set aside, whatever stands high or low in a word stays with it."""

import tracemalloc
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.errors import NothingToRead
from recognizer.ink import Ink, read_inkml
from recognizer.ink.layout import lay_out
from recognizer.ink.page_marks import hatched
from recognizer.ink.pen_path import pen_path
from recognizer.platform import resources_folder
from recognizer.training.synthesis.composed_pages import KINDS, ComposedPage, LevelWord, compose, level_word
from recognizer.training.synthesis.rehearsal import MIXED_IN, rehearsal

WORD = (30.0, 34.0, 26.0, 30.0, 32.0)  # heights of its letters
SAMPLES = ("text-liquor-jugs.inkml", "text-pack-my-box.inkml")


def ink_of(boxes: list[tuple[float, float, float, float]]) -> Ink:
    """A stroke from corner to corner of each box: left, top, right, bottom."""
    return Ink(tuple(np.array([[left, top, 0], [right, bottom, 1]]) for left, top, right, bottom in boxes))


def word(x: float, base: float) -> list[tuple[float, float, float, float]]:
    return [(x + 25 * k, base - height, x + 25 * k + 20, base) for k, height in enumerate(WORD)]


@cache
def words() -> tuple[LevelWord, ...]:
    return tuple(level_word(ink.strokes) for ink, _ in rehearsal(MIXED_IN)[:60])


def composed(seed: int, *kinds: str, count: int = 6) -> ComposedPage:
    generator = np.random.default_rng(seed)

    def some() -> Iterator[LevelWord]:
        while True:
            yield words()[generator.integers(len(words()))]

    return compose(some(), generator, kinds, count)


def lines_of(ink: Ink) -> list[list[int]]:
    return [line.tolist() for line in lay_out(ink).lines]


def two_lines(*drawn: np.ndarray) -> Ink:
    """The samples of text below each other, and what is drawn beside them."""
    above, below = (read_inkml(resources_folder() / "samples" / Path(name)) for name in SAMPLES)
    lowered = below.translated(above.bounds[0] - below.bounds[0], above.bounds[3] + 30 - below.bounds[1])
    return Ink((*above.strokes, *lowered.strokes, *(np.pad(stroke, ((0, 0), (0, 1))) for stroke in drawn)))


@settings(max_examples=30)
@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=4),
    st.floats(70, 200),
    st.floats(0.01, 50),
    st.randoms(use_true_random=False),
)
def test_lines_of_words_are_found_at_any_size_and_in_any_order(indents, pitch, scale, random) -> None:  # type: ignore[no-untyped-def]
    boxes = [(box, line) for line, indent in enumerate(indents) for box in word(20.0 * indent, pitch * line)]
    random.shuffle(boxes)
    lines = lines_of(ink_of([box for box, _ in boxes]).scaled(scale))
    assert [[boxes[stroke][1] for stroke in line] for line in lines] == [[k] * len(WORD) for k in range(len(indents))]
    assert all(np.all(np.diff(line) > 0) for line in lines)


@pytest.mark.parametrize(
    "odd",
    [
        (30.0, -48.0, 33.0, -40.0),  # a dot
        (10.0, -46.0, 60.0, -42.0),  # a bar over two letters
        (120.0, -12.0, 140.0, 40.0),  # a tail that hangs down
        (-30.0, -20.0, -5.0, 45.0),  # a large letter before the word that goes far below it
        (122.0, -4.0, 126.0, 8.0),  # a comma
    ],
)
def test_what_belongs_to_a_word_makes_no_line(odd: tuple[float, float, float, float]) -> None:
    assert len(lines_of(ink_of([*word(0, 0), odd]))) == 1


@pytest.mark.parametrize("kinds", [(), *((kind,) for kind in KINDS), ("tilt", "bend", "indents", "margin")], ids=str)
def test_the_lines_of_pages_are_found_whatever_is_beside_them(kinds: tuple[str, ...]) -> None:
    for seed in range(2, 5):
        page = composed(seed, *kinds)
        layout = lay_out(page.ink)
        assert [line.tolist() for line in layout.lines] == page.expected
        assert layout.aside.tolist() == np.flatnonzero(page.lines < 0).tolist()


@settings(max_examples=15)
@given(st.integers(0, 99), st.lists(st.sampled_from(KINDS), unique=True), st.integers(1, 8), st.floats(0.01, 20))
def test_every_stroke_is_in_one_line_or_aside_at_any_size(seed: int, kinds: list[str], count: int, size: float) -> None:
    page = composed(seed, *kinds, count=count)
    layout, larger = lay_out(page.ink), lay_out(page.ink.scaled(size))
    assert sorted(np.concatenate([*layout.lines, layout.aside]).tolist()) == list(range(len(page.ink.strokes)))
    assert [line.tolist() for line in larger.lines] == [line.tolist() for line in layout.lines]


@settings(max_examples=10)
@given(st.integers(0, 20), st.randoms(use_true_random=False))
def test_the_order_of_writing_is_no_condition(seed: int, random) -> None:  # type: ignore[no-untyped-def]
    page = composed(seed, count=4)
    order = list(range(len(page.ink.strokes)))
    random.shuffle(order)
    lines = lines_of(Ink(tuple(page.ink.strokes[stroke] for stroke in order)))
    places = page.lines[order]
    of_most = [int(np.bincount(places[line]).argmax()) for line in lines]
    assert of_most == [0, 1, 2, 3]
    assert sum((places[line] == k).sum() for k, line in enumerate(lines)) > 0.9 * len(order)


def test_a_page_turned_reads_as_the_level_one() -> None:
    level = two_lines()
    for degrees in (-14, -7, 5, 10, 15):
        turn = np.radians(degrees)
        matrix = np.array([[np.cos(turn), np.sin(turn), 0], [-np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
        assert lines_of(Ink(tuple(stroke @ matrix for stroke in level.strokes))) == lines_of(level)


@pytest.mark.parametrize("fan", [-0.6, -0.3, 0.3, 0.6])
def test_lines_that_fan_out_are_those_of_the_level_page(fan: float) -> None:
    for seed in range(3):
        page = composed(seed, count=5)
        left, top, right, bottom = page.ink.bounds
        middle = (top + bottom) / 2

        def fanned(stroke: np.ndarray, at: float = middle, left: float = left, right: float = right) -> np.ndarray:
            x, y, t = stroke.T
            return np.stack([x, at + (y - at) * np.exp(fan * ((x - left) / (right - left) - 0.5)), t], 1)

        assert lines_of(Ink(tuple(fanned(stroke) for stroke in page.ink.strokes))) == lines_of(page.ink)


def test_what_was_set_aside_can_be_called_writing() -> None:
    left, top, right, foot = two_lines().bounds
    rules = [
        np.linspace((left - 20, top), (left - 20, foot), 40),
        np.linspace((left, foot + 20), (right, foot + 20), 40),
    ]
    ink = two_lines(*rules)
    count = len(ink.strokes)
    assert lay_out(ink).aside.tolist() == [count - 2, count - 1]
    assert lines_of(ink) == lines_of(two_lines())
    assert lay_out(ink, writing={count - 1}).aside.tolist() == [count - 2]


@pytest.mark.parametrize("alone", [((0, 0), (300, 0)), ((0, 0), (0, 300)), ((5, 5), (5, 5))])
def test_ink_is_never_set_aside_as_a_whole(alone: tuple[tuple[float, float], tuple[float, float]]) -> None:
    ink = Ink((np.pad(np.linspace(*alone, 30), ((0, 0), (0, 1))),))
    assert lines_of(ink) == [[0]]
    assert lay_out(ink).aside.tolist() == []


def test_no_ink_has_no_lines() -> None:
    assert lay_out(Ink(())).lines == ()


def hatching(count: int, left: float = 0.0) -> tuple[np.ndarray, ...]:
    places = np.random.default_rng(3).uniform([left, 0], [left + 300, 200], (count, 2))
    return tuple(np.array([[x, y, 0], [x + 28, y + 28, 1]], np.float32) for x, y in places)


@pytest.mark.parametrize("size", [0.02, 1.0, 40.0])
def test_hatching_is_no_writing_in_any_size_and_whatever_it_is_made_of(size: float) -> None:
    generator = np.random.default_rng(0)
    circle = np.column_stack([np.cos(np.linspace(0, 7, 40)), np.sin(np.linspace(0, 7, 40)), np.linspace(0, 1, 40)])
    drawn = {
        "strokes": hatching(1_500),
        "circles": tuple(circle * [k, k, 1] for k in np.arange(3, 60, 0.5)),
        "one scribble": (np.pad(generator.uniform(0, 300, (2_000, 2)), ((0, 0), (0, 1))),),
        "zigzag": (np.column_stack([np.arange(900) / 2, np.arange(900) % 2 * 40, np.arange(900)]),),
    }
    for strokes in drawn.values():
        with pytest.raises(NothingToRead, match="Nothing here looks like writing"):
            lay_out(Ink(strokes).scaled(size))


def rows_of_ticks(rows: int) -> tuple[np.ndarray, ...]:
    places = [(6 * tick, 80 * row) for row in range(rows) for tick in range(200)]
    return tuple(np.array([[x, y, 0], [x + 1, y + 40, 1]], np.float32) for x, y in places)


def by_hand(count: int, turned: float = 0.7) -> tuple[np.ndarray, ...]:
    """Bent strokes that go about the same way, and no denser than writing."""
    generator, along = np.random.default_rng(7), np.linspace(0, 40, 8)
    strokes = []
    for x, y in generator.uniform(0, 1_000, (count, 2)):
        way = turned + generator.normal(0, 0.1) + generator.normal(0, 0.2) * (along / 40 - 0.5)
        strokes.append(np.column_stack([x + along * np.cos(way), y + along * np.sin(way), along]).astype(np.float32))
    return tuple(strokes)


@pytest.mark.parametrize("size", [0.02, 1.0, 40.0])
def test_strokes_that_all_go_one_way_are_no_writing_however_sparse(size: float) -> None:
    with pytest.raises(NothingToRead, match="Nothing here looks like writing"):
        lay_out(Ink(rows_of_ticks(8)).scaled(size))
    beside = [np.add(stroke, [2_000, 0, 0]) for stroke in composed(2).ink.strokes]
    for turned in (0.7, 1.6, 2.4):
        strokes = by_hand(5_000, turned)
        layout = lay_out(Ink((*strokes, *beside)).scaled(size))
        assert len(layout.aside) > 0.97 * len(strokes)
        assert len(layout.lines) > 2


@pytest.mark.parametrize("leaning", [-0.7, 0.7])
def test_no_writing_goes_one_way_however_far_it_leans(leaning: float) -> None:
    for page in (composed(seed) for seed in range(4)):
        strokes = [stroke[:, :2] @ np.array([[1, 0], [-leaning, 1]]) for stroke in page.ink.strokes]
        assert not hatched(pen_path(strokes)).any()


def test_words_beside_hatching_are_laid_out_as_without_it() -> None:
    page = composed(5)
    left, _, right, _ = page.ink.bounds
    beside = Ink((*page.ink.strokes, *hatching(1_500, left=2 * right - left)))
    alone = lay_out(page.ink)
    assert len(alone.lines) > 2
    layout = lay_out(beside)
    assert [line.tolist() for line in layout.lines] == [line.tolist() for line in alone.lines]
    assert layout.aside.tolist() == [*alone.aside, *range(len(page.ink.strokes), len(beside.strokes))]


def test_hatching_of_which_somebody_says_that_it_is_writing_stays() -> None:
    layout = lay_out(Ink(hatching(400)), writing=range(400))
    assert sorted(np.concatenate(layout.lines)) == list(range(400))


def test_memory_does_not_grow_with_how_far_apart_strokes_lie() -> None:
    def cells(apart: float) -> int:
        """How much memory is taken for two words so far apart."""
        ink = Ink(tuple(np.array([[x, 0, 0], [x + 20, 40, 1]]) for x in (0.0, 25.0, apart, apart + 25.0)))
        tracemalloc.start()
        lay_out(ink)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert cells(9e5) < 3 * cells(2e3)
