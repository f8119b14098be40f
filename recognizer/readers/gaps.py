"""What gaps between strokes are: spaces, or nothing; and between lines, new lines."""

from typing import TYPE_CHECKING

import numpy as np

from recognizer.language.alphabet import BLANK, NEWLINE, SPACE

if TYPE_CHECKING:
    from torch import Tensor

# A gap of this width [core heights] is as likely between words as inside one, and with what power of it the odds rise. The
# power is a logistic regression's, on 6,000 gaps of lines of training writers, the widest ones counted as spaces; the width, at
# which it has 0.66, is where 130 lines of validation writers are read with as many spaces as they have. The words beside a gap
# tell as well whether there is a space, and two systems ask for each gap: so much of it counts, chosen as `Prices` were.
EVEN_GAP, STEEPNESS, SHARE = 0.9, 5.2, 0.6


def gap_penalties(gaps: np.ndarray) -> np.ndarray:
    """Penalties (n, BLANK) float32 [nats] of the labels 1 to BLANK for gaps (n,) [core heights], inf between lines."""
    penalties = np.full((len(gaps), BLANK), np.inf, np.float32)
    doubt = STEEPNESS * np.log(gaps / EVEN_GAP)
    inside_line = np.isfinite(doubt)
    parts = np.where(inside_line, SPACE, NEWLINE) - 1
    penalties[np.arange(len(gaps)), parts] = np.where(inside_line, SHARE * np.logaddexp(0, -doubt), 0.0)
    penalties[:, BLANK - 1] = np.where(inside_line, SHARE * np.logaddexp(0, doubt), np.inf)
    return penalties


def parting_penalties(gaps: np.ndarray) -> np.ndarray:
    """Penalties (n,) float32 [nats] of parting words at gaps (n,) [core heights]; 0 between lines, which always part."""
    return gap_penalties(gaps)[np.arange(len(gaps)), np.where(np.isfinite(gaps), SPACE, NEWLINE) - 1]


def with_gaps(penalties: "Tensor", gaps: np.ndarray, ink: np.ndarray) -> "Tensor":
    """Penalties (S, BLANK) of all segments from those (n, BLANK) of the segments that are ``ink`` (S,) bool; the others are gaps."""
    import torch

    full = torch.empty(len(ink), BLANK)
    full[torch.from_numpy(~ink)] = torch.from_numpy(gap_penalties(gaps[~ink]))
    return full.index_put((torch.from_numpy(np.flatnonzero(ink)),), penalties)
