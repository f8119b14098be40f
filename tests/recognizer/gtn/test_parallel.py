"""A batch in parts: the same answers, in the same order, as in one piece."""

from collections.abc import Callable

import numpy as np
import pytest

from recognizer import gtn
from recognizer.gtn import parallel


def lattices(count: int) -> gtn.Graph:
    """Recognition graphs of 1 to 5 segments in a row, two classes each, the last one without any arcs."""
    rng = np.random.default_rng(count)
    graphs = []
    for b in range(count):
        size = b % 5 + 1 if b < count - 1 else 0
        line = gtn.segmentation_graph(np.arange(size), np.arange(1, size + 1), cuts=size + 1 if size else 2)
        graphs.append(gtn.recognition_graph(line, rng.random((size, 2)).astype(np.float32), np.array([1, 2])))
    return gtn.batch(graphs)


def targets(count: int) -> gtn.Graph:
    return gtn.chains([[1] * (b % 5 + 1) for b in range(count)])


@pytest.mark.parametrize("count", [1, 2, 3, 12])
@pytest.mark.parametrize(
    "combine",
    [
        lambda left: gtn.compose(left, targets(len(left))),
        lambda left: gtn.compose(left, gtn.grammar(gtn.one_of("ab").many(1), {"a": 1, "b": 2})),
        lambda left: gtn.beam_search(
            left,
            gtn.grammar(gtn.one_of("ab").many(1), {"a": 1, "b": 2}),
            width=1,
            keep=gtn.alignments(left, gtn.grammar(gtn.one_of("ab").many(1), {"a": 1, "b": 2}), targets(len(left))),
        ),
    ],
    ids=["batch", "one", "beam"],
)
def test_parts_change_nothing(
    count: int, combine: Callable[[gtn.Graph], gtn.Graph], monkeypatch: pytest.MonkeyPatch
) -> None:
    left = lattices(count)
    whole = combine(left)
    sums, shares = gtn.forward(whole), gtn.posteriors(whole)
    monkeypatch.setattr(parallel, "_WORTH", 1)
    monkeypatch.setattr(parallel, "default_threads", lambda: 3)
    assert (len(parallel.parts_of(left)) > 1) == (count > 1)
    parts = combine(lattices(count))
    for name in ("source", "target", "label", "nodes", "penalty"):
        assert np.array_equal(getattr(parts, name), getattr(whole, name)), name
    for ours, theirs in zip(parts.origins, whole.origins, strict=True):
        assert np.array_equal(ours, theirs)
    assert np.array_equal(gtn.forward(parts), sums)
    assert np.array_equal(gtn.posteriors(parts), shares)


def test_an_error_in_another_thread_reaches_the_caller() -> None:
    def fail_on_two(item: int) -> int:
        if item == 2:
            raise ValueError("two")
        return item

    assert parallel.at_once(fail_on_two, [0, 1]) == [0, 1]
    with pytest.raises(ValueError, match="two"):
        parallel.at_once(fail_on_two, [1, 2])
