"""The amount reader fitted to somebody's own amounts: global training from their values or digits alone (1998 paper, section VI).

How they are written is not in the labels: the grammar of amounts says what may be. Made-up amounts are mixed in, so
that what the reader knew is not forgotten.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from recognizer.errors import InputError
from recognizer.files import write_file
from recognizer.frames import STRIDE
from recognizer.gtn import Graph, batch, beam_forward_loss, ctc_expansion, recognition_graph, segmentation_graphs
from recognizer.language.amount import acceptor_of, amount_grammar, spellings
from recognizer.networks.inference import folded
from recognizer.networks.store import Model, load_model, save_model
from recognizer.page import Page, load_pages
from recognizer.page.frames import picture_of
from recognizer.platform import model_file
from recognizer.readers.catalog import load_reader
from recognizer.readers.displacement import WIDTH, displacement_reader
from recognizer.readers.reading import Reading
from recognizer.training.data.labelled_amounts import FEWEST, by_value, digits_of, labelled_files, value_labelled
from recognizer.training.data.line_pictures import LinePictures
from recognizer.training.data.word_pictures import by_width
from recognizer.training.evaluation.displacement import digits_error
from recognizer.training.evaluation.joined_amounts import DISPLACEMENT, Heard, Weights, hear, read
from recognizer.training.evaluation.rejection import measured, rejection_curve
from recognizer.training.learning.displacement import line_batches, line_loss
from recognizer.training.learning.loop import Batch, Run, Schedule, Training, fit, half_precision
from recognizer.training.synthesis.amount_pictures import BLANK, CLASSES, make_pictures
from recognizer.training.synthesis.glyphs import made_up_hands
from recognizer.training.synthesis.word_distort import distorted

PARTS = 5  # one of them is held out


@dataclass(frozen=True)
class Settings:
    """What is fitted, and how long."""

    model: Path = field(default_factory=partial(model_file, "amount-displacement"))
    made_up: int = 1_500  # amounts mixed in
    hands: int = 100  # that write them
    columns: int = 2_000  # of a batch of labelled amounts, some fifteen, and of one of made-up ones
    schedule: Schedule = Schedule(passes=10, rate=1e-3, decay=0.02, averaging=0.98)
    beam: float = 8.0  # that sums over all readings [nats]
    fewest: int = FEWEST  # amounts that are worth training on


SETTINGS = Settings()


@dataclass(frozen=True)
class LabelledAmounts:
    """Amounts that hold a line to read: their pages, their pictures with the digits of each, and their labels."""

    pages: list[Page]
    pictures: LinePictures
    labels: list[str]

    def __len__(self) -> int:
        return len(self.pages)


def load_labelled(data: Path, fewest: int) -> LabelledAmounts:
    """The amounts of a folder; raises InputError where there are too few to learn from or a label has no digit."""
    pages, pictures, labels = [], [], []
    for file, text in labelled_files(data):
        if not digits_of(text):
            raise InputError(f"The label of {file.name} has no digit: {text!r}.")
        page = load_pages(file)[0]
        try:
            pictures.append(picture_of(page.grey))
        except InputError:
            continue
        pages.append(page)
        labels.append(text)
    if len(pages) < fewest:
        raise InputError(f"{len(pages)} amounts that can be read are too few to learn from; {fewest} are needed.")
    return LabelledAmounts(pages, LinePictures.of(pictures, list(map(digits_of, labels))), labels)


def train_amounts(run: Run, settings: Settings) -> None:
    """Fit the reader's network to the amounts of the data but the last fifth, and measure it on those before and after."""
    model = load_model(settings.model)
    amounts = load_labelled(run.data, settings.fewest)
    held = parts(len(amounts))[-1]
    before, after = fold(model, amounts, held, old_amounts(settings), run, "", settings)
    weights = weights_of(model)
    figures = {"before": figures_of(before, weights), "after": figures_of(after, weights)}
    card = model.card | {
        "recipe": "amounts",
        "data": f"{model.card['data']}; adapted to {len(amounts) - len(held)} amounts of its user's",
        "figures": {f"{len(held)} amounts held out": figures},
        **measured([each.outcome(DISPLACEMENT) for each in after]),
        "joined": {"weights": list(weights), **measured([each.outcome(weights) for each in after])},
    }
    save_model(run.out, model.network, model.arguments, card)


def cross_validate(run: Run, settings: Settings) -> None:
    """The experiment: each fifth of the amounts held out once; figures of all of them are what is written (JSON)."""
    amounts, old = load_labelled(run.data, settings.fewest), old_amounts(settings)
    found: dict[str, list[list[Heard]]] = {"before": [], "after": []}
    weights = weights_of(load_model(settings.model))
    for number, held in enumerate(parts(len(amounts))):
        results = fold(load_model(settings.model), amounts, held, old, run, str(number), settings)
        for name, heard in zip(found, results, strict=True):
            found[name].append(heard)
        figures: dict[str, Any] = {
            "amounts measured": sum(len(part) for part in found["after"]),
            "amounts": len(amounts),
            "folds": {name: [figures_of(part, weights) for part in done] for name, done in found.items()},
        }
        figures |= {name: figures_of([each for part in done for each in part], weights) for name, done in found.items()}
        write_file(run.out, f"{json.dumps(figures, indent=1)}\n".encode())


def parts(count: int) -> list[np.ndarray]:
    """The numbers of ``count`` amounts in PARTS runs: neighbours are often of one writer, and should not be parted."""
    return np.array_split(np.arange(count), PARTS)


def old_amounts(settings: Settings) -> LinePictures:
    """Made-up amounts in made-up hands, which need no data."""
    hands = made_up_hands(settings.hands, np.random.default_rng(1))
    return make_pictures(hands, settings.made_up, np.random.default_rng(2))


def weights_of(model: Model) -> Weights:
    """How much over-segmentation and displacement count when they are joined."""
    return tuple(model.card["joined"]["weights"])


def fold(
    model: Model,
    amounts: LabelledAmounts,
    held: np.ndarray,
    old: LinePictures,
    run: Run,
    stage: str,
    settings: Settings,
) -> tuple[list[Heard], list[Heard]]:
    """Train the network of ``model`` in place on all amounts but those ``held`` out; what both systems think of these before
    and after. Over-segmentation stays as it is."""
    network, weights = model.network, weights_of(model)
    segmentation = load_reader("amount", system="segmentation")
    beside = [read(segmentation, amounts.pages[k]) for k in held]
    before = opinions_on(network, amounts, held, beside)
    run.report(f"{len(held)} of {len(amounts)} amounts held out, before: {figures_of(before, weights)}")
    rest = np.setdiff1d(np.arange(len(amounts)), held)
    targets = [target_of(amounts.labels[k]) for k in rest]
    _adapt(network, amounts.pictures.chosen(rest), targets, old, run, stage, settings)
    after = opinions_on(network, amounts, held, beside)
    run.report(f"after: {figures_of(after, weights)}")
    return before, after


def target_of(label: str) -> Graph:
    """What the grammar should write for an amount with this label: its value, or all that has its digits."""
    return acceptor_of(value_labelled(label), CLASSES) if by_value(label) else spellings(digits_of(label), CLASSES)


def _adapt(
    network: nn.Module,
    ours: LinePictures,
    targets: Sequence[Graph],
    old: LinePictures,
    run: Run,
    stage: str,
    settings: Settings,
) -> None:
    grammar = ctc_expansion(amount_grammar(CLASSES), BLANK + 1)
    columns = settings.columns

    def of_pass(number: int) -> Iterator[Batch]:
        generator = np.random.default_rng([1998, number])
        mixed_in = line_batches(old, CLASSES, columns, generator)
        for chosen in by_width(ours.widths, columns, generator):
            images, widths = distorted(ours.batch(chosen), ours.widths[chosen], generator)
            yield images, widths // STRIDE, torch.from_numpy(chosen), *next(mixed_in)

    def loss(network: nn.Module, batch: Batch) -> Tensor:
        images, frames, chosen, *made_up = batch
        wanted = [targets[k] for k in chosen.tolist()]
        losses = amount_losses(network, images, frames.numpy(), wanted, grammar, settings.beam)
        characters = sum(len(ours.texts[k]) for k in chosen.tolist())
        return losses[torch.isfinite(losses)].sum() / characters + line_loss(network, tuple(made_up))

    steps = max(sum(1 for _ in by_width(ours.widths, columns, np.random.default_rng(seed))) for seed in range(4)) + 1
    network.requires_grad_(True)
    # What is held out must not choose among the passes; the error on what is trained on falls to the end.
    fit(network, Training(settings.schedule, steps, of_pass, loss, partial(digits_error, amounts=ours)), run, stage)
    network.requires_grad_(False)


def amount_losses(
    network: nn.Module, images: Tensor, frames: np.ndarray, targets: Sequence[Graph], grammar: Graph, beam: float
) -> Tensor:
    """Discriminative forward loss (B,) of pictures (B, channels, ROWS, W) of ``frames`` (B,): -log P(target | image).

    ``grammar`` is expanded over frames; ``targets`` say what it should write. Where no path does, the loss is infinite.
    Paths within ``beam`` nats of the best are summed.
    """
    with half_precision():
        penalties = network(images.contiguous(memory_format=torch.channels_last))
    emissions = torch.cat([string[:count] for string, count in zip(penalties.float(), frames.tolist(), strict=True)])
    first = np.concatenate([np.arange(count, dtype=np.int32) for count in frames])
    lines = segmentation_graphs(first, first + 1, cuts=frames + 1, ends=np.cumsum(frames))
    recognition = recognition_graph(lines, emissions, np.arange(1, len(CLASSES) + 1, dtype=np.int32))
    losses = beam_forward_loss(recognition, grammar, batch(list(targets)), width=WIDTH, margin=beam)
    assert isinstance(losses, Tensor)  # penalties in, penalties out
    return losses


def opinions_on(
    network: nn.Module, amounts: LabelledAmounts, chosen: np.ndarray, beside: Sequence[Reading | None]
) -> list[Heard]:
    """What over-segmentation, whose readings are ``beside``, and displacement by ``network`` think of some amounts."""
    reader = displacement_reader(folded(network), CLASSES, 1.0)
    return [
        hear((other, read(reader, amounts.pages[k])), amounts.labels[k])
        for k, other in zip(chosen, beside, strict=True)
    ]


def figures_of(heard: Sequence[Heard], weights: Weights) -> dict[str, dict[str, float]]:
    """Of both systems joined and of displacement alone: the share of wrong answers, and of answers that could be accepted at one
    wrong in a hundred."""
    figures = {}
    for system, own in (("joined", weights), ("displacement", DISPLACEMENT)):
        outcomes = [each.outcome(own) for each in heard]
        curve = {point["max_error"]: point["accepted"] for point in rejection_curve(outcomes, len(outcomes))}
        error = sum(wrong for _, wrong in outcomes) / len(outcomes)
        figures[system] = {"error": error, "accepted at 1 % error": curve[0.01]}
    return figures
