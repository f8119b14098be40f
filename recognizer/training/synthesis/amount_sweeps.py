"""Made-up and labelled amounts as sweeps: the normalised lines that a space displacement network reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from recognizer.errors import InputError
from recognizer.language.money import CHARACTERS, character_of
from recognizer.page.frames import STRIDE, sweep_of
from recognizer.training.data.labelled_amounts import digits_of
from recognizer.training.data.word_pictures import by_width
from recognizer.training.synthesis.amount_texts import draw_text
from recognizer.training.synthesis.amounts import write_amount
from recognizer.training.synthesis.glyphs import Hand
from recognizer.training.synthesis.word_distort import distorted

CLASSES = (*CHARACTERS, "blank")
BLANK = len(CLASSES) - 1
_LEVELS = 100  # of a sweep's values between 0 and 1, as they are kept


@dataclass(frozen=True)
class Sweeps:
    """N amounts: ``images[i]`` (channels, ROWS, W) int8, _LEVELS = 1, ``texts[i]`` what it says in CHARACTERS, without spaces."""

    images: list[np.ndarray]
    texts: list[str]

    def __len__(self) -> int:
        return len(self.images)

    @property
    def widths(self) -> np.ndarray:
        """(N,) columns of each."""
        return np.array([image.shape[2] for image in self.images])

    def chosen(self, amounts: Sequence[int] | np.ndarray) -> "Sweeps":
        """Some of them, in the order given."""
        return Sweeps([self.images[k] for k in amounts], [self.texts[k] for k in amounts])

    def batch(self, amounts: np.ndarray) -> np.ndarray:
        """Images (n, channels, ROWS, widest) float32 of some of them, paper to the right of the narrower ones."""
        widest = max(self.images[k].shape[2] for k in amounts)
        joined = np.zeros((len(amounts), *self.images[amounts[0]].shape[:2], widest), np.float32)
        for row, k in enumerate(amounts):
            joined[row, :, :, : self.images[k].shape[2]] = self.images[k]
        return joined / np.float32(_LEVELS)

    @staticmethod
    def of(sweeps: Sequence[np.ndarray], texts: Sequence[str]) -> "Sweeps":
        """Of sweeps as `sweep_of` gives them."""
        images = [np.round(sweep * _LEVELS).astype(np.int8) for sweep in sweeps]
        return Sweeps(images, ["".join(map(character_of, text.replace(" ", ""))) for text in texts])


def make_sweeps(hands: dict[str, list[Hand]], count: int, generator: np.random.Generator) -> Sweeps:
    """Write and normalise so many amounts; those that hold no line to read are left out."""
    sweeps, texts = [], []
    for _ in range(count):
        amount = write_amount(draw_text(generator), hands, generator)
        try:
            sweeps.append(sweep_of(amount.grey))
        except InputError:
            continue
        texts.append(amount.text)
    return Sweeps.of(sweeps, texts)


def batches(
    sweeps: Sweeps, alphabet: Sequence[str], columns: int, generator: np.random.Generator
) -> Iterator[tuple[Tensor, ...]]:
    """Distorted images, their frames, the classes of all texts in a row (by ``alphabet``) and how many each has; some
    ``columns`` a batch."""
    for chosen in by_width(sweeps.widths, columns, generator):
        images, widths = distorted(sweeps.batch(chosen), sweeps.widths[chosen], generator)
        texts = [sweeps.texts[k] for k in chosen]
        classes = torch.tensor([alphabet.index(character) for text in texts for character in text])
        yield images, widths // STRIDE, classes, torch.tensor([len(text) for text in texts])


def digits_error(network: nn.Module, sweeps: Sweeps) -> float:
    """Share of amounts some of whose digits are wrong, reading the best class of each frame."""
    wrong = 0
    for chosen in by_width(sweeps.widths, 8_000, np.random.default_rng(0)):
        with torch.inference_mode():
            best = network(torch.from_numpy(sweeps.batch(chosen))).argmin(2).numpy()
        for frames, k in zip(best, chosen, strict=True):
            starts = np.flatnonzero(np.diff(frames[: sweeps.images[k].shape[2] // STRIDE], prepend=-1))
            wrong += digits_of("".join(CLASSES[c] for c in frames[starts] if c != BLANK)) != digits_of(sweeps.texts[k])
    return wrong / max(len(sweeps), 1)
