"""The study keeps what it measured, goes on where it was, counts rejections rightly and writes its page."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from recognizer.comparison.linear import Pairwise
from recognizer.comparison.neighbours import NearestNeighbours
from recognizer.comparison.page import write_page
from recognizer.comparison.study import Method, Printed, Study, interval, load, rejects, run
from recognizer.comparison.variants import regular
from tests.recognizer.comparison.digits import write_set


@pytest.fixture
def study(tmp_path: Path) -> Study:
    write_set(tmp_path / "data", 200, 100)
    return Study(tmp_path / "data", tmp_path / "results", tmp_path / "work")


def test_rows_are_measured_once_and_kept(study: Study) -> None:
    trained: list[str] = []

    def row(name: str, make: type) -> Method:
        def train(study: Study) -> object:
            trained.append(name)
            return make(regular, study.training.images, study.training.classes)

        return Method(name, name.title(), "regular", Printed(5.0, 1, 2, 3.0), train)  # type: ignore[arg-type]

    first, second = row("pairwise", Pairwise), row("neighbours", NearestNeighbours)
    run(study, [first], {}, lambda done, total: None)
    steps: list[tuple[int, int]] = []
    results = run(study, [first, second], {"extra": lambda study: {"answer": 42}}, lambda *step: steps.append(step))
    assert trained == ["pairwise", "neighbours"]
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert results == load(study)
    assert results["experiments"] == {"extra": {"answer": 42}}
    figures = results["rows"]["neighbours"]
    assert figures["error"] == len(figures["misread"]) / 100
    assert figures["interval"][0] <= figures["error"] <= figures["interval"][1]
    assert figures["stored"] == figures["multiply_adds"] == 200 * 784


@pytest.mark.skipif(importlib.util.find_spec("matplotlib") is None, reason="needs matplotlib")
def test_the_page_is_the_same_for_the_same_figures(study: Study) -> None:
    def train(study: Study) -> Pairwise:
        return Pairwise(regular, study.training.images, study.training.classes)

    rows = [Method("lenet5", "A net", "regular", Printed(0.8, rejects=1.0), train, "A note.")]
    courses = {
        "by_pass": lambda study: {"training": [0.1, 0.05], "test": [0.1, 0.06]},
        "by_optimiser": lambda study: {"one": [0.1, 0.05], "other": [0.2, 0.1]},
        "robustness": lambda study: {
            "a": {"amounts": [0, 1], "errors": [0.1, 0.2]},
            "b": {"amounts": [0], "errors": [0]},
        },
    }
    results = run(study, rows, courses, lambda done, total: None)
    write_page(study, results)
    files = {path.name: path.read_bytes() for path in study.results.iterdir()}
    assert {"README.md", "errors.svg", "costs.svg", "passes.svg", "optimisers.svg", "misread-lenet5.svg"} <= set(files)
    page = files["README.md"].decode()
    assert "A net" in page
    assert "A note." in page
    assert all(f"({name})" in page for name in files if name.endswith(".svg"))
    write_page(study, results)
    assert files == {path.name: path.read_bytes() for path in study.results.iterdir()}


def test_rejects_are_the_fewest_that_leave_the_wanted_error() -> None:
    """Against trying every threshold."""
    generator = np.random.default_rng(0)
    penalties, classes = generator.random((400, 10)), generator.integers(0, 10, 400)
    penalties[np.arange(400), classes] -= generator.random(400) * 1.5
    gaps = np.diff(np.sort(penalties, 1)[:, :2], axis=1)[:, 0]
    wrong = penalties.argmin(1) != classes
    for wanted in (0.0, 0.05, 0.2, 1.0):
        fewest = min([1.0] + [1 - (gaps >= gap).mean() for gap in gaps if wrong[gaps >= gap].mean() <= wanted])
        assert rejects(penalties, classes, wanted) == pytest.approx(fewest)


def test_the_interval_is_wilsons() -> None:
    assert interval(82, 10_000) == pytest.approx((0.0066, 0.0102), abs=1e-4)
    assert interval(0, 50)[0] == 0
    assert interval(50, 50)[1] == pytest.approx(1)
