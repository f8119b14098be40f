"""The recipe of the space displacement network for pen words: isolated characters first, then whole words through its
character transducer, from nothing but their texts (1998 paper, sections VII and IX-C).

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
from recognizer.training.data.word_pictures import WordPictures, by_width, load_word_pictures
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
ALONE = Schedule(passes=2, rate=3e-3, decay=0.02, averaging=0.99)
CYCLES = (
    Schedule(passes=24, rate=3e-3, decay=0.02, averaging=0.998),
    Schedule(passes=18, rate=2e-3, decay=0.02, averaging=0.999),
    Schedule(passes=20, rate=2e-3, decay=0.02, averaging=0.999),
)
STILL = 0.15  # share of the pictures of which only the AMAP is shown: few writers were seen, and others go other ways
VALIDATION = 1_500  # words read after each pass
BLANK_CLASS = COUNT  # class k is the character of label k + 1, the last one no character


def train_displacement(data: Path, out: Path, resume: bool, report: Callable[[str], None]) -> None:
    """Train on words, lines and characters of the training writers, validate on words of the others, write ``out``."""
    torch.manual_seed(1998)
    caches = out.parent / "caches"
    caches.mkdir(parents=True, exist_ok=True)

    def pictures(name: str, split: str) -> WordPictures:
        return load_word_pictures(data / "unipen" / f"{name}.npz", split, caches / f"{name}-{split}.npz")

    training, validation = {name: pictures(name, "train") for name in SHOWN}, pictures("words", "val")
    report(", ".join(f"{len(part)} {name}" for name, part in training.items()))
    network = Displacement(**NETWORK)  # type: ignore[arg-type]
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    chosen = np.random.default_rng(1998).permutation(len(validation))[:VALIDATION]

    def learn(stage: str, seed: int, schedule: Schedule, shown: Mapping[str, int]) -> tuple[float, float]:
        fit(
            network,
            schedule,
            sum(shown.values()),
            partial(_batches, training, shown, seed),
            sweep_loss,
            lambda network: errors(network, validation, chosen)[1],
            out.with_suffix(f".{stage}.checkpoint"),
            resume,
            report,
        )
        wrong, edits = errors(network, validation, chosen)
        report(f"{stage}: {wrong:.2%} of the validation words wrong, {edits:.2%} of their characters")
        return wrong, edits

    before = learn("alone", 1997, ALONE, SHOWN_ALONE)
    for cycle, schedule in enumerate(CYCLES):
        after = learn(str(cycle), 1998 + cycle, schedule, SHOWN)
    take_out(network.out, training["words"].labels)
    inkset = load_inkset(data / "unipen" / "words.npz")
    samples = np.random.default_rng(0).permutation(inkset.of_split("val"))[:VALIDATION]
    card = {
        "recipe": "displacement",
        "data": "UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), words, lines and characters of the training writers",
        "figures": {
            "words wrong without language, characters learnt alone (validation writers)": before[0],
            "words wrong without language, after global training": after[0],
            "characters wrong without language, characters learnt alone": before[1],
            "characters wrong without language, after global training": after[1],
        },
        "passes": sum(schedule.passes for schedule in (ALONE, *CYCLES)),
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
