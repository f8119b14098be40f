import numpy as np

from tests.ui.lattice.examples import lattice
from ui.lattice.walk import next_arc
from ui.model.lattice.steps import Step


def test_right_and_left_walk_along_the_best_path() -> None:
    example = lattice()
    arc = next_arc(example, None, Step.RIGHT)
    walked = [arc]
    for _ in range(3):
        arc = next_arc(example, arc, Step.RIGHT)
        walked.append(arc)
    assert walked == [example.best[0], example.best[1], example.best[2], example.best[2]]
    for expected in (example.best[1], example.best[0], example.best[0]):
        arc = next_arc(example, arc, Step.LEFT)
        assert arc == expected


def test_down_and_up_walk_through_the_alternatives_of_a_place() -> None:
    example = lattice()
    start = next_arc(example, None, Step.START)
    below = next_arc(example, start, Step.DOWN)
    assert below is not None
    assert below != start
    assert example.first[below] == example.first[start]
    assert next_arc(example, below, Step.UP) == start
    assert next_arc(example, start, Step.UP) == start


def test_every_arc_is_reached_by_keys_alone() -> None:
    example = lattice()
    reached, todo = set(), [next_arc(example, None, Step.START)]
    while todo:
        arc = todo.pop()
        if arc is not None and arc not in reached:
            reached.add(arc)
            todo += [next_arc(example, arc, step) for step in Step]
    assert reached == set(range(len(example)))


def test_end_is_the_last_place_and_an_empty_lattice_has_none() -> None:
    example = lattice()
    last = next_arc(example, None, Step.END)
    assert last is not None
    assert example.last[last] == len(example.cuts) - 1
    from dataclasses import replace

    empty = replace(example, first=np.zeros(0, int), last=np.zeros(0, int))
    assert next_arc(empty, None, Step.RIGHT) is None
