"""Models held against what they are to be read with for: a file that does not fit is refused before anything is read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recognizer.errors import InputError

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True)
class Task:
    """What a model must be like."""

    name: str  # as sentences tell it
    kind: "type[nn.Module]"  # of its network
    inputs: tuple[tuple[int, ...], ...]  # shapes of what that is given of one sample
    entries: tuple[str, ...] = ()  # of its card
    answers: int | None = None  # numbers that it answers to a sample; None: one for each of the classes of its card
    characters: Iterable[str] = ()  # that are among those, before the last one, which is none


def fitting_model(path: Path, task: Task) -> tuple[Any, dict[str, Any]]:
    """The network of a file, made fast, and its card. Raises InputError where it is missing, damaged or of another task."""
    from recognizer.networks.store import load_model

    model = load_model(path)
    if not isinstance(model.network, task.kind) or not set(task.entries) <= set(model.card):
        raise of_another_task(path, task.name)
    classes = model.card.get("classes", ())
    network = _answering(model.network, task.inputs, len(classes) if task.answers is None else task.answers)
    if network is None or not set(task.characters) <= set(classes[:-1]):
        raise of_another_task(path, task.name)
    return network, model.card


def of_another_task(path: Path, name: str) -> InputError:
    """What is said of a model that does not fit."""
    return InputError(f"{path} is no model for {name}: it was made for another task.")


def check_alike(path: Path, classes: Sequence[str], other: Path, of_other: Sequence[str]) -> None:
    """Raises InputError where models that read amounts together know different characters; the last class is none."""
    if classes[:-1] != of_other[:-1]:
        raise InputError(f"{path} and {other} cannot read amounts together: they know different characters.")


def _answering(network: "nn.Module", inputs: Sequence[tuple[int, ...]], answers: int) -> "nn.Module | None":
    """The network made fast, where it answers a sample of such inputs by so many numbers."""
    import torch

    from recognizer.networks.inference import folded

    try:
        fast: nn.Module = folded(network)
        with torch.inference_mode():
            found = fast(*(torch.zeros(1, *shape) for shape in inputs))
    except Exception:  # nearly anything is raised where shapes do not fit
        return None
    return fast if found.shape[-1] == answers else None
