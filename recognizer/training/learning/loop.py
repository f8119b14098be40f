"""One training loop for every recogniser: AdamW, one cycle of the learning rate, averaged weights, checkpoints, the best kept."""

import copy
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch
from torch import Tensor, nn

from recognizer.errors import InputError
from recognizer.files import replacing
from recognizer.platform import native_bfloat16

Batch = tuple[Tensor, ...]

_STEEPEST = 5.0  # norm that gradients are cut to


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to learn."""

    passes: int
    rate: float  # the highest learning rate, reached after ``warm_up`` of the run, falling to nothing by a cosine
    warm_up: float = 0.1
    decay: float = 0.0  # weight decay
    averaging: float = 0.998  # share of the running average of the weights that survives a step


@dataclass(frozen=True)
class Training:
    """What a network learns, from what, and how it is judged."""

    schedule: Schedule
    steps: int  # batches of a pass
    batches: Callable[[int], Iterable[Batch]]  # those of pass k
    loss: Callable[[nn.Module, Batch], Tensor]  # the mean loss of one of them
    validate: Callable[[nn.Module], float]  # the error of a network, 0 to 1


@dataclass(frozen=True)
class Run:
    """One run of a recipe, as it was asked for."""

    data: Path  # what is learnt from
    out: Path  # the file that is made; checkpoints and caches lie beside it
    resume: bool  # from the checkpoints that an earlier run left
    report: Callable[[str], None]  # hears a line of progress now and then

    def checkpoint(self, stage: str = "") -> Path:
        """Where a stage of the run keeps what it has learnt."""
        return self.out.with_suffix(f".{stage}.checkpoint" if stage else ".checkpoint")

    @property
    def caches(self) -> Path:
        """The folder of what is computed once from the data."""
        return self.out.parent / "caches"


@dataclass
class Progress:
    """Where a run stands: its figures by pass, and the best averaged weights so far."""

    done: int
    history: list[dict[str, float]]
    best: dict[str, Tensor]
    best_error: float


@contextmanager
def _without_denormals() -> Iterator[None]:
    """Moments of weights that see no gradient fade into numbers that make every step slow: they become zero meanwhile."""
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)


@_without_denormals()
def fit(network: nn.Module, training: Training, run: Run, stage: str = "") -> Progress:
    """Train ``network`` in place and leave it with the averaged weights of the pass with the lowest validation error.

    Each pass ends with a checkpoint of the ``stage``, from which a run that resumes goes on.
    """
    schedule = training.schedule
    average = copy.deepcopy(network).eval()
    optimiser = torch.optim.AdamW(
        (p for p in network.parameters() if p.requires_grad), schedule.rate, weight_decay=schedule.decay, fused=True
    )
    rates = torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        schedule.rate,
        total_steps=schedule.passes * training.steps + 1,
        pct_start=schedule.warm_up,
        cycle_momentum=False,
    )
    kept = {"network": network, "average": average, "optimiser": optimiser, "rates": rates}
    progress, checkpoint = Progress(0, [], {}, inf), run.checkpoint(stage)
    if run.resume and checkpoint.exists():
        progress = _load(checkpoint, kept)
        run.report(f"resumed after pass {progress.done}")
    for number in range(progress.done, schedule.passes):
        torch.manual_seed(number)  # what a layer draws must not depend on where a run was interrupted
        network.train()
        total, count = 0.0, 0
        for batch in training.batches(number):
            total += _step(network, optimiser, training.loss, batch)
            rates.step()
            count += 1
            _follow(average, network, min(schedule.averaging, count / (count + 9) if number == 0 else 1.0))
        error = training.validate(average)
        progress.history.append({"loss": total / max(count, 1), "validation_error": error})
        if error <= progress.best_error:
            progress.best_error = error
            progress.best = {name: value.clone() for name, value in average.state_dict().items()}
        progress.done = number + 1
        _save(checkpoint, kept, progress)
        run.report(
            f"pass {number + 1}/{schedule.passes}: loss {total / max(count, 1):.4f}, "
            f"validation error {100 * error:.2f} % (best {100 * progress.best_error:.2f} %)"
        )
    network.load_state_dict(progress.best)
    network.eval()
    return progress


def half_precision() -> torch.autocast:
    """A context for a network's forward pass in training: products in bfloat16 where that is fast, weights and sums as ever."""
    return torch.autocast("cpu", torch.bfloat16, enabled=native_bfloat16())


def _step(
    network: nn.Module, optimiser: torch.optim.Optimizer, loss: Callable[[nn.Module, Batch], Tensor], batch: Batch
) -> float:
    optimiser.zero_grad(set_to_none=True)
    value = loss(network, batch)
    value.backward()
    nn.utils.clip_grad_norm_(network.parameters(), _STEEPEST)
    optimiser.step()
    return float(value.detach())


def _follow(average: nn.Module, network: nn.Module, keep: float) -> None:
    """Move the running average of weights and statistics towards the network's."""
    with torch.no_grad():
        ours, theirs = average.state_dict(), network.state_dict()
        for name, value in ours.items():
            if value.is_floating_point():
                value.lerp_(theirs[name], 1 - keep)
            else:
                value.copy_(theirs[name])


def _save(path: Path, kept: dict[str, Any], progress: Progress) -> None:
    state = {name: part.state_dict() for name, part in kept.items()}
    with replacing(path) as file:
        torch.save({**state, "progress": vars(progress)}, file)


def _load(path: Path, kept: dict[str, Any]) -> Progress:
    try:
        state = torch.load(path, weights_only=True)
        for name, part in kept.items():
            part.load_state_dict(state[name])
        return Progress(**state["progress"])
    except (RuntimeError, UnpicklingError, LookupError, TypeError, ValueError, EOFError) as error:
        raise InputError(f"{path} is no checkpoint of this recipe; delete it or train without it.") from error
