"""The words of a lexicon as they may be written: as they stand, capitalised, in capitals."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from recognizer.gtn.backoff import UNLISTED
from recognizer.language.alphabet import CHARACTERS, FIRST, label_of
from recognizer.language.prices import Prices
from recognizer.language.words import BEGINNING, WordModel

CAPITAL = np.array([0, *(label_of(character.upper()) or 0 for character in CHARACTERS)], np.uint8)  # by label


class Surfaces(NamedTuple):
    """Different sequences of labels, in their order."""

    labels: np.ndarray  # (n, longest) uint8, filled up with 0
    penalty: np.ndarray  # (n,) float32 [nats]
    token: np.ndarray  # (n,) int32 of the n-gram, or UNLISTED
    extra: np.ndarray  # (n, kinds) float32 [nats]: what its form costs more after each kind of history


def surfaces(lexicon: Sequence[tuple[str, float]], model: WordModel, prices: Prices) -> Surfaces:
    """The surfaces of words with their penalties [nats]; of one that several words share, the cheapest."""
    written = np.array([word for word, _ in lexicon], dtype=np.bytes_)
    codes = written.view(np.uint8).reshape(len(written), -1)
    labels = np.where(codes > 0, codes - (ord(FIRST) - 1), 0)
    capitals = CAPITAL[labels]
    capitalised = np.concatenate([capitals[:, :1], labels[:, 1:]], axis=1)
    frequency = prices.frequency * np.array([penalty for _, penalty in lexicon], np.float32)
    token = np.array([model.numbers.get(word, UNLISTED) for word, _ in lexicon], np.int32)
    known = token != UNLISTED
    groups = []
    for form, (table, price) in enumerate(
        ((labels, 0.0), (capitalised, prices.capitalised), (capitals, prices.capitals))
    ):
        formed = prices.form * model.forms[:, token, form].T
        penalty = frequency + np.where(known, formed[:, BEGINNING], price)
        groups.append((table, penalty, token, np.where(known[:, None], formed - formed[:, [BEGINNING]], 0)))
    return _distinct(Surfaces(*(np.concatenate(columns) for columns in zip(*groups, strict=True))))


def _distinct(surfaces: Surfaces) -> Surfaces:
    """The cheapest of those with the same labels, in the order of their labels."""
    rows = np.ascontiguousarray(surfaces.labels).view(f"S{surfaces.labels.shape[1]}")[:, 0]
    order = np.argsort(surfaces.penalty, kind="stable")
    order = order[np.argsort(rows[order], kind="stable")]
    new = np.append(True, rows[order][1:] != rows[order][:-1])
    return Surfaces(*(column[order[new]] for column in surfaces))
