"""The recipe of the space displacement network for pen text: isolated characters first, then whole words through its
character transducer, from nothing but their texts (1998 paper, sections VII and IX-C), at last lines that wander.

The loss is the discriminative forward criterion over frames, blanks between and repetitions within characters, which is
connectionist temporal classification: `recognizer.gtn.ctc` computes it by composition and torch, equally, in one kernel.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import nn

from recognizer.ink import amap
from recognizer.ink.dynamics import CHANNELS
from recognizer.ink.word_amap import ROWS
from recognizer.language.alphabet import COUNT
from recognizer.language.lexicon import english
from recognizer.networks.displacement import Displacement
from recognizer.networks.store import save_model
from recognizer.readers.text import word_reader
from recognizer.training.data.cache import cached
from recognizer.training.data.inksets import load_inkset
from recognizer.training.data.word_pictures import WordPictures, load_word_pictures, make_word_pictures
from recognizer.training.evaluation.displacement import word_errors
from recognizer.training.evaluation.rejection import measured
from recognizer.training.evaluation.text import inks_of, read_all
from recognizer.training.learning.displacement import line_loss, mixed_batches
from recognizer.training.learning.loop import Batch, Run, Schedule, Training, fit
from recognizer.training.learning.prior import POWER, take_out
from recognizer.training.synthesis.wandering import wandering_lines
from recognizer.training.synthesis.ways_dropout import without_ways

NETWORK = {
    "input_channels": CHANNELS,
    "rows": ROWS,
    "classes": COUNT + 1,
    "widths": [32, 64, 96, 256],
    "dilations": [1, 2, 4],
    "dropout": 0.2,
}


@dataclass(frozen=True)
class Settings:
    """How long is learnt from how much."""

    network: dict[str, Any] = field(default_factory=NETWORK.copy)
    columns: int = 4_800  # of a batch, some fifty words
    shown_alone: Mapping[str, int] = field(default_factory={"chars": 500}.copy)  # batches of each set in a pass
    shown: Mapping[str, int] = field(default_factory={"words": 400, "text": 80, "chars": 40}.copy)
    shown_wandering: Mapping[str, int] = field(
        default_factory={"words": 160, "text": 90, "chars": 20, "leaning": 100, "lines": 130}.copy
    )
    wandering: Mapping[str, tuple[int, int]] = (
        field(  # sets of so many lines made of so many words of one writer at most
            default_factory={"leaning": (25_000, 1), "lines": (12_000, 7)}.copy
        )
    )
    alone: Schedule = Schedule(passes=2, rate=3e-3, decay=0.02, averaging=0.99)
    cycles: tuple[Schedule, ...] = (
        Schedule(passes=24, rate=3e-3, decay=0.02, averaging=0.998),
        Schedule(passes=18, rate=2e-3, decay=0.02, averaging=0.999),
        Schedule(passes=20, rate=2e-3, decay=0.02, averaging=0.999),
    )
    last: Schedule = Schedule(passes=60, rate=2e-3, decay=0.02, averaging=0.999)  # with the lines that wander
    validation: Mapping[str, int] = field(default_factory={"words": 1_500, "text": 250}.copy)  # read after each pass


SETTINGS = Settings()


def train_displacement(run: Run, settings: Settings) -> None:
    """Train on words, lines and characters of the training writers, validate on words of the others."""
    torch.manual_seed(1998)

    def pictures(name: str, split: str) -> WordPictures:
        return load_word_pictures(run.data / "unipen" / f"{name}.npz", split, run.caches / f"{name}-{split}.npz")

    def wandering(name: str, count: int, longest: int) -> WordPictures:
        def made() -> dict[str, np.ndarray]:
            lines = wandering_lines(load_inkset(words), "train", count, longest)
            return vars(make_word_pictures(lines, "train", of_lines=True))

        return WordPictures(**cached(run.caches / f"{name}-train.npz", made))

    words = run.data / "unipen" / "words.npz"
    training = {name: pictures(name, "train") for name in settings.shown}
    training |= {name: wandering(name, *made_of) for name, made_of in settings.wandering.items()}
    run.report(", ".join(f"{len(part)} {name}" for name, part in training.items()))
    network = Displacement(**settings.network)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    generator = np.random.default_rng(1998)
    validation = {name: pictures(name, "val") for name in settings.validation}
    chosen = {name: generator.permutation(len(validation[name]))[:most] for name, most in settings.validation.items()}

    def validate(network: nn.Module) -> float:
        return float(np.mean([word_errors(network, validation[name], chosen[name])[1] for name in validation]))

    def learn(stage: str, seed: int, schedule: Schedule, shown: Mapping[str, int]) -> tuple[float, float]:
        batches = partial(_batches, training, shown, settings.columns, seed)
        fit(network, Training(schedule, sum(shown.values()), batches, line_loss, validate), run, stage)
        wrong, edits = word_errors(network, validation["words"], chosen["words"])
        run.report(f"{stage}: {wrong:.2%} of the validation words wrong, {edits:.2%} of their characters")
        return wrong, edits

    before = learn("alone", 1997, settings.alone, settings.shown_alone)
    for cycle, schedule in enumerate(settings.cycles):
        learn(str(cycle), 1998 + cycle, schedule, settings.shown)
    after = learn("wandering", 2026, settings.last, settings.shown_wandering)
    take_out(network.out, training["words"].labels)
    inkset = load_inkset(words)
    samples = np.random.default_rng(0).permutation(inkset.of_split("val"))[: settings.validation["words"]]
    card = {
        **text_card("displacement", before, after, (settings.alone, *settings.cycles, settings.last)),
        **measured(read_all(word_reader(network, 1.0, english()), inks_of(inkset, samples)).judged),
    }
    save_model(run.out, network, settings.network, card)


def _batches(
    training: Mapping[str, WordPictures], shown: Mapping[str, int], columns: int, seed: int, number: int
) -> Iterator[Batch]:
    """Distorted pictures, their frames, the classes of all words in a row and how many each has, of one pass."""
    generator = np.random.default_rng([seed, number])
    for batch in mixed_batches(training, shown, columns, generator):
        batch[0][torch.from_numpy(without_ways(len(batch[0]), generator)), amap.CHANNELS :] = 0.0
        yield batch


def text_card(
    recipe: str, before: tuple[float, float], after: tuple[float, float], schedules: Sequence[Schedule]
) -> dict[str, Any]:
    """What the file of a model of text says of it: which words and characters were wrong before and after global training."""
    return {
        "recipe": recipe,
        "data": "UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), words, lines and characters of the training writers, "
        "and their words set on lines that wander",
        "figures": {
            "words wrong without language, characters learnt alone (validation writers)": before[0],
            "words wrong without language, after global training": after[0],
            "characters wrong without language, characters learnt alone": before[1],
            "characters wrong without language, after global training": after[1],
        },
        "passes": sum(schedule.passes for schedule in schedules),
        "shares of characters taken out to the power": POWER,
    }
