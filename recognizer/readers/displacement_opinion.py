"""A second opinion on a cheque: its fields swept by the space displacement network (1998 paper, sections VII and X)."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn import Graph, beam_search, ctc_expansion, forward, frame_graph
from recognizer.language.amount import value_of, written_symbols
from recognizer.page.frames import picture_of_inked
from recognizer.readers.candidates import Candidates, FieldPart
from recognizer.readers.displacement import MARGIN, WIDTH, penalties_of_pictures
from recognizer.readers.money import Money
from recognizer.readers.pooled import Opinions
from recognizer.readers.reader import alternatives_of, confidences_of
from recognizer.readers.reading import Alternative

if TYPE_CHECKING:
    from recognizer.networks.displacement import Displacement

UNLIKELY = 0.02  # fields whose share is smaller are not read


def displacement_opinion(network: "Displacement", classes: tuple[str, ...], grammar: Graph) -> "DisplacementOpinion":
    """That of a `Displacement` network of these classes, blank last; the grammar is that of the first opinion."""
    return DisplacementOpinion(
        partial(penalties_of_pictures, network), ctc_expansion(grammar, len(classes)), classes, written_symbols(classes)
    )


@dataclass(frozen=True)
class DisplacementOpinion:
    """Reads the fields that the first opinion found."""

    # From pictures (CHANNELS, ROWS, W) to penalties (T, K) of the frames of each [nats].
    recognise: Callable[[Sequence[np.ndarray]], list[np.ndarray]]
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
        heard = self._heard(candidates, shares)
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

    def _heard(self, candidates: Candidates, shares: np.ndarray) -> list[tuple[float, Graph]]:
        """The share and the interpretation of each likely field that means anything."""
        likely = [
            (share, parts) for share, parts in zip(shares.tolist(), candidates.parts, strict=True) if share >= UNLIKELY
        ]
        pictures = _pictures(part for _, parts in likely for part in parts)
        said = dict(zip(pictures, self.recognise(list(pictures.values())), strict=True))
        graphs = [
            (share, self._interpretation([said[part] for part in parts]))
            for share, parts in likely
            if all(part in said for part in parts)
        ]
        return [(share, graph) for share, graph in graphs if np.isfinite(forward(graph)[0])]

    def _interpretation(self, stretches: Sequence[np.ndarray]) -> Graph:
        """What the frames of the parts of a field may mean, a point between them."""
        point = np.where(np.array(self.classes) == ".", 0, np.inf).astype(np.float32)[None]
        penalties = np.concatenate([each for stretch in stretches for each in (point, stretch)][1:])
        return beam_search(frame_graph(penalties), self.grammar, margin=MARGIN, width=WIDTH)


def _pictures(parts: Iterable[FieldPart]) -> dict[FieldPart, np.ndarray]:
    """Those of the parts that can be a line."""
    pictures = {}
    for part in dict.fromkeys(parts):
        with suppress(InputError):
            pictures[part] = picture_of_inked(part.ink)
    return pictures


def _found(interpretation: Graph, symbols: tuple[str, ...], money: Money) -> tuple[Alternative, ...]:
    try:
        return alternatives_of(interpretation, symbols, money)
    except InputError:
        return ()
