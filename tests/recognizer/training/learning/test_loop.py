from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from recognizer.errors import InputError
from recognizer.training.learning.loop import Batch, Progress, Run, Schedule, Training, fit

STEPS, PASSES = 5, 4


class Interrupted(Exception):
    pass


def _network() -> nn.Module:
    """Everything that keeps a state or draws: weights, statistics, dropout."""
    torch.manual_seed(3)
    return nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.3), nn.Linear(8, 3))


def _batches(number: int) -> Iterator[Batch]:
    generator = np.random.default_rng(number)
    for _ in range(STEPS):
        images = torch.from_numpy(generator.normal(size=(16, 4)).astype(np.float32))
        yield images, images[:, :3].argmax(1)


def _loss(network: nn.Module, batch: Batch) -> Tensor:
    return nn.functional.cross_entropy(network(batch[0]), batch[1])


def _error(network: nn.Module) -> float:
    ((images, classes), *_) = _batches(99)
    with torch.inference_mode():
        return float((network(images).argmax(1) != classes).float().mean())


def _fit(network: nn.Module, folder: Path, resume: bool = False, stop_after: int = -1, **changes) -> Progress:  # type: ignore[no-untyped-def]
    heard: list[str] = []

    def report(line: str) -> None:
        heard.append(line)
        if sum(line.startswith("pass") for line in heard) == stop_after:
            raise Interrupted

    schedule = Schedule(PASSES, 0.02, decay=0.01, averaging=0.8)
    training = replace(Training(schedule, STEPS, _batches, _loss, _error), **changes)
    return fit(network, training, Run(folder, folder / "run", resume, report))


@pytest.mark.parametrize("stop_after", [1, 2, PASSES])
def test_a_resumed_run_ends_where_an_uninterrupted_one_does(tmp_path: Path, stop_after: int) -> None:
    whole = _network()
    progress = _fit(whole, tmp_path / "whole")
    parts = _network()
    with pytest.raises(Interrupted):
        _fit(parts, tmp_path / "parts", stop_after=stop_after)
    torch.manual_seed(12345)
    again = _fit(_network() if stop_after == 2 else parts, tmp_path / "parts", resume=True)
    assert again.history == progress.history
    assert again.done == progress.done == PASSES
    for name, value in progress.best.items():
        assert torch.equal(value, again.best[name]), name


def test_without_resume_a_checkpoint_is_not_looked_at(tmp_path: Path) -> None:
    first, second = _network(), _network()
    (tmp_path / "run.checkpoint").write_bytes(b"what an earlier run left")
    assert _fit(first, tmp_path).history == _fit(second, tmp_path).history
    assert [path.name for path in tmp_path.iterdir()] == ["run.checkpoint"]


@pytest.mark.parametrize(
    "errors", [[0.5, 0.1, 0.3, 0.4], [0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1], [0.2, 0.1, 0.1, 0.2]]
)
def test_the_best_averaged_weights_are_kept(tmp_path: Path, errors: list[float]) -> None:
    seen: list[dict[str, Tensor]] = []

    def validate(network: nn.Module) -> float:
        assert not network.training
        seen.append({name: value.clone() for name, value in network.state_dict().items()})
        return errors[len(seen) - 1]

    network = _network()
    progress = _fit(network, tmp_path, validate=validate)
    assert progress.best_error == min(errors)
    best = max(number for number, error in enumerate(errors) if error == min(errors))
    assert not network.training
    for name, value in network.state_dict().items():
        assert torch.equal(value, seen[best][name]), name


def test_learning_learns(tmp_path: Path) -> None:
    network = _network()
    before = _error(network.eval())
    progress = _fit(network, tmp_path)
    assert _error(network) == progress.best_error < before
    assert progress.history[-1]["loss"] < progress.history[0]["loss"]


def test_frozen_weights_stay(tmp_path: Path) -> None:
    network = _network()
    frozen = network[0].requires_grad_(False).weight.clone()  # type: ignore[index, union-attr, operator]
    _fit(network, tmp_path)
    assert torch.equal(network[0].weight, frozen)  # type: ignore[index, arg-type, union-attr]


@pytest.mark.parametrize("content", [b"", b"no checkpoint", b"PK\x03\x04 cut off"])
def test_a_damaged_checkpoint_gets_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "run.checkpoint").write_bytes(content)
    with pytest.raises(InputError, match="is no checkpoint of this recipe; delete it"):
        _fit(_network(), tmp_path, resume=True)


def test_a_checkpoint_of_another_network_gets_a_sentence(tmp_path: Path) -> None:
    _fit(_network(), tmp_path)
    other = nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3))
    with pytest.raises(InputError, match="no checkpoint of this recipe"):
        _fit(other, tmp_path, resume=True)
