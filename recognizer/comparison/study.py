"""The study: rows that are trained where that is missing, measured once, and kept; then one page of them all (1998 paper, section III)."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from torch import nn

from recognizer.comparison.classifier import Classifier
from recognizer.files import write_file
from recognizer.networks.store import load_model, save_model
from recognizer.training.data.mnist import Digits, load_digits
from recognizer.training.learning.loop import Run

_DEVIATIONS = 1.96  # standard ones, of an interval of 95 %
WANTED_ERROR = 0.005  # among what is accepted, when rejections are counted


@dataclass(frozen=True)
class Study:
    """Where the study finds its digits, keeps its models and leaves half-done work."""

    data: Path  # folder of the MNIST files
    results: Path  # folder of the JSON, the page and the models
    work: Path  # folder of checkpoints, not part of the project
    report: Callable[[str], None] = field(default=lambda line: None)

    @cached_property
    def training(self) -> Digits:
        """All 60,000."""
        return load_digits(self.data, "all")

    @cached_property
    def validation(self) -> Digits:
        """The 5,000 that settings are chosen on."""
        return load_digits(self.data, "val")

    @cached_property
    def test(self) -> Digits:
        """The 10,000."""
        return load_digits(self.data, "test")

    def network(self, name: str, fresh: nn.Module, train: Callable[[nn.Module], None]) -> nn.Module:
        """The trained network ``name``: from the results, or ``fresh`` after ``train(fresh)``, kept there."""
        path = self.results / "models" / f"{name}.safetensors"
        if path.exists():
            return load_model(path).network
        train(fresh)
        fresh.requires_grad_(False)
        save_model(path, fresh.eval(), {}, {"recipe": f"comparison: {name}", "data": "MNIST, 60,000 training digits"})
        return fresh


@dataclass(frozen=True)
class Printed:
    """What the 1998 paper prints for a row; None where it prints nothing."""

    error: float | None  # %
    multiply_adds: float | None = None  # thousands
    stored: float | None = None  # thousands
    rejects: float | None = None  # %, for 0.5 % error among the rest


@dataclass(frozen=True)
class Method:
    """One classifier of the study."""

    name: str
    title: str
    data: str
    paper: Printed
    train: Callable[[Study], Classifier]
    note: str = ""


def measure(row: Method, study: Study) -> dict[str, Any]:
    """Train ``row`` where its model is missing, and look at the 10,000 test digits once; times are of one CPU [s]."""
    start = time.process_time()
    classifier = row.train(study)
    trained = time.process_time()
    digits = study.test
    penalties = classifier.penalties(digits.images)
    tested = time.process_time()
    wrong = penalties.argmin(1) != digits.classes
    figures: dict[str, Any] = {
        "title": row.title,
        "data": row.data,
        "error": float(wrong.mean()),
        "interval": interval(int(wrong.sum()), len(wrong)),
        "rejects": rejects(penalties, digits.classes),
        "multiply_adds": int(classifier.multiply_adds),
        "stored": int(classifier.stored),
        "training_seconds": round(_before(study, row.name) or trained - start, 1),
        "test_seconds": round(tested - trained, 2),
        "misread": np.flatnonzero(wrong).tolist(),
        "paper": vars(row.paper),
        "note": row.note,
    }
    return figures


def interval(wrong: int, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a rate of which ``wrong`` of ``count`` were seen."""
    rate, square = wrong / count, _DEVIATIONS**2 / count
    middle = (rate + square / 2) / (1 + square)
    half = _DEVIATIONS / (1 + square) * (rate * (1 - rate) / count + square / (4 * count)) ** 0.5
    return max(middle - half, 0.0), middle + half


def rejects(penalties: np.ndarray, classes: np.ndarray, wanted: float = WANTED_ERROR) -> float:
    """The least share to reject, by the gap between the two lowest penalties, that leaves ``wanted`` error among the rest."""
    lowest = np.sort(penalties, 1)
    order = np.argsort(lowest[:, 0] - lowest[:, 1], kind="stable")  # the surest first
    wrong = np.cumsum((penalties.argmin(1) != classes)[order])
    accepted = np.flatnonzero(wrong <= wanted * np.arange(1, len(classes) + 1))
    return 1 - (int(accepted[-1]) + 1 if len(accepted) else 0) / len(classes)


def run(
    study: Study,
    rows: Sequence[Method],
    experiments: Mapping[str, Callable[[Study], dict[str, Any]]],
    progress: Callable[[int, int], None],
    show: Callable[[dict[str, Any]], None] = lambda results: None,
) -> dict[str, Any]:
    """Measure what ``study.results`` does not hold yet, keeping each row and experiment as soon as it is there; all of them.

    ``show`` is given the results after each, so that what is written of them is never behind.
    """
    steps: list[tuple[str, str, Callable[[], dict[str, Any]]]] = [
        ("rows", row.name, partial(measure, row, study)) for row in rows
    ] + [("experiments", name, partial(experiment, study)) for name, experiment in experiments.items()]
    for done, (kind, name, step) in enumerate(steps):
        progress(done, len(steps))
        if name not in load(study)[kind]:
            study.report(name)
            keep(study, kind, name, step())
            show(load(study))
    progress(len(steps), len(steps))
    return load(study)


def load(study: Study) -> dict[str, Any]:
    """What has been measured: ``rows`` and ``experiments`` by name."""
    path = study.results / "comparison.json"
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {"rows": {}, "experiments": {}} | kept


def keep(study: Study, kind: str, name: str, figures: dict[str, Any]) -> None:
    """Add what was measured to the JSON, in one step."""
    results = load(study)
    results[kind][name] = figures
    write_file(study.results / "comparison.json", f"{json.dumps(results)}\n".encode())


def timed(study: Study, name: str, part: str = "") -> Run:
    """A training of a row, or of a ``part`` of one, that may be broken off and resumed: its report also writes down the CPU time."""
    path, start, before = study.work / f"{name}.seconds", time.process_time(), _before(study, name)

    def report(line: str) -> None:
        write_file(path, str(before + time.process_time() - start).encode())
        study.report(f"{name}: {line}")

    return Run(study.data, study.work / (f"{name}-{part}" if part else name), True, report)


def _before(study: Study, name: str) -> float:
    path = study.work / f"{name}.seconds"
    return float(path.read_text(encoding="utf-8")) if path.exists() else 0.0
