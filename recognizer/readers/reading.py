"""What every reader answers: a text with its confidence, and the trace of graphs that led to it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from recognizer.gtn import Graph
from recognizer.segments import Segments

if TYPE_CHECKING:
    from recognizer.readers.reader import Reader


@dataclass(frozen=True)
class Alternative:
    """One candidate text; ``confidence`` estimates P(text | input), in 0..1."""

    text: str
    confidence: float
    labels: tuple[int, ...]  # the text as labels of the graphs


@dataclass(frozen=True)
class Stage:
    """One graph on the way to the answer; ``origins[0]`` of its arcs point into the arcs of the stage before it."""

    name: str  # of cheques "fields", then "segmentation", "recognition", "interpretation", "best path"
    graph: Graph


@dataclass(frozen=True)
class Trace:
    """How a reading came about. Arc i of the segmentation graph is segment i; its nodes are the cuts."""

    segments: Segments
    penalties: np.ndarray  # (S, K) float32: recogniser's penalty of every class for every segment [nats]
    classes: tuple[str, ...]  # K names of classes; the last one is junk: no character at all
    symbols: tuple[str, ...]  # text of each label of the graphs; label 0 is epsilon
    stages: tuple[Stage, ...]  # in the order of computation
    reader: "Reader[Any] | None" = None  # whose grammar decodes the same segments again; None: nothing does
    beside: "Trace | None" = None  # of another reading, into whose interpretation graph origins[1] of this one's point

    def graph(self, name: str) -> Graph:
        """The graph of a stage."""
        return next(stage.graph for stage in self.stages if stage.name == name)


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
    value: str | None = None  # of an amount, with two digits after the point; the confidence is that of the value
    currency: str | None = None  # of an amount, as an ISO code, where one is written or known

    def kept_in(self, again: "Reading") -> "Reading":
        """What is known of the page beside the trace stays when it is read ``again`` otherwise."""
        return replace(again, flaws=self.flaws, fields=self.fields, words=self.words)
