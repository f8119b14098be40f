"""The recipe of the space displacement network for pen text: isolated characters first, then whole words through its
character transducer, from nothing but their texts (1998 paper, sections VII and IX-C), at last lines that wander.

The loss is the discriminative forward criterion over frames, blanks between and repetitions within characters, which is
connectionist temporal classification: `recognizer.gtn.ctc` computes it by composition and torch, equally, in one kernel.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import nn

from recognizer.ink import amap
from recognizer.ink.dynamics import CHANNELS
from recognizer.ink.word_amap import ROWS
from recognizer.language.alphabet import COUNT, labels_of
from recognizer.language.lexicon import english
from recognizer.networks.displacement import STRIDE, Displacement
from recognizer.networks.store import save_model
from recognizer.readers.text import word_reader
from recognizer.training.data.inksets import load_inkset
from recognizer.training.data.word_pictures import (
    WordPictures,
    by_width,
    load_wandering_pictures,
    load_word_pictures,
)
from recognizer.training.evaluation.distance import edit_distance
from recognizer.training.evaluation.rejection import measured
from recognizer.training.evaluation.text import outcomes
from recognizer.training.learning.loop import Batch, Schedule, fit
from recognizer.training.learning.prior import POWER, take_out
from recognizer.training.learning.sweep_loss import sweep_loss
from recognizer.training.synthesis.word_distort import distorted

NETWORK = {
    "input_channels": CHANNELS,
    "rows": ROWS,
    "classes": COUNT + 1,
    "widths": [32, 64, 96, 256],
    "dilations": [1, 2, 4],
    "dropout": 0.2,
}
COLUMNS = 4_800  # of a batch, some fifty words
SHOWN_ALONE = {"chars": 500}  # batches of each set in a pass
SHOWN = {"words": 400, "text": 80, "chars": 40}
SHOWN_WANDERING = {"words": 160, "text": 90, "chars": 20, "leaning": 100, "lines": 130}
WANDERING = {
    "leaning": (25_000, 1),
    "lines": (12_000, 7),
}  # words or lines set on base lines that wander, of so many words
ALONE = Schedule(passes=2, rate=3e-3, decay=0.02, averaging=0.99)
CYCLES = (
    (Schedule(passes=24, rate=3e-3, decay=0.02, averaging=0.998), SHOWN),
    (Schedule(passes=18, rate=2e-3, decay=0.02, averaging=0.999), SHOWN),
    (Schedule(passes=20, rate=2e-3, decay=0.02, averaging=0.999), SHOWN),
    (Schedule(passes=18, rate=2e-3, decay=0.02, averaging=0.999), SHOWN_WANDERING),
)
STILL = 0.15  # share of the pictures of which only the AMAP is shown: few writers were seen, and others go other ways
VALIDATION = {"words": 1_500, "text": 250}  # words and lines read after each pass
BLANK_CLASS = COUNT  # class k is the character of label k + 1, the last one no character


def train_displacement(data: Path, out: Path, resume: bool, report: Callable[[str], None]) -> None:
    """Train on words, lines and characters of the training writers, validate on words of the others, write ``out``."""
    torch.manual_seed(1998)
    caches = out.parent / "caches"
    caches.mkdir(parents=True, exist_ok=True)

    def pictures(name: str, split: str) -> WordPictures:
        return load_word_pictures(data / "unipen" / f"{name}.npz", split, caches / f"{name}-{split}.npz")

    words = data / "unipen" / "words.npz"
    training = {name: pictures(name, "train") for name in SHOWN} | {
        name: load_wandering_pictures(words, "train", caches / f"{name}-train.npz", count, longest)
        for name, (count, longest) in WANDERING.items()
    }
    validation = {name: pictures(name, "val") for name in VALIDATION}
    report(", ".join(f"{len(part)} {name}" for name, part in training.items()))
    network = Displacement(**NETWORK)  # type: ignore[arg-type]
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    generator = np.random.default_rng(1998)
    chosen = {name: generator.permutation(len(validation[name]))[:count] for name, count in VALIDATION.items()}

    def learn(stage: str, seed: int, schedule: Schedule, shown: Mapping[str, int]) -> tuple[float, float]:
        fit(
            network,
            schedule,
            sum(shown.values()),
            partial(_batches, training, shown, seed),
            sweep_loss,
            lambda network: float(np.mean([errors(network, validation[name], chosen[name])[1] for name in VALIDATION])),
            out.with_suffix(f".{stage}.checkpoint"),
            resume,
            report,
        )
        wrong, edits = errors(network, validation["words"], chosen["words"])
        report(f"{stage}: {wrong:.2%} of the validation words wrong, {edits:.2%} of their characters")
        return wrong, edits

    before = learn("alone", 1997, ALONE, SHOWN_ALONE)
    for cycle, (schedule, shown) in enumerate(CYCLES):
        after = learn(str(cycle), 1998 + cycle, schedule, shown)
    take_out(network.out, training["words"].labels)
    inkset = load_inkset(words)
    samples = np.random.default_rng(0).permutation(inkset.of_split("val"))[: VALIDATION["words"]]
    card = {
        "recipe": "displacement",
        "data": "UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), words, lines and characters of the training writers, "
        "and their words set on lines that wander",
        "figures": {
            "words wrong without language, characters learnt alone (validation writers)": before[0],
            "words wrong without language, after global training": after[0],
            "characters wrong without language, characters learnt alone": before[1],
            "characters wrong without language, after global training": after[1],
        },
        "passes": sum(schedule.passes for schedule in (ALONE, *(cycle for cycle, _ in CYCLES))),
        "shares of characters taken out to the power": POWER,
        **measured(outcomes(word_reader(network, 1.0, english()), inkset, samples)),
    }
    save_model(out, network, NETWORK, card)


def errors(network: nn.Module, words: WordPictures, chosen: np.ndarray) -> tuple[float, float]:
    """Share of words read wrong, and edits for each true character, reading the best class of each frame."""
    edits, total, wrong = 0, 0, 0
    generator = np.random.default_rng(0)
    part = words.widths[chosen]
    for batch in by_width(part, COLUMNS, generator):
        with torch.no_grad():
            penalties = network(torch.from_numpy(words.batch(chosen[batch])))
        best = penalties.argmin(2).numpy()
        for row, word in enumerate(chosen[batch]):
            frames = best[row, : words.widths[word] // STRIDE]
            starts = np.flatnonzero(np.diff(frames, prepend=-1))
            read = [int(c) + 1 for c in frames[starts] if c != BLANK_CLASS]
            truth = labels_of(str(words.labels[word])) or []
            distance = edit_distance(read, truth)
            edits, total, wrong = edits + distance, total + len(truth), wrong + (distance > 0)
    return wrong / len(chosen), edits / max(total, 1)


def _batches(training: Mapping[str, WordPictures], shown: Mapping[str, int], seed: int, number: int) -> Iterator[Batch]:
    """Distorted pictures, their frames, the classes of all words in a row and how many each has, of one pass."""
    generator = np.random.default_rng([seed, number])
    drawn = [
        (training[name], batch)
        for name, count in shown.items()
        for batch in islice(by_width(training[name].widths, COLUMNS, generator), count)
    ]
    for index in generator.permutation(len(drawn)):
        source, chosen = drawn[index]
        images, widths = distorted(source.batch(chosen), source.widths[chosen], generator)
        images[torch.from_numpy(generator.random(len(chosen)) < STILL), amap.CHANNELS :] = 0.0
        texts = [labels_of(str(source.labels[word])) or [] for word in chosen]
        classes = torch.tensor([label - 1 for text in texts for label in text])
        yield images, widths // STRIDE, classes, torch.tensor([len(text) for text in texts])
