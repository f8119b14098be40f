"""The cheque reader: from the image of a whole cheque to its amount, through one graph of every doubt (1998 paper, section X)."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from recognizer.gtn import Graph, batch_union, forward, posteriors, prune, pruned_search
from recognizer.gtn.origins import made_through
from recognizer.language.amount import amount_grammar, written_symbols
from recognizer.page.layout import around
from recognizer.page.page import Page
from recognizer.readers.candidates import Candidates, FieldPenalties, field_graph, find_candidates, segmentations
from recognizer.readers.displacement_opinion import DisplacementOpinion
from recognizer.readers.doubt import DOUBT
from recognizer.readers.fields import FieldSegmenter
from recognizer.readers.legal_amount_opinion import LegalAmountOpinion, LegalLine
from recognizer.readers.money import Money
from recognizer.readers.pooled import Opinions, weighed
from recognizer.readers.reader import LatticeReader, alternatives_of, ignore, path_of, reading_of, recognise_arcs
from recognizer.readers.reading import FieldOnPage, Pool, Reading, Stage, Trace
from recognizer.readers.recut import cutting_reader
from recognizer.segments import Segments

if TYPE_CHECKING:
    from recognizer.networks.field import FieldPenalty

# On cheques 1 amount of 12 has no currency sign before it, printed or written, 1 of 20 no cents, 1 of 150 no dollars [nats].
UNSIGNED, WHOLE, FROM_ZERO = 2.5, 3.0, 5.0
HOPELESS = 20.0  # nats: what is so much worse than the best on the same ink, most of all paths, is no opinion


def cheque_reader(
    network: "FieldPenalty",
    recognise: Callable[[Segments], np.ndarray],
    classes: tuple[str, ...],
    second: DisplacementOpinion,
    legal: LegalAmountOpinion | None,
    weights: tuple[float, ...],
    threshold: float,
    country: str | None = None,
) -> "ChequeReader":
    """Finds the amount by a `FieldPenalty` network and reads it by a recogniser of these classes, to which a link is a point;
    displacement is heard too, and perhaps the amount in words."""
    return ChequeReader(
        field_penalties=penalties_by(network),
        recognise=recognise,
        grammar=cheque_grammar(classes, country),
        classes=classes,
        symbols=written_symbols(classes),
        second=second,
        legal=legal,
        weights=weights,
        threshold=threshold,
        country=country,
    )


def cheque_grammar(classes: tuple[str, ...], country: str | None = None) -> Graph:
    """Amounts as they stand on cheques of a country."""
    return amount_grammar(classes, country, unsigned=UNSIGNED, whole=WHOLE, from_zero=FROM_ZERO)


def penalties_by(network: "FieldPenalty") -> FieldPenalties:
    """The penalties (F,) float32 [nats] that the network gives fields by their features (F, N), without the library that it is made with,
    which for so few numbers takes 0.3 ms to get under way."""
    whole = network.mean, network.spread, network.linear.weight[0], network.linear.bias
    mean, spread, weight, bias = (each.detach().double().numpy() for each in whole)
    slopes = weight / spread
    return partial(_linear_unit, slopes, bias - slopes @ mean)


def _linear_unit(slopes: np.ndarray, offset: np.ndarray, features: np.ndarray) -> np.ndarray:
    penalties: np.ndarray = np.logaddexp(0, features @ slopes + offset).astype(np.float32)
    return penalties


@dataclass(frozen=True)
class ChequeReader:
    """Reads pages that show one cheque; ``field_penalties`` judges where the amount may be, the rest is as in `LatticeReader`.

    A text's chance is the product of what over-segmentation, the ``second`` opinion and, where it is heard, the ``legal`` amount
    give it, to the power of their ``weights``.
    """

    field_penalties: FieldPenalties
    recognise: Callable[[Segments], np.ndarray]
    grammar: Graph
    classes: tuple[str, ...]
    symbols: tuple[str, ...]
    second: DisplacementOpinion
    legal: LegalAmountOpinion | None
    weights: tuple[float, ...]
    threshold: float
    country: str | None = None  # where amounts are written so; None: anywhere

    @property
    def money(self) -> Money:
        """What its texts mean."""
        return Money(self.classes, self.country)

    def read(self, source: Page, on_stage: Callable[[str], None] = ignore) -> Reading:
        """Read the amount. ``on_stage`` hears the name of each stage before it; what it raises stops the reading.

        Raises NothingToRead or InputError where there is no amount, or no cheque.
        """
        start = time.perf_counter()
        candidates, trace, (texts, chances), line = self.opinions(source, on_stage)
        doubt = DOUBT ** len(candidates.flaws)
        alternatives = tuple(
            replace(each, confidence=each.confidence * doubt) for each in weighed(texts, chances, self.weights)
        )
        trace = trace.with_stage("best path", path_of(trace.interpretation, alternatives[0].labels))
        return replace(
            reading_of(alternatives, trace, self.threshold, start),
            flaws=candidates.flaws,
            fields=fields_on_page(candidates, owner_of_answer(trace)),
            words=None if line is None else line.on_page([text for text, _ in texts], chances[-1]),
            pool=Pool(tuple(texts), chances, self.weights, self.threshold, doubt),
        )

    def opinions(
        self, source: Page, on_stage: Callable[[str], None] = ignore
    ) -> tuple[Candidates, Trace, Opinions, LegalLine | None]:
        """The fields of ``source``, the stages up to the interpretation, what all opinions think of the texts found, and the line
        of words that the last of them goes by."""
        on_stage("fields")
        candidates = find_candidates(source, self.field_penalties)
        on_stage("recognition")
        penalties = self._recognised(candidates)
        segmentation = segmentations(candidates, candidates.penalties - free_penalties(candidates, penalties))
        recognition = batch_union(recognise_arcs(segmentation, penalties))
        on_stage("interpretation")
        interpretation = _interpretation(recognition, self.grammar)
        on_stage("best path")
        first = alternatives_of(interpretation, self.symbols, self.money)
        stages = (
            Stage("fields", field_graph(candidates.penalties)),
            Stage("segmentation", batch_union(segmentation)),
            Stage("recognition", recognition),
            Stage("interpretation", interpretation),
        )
        fields = FieldSegmenter(candidates.parts, source.grey.shape)
        reader: LatticeReader[Page] = replace(
            cutting_reader(fields, self.recognise, self.grammar, self.classes, self.threshold), money=self.money
        )
        trace = Trace(candidates.segments, penalties, self.classes, self.symbols, stages, reader)
        shares = _field_shares(trace, len(candidates.penalties))
        texts, chances = self.second.opinions(candidates, shares, interpretation, first)
        line = self.legal.line(source, candidates, int(np.argmax(shares))) if self.legal else None
        if self.legal:
            said = self.legal.of_line(line.penalties, [text for text, _ in texts]) if line else np.ones(len(texts) + 1)
            chances = np.vstack([chances, said])
        return candidates, trace, (texts, chances), line

    def _recognised(self, candidates: Candidates) -> np.ndarray:
        """Penalties (S, K) of the segments, of which those that several fields share are recognised once."""
        segments = candidates.segments
        once, place = np.unique(candidates.twins, return_inverse=True)
        arrays = {name: getattr(segments, name)[once] for name in ("first", "last", "boxes", "images", "features")}
        penalties: np.ndarray = self.recognise(replace(segments, **arrays))[place]
        return penalties


def _interpretation(recognition: Graph, grammar: Graph) -> Graph:
    """The interpretations that are not hopeless; origins = (arc of ``recognition``, arc of the grammar).

    What is hopeless whatever the grammar says is left out before, since the grammar would multiply it.
    """
    likely = prune(recognition, margin=HOPELESS)
    return made_through(likely, pruned_search(likely, grammar, margin=HOPELESS))


def _field_shares(trace: Trace, fields: int) -> np.ndarray:
    """(F,) how likely each field holds the amount: the posterior of the arcs that interpretations begin with."""
    interpretation = trace.interpretation
    arcs = np.flatnonzero(np.isin(interpretation.source, interpretation.starts))
    owners = trace.follow("interpretation", "fields", arcs)
    return np.bincount(owners, np.asarray(posteriors(interpretation))[arcs], fields)


def owner_of_answer(trace: Trace) -> int:
    """The field that the best path was made from."""
    owners = trace.follow("best path", "fields")
    return int(owners[owners >= 0][0])


def fields_on_page(candidates: Candidates, chosen: int) -> tuple[FieldOnPage, ...]:
    """The fields as rectangles around their segments. Two that differ in how their cents are taken are one rectangle."""
    found: dict[tuple[float, ...], FieldOnPage] = {}
    for field, (place, penalty) in enumerate(zip(candidates.fields.boxes, candidates.penalties, strict=True)):
        key = tuple(place.tolist())
        left, top, right, foot = around(candidates.segments.boxes[candidates.owners == field]).tolist()
        known = found.get(key, FieldOnPage((left, top, right, foot), float(penalty), False))
        found[key] = replace(known, chosen=known.chosen or field == chosen)
    return tuple(found.values())


def free_penalties(candidates: Candidates, penalties: np.ndarray) -> np.ndarray:
    """Forward penalty (F,) of the recognition graph of each field, from the penalties (S, K) of classes.

    Recognisers that are trained globally leave their penalties unnormalised: more ink has more or less to give away whatever it is.
    Taken off, what remains of a path is -log P(characters | field), and fields can be compared.
    """
    free = np.zeros(len(candidates.penalties), np.float32)
    return np.asarray(forward(recognise_arcs(segmentations(candidates, free), penalties)))
