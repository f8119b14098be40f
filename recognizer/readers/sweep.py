"""The reader of amounts by a space displacement network, swept over the grey levels of the line (1998 paper, section VII)."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from recognizer.gtn import beam_search, stretched
from recognizer.language.amount import amount_grammar, written_symbols
from recognizer.page import Page, PageFrames, sweep_page
from recognizer.readers.reader import Reader

if TYPE_CHECKING:
    from torch import nn

MARGIN = 14.0  # of the beam [nats]
_FAINT = 12.0  # classes so much worse than the best of their frame are left out of its arcs [nats]


def sweep_reader(network: "nn.Module", classes: tuple[str, ...], threshold: float) -> Reader[Page]:
    """Reads amounts with a `Displacement` network, whose last class is the blank."""
    return Reader(
        segment=sweep_page,
        recognise=partial(frame_penalties, network),
        grammar=stretched(amount_grammar(classes), len(classes)),
        classes=classes,
        symbols=written_symbols(classes),
        threshold=threshold,
        search=partial(beam_search, margin=MARGIN),
    )


def frame_penalties(network: "nn.Module", frames: PageFrames) -> np.ndarray:
    """Penalties (S, K) float32 [nats] of the classes of frames, as `sweep_penalties`."""
    return sweep_penalties(network, frames.sweep)


def sweep_penalties(network: "nn.Module", sweep: np.ndarray) -> np.ndarray:
    """Penalties (T, K) float32 [nats] of the frames of a sweep (CHANNELS, ROWS, W), blank last; inf for what they cannot be."""
    import torch

    with torch.inference_mode():
        penalties: np.ndarray = network(torch.from_numpy(sweep[None]))[0].numpy()
    penalties[penalties > penalties.min(1, keepdims=True) + _FAINT] = np.inf
    return penalties
