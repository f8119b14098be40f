"""How often characters come, taken out again of what a recogniser has learnt of it: a language says that better.

A network's penalties estimate -log P(class | picture), which holds P(class) as it was among its examples. Most words are in small
letters, so that a capital of the same shape loses, and the language beside it counts the same a second time. Bayes' rule
takes it out (H. Bourlard, N. Morgan, "Connectionist speech recognition", 1994, 7.3).
"""

from collections.abc import Iterable

import numpy as np
import torch
from torch import nn

from recognizer.language.alphabet import COUNT, labels_of

POWER = 0.5  # to which shares are taken out, and
RAREST = 4.0  # how much rarer than most a character counts at most [nats]; chosen on 1,000 words of validation writers


def surprises(texts: Iterable[str]) -> np.ndarray:
    """(COUNT,) float32 [nats]: -log of the share of each character in ``texts``, less its mean over them, at most RAREST."""
    labels = [label - 1 for text in texts for label in labels_of(text) or [] if label <= COUNT]
    counts = 1 + np.bincount(labels, minlength=COUNT)
    shares = counts / counts.sum()
    surprise = -np.log(shares)
    found: np.ndarray = np.minimum(surprise - shares @ surprise, RAREST).astype(np.float32)
    return found


@torch.no_grad()
def take_out(output: nn.Linear | nn.Conv1d, texts: Iterable[str]) -> None:
    """Change, in place, the layer that gives log P of the characters (and of one class more, or not) as if all in ``texts``
    were more alike in number."""
    assert output.bias is not None
    output.bias[:COUNT] += POWER * torch.from_numpy(surprises(texts))
