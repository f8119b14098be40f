"""The four criteria of training, for the record (1998 paper, section VI-A to -D): the paper's own network, over-segmentation,
real words, the same start and the same course for each; which of them learn, and which collapse.
"""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.files import write_file
from recognizer.gtn import (
    Graph,
    chains,
    discriminative_forward_loss,
    discriminative_viterbi_loss,
    forward_loss,
    viterbi_loss,
)
from recognizer.gtn.arrays import Penalties
from recognizer.ink import amap
from recognizer.ink.word_segments import FEATURES
from recognizer.language.alphabet import CHARACTERS as ALPHABET
from recognizer.networks.codes import ascii_codes
from recognizer.networks.online import OnlineNet, window
from recognizer.training.data.cut_words import CutWords, load_cut_words
from recognizer.training.evaluation.cut_words import word_errors
from recognizer.training.learning.globally import mean_of_reachable
from recognizer.training.learning.loop import Batch, Run
from recognizer.training.learning.word_batches import WordBatch, characters_alone, recognition, whole_words

Criterion = Callable[[Graph, Graph], Penalties]
CRITERIA: dict[str, Criterion] = {
    "Viterbi": viterbi_loss,
    "forward": forward_loss,
    "discriminative Viterbi": discriminative_viterbi_loss,
    "discriminative forward": discriminative_forward_loss,
}


@dataclass(frozen=True)
class Settings:
    """How long is learnt from how much."""

    characters: int = 12_000  # samples that are drawn
    words: int = 6_000
    measured: int = 400
    alone_passes: int = 4
    alone_steps: int = 80  # batches of characters in a pass
    alone_batch: int = 250  # characters
    alone_rate: float = 3e-3
    passes: int = 3
    steps: int = 60  # batches of words in a pass
    segments: int = 1_500  # of a batch, some fifty words
    rate: float = 1e-3


SETTINGS = Settings()


def study_criteria(run: Run, settings: Settings) -> None:
    """Train with each criterion on words of UNIPEN and write the figures (JSON, and a page beside it); what is there already is
    not trained again where the run resumes."""
    torch.manual_seed(1998)

    def cut(name: str, split: str, limit: int) -> CutWords:
        cache = run.caches / f"criteria-{name}-{split}.npz"
        return load_cut_words(run.data / "unipen" / f"{name}.npz", split, cache, limit)

    characters, words = cut("chars", "train", settings.characters), cut("words", "train", settings.words)
    validation = cut("words", "val", settings.measured)
    start = OnlineNet(amap.CHANNELS, len(FEATURES), ascii_codes(ALPHABET))
    optimiser = torch.optim.Adam(start.parameters(), settings.alone_rate)
    for number in range(settings.alone_passes):
        batches = characters_alone(characters, number, settings.alone_steps, settings.alone_batch)
        loss = _learn(start, optimiser, batches, _alone)
        run.report(f"characters alone, pass {number + 1}/{settings.alone_passes}: loss {loss:.3f}")
    found: dict[str, Any] = {"before": _figures(start, validation)}
    run.report(f"characters alone: {found['before']}")
    if run.resume and run.out.exists():
        found = json.loads(run.out.read_text(encoding="utf-8"))
    for name, criterion in CRITERIA.items():
        if name in found:
            continue
        network = copy.deepcopy(start)
        optimiser = torch.optim.Adam(network.parameters(), settings.rate)
        by_pass: list[dict[str, float]] = []
        for number in range(settings.passes):
            batches = whole_words({"words": words}, {"words": settings.steps}, settings.segments, 1, number)
            loss = _learn(network, optimiser, batches, partial(_whole, criterion))
            by_pass.append(_figures(network, validation) | {"loss": loss})
            run.report(f"{name}, pass {number + 1}/{settings.passes}: {by_pass[-1]}")
        found[name] = by_pass
        write_file(run.out, json.dumps(found, indent=1).encode())
    write_file(run.out.with_suffix(".md"), _page(found, settings).encode())


def _page(found: dict[str, Any], settings: Settings) -> str:
    """The figures as a page."""
    lines = [
        "# What training minimises: four criteria",
        "",
        "Section VI of the 1998 paper: the network of its section IX with trained centres, over-segmentation, words of UNIPEN,",
        f"{settings.steps} batches of some fifty words a pass, Adam at one rate ({settings.rate}), all from the same network that "
        "knows isolated",
        f"characters. Errors are of {settings.measured} words of other writers, without a language. `python main.py train criteria --data",
        "FOLDER` makes it again.",
        "",
        "| criterion | passes | loss | words wrong % | characters wrong % | distance of a centre from the nearest |",
        "|---|--:|--:|--:|--:|--:|",
        _line("characters alone", 0, found["before"]),
        *(_line(name, number, figures) for name in CRITERIA for number, figures in enumerate(found[name], 1)),
    ]
    return "\n".join(lines) + "\n"


def _line(name: str, passes: int, figures: dict[str, float]) -> str:
    loss = f"{figures['loss']:.2f}" if "loss" in figures else ""
    words, characters = 100 * figures["words"], 100 * figures["characters"]
    return f"| {name} | {passes} | {loss} | {words:.1f} | {characters:.1f} | {figures['centres_apart']:.2f} |"


def _learn(
    network: nn.Module,
    optimiser: torch.optim.Optimizer,
    batches: Iterator[Batch],
    loss: Callable[[nn.Module, Batch], Tensor],
) -> float:
    """One pass, at one rate: no schedule may hide what a criterion does. Gives the mean loss."""
    total = []
    for batch in batches:
        optimiser.zero_grad()
        value = loss(network, batch)
        value.backward()
        optimiser.step()
        total.append(float(value.detach()))
    return float(np.mean(total))


def _penalties(network: nn.Module, images: Tensor, features: Tensor) -> Tensor:
    penalties: Tensor = network(torch.from_numpy(window(images.numpy(), amap.CHANNELS)), features)
    return penalties


def _alone(network: nn.Module, batch: Batch) -> Tensor:
    images, features, classes, weights = batch
    losses = functional.cross_entropy(-_penalties(network, images, features), classes, reduction="none")
    return (losses * weights).sum() / weights.sum()


def _whole(criterion: Criterion, network: nn.Module, batch: Batch) -> Tensor:
    images, features = batch[:2]
    gap, first, last, ends, lengths, labels = (value.numpy() for value in batch[2:])
    penalties = _penalties(network, images, features)
    graph = recognition(WordBatch(images.numpy(), features.numpy(), gap, first, last, ends), penalties)
    losses = criterion(graph, chains(np.split(labels, np.cumsum(lengths)[:-1])))
    assert isinstance(losses, Tensor)
    return mean_of_reachable(losses) / float(lengths.mean())


class _Seen(nn.Module):
    """The network on the part of a picture that it sees."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: Tensor, features: Tensor) -> Tensor:
        return _penalties(self.network, images, features)


def _figures(network: OnlineNet, words: CutWords) -> dict[str, float]:
    """Errors on words, and how far apart the centres are: the mean distance of each from the nearest other."""
    wrong, edits = word_errors(_Seen(network), words, np.arange(len(words)))
    centres = network.units.centres.detach()
    apart = torch.cdist(centres, centres).fill_diagonal_(torch.inf).min(1).values
    return {"words": wrong, "characters": edits, "centres_apart": float(apart.mean())}
