"""The recipe of the displacement network that reads images of writing: the pen's goes on with pen ink that was drawn on paper and scanned.

What it sees of an image is what it knows of ink, an AMAP, without the ways of the pen and with the thickness of the strokes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import nn

from recognizer.ink import amap
from recognizer.ink.tracing import CHANNELS, Tracing
from recognizer.language.lexicon import english
from recognizer.networks.displacement import Displacement
from recognizer.networks.store import Model, load_model, save_model
from recognizer.platform import model_file
from recognizer.readers.sizes import in_sizes
from recognizer.readers.text import tracing_reader
from recognizer.readers.tracing import tracing_of_line
from recognizer.training.data.cache import cached
from recognizer.training.data.inksets import load_inkset
from recognizer.training.data.labelled_images import labelled_images
from recognizer.training.data.word_pictures import WordPictures
from recognizer.training.evaluation.displacement import word_errors
from recognizer.training.evaluation.rejection import measured
from recognizer.training.evaluation.text import read_all
from recognizer.training.learning.displacement import line_loss, mixed_batches
from recognizer.training.learning.loop import Batch, Run, Schedule, Training, fit
from recognizer.training.learning.prior import POWER, take_out
from recognizer.training.synthesis.glyphs import font_advice, font_files
from recognizer.training.synthesis.scanned_sets import (
    Scans,
    pictures_of,
    scan_samples,
    scanned_inks,
    scanned_lines,
    scans_in,
    set_lines,
)
from recognizer.training.synthesis.wandering import wandering_lines


@dataclass(frozen=True)
class Settings:
    """How long is learnt from how much."""

    start: str = "displacement"  # the pen's model
    columns: int = 4_800  # of a batch
    inks: Mapping[str, int] = field(default_factory={"words": 24_000, "text": 8_500, "chars": 4_000}.copy)
    lines: tuple[int, int] = (7_000, 7)  # so many lines of so many words of one writer at most
    set: int = 3_000  # lines in fonts
    shown: Mapping[str, int] = field(  # batches of each set in a pass
        default_factory={"words": 150, "text": 150, "chars": 20, "lines": 140, "fonts": 40, "letters": 8}.copy
    )
    schedule: Schedule = Schedule(passes=28, rate=1.5e-3, decay=0.02, averaging=0.998)
    shown_last: Mapping[str, int] = field(  # likewise, in a second cycle; the network ends half of the way between both
        default_factory={"words": 90, "text": 60, "chars": 10, "lines": 60, "fonts": 20, "letters": 60}.copy
    )
    last: Schedule = Schedule(passes=14, rate=1e-3, warm_up=0.05, decay=0.02, averaging=0.998)
    validation: Mapping[str, int] = field(default_factory={"words": 700, "text": 150}.copy)  # read after each pass
    measured: Mapping[str, int] = field(default_factory={"words": 600, "text": 400}.copy)  # read for the confidences


SETTINGS = Settings()
DATA = (
    "UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), words, lines and characters of the training writers, drawn and "
    "scanned; running text in fonts of handwriting (SIL Open Font Licence); 20 pages of HN2021 Memorials for Jane Lathrop "
    "Stanford (CC BY 4.0)"
)


def train_scan(run: Run, settings: Settings) -> None:
    """Train on words, lines and characters of the training writers, drawn and scanned, and on fonts and letters where there are any;
    validate on words of the other writers."""
    torch.manual_seed(1998)
    scans = scans_to_learn(run, settings.inks, settings.lines, settings.set)
    training = {name: _pictures(run, f"{name}-train", each) for name, each in scans.items()}
    run.report(", ".join(f"{len(part)} {name}" for name, part in training.items()))
    model = load_model(model_file(settings.start))
    network, arguments = started(model)
    validation = {
        name: _pictures(run, f"{name}-val", inks_of(run, name, "val", count))
        for name, count in settings.validation.items()
    }

    def errors(network: nn.Module) -> dict[str, tuple[float, float]]:
        return {name: word_errors(network, each, np.arange(len(each))) for name, each in validation.items()}

    def validate(network: nn.Module) -> float:
        return float(np.mean([edits for _, edits in errors(network).values()]))

    def learn(stage: str, schedule: Schedule, asked: Mapping[str, int]) -> dict[str, torch.Tensor]:
        shown = {name: count for name, count in asked.items() if name in training}
        batches = partial(_batches, training, shown, settings.columns)
        fit(network, Training(schedule, sum(shown.values()), batches, line_loss, validate), run, stage)
        return {name: value.clone() for name, value in network.state_dict().items()}

    before = errors(network)
    first = learn("", settings.schedule, settings.shown)
    last = learn("last", settings.last, settings.shown_last)
    network.load_state_dict({name: halfway(value, last[name]) for name, value in first.items()})
    after = errors(network)
    take_out(network.out, training["words"].labels)
    card = {
        "recipe": "scan",
        "data": DATA,
        "figures": {
            f"{what} wrong without language, {name}, {when} (validation writers, drawn and scanned)": found[name][k]
            for when, found in (("before", before), ("after", after))
            for name in validation
            for k, what in enumerate(("samples", "characters"))
        },
        "passes": settings.schedule.passes + settings.last.passes,
        "shares of characters taken out to the power": POWER,
        **measured(
            read_all(
                in_sizes(tracing_reader(network, 1.0, english())), scanned_validation(run, settings.measured)
            ).judged
        ),
    }
    save_model(run.out, network, arguments, card)


def halfway(first: torch.Tensor, last: torch.Tensor) -> torch.Tensor:
    """The mean of what two cycles have found. The second, which starts from the first, stays in the same valley: between both there
    are fewer mistakes than at either (Wortsman et al., "Model soups", 2022)."""
    return (first + last) / 2 if first.is_floating_point() else last


def scanned_validation(run: Run, counts: Mapping[str, int]) -> list[tuple[Callable[[], Tracing], str]]:
    """What is traced on so many samples of sets of ink by validation writers, drawn and scanned, and what they say."""
    found: list[tuple[Callable[[], Tracing], str]] = []
    for name, count in counts.items():
        inkset = load_inkset(run.data / "unipen" / f"{name}.npz")
        found += [(partial(tracing_of_line, image), text) for image, text, _ in scan_samples(inkset, "val", count, 5)]
    return found


def started(model: Model) -> tuple[Displacement, dict[str, Any]]:
    """A network of tracings, and what it was built with, that answers as the pen's ``model`` does where that sees no ways."""
    arguments = model.arguments | {"input_channels": CHANNELS}
    network = Displacement(**arguments)
    state = model.network.state_dict()
    first = "pictures.0.0.weight"
    weights = torch.zeros_like(network.state_dict()[first])
    weights[:, : amap.CHANNELS] = state[first][:, : amap.CHANNELS]
    network.load_state_dict(state | {first: weights})
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return network, arguments


def scans_to_learn(
    run: Run, inks: Mapping[str, int], lines: tuple[int, int], set_in_fonts: int
) -> dict[str, Callable[[], Scans]]:
    """What reading scans is learnt from, by name: so many of each set of ink, so many lines of so many words of one writer at most, so
    many lines in fonts, and letters, as far as they are there."""
    found: dict[str, Callable[[], Scans]] = {name: inks_of(run, name, "train", count) for name, count in inks.items()}
    words = run.data / "unipen" / "words.npz"
    found["lines"] = lambda: scanned_lines(wandering_lines(load_inkset(words), "train", *lines), 3)
    fonts = font_files(run.data / "fonts", "train")
    if fonts and set_in_fonts:
        found["fonts"] = partial(set_lines, fonts, run.data / "text", set_in_fonts, 4)
    else:
        run.report(font_advice(run.data))
    letters = run.data / "stanford"
    if letters.exists():
        found["letters"] = lambda: scans_in([(line.file, line.text) for line in labelled_images(letters, "train")])
    return found


def inks_of(run: Run, name: str, split: str, count: int) -> Callable[[], Scans]:
    """Scans of a set of ink."""
    file = run.data / "unipen" / f"{name}.npz"
    return lambda: scanned_inks(load_inkset(file), split, count, 1 if split == "train" else 2)


def _pictures(run: Run, name: str, scans: Callable[[], Scans]) -> WordPictures:
    return WordPictures(**cached(run.caches / f"scanned-{name}.npz", lambda: vars(pictures_of(scans()))))


def _batches(
    training: Mapping[str, WordPictures], shown: Mapping[str, int], columns: int, number: int
) -> Iterator[Batch]:
    """Distorted pictures, their frames, the classes of all texts in a row and how many each has, of one pass."""
    return mixed_batches(training, shown, columns, np.random.default_rng([17, number]))
