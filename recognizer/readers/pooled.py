"""Several readers of one thing as one: each says how likely it finds the texts of the others, and the product decides."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic

import numpy as np

from recognizer.errors import InputError
from recognizer.readers.calibration import Calibration
from recognizer.readers.money import Money
from recognizer.readers.reader import ALTERNATIVES, LatticeReader, Source, confidences_of, ignore, path_of, reading_of
from recognizer.readers.reading import Alternative, Pool, Reading

_SURE = 1e-12  # nobody is surer than this that a text is not meant


@dataclass(frozen=True)
class PooledReader(Generic[Source]):
    """Reads as its ``readers`` do together, whose graphs must have the same labels.

    A text's chance is the product of what each of them gives it, to the power of its ``weights``, as a share of all texts that
    any of them found and of what is left to each for others. Read by a reader alone where the others find nothing.
    """

    readers: tuple[LatticeReader[Source], ...]
    weights: tuple[float, ...]
    threshold: float  # confidence from which on a reading is accepted

    def read(self, source: Source, on_stage: Callable[[str], None] = ignore) -> Reading:
        """Read ``source``; the trace is that of the first reader that found the answer. Raises as a `LatticeReader` does."""
        start = time.perf_counter()
        readings, weights, failure = [], [], None
        for reader, weight in zip(self.readers, self.weights, strict=True):
            try:
                readings.append(reader.read(source, on_stage))
                weights.append(weight)
            except InputError as error:
                failure = failure or error
        if failure and not readings:
            raise failure
        texts, chances = opinions(readings)
        alternatives = weighed(texts, chances, weights)
        best = alternatives[0]
        found = next(k for k, r in enumerate(readings) if any(a.labels == best.labels for a in r.alternatives))
        trace = readings[found].trace
        trace = trace.with_stage("best path", path_of(trace.interpretation, best.labels))
        order = sorted(range(len(readings)), key=lambda k: k != found)
        pool = Pool(tuple(texts), chances[order], tuple(weights[k] for k in order), self.threshold)
        return replace(reading_of(alternatives, trace, self.threshold, start), pool=pool)


def join(readings: Sequence[Reading], weights: Sequence[float]) -> tuple[Alternative, ...]:
    """The texts that any of the readings found, most likely first, with their confidence by all of them together."""
    return weighed(*opinions(readings), weights)


# Texts with their labels, and the chances (R, T + 1) that each of R readers gives each of them, and last all others.
Opinions = tuple[list[tuple[str, tuple[int, ...]]], np.ndarray]


def opinions(readings: Sequence[Reading]) -> Opinions:
    """The texts that any of the readings found, of amounts one for each value, with their labels, and the chance that each
    reading gives each of them, and last all others, (R, T + 1)."""
    reader = readings[0].trace.reader
    money = reader.money if reader else None
    texts = {
        _meaning(each.text, money): (each.text, each.labels) for reading in readings for each in reading.alternatives
    }
    chances = np.empty((len(readings), len(texts) + 1))
    for row, reading in zip(chances, readings, strict=True):
        known = {_meaning(each.text, money): each.confidence for each in reading.alternatives}
        graph = reading.trace.interpretation
        others = [meaning for meaning in texts if meaning not in known]
        known |= dict(zip(others, confidences_of(graph, [texts[each][1] for each in others], money), strict=True))
        row[:-1] = [known[meaning] for meaning in texts]
        row[-1] = 1 - row[:-1].sum()
    return list(texts.values()), chances


def under_conditions(pool: Pool, again: Reading) -> Reading:
    """What all systems read together where the first one reads ``again``, under conditions on its graph.

    The conditions hold for the texts of the others too: what the first one cannot write under them is no text of theirs; of what
    is new to them each takes a share of what is left to others. Where the answer stays what it was without conditions, these have
    ruled out others, and are no reason to trust it less.
    """
    money, graph = again.trace.reader.money, again.trace.interpretation
    known = {_meaning(text, money) for text, _ in pool.texts}
    new = [(each.text, each.labels) for each in again.alternatives if _meaning(each.text, money) not in known]
    texts = [*pool.texts, *new]
    own = confidences_of(graph, [labels for _, labels in texts], money)
    share = pool.chances[1:, -1:] / (len(new) + 1)
    others = np.concatenate([pool.chances[1:, :-1], np.repeat(share, len(new) + 1, axis=1)], axis=1)
    others[:, :-1] *= own > 0
    others /= np.maximum(others.sum(axis=1, keepdims=True), _SURE)
    chances = np.vstack([[*own, max(1 - own.sum(), 0.0)], others])
    kept = np.flatnonzero(own > 0).tolist()
    ranked = weighed([texts[k] for k in kept], chances[:, [*kept, -1]], pool.weights)
    before = weighed(list(pool.texts), pool.chances, pool.weights)[0]
    if _meaning(before.text, money) == _meaning(ranked[0].text, money):
        ranked = (replace(ranked[0], confidence=max(ranked[0].confidence, before.confidence)), *ranked[1:])
    doubted = [replace(each, confidence=each.confidence * pool.doubt) for each in ranked]
    alternatives = calibrated(doubted, pool.calibration)
    trace = again.trace.with_stage("best path", path_of(graph, alternatives[0].labels))
    return replace(reading_of(alternatives, trace, pool.threshold, 0.0), seconds=again.seconds)


def _meaning(text: str, money: Money | None) -> str:
    return money.value(text) if money else text


def weighed(
    texts: list[tuple[str, tuple[int, ...]]], chances: np.ndarray, weights: Sequence[float]
) -> tuple[Alternative, ...]:
    """The product of `opinions` (systems, T + 1) to the power of their weights, most likely first."""
    logarithms = np.array(weights) @ np.log(np.maximum(chances, _SURE))
    shares = np.exp(logarithms - logarithms.max())
    shares /= shares.sum()
    order = np.argsort(-shares[:-1], kind="stable")[:ALTERNATIVES]
    return tuple(Alternative(texts[k][0], float(shares[k]), texts[k][1]) for k in order)


def calibrated(ranked: Sequence[Alternative], calibration: Calibration) -> tuple[Alternative, ...]:
    """The first one with its confidence as it was measured to be, the others with their shares of what that leaves."""
    first = ranked[0].confidence
    confidence = calibration.of(first)
    left = (1 - confidence) / max(1 - first, _SURE)
    others = (replace(each, confidence=min(each.confidence * left, confidence)) for each in ranked[1:])
    return (replace(ranked[0], confidence=confidence), *others)
