"""The recipe of the space displacement network for pen words: trained through its character transducer on whole words.

The loss is the discriminative forward criterion over frames, blanks between and repetitions within characters, which is
connectionist temporal classification: `recognizer.gtn.ctc` computes it by composition and torch, equally, in one kernel.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.ink.amap import CHANNELS
from recognizer.ink.word_amap import ROWS
from recognizer.language.alphabet import COUNT, labels_of
from recognizer.language.lexicon import english
from recognizer.networks.displacement import STRIDE, Displacement
from recognizer.networks.store import save_model
from recognizer.readers.text import word_reader
from recognizer.training.distance import edit_distance
from recognizer.training.inksets import load_inkset
from recognizer.training.loop import Batch, Schedule, fit, half_precision
from recognizer.training.rejection import measured
from recognizer.training.text_evaluate import outcomes
from recognizer.training.word_data import WordAmaps, by_width, load_word_amaps
from recognizer.training.word_distort import distorted

NETWORK = {
    "input_channels": CHANNELS,
    "rows": ROWS,
    "classes": COUNT + 1,
    "widths": [32, 64, 96, 256],
    "dilations": [1, 2, 4],
    "dropout": 0.2,
}
COLUMNS = 4_800  # of a batch, some fifty words
SHOWN = {"words": 400, "text": 80, "chars": 40}  # batches of each set in a pass
CYCLES = (
    Schedule(passes=24, rate=3e-3, decay=0.02, averaging=0.998),
    Schedule(passes=18, rate=2e-3, decay=0.02, averaging=0.999),
)
VALIDATION = 1_500  # words read after each pass
BLANK_CLASS = COUNT  # class k is the character of label k + 1, the last one no character


def train_displacement(data: Path, out: Path, resume: bool, report: Callable[[str], None]) -> None:
    """Train on words, lines and characters of the training writers, validate on words of the others, write ``out``."""
    torch.manual_seed(1998)
    caches = out.parent / "caches"
    caches.mkdir(parents=True, exist_ok=True)

    def amaps(name: str, split: str) -> WordAmaps:
        return load_word_amaps(data / "unipen" / f"{name}.npz", split, caches / f"{name}-{split}.npz")

    training, validation = {name: amaps(name, "train") for name in SHOWN}, amaps("words", "val")
    report(", ".join(f"{len(part)} {name}" for name, part in training.items()))
    network = Displacement(**NETWORK)  # type: ignore[arg-type]
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    chosen = np.random.default_rng(1998).permutation(len(validation))[:VALIDATION]
    for cycle, schedule in enumerate(CYCLES):
        progress = fit(
            network,
            schedule,
            sum(SHOWN.values()),
            partial(_batches, training, cycle),
            _loss,
            lambda network: character_error(network, validation, chosen),
            out.with_suffix(f".{cycle}.checkpoint"),
            resume,
            report,
        )
    inkset = load_inkset(data / "unipen" / "words.npz")
    samples = np.random.default_rng(0).permutation(inkset.of_split("val"))[:VALIDATION]
    card = {
        "recipe": "displacement",
        "data": "UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), words, lines and characters of the training writers",
        "figures": {"characters wrong, best path without language (validation writers)": progress.best_error},
        "passes": sum(schedule.passes for schedule in CYCLES),
        **measured(outcomes(word_reader(network, 1.0, english()), inkset, samples)),
    }
    save_model(out, network, NETWORK, card)


def character_error(network: nn.Module, words: WordAmaps, chosen: np.ndarray) -> float:
    """Edits for each true character, reading the best class of each frame."""
    edits, total = 0, 0
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
            edits += edit_distance(read, truth)
            total += len(truth)
    return edits / max(total, 1)


def _batches(training: Mapping[str, WordAmaps], cycle: int, number: int) -> Iterator[Batch]:
    """Distorted AMAPs, their frames, the classes of all words in a row and how many each has, of one pass."""
    generator = np.random.default_rng([1998 + cycle, number])
    drawn = [
        (source, batch)
        for name, source in training.items()
        for batch in islice(by_width(source.widths, COLUMNS, generator), SHOWN[name])
    ]
    for index in generator.permutation(len(drawn)):
        source, chosen = drawn[index]
        images, widths = distorted(source.batch(chosen), source.widths[chosen], generator)
        texts = [labels_of(str(source.labels[word])) or [] for word in chosen]
        classes = torch.tensor([label - 1 for text in texts for label in text])
        yield images, widths // STRIDE, classes, torch.tensor([len(text) for text in texts])


def _loss(network: nn.Module, batch: Batch) -> Tensor:
    """Mean over the characters of the batch."""
    images, frames, classes, lengths = batch
    with half_precision():
        penalties = network(images.contiguous(memory_format=torch.channels_last))
    losses = functional.ctc_loss(
        -penalties.float().transpose(0, 1), classes, frames, lengths, BLANK_CLASS, "none", zero_infinity=True
    )
    return losses.sum() / lengths.sum()
