"""What the amount in words says of the courtesy amount: evidence from the line below it (beyond the 1998 paper)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from recognizer.errors import InputError
from recognizer.frames import collapsed
from recognizer.gtn import (
    Graph,
    batch,
    beam_search,
    compose,
    ctc_expansion,
    forward,
    frame_graph,
    graph_of,
)
from recognizer.language.legal_amount import CLASSES, legal_amount, legal_grammar
from recognizer.language.number_words import MOST
from recognizer.page.frames import picture_of
from recognizer.page.layout import around
from recognizer.page.legal_line import find_legal_line
from recognizer.page.page import Page
from recognizer.page.window import cut_out
from recognizer.readers.candidates import Candidates
from recognizer.readers.displacement import penalties_of_pictures
from recognizer.readers.reading import WordsOnPage

if TYPE_CHECKING:
    from recognizer.networks.displacement import Displacement

FAINT = 7.0  # classes of a frame so much worse than its best are left out [nats]
MARGIN = 10.0  # of the beam over all amounts [nats]
ILLEGIBLE = 0.12  # penalty of each frame of a line that says nothing of the amount [nats]
ANOTHER = 9.0  # -log of the chance of each single amount that is no candidate [nats]

ROWS = 24  # px that lines are high where they are read: little more than on their pictures
SAID = 0.5  # share of the evidence from which on words say an amount

_NONE = graph_of([], [], [], final=[1], nodes=2)


@dataclass(frozen=True)
class LegalLine:
    """A line of words as it was recognised."""

    box: tuple[float, float, float, float]  # left, top, right, foot [px of the page]
    penalties: np.ndarray  # (T, K) of frames [nats]

    def on_page(self, texts: Sequence[str], evidence: np.ndarray) -> WordsOnPage:
        """The line with what its ``evidence`` (T + 1,) of texts, and last of all others, comes to."""
        shares = evidence / evidence.sum()
        best = int(shares.argmax())
        text = texts[best] if best < len(texts) and shares[best] > SAID else ""
        return WordsOnPage(self.box, self._letters(), text, float(shares[best]))

    def _letters(self) -> str:
        """The likeliest class of each frame; what is seen in neighbouring frames is one letter."""
        return "".join(CLASSES[k] for k in collapsed(self.penalties.argmin(1), blank=len(CLASSES) - 1))


@dataclass(frozen=True)
class LegalAmountOpinion:
    """Reads lines of words; ``recognise`` takes pictures (CHANNELS, ROWS, W) to penalties (T, K) of frames [nats]."""

    recognise: Callable[[np.ndarray], np.ndarray]

    @cached_property
    def grammar(self) -> Graph:
        """All amounts, over frames."""
        return ctc_expansion(legal_grammar(), len(CLASSES))

    @cached_property
    def collapse(self) -> Graph:
        """From frames to the characters that they stand for."""
        every = range(1, len(CLASSES))
        return ctc_expansion(graph_of([0] * len(every), [0] * len(every), every, final=[0]), len(CLASSES))

    def line(self, page: Page, candidates: Candidates, field: int) -> LegalLine | None:
        """The line of words below a field of ``page``; None where there is none."""
        patches = find_legal_line(page.layout, candidates.fields.boxes[field])
        if patches is None:
            return None
        window = cut_out(page.grey, page.sheet, page.layout, patches, ROWS)
        try:
            penalties = self.recognise(picture_of(window.grey))
        except InputError:
            return None
        return LegalLine(page.sheet.box_on_page(around(page.layout.boxes[patches - 1])), penalties)

    def of_line(self, penalties: np.ndarray, texts: Sequence[str]) -> np.ndarray:
        """How likely frames of a line with ``penalties`` (T, K) are if the amount is each of the texts, and last if it is another;
        the highest of them 1.

        Any amount may stand beside a line that cannot be read, at ILLEGIBLE: so words that are like no amount say nothing, and
        those that are plainly another amount's speak against all texts.
        """
        likely = penalties <= penalties.min(1, keepdims=True) + FAINT
        recognised = frame_graph(np.where(likely, penalties, np.float32(np.inf)))
        characters = compose(
            recognised, self.collapse
        )  # once a line; its amounts over frames would be eight graphs of thousands
        candidates = compose(batch([characters] * len(texts)), batch([_amount(text) for text in texts]))
        another = beam_search(recognised, self.grammar, margin=MARGIN)
        likelihoods = -np.concatenate([forward(graph) for graph in (candidates, another)])
        likelihoods[-1] -= ANOTHER
        logarithms = np.logaddexp(likelihoods, -ILLEGIBLE * len(penalties))
        evidence: np.ndarray = np.exp(logarithms - logarithms.max())
        return evidence


def words_opinion(network: "Displacement") -> LegalAmountOpinion:
    """That of a `Displacement` network of CLASSES, blank last."""
    return LegalAmountOpinion(lambda picture: penalties_of_pictures(network, [picture])[0])


def _amount(text: str) -> Graph:
    """The words of an amount like 233.00 or 233; those of none where it is too large to be written in them."""
    dollars, _, cents = text.partition(".")
    return legal_amount(int(dollars), int(cents or 0)) if int(dollars) <= MOST else _NONE
