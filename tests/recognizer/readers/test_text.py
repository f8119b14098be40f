"""The reader of text: what it answers follows from frames and language, whatever the network says."""

from collections.abc import Sequence

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from recognizer.errors import NothingToRead
from recognizer.frames import STRIDE
from recognizer.gtn import forward, viterbi
from recognizer.ink import Ink
from recognizer.ink.frames import frames_of
from recognizer.language.alphabet import BLANK, COUNT, SPACE, label_of
from recognizer.readers.lines import LinesReader, lines_of
from recognizer.readers.text import CLASSES, FrameNetwork, text_reader, word_reader
from tests.recognizer.ink.test_frames import page

WORDS = {"ab": 1.0, "abba": 2.0, "aba": 3.0, "abaa": 3.0}


class Sure(nn.Module):
    """Sees an "a" wherever a ring of the test's writing is, and nothing elsewhere; a "b" where there is a stem above it."""

    def forward(self, amaps: Tensor, between: Sequence[slice]) -> Tensor:
        assert all(gap.stop <= amaps.shape[3] // STRIDE for gap in between)
        ink = amaps[:, :4].sum(1)
        columns = ink[:, 6:].amax(1).reshape(len(amaps), -1, STRIDE).amax(2)
        tall = ink[:, :4].amax(1).reshape(len(amaps), -1, STRIDE).amax(2)
        penalties = torch.full((len(amaps), amaps.shape[3] // STRIDE, COUNT + 1), 9.0)
        for b in range(len(amaps)):
            inked = torch.cat([torch.zeros(1), (columns[b] > 0.5).float(), torch.zeros(1)])
            edges = torch.nonzero(inked.diff()).flatten().tolist()
            penalties[b, :, COUNT] = 0.1
            for start, end in zip(edges[::2], edges[1::2], strict=True):
                letter = "b" if tall[b, start:end].max() > 0.5 else "a"
                penalties[b, (start + end) // 2, COUNT] = 9.0
                penalties[b, (start + end) // 2, (label_of(letter) or 0) - 1] = 0.1
        return penalties


@pytest.mark.parametrize("text", ["ab", "abba", "aba", "ab abaa", "aba\nab"])
def test_what_the_network_is_sure_of_is_read(text: str) -> None:
    ink = page(*((250.0 * k, line) for k, line in enumerate(text.replace(" ", "   ").split("\n"))))
    for lexicon in (WORDS, None):
        reading = LinesReader(lines_of, text_reader(Sure(), 0.0, lexicon)).read(ink)
        assert reading.text == text
        assert reading.accepted
        assert 0 < reading.confidence <= 1


def test_one_word_has_no_spaces() -> None:
    assert " " not in word_reader(Sure(), 0.0, None).read(page((0.0, "ab ab"))).text


def test_every_stage_remembers_what_it_was_made_from() -> None:
    reading = text_reader(Sure(), 0.0, WORDS).read(page((0.0, "abba")))
    stages = {stage.name: stage.graph for stage in reading.trace.stages}
    assert list(stages) == ["segmentation", "recognition", "interpretation", "best path"]
    path, interpretation, recognition = stages["best path"], stages["interpretation"], stages["recognition"]
    arcs = interpretation.origins[0][path.origins[0]]
    arcs = arcs[arcs >= 0]  # the language ends with an arc of its own
    assert np.array_equal(recognition.origins[0][arcs], np.arange(len(reading.trace.segments)))
    assert float(viterbi(interpretation)[0]) >= float(forward(interpretation)[0])


def test_gaps_may_be_spaces() -> None:
    segments = frames_of(page((0.0, "ab  ab")))
    penalties = FrameNetwork(Sure())(segments)
    assert penalties.shape == (len(segments), len(CLASSES))
    wide = int(np.nanargmax(segments.gaps))
    assert penalties[wide, SPACE - 1] < penalties[wide, BLANK - 1] < np.inf
    assert np.all(np.isinf(np.delete(penalties[wide], [SPACE - 1, BLANK - 1])))


def test_nothing_is_nothing_to_read() -> None:
    with pytest.raises(NothingToRead):
        text_reader(Sure(), 0.0, WORDS).read(Ink(()))
