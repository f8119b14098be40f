"""What gaps between strokes are: spaces, or nothing."""

from typing import TYPE_CHECKING

import numpy as np

from recognizer.language.alphabet import BLANK, SPACE

if TYPE_CHECKING:
    from torch import Tensor

# A gap of this width [core heights] is as likely between words as inside one, and with what power of it the odds rise. The
# power is a logistic regression's, on 6,000 gaps of lines of training writers, the widest ones counted as spaces; the width, at
# which it has 0.66, is where 130 lines of validation writers are read with as many spaces as they have. The words beside a gap
# tell as well whether there is a space, and two systems ask for each gap: so much of it counts, chosen as `Prices` were.
EVEN_GAP, STEEPNESS, SHARE = 0.9, 5.2, 0.6


def gap_penalties(gaps: np.ndarray) -> np.ndarray:
    """Penalties (n, BLANK) float32 [nats] of the labels 1 to BLANK for gaps (n,) [core heights]."""
    penalties = np.full((len(gaps), BLANK), np.inf, np.float32)
    doubt = STEEPNESS * np.log(gaps / EVEN_GAP)
    penalties[:, SPACE - 1] = SHARE * np.logaddexp(0, -doubt)
    penalties[:, BLANK - 1] = SHARE * np.logaddexp(0, doubt)
    return penalties


def parting_penalties(gaps: np.ndarray) -> np.ndarray:
    """Penalties (n,) float32 [nats] of parting words at gaps (n,) [core heights]."""
    return gap_penalties(gaps)[:, SPACE - 1]


def with_gaps(penalties: "Tensor", gaps: np.ndarray, ink: np.ndarray) -> "Tensor":
    """Penalties (S, BLANK) of all segments from those (n, BLANK) of the segments that are ``ink`` (S,) bool; the others are gaps."""
    import torch

    full = torch.empty(len(ink), BLANK)
    full[torch.from_numpy(~ink)] = torch.from_numpy(gap_penalties(gaps[~ink]))
    return full.index_put((torch.from_numpy(np.flatnonzero(ink)),), penalties)
