"""A second opinion on a cheque: its fields swept by the space displacement network (1998 paper, sections VII and X)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn import Graph, beam_search, forward, segmentation_graph, stretched
from recognizer.language.amount import written_symbols
from recognizer.page.frames import sweep_of
from recognizer.page.window import Window
from recognizer.readers.candidates import Candidates
from recognizer.readers.joined import Opinions
from recognizer.readers.reader import conclude, confidence_of, recognise_arcs
from recognizer.readers.reading import Alternative
from recognizer.readers.sweep import MARGIN, sweep_penalties

if TYPE_CHECKING:
    from torch import nn

UNLIKELY = 0.02  # fields whose share is smaller are not swept


def second_opinion(network: "nn.Module", classes: tuple[str, ...], grammar: Graph) -> "SecondOpinion":
    """That of a `Displacement` network of these classes, blank last; the grammar is that of the first opinion."""
    return SecondOpinion(
        partial(sweep_penalties, network), stretched(grammar, len(classes)), classes, written_symbols(classes)
    )


@dataclass(frozen=True)
class SecondOpinion:
    """Reads the fields that the first opinion found."""

    recognise: Callable[
        [np.ndarray], np.ndarray
    ]  # from sweeps (CHANNELS, ROWS, W) to penalties (T, K) of frames [nats]
    grammar: Graph  # of frames
    classes: tuple[str, ...]
    symbols: tuple[str, ...]

    def opinions(
        self, candidates: Candidates, shares: np.ndarray, interpretation: Graph, first: Sequence[Alternative]
    ) -> Opinions:
        """What was found ``first`` and what the sweep finds beside, as far as the ``interpretation`` of the cheque writes
        it, and the chances (2, T + 1) that both give each text, and last all others. ``shares`` (F,): how likely the first
        opinion thinks that each field holds the amount; the second opinion says nothing of that.
        """
        swept = [
            (share, graph)
            for share, windows in zip(shares, candidates.windows, strict=True)
            if share >= UNLIKELY and (graph := self._interpretation(windows)) is not None
        ]
        texts = {each.text: each.labels for each in first}
        known = {each.text: each.confidence for each in first}
        for _, graph in swept:
            for each in _found(graph, self.symbols):
                if each.text not in texts and (chance := confidence_of(interpretation, each.labels)) > 0:
                    texts[each.text], known[each.text] = each.labels, chance
        chances = np.zeros((2, len(texts) + 1))
        for column, (text, labels) in enumerate(texts.items()):
            chances[0, column] = known[text]
            chances[1, column] = sum(share * confidence_of(graph, labels) for share, graph in swept)
        chances[:, -1] = np.maximum(1 - chances[:, :-1].sum(1), 0)
        return list(texts.items()), chances

    def _interpretation(self, windows: Sequence[Window]) -> Graph | None:
        """What the frames of a field may mean, a point between its parts; None where that is nothing."""
        point = np.where(np.array(self.classes) == ".", 0, np.inf).astype(np.float32)[None]
        parts: list[np.ndarray] = []
        try:
            for window in windows:
                parts += [*([point] if parts else []), self.recognise(sweep_of(window.grey))]
        except InputError:
            return None
        penalties = np.concatenate(parts)
        frames = np.arange(len(penalties), dtype=np.int32)
        line = segmentation_graph(frames, frames + 1, cuts=len(frames) + 1)
        found = beam_search(recognise_arcs(line, penalties), self.grammar, margin=MARGIN)
        return found if np.isfinite(forward(found)[0]) else None


def _found(interpretation: Graph, symbols: tuple[str, ...]) -> tuple[Alternative, ...]:
    try:
        return conclude(interpretation, symbols)[0]
    except InputError:
        return ()
