"""Over-segmentation of text, alone and joined to displacement: what is answered follows from segments, frames and language."""

import itertools

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from torch import Tensor, nn

from recognizer.gtn import EPSILON, Graph, project, prune
from recognizer.ink.word_segments import segment_text
from recognizer.language.alphabet import BLANK, COUNT, NEWLINE, SPACE, label_of
from recognizer.readers.explain import explain
from recognizer.readers.lines import LinesReader, lines_of
from recognizer.readers.reader import LatticeReader, silenced
from recognizer.readers.recut import can_recut, recut
from recognizer.readers.reread import Constraints, reread
from recognizer.readers.rescoring import BEAM, RescoringReader, join
from recognizer.readers.segmentation import TextNetwork, segmentation_reader, tracing_segmentation_reader
from recognizer.readers.text import CLASSES, text_reader, tracing_reader
from tests.recognizer.gtn.brute import graphs, log_sum, words
from tests.recognizer.ink.test_frames import page
from tests.recognizer.ink.test_traced_segments import traced
from tests.recognizer.readers.test_text import WORDS, Sure


class SureOfSegments(nn.Module):
    """Takes the whole of a ring for an "a", with a stem for a "b", by what its picture holds; anything else for junk."""

    def segmentation(self, features: Tensor) -> Tensor:
        return torch.zeros(len(features), 1)

    def forward(self, images: Tensor, features: Tensor) -> Tensor:
        ink = images[:, :4].sum(1)
        across = (ink > 0.3).any(1).sum(1)
        tall = ink[:, :4].amax((1, 2)) > 0.5
        ring = (across >= 5) & (across <= 8) & (features[:, 2] < 1.1)
        penalties = torch.full((len(images), COUNT + 1), 20.0)
        letters = torch.where(tall, (label_of("b") or 0) - 1, (label_of("a") or 0) - 1)
        penalties[torch.arange(len(images)), letters] = torch.where(ring, -8.0, 8.0)
        penalties[:, COUNT] = 0.0
        return penalties


@pytest.mark.parametrize("text", ["ab", "abba", "ab abaa", "aba\nab"])
@pytest.mark.parametrize("lexicon", [WORDS, None])
def test_what_the_network_is_sure_of_is_read(text: str, lexicon: dict[str, float] | None) -> None:
    ink = page(*((250.0 * k, line) for k, line in enumerate(text.replace(" ", "   ").split("\n"))))
    reading = LinesReader(lines_of, segmentation_reader(SureOfSegments(), 0.0, lexicon, several=True)).read(ink)
    assert reading.text == text
    assert reading.accepted
    assert 0 < reading.confidence <= 1


def test_gaps_may_be_spaces_and_only_ink_is_characters() -> None:
    segments = segment_text(page((0.0, "ab  ab")))
    penalties = TextNetwork(SureOfSegments())(segments)
    assert penalties.shape == (len(segments), len(CLASSES))
    gap = ~np.isnan(segments.gaps)
    assert np.all(np.isinf(penalties[gap][:, :COUNT]))
    assert np.all(np.isinf(penalties[~gap][:, [SPACE - 1, NEWLINE - 1]]))
    assert np.all(np.isfinite(penalties[gap][:, [SPACE - 1, BLANK - 1]]))
    assert np.all(penalties[~gap, BLANK - 1] == 0)


def test_the_trace_of_a_joined_reading_holds_both() -> None:
    ink = page((0.0, "abba"))
    displacement, segmentation = (
        text_reader(Sure(), 0.0, WORDS),
        segmentation_reader(SureOfSegments(), 0.0, WORDS, several=True),
    )
    reading = RescoringReader(displacement, segmentation).read(ink)
    assert reading.text == "abba"
    trace, beside = reading.trace, reading.trace.beside
    assert beside is not None
    path, joined = trace.graph("best path"), trace.graph("interpretation")
    arcs = path.origins[0]
    of_segments, of_frames = joined.origins[0][arcs], joined.origins[1][arcs]
    written = trace.graph("recognition").label[of_segments[of_segments >= 0]]
    of_best = beside.graph("interpretation").output[of_frames[of_frames >= 0]]
    assert written[written != BLANK].tolist() == of_best[of_best != EPSILON].tolist() == [label_of(c) for c in "abba"]


@pytest.mark.parametrize("joined", [False, True])
@pytest.mark.parametrize("text", ["abba", "ab abaa"])
def test_what_is_traced_is_read_alone_and_joined_and_can_be_asked_for_and_cut(joined: bool, text: str) -> None:
    segmentation = tracing_segmentation_reader(SureOfSegments(), 0.0, WORDS, joined=joined)
    both = RescoringReader(tracing_reader(Sure(), 0.0, WORDS), segmentation)
    line = traced(page((0.0, text.replace(" ", "   "))))
    reading = (both if joined else segmentation).read(line)
    assert reading.text == text
    assert explain(reading, text).difference.total == pytest.approx(0, abs=1e-4)
    assert reread(reading, Constraints(text=text)).text == text
    assert can_recut(reading)
    assert recut(reading, line, []).text == text


@pytest.mark.parametrize("joined", [False, True])
def test_what_was_read_can_be_asked_for(joined: bool) -> None:
    reader = segmentation_reader(SureOfSegments(), 0.0, WORDS, several=True)
    both = RescoringReader(text_reader(Sure(), 0.0, WORDS), reader)
    for text in ("abba", "ab abaa"):
        reading = (both if joined else reader).read(page((0.0, text.replace(" ", "   "))))
        assert explain(reading, text).difference.total == pytest.approx(0, abs=1e-4)
        assert reread(reading, Constraints(text=text)).text == text


class _Dissenter(nn.Module):
    """Takes every segment for a "z", and finds everything else so much worse [nats]."""

    def __init__(self, worse: float) -> None:
        super().__init__()
        self.worse = worse

    def forward(self, images: Tensor, features: Tensor) -> Tensor:
        penalties = torch.full((len(images), COUNT + 1), self.worse)
        penalties[:, (label_of("z") or 0) - 1] = 0.0
        return penalties


@pytest.mark.parametrize(("worse", "heard"), [(50.0, False), (7.0, False), (0.5, True)])
def test_where_over_segmentation_sees_something_else_altogether_displacement_answers_and_is_not_trusted(
    worse: float, heard: bool
) -> None:
    displacement = text_reader(Sure(), 0.0, WORDS)
    segmentation: LatticeReader = segmentation_reader(_Dissenter(worse), 0.0, WORDS, several=True)  # type: ignore[type-arg]
    reading = RescoringReader(displacement, segmentation).read(page((0.0, "abba")))
    assert reading.text == "abba"
    assert (reading.trace.beside is not None) == reading.accepted == heard


@settings(max_examples=60)
@given(graphs(transducer=False, epsilon=False), graphs())
def test_joining_sums_over_all_pairs_of_paths_that_write_the_same(recognition: Graph, interpretation: Graph) -> None:
    """By enumeration, as far as the beam reaches; the label BLANK on the left writes nothing, and what the right reads does not matter."""
    recognition = recognition.relabelled(*(2 * [np.where(recognition.label == 2, BLANK, recognition.label)]))
    if not np.isfinite([penalty for *_, penalty in words(interpretation)]).any():
        return
    kept = prune(interpretation)
    found: dict[tuple[int, ...], list[float]] = {}
    expected: dict[tuple[int, ...], list[float]] = {}
    for _, output, penalty in words(join(silenced(recognition, BLANK), project(kept, output=True))):
        found.setdefault(output, []).append(penalty)
    for (_, left, one), (_, right, other) in itertools.product(
        words(silenced(recognition, BLANK)), words(interpretation)
    ):
        if left == right:
            expected.setdefault(left, []).append(one + other)
    likeliest = min(map(log_sum, expected.values()), default=np.inf)
    for output in found | expected:
        if output not in found and log_sum(expected[output]) > likeliest + BEAM:
            continue
        assert log_sum(found.get(output, [])) == pytest.approx(log_sum(expected.get(output, [])), abs=1e-4)
