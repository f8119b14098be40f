"""A second opinion on a cheque: its fields swept by the space displacement network (1998 paper, sections VII and X)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn import Graph, beam_search, ctc_expansion, forward, segmentation_graph
from recognizer.language.amount import value_of, written_symbols
from recognizer.page.frames import picture_of_inked
from recognizer.readers.candidates import Candidates, Part
from recognizer.readers.displacement import MARGIN, WIDTH, frame_penalties
from recognizer.readers.money import Money
from recognizer.readers.pooled import Opinions
from recognizer.readers.reader import conclude, confidences_of, recognise_arcs
from recognizer.readers.reading import Alternative

if TYPE_CHECKING:
    from torch import nn

UNLIKELY = 0.02  # fields whose share is smaller are not read


def displacement_opinion(network: "nn.Module", classes: tuple[str, ...], grammar: Graph) -> "DisplacementOpinion":
    """That of a `Displacement` network of these classes, blank last; the grammar is that of the first opinion."""
    return DisplacementOpinion(
        partial(frame_penalties, network), ctc_expansion(grammar, len(classes)), classes, written_symbols(classes)
    )


@dataclass(frozen=True)
class DisplacementOpinion:
    """Reads the fields that the first opinion found."""

    # From pictures (CHANNELS, ROWS, W) to penalties (T, K) of frames [nats].
    recognise: Callable[[np.ndarray], np.ndarray]
    grammar: Graph  # of frames
    classes: tuple[str, ...]
    symbols: tuple[str, ...]

    @property
    def money(self) -> Money:
        """What its texts mean."""
        return Money(self.classes)

    def opinions(
        self, candidates: Candidates, shares: np.ndarray, interpretation: Graph, first: Sequence[Alternative]
    ) -> Opinions:
        """What was found ``first`` and what displacement finds beside, as far as the ``interpretation`` of the cheque writes
        it, and the chances (2, T + 1) that both give each text, and last all others. ``shares`` (F,): how likely the first
        opinion thinks that each field holds the amount; the second opinion says nothing of that.
        """
        heard = [
            (share, graph)
            for share, parts in zip(shares, candidates.parts, strict=True)
            if share >= UNLIKELY and (graph := self._interpretation(parts)) is not None
        ]
        known = {value_of(each.text): (each.text, each.labels, each.confidence) for each in first}
        beside = [each for _, graph in heard for each in _found(graph, self.symbols, self.money)]
        new = [each for each in beside if value_of(each.text) not in known]
        shares_of_new = confidences_of(interpretation, [each.labels for each in new], self.money)
        for each, chance in zip(new, shares_of_new, strict=True):
            if chance > 0:
                known[value_of(each.text)] = each.text, each.labels, chance
        texts = [(text, labels) for text, labels, _ in known.values()]
        chances = np.zeros((2, len(texts) + 1))
        chances[0, :-1] = [chance for _, _, chance in known.values()]
        for share, graph in heard:
            chances[1, :-1] += share * confidences_of(graph, [labels for _, labels in texts], self.money)
        chances[:, -1] = np.maximum(1 - chances[:, :-1].sum(1), 0)
        return texts, chances

    def _interpretation(self, parts: Sequence[Part]) -> Graph | None:
        """What the frames of a field may mean, a point between its parts; None where that is nothing."""
        point = np.where(np.array(self.classes) == ".", 0, np.inf).astype(np.float32)[None]
        stretches: list[np.ndarray] = []
        try:
            for part in parts:
                stretches += [*([point] if stretches else []), self.recognise(picture_of_inked(part.ink))]
        except InputError:
            return None
        penalties = np.concatenate(stretches)
        frames = np.arange(len(penalties), dtype=np.int32)
        line = segmentation_graph(frames, frames + 1, cuts=len(frames) + 1)
        found = beam_search(recognise_arcs(line, penalties), self.grammar, margin=MARGIN, width=WIDTH)
        return found if np.isfinite(forward(found)[0]) else None


def _found(interpretation: Graph, symbols: tuple[str, ...], money: Money) -> tuple[Alternative, ...]:
    try:
        return conclude(interpretation, symbols, money)[0]
    except InputError:
        return ()
