"""What every reader answers: a text with its confidence, and the trace of graphs that led to it."""

from dataclasses import dataclass, replace
from pkgutil import resolve_name
from typing import Any, Literal, get_args

import numpy as np

from recognizer.boxes import around
from recognizer.gtn import Graph
from recognizer.gtn.origins import Arcs, arcs_behind, arcs_made
from recognizer.readers.calibration import UNCALIBRATED, Calibration
from recognizer.segments import Segments

StageName = Literal["fields", "segmentation", "recognition", "interpretation", "best path"]
STAGES: tuple[StageName, ...] = get_args(StageName)  # in the order of computation; fields are only of cheques


@dataclass(frozen=True)
class Alternative:
    """One candidate text; ``confidence`` estimates P(text | input), in 0..1."""

    text: str
    confidence: float
    labels: tuple[int, ...]  # the text as labels of the graphs


@dataclass(frozen=True)
class Stage:
    """One graph on the way to the answer; ``origins[0]`` of its arcs point into the arcs of the stage before it."""

    name: StageName
    graph: Graph


@dataclass(frozen=True)
class Trace:
    """How a reading came about. Arc i of the segmentation graph is segment i; its nodes are the cuts."""

    segments: Segments
    penalties: np.ndarray  # (S, K) float32: recogniser's penalty of every class for every segment [nats]
    classes: tuple[str, ...]  # K names of classes; the last one is junk: no character at all
    symbols: tuple[str, ...]  # text of each label of the graphs; label 0 is epsilon
    stages: tuple[Stage, ...]  # in the order of computation
    reader: Any = None  # the `LatticeReader` whose grammar decodes the same segments again; None: nothing does
    beside: "Trace | None" = None  # of another reading, into whose interpretation graph origins[1] of this one's point

    @property
    def segmentation(self) -> Graph:
        """One arc for each segment."""
        return self.graph("segmentation")

    @property
    def recognition(self) -> Graph:
        """One arc for each class of each segment."""
        return self.graph("recognition")

    @property
    def interpretation(self) -> Graph:
        """What of these makes sense."""
        return self.graph("interpretation")

    @property
    def best_path(self) -> Graph:
        """The path that writes the answer."""
        return self.graph("best path")

    @property
    def names(self) -> tuple[StageName, ...]:
        """The stages that there are."""
        return tuple(stage.name for stage in self.stages)

    def graph(self, name: StageName) -> Graph:
        """The graph of a stage."""
        return self.stages[self.names.index(name)].graph

    def with_stage(self, name: StageName, graph: Graph) -> "Trace":
        """The trace up to here: a stage made from those that come before it, in place of what stood there and was made later."""
        before = (stage for stage in self.stages if STAGES.index(stage.name) < STAGES.index(name))
        return replace(self, stages=(*before, Stage(name, graph)))

    def follow(self, start: StageName, end: StageName, arcs: Arcs | int | None = None) -> Arcs:
        """What arcs (n,) of the stage ``start``, or all, have to do with the stage ``end``; -1 is no arc.

        To an earlier stage (n,): the arc that each was made from, -1 where there is none. To a later one (m,): all arcs that were
        made from any of them, ascending. To the same one: themselves.
        """
        graphs = [stage.graph for stage in self.stages]
        here, there = self.names.index(start), self.names.index(end)
        given = np.arange(len(graphs[here].source)) if arcs is None else np.asarray(arcs)
        if there > here:
            return arcs_made(*graphs[here + 1 : there + 1], arcs=given)
        return arcs_behind(*graphs[there + 1 : here + 1], arcs=given)

    def thread(self, start: StageName, arcs: Arcs | int | None = None) -> list[Arcs]:
        """For every stage the arcs that arcs (n,) of the stage ``start``, or all, have to do with, without -1."""
        threads = (np.atleast_1d(self.follow(start, name, arcs)) for name in self.names)
        return [thread[thread >= 0] for thread in threads]


@dataclass(frozen=True)
class FieldOnPage:
    """A rectangle of a cheque that was read because it may hold the amount."""

    box: tuple[float, float, float, float]  # left, top, right, foot [px of the page]
    penalty: float  # [nats]
    chosen: bool  # is the answer read from it?


@dataclass(frozen=True)
class WordsOnPage:
    """The line of a cheque that says its amount in words."""

    box: tuple[float, float, float, float]  # left, top, right, foot [px of the page]
    letters: str  # the likeliest ones, whatever they may mean
    text: str  # the amount in figures that they speak for most; empty: for none that the figures may say
    confidence: float  # the share of that, of all that the figures may say and of any other amount


@dataclass(frozen=True)
class Pool:
    """What several systems think of the texts that any of them found; the first is the one whose trace the reading has."""

    texts: tuple[tuple[str, tuple[int, ...]], ...]  # T of them, with their labels
    chances: np.ndarray  # (R, T + 1) that each of R systems gives each of them, and last all others
    weights: tuple[float, ...]  # R
    threshold: float  # confidence from which on the reading is accepted
    doubt: float = 1.0  # the share of the confidence that flaws of the picture leave
    calibration: Calibration = UNCALIBRATED


@dataclass(frozen=True)
class Reading:
    """The answer of a reader."""

    text: str
    confidence: float  # exp(-discriminative forward penalty) of the text: an estimate of P(text | input)
    accepted: bool  # confidence reaches the threshold for the wanted error rate
    alternatives: tuple[Alternative, ...]  # best first; the first is the text itself
    seconds: float
    trace: Trace
    flaws: tuple[str, ...] = ()  # of the picture, in plain words; the confidence is lower for them
    fields: tuple[FieldOnPage, ...] = ()  # of a cheque, likeliest first
    words: WordsOnPage | None = None  # likewise, where its amount was found in words
    agreed: bool = True  # False: two systems were heard, which have no text in common
    # Of ink on several lines, what each was read as; the trace is the first one's, the only one with pictures.
    lines: tuple["Reading", ...] = ()
    unread: int = 0  # lines below them that were left unread, as what was read is no writing
    value: str | None = None  # of an amount, with two digits after the point; the confidence is that of the value
    currency: str | None = None  # of an amount, as an ISO code, where one is written or known
    pool: Pool | None = None  # where several systems were heard

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Around what the answer was read from: left, top, right, foot [px of the page]."""
        chosen = next((field.box for field in self.fields if field.chosen), None)
        if chosen is not None:
            return chosen
        left, top, right, foot = around(self.trace.segments.boxes).tolist()
        return left, top, right, foot

    def _repr_svg_(self) -> str:
        """As notebooks show it. Drawings know readings, not the other way round: theirs is looked up by its name."""
        return str(resolve_name("recognizer.readers.drawing:in_notebooks")(self))

    def kept_in(self, again: "Reading") -> "Reading":
        """What is known of the page beside the trace stays when it is read ``again`` otherwise."""
        return replace(again, flaws=self.flaws, fields=self.fields, words=self.words, pool=self.pool)
