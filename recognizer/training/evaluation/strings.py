"""How well strings are read, through segmentation and grammar."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import nn

from recognizer.gtn import Graph, prune
from recognizer.readers.reader import MARGIN, confidences
from recognizer.training.data.cut_strings import CutStrings
from recognizer.training.evaluation.rejection import Outcome
from recognizer.training.learning.globally import interpret, lattices, string_images


def outcome(network: nn.Module, string: CutStrings, grammar: Graph, target: Sequence[int] | np.ndarray) -> Outcome:
    """Confidence of the answer to one string, whose labels are ``target`` (n,), and whether it is wrong;
    no answer is wrong, with no confidence."""
    with torch.inference_mode():
        penalties = network(string_images(string), torch.from_numpy(string.features)).numpy()
    segmentation = lattices(string.first, string.last, string.ends)
    labels, confidence = confidences(prune(interpret(segmentation, penalties, grammar), margin=MARGIN))[0]
    return (confidence if labels else 0.0), labels != tuple(target)


def error_of(outcomes: Sequence[Outcome]) -> float:
    """Share of wrong answers."""
    return float(np.mean([wrong for _, wrong in outcomes]))
