"""What over-segmentation reads of words without a language: the path of lowest penalty."""

import numpy as np
import torch
from torch import nn

from recognizer.gtn import best_path
from recognizer.language.alphabet import labels_of
from recognizer.training.data.cut_words import CutWords
from recognizer.training.evaluation.distance import error_rates
from recognizer.training.learning.word_batches import batch_of, recognition

_TOGETHER = 50  # words read at a time


def word_errors(network: nn.Module, words: CutWords, chosen: np.ndarray) -> tuple[float, float]:
    """Share of the ``chosen`` words (n,) that are read wrong, and edits for each true character."""
    pairs = []
    for part in np.array_split(chosen, -(-len(chosen) // _TOGETHER)):
        batch = batch_of(words, part, None)
        with torch.inference_mode():
            penalties = network(torch.from_numpy(batch.images), torch.from_numpy(batch.features))
        paths = best_path(recognition(batch, penalties))
        for k, word in enumerate(part):
            output = paths[k].output
            pairs.append((output[output > 0].tolist(), labels_of(str(words.labels[word])) or []))
    return error_rates(pairs)
