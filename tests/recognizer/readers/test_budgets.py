"""Hostile ink takes no minutes and no gigabytes: beyond a page or a line a sentence says so."""

import numpy as np
import pytest

from recognizer.errors import InputError
from recognizer.gtn import Graph, beam_search
from recognizer.ink import Ink
from recognizer.ink.layout import lay_out
from recognizer.ink.page_places import MAX_LINES
from recognizer.ink.word_segments import MAX_PIECES, MOST_SEGMENTS, segment_text
from recognizer.networks.displacement import Displacement
from recognizer.readers import narrowing, rescoring, segmentation, text
from recognizer.readers.catalog import System, load_reader
from recognizer.readers.transparent import AT_ONCE, WIDTHS, in_parts, in_strip
from tests.recognizer.readers.test_text import Sure


def ticks(count: int) -> Ink:
    """Short strokes side by side."""
    return Ink(tuple(np.array([[5 * k, 100, 0], [5 * k, 120, 0], [5 * k + 1, 140, 0]]) for k in range(count)))


def test_more_than_a_page_is_told() -> None:
    places = [(400 * (k // 200), 100 * (k % 200)) for k in range(MAX_LINES + 1)]
    with pytest.raises(InputError, match="more than a page: 601 lines"):
        lay_out(Ink(tuple(np.array([[x, y, 0], [x + 30, y + 40, 0], [x + 60, y, 0]]) for x, y in places)))


def test_a_line_with_very_many_pieces_has_fewer_runs_of_them_and_then_a_sentence() -> None:
    counts = [len(segment_text(ticks(count)).first) for count in (50, 300, MAX_PIECES)]
    assert counts[0] > 2 * 50
    assert max(counts) <= MOST_SEGMENTS
    with pytest.raises(InputError, match="more than a line"):
        segment_text(ticks(MAX_PIECES + 50))


def test_a_line_of_very_many_frames_is_looked_at_more_narrowly_and_then_told(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[int, int, int]] = []

    def search(recognition: Graph, language: Graph, *, width: int, margin: float) -> Graph:
        given.append((int(recognition.nodes[-1]), len(recognition.label), width))
        return beam_search(recognition, language, width=width, margin=margin)

    monkeypatch.setattr(narrowing, "beam_search", search)
    monkeypatch.setattr(text, "STEPS", 2_000_000)
    reader = text.text_reader(Sure(), 0.0, {"ab": 1.0})
    for count in (20, 700):
        reader.read(ticks(count))
    (short, _, whole), (long, arcs, narrower) = given
    assert short < 100 < long
    assert (whole, narrower) == (text.WIDTH, 2_000_000 // arcs)
    with pytest.raises(InputError, match=r"more than a line: [0-9,]+ columns"):
        reader.read(ticks(900))


def test_hatching_takes_every_system_a_page_s_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []

    def search(recognition: Graph, language: Graph, *, width: int, margin: float) -> Graph:
        steps.append(width * len(recognition.label))
        return beam_search(recognition, language, width=min(width, 5), margin=margin)

    monkeypatch.setattr(narrowing, "beam_search", search)
    systems: tuple[System, System] = "joined", "segmentation"
    for system in systems:
        load_reader("text", system, lexicon="none", extent="line").read(ticks(250))
    assert len(steps) >= 3
    assert max(steps) <= max(text.STEPS, segmentation.STEPS, rescoring.STEPS)


def test_a_network_answers_in_parts_as_at_once() -> None:
    import torch

    network = torch.nn.Linear(3, 2).eval()
    for count in (0, 1, 3, 13, AT_ONCE, 2 * AT_ONCE + 9):
        inputs = np.random.default_rng(count).normal(size=(count, 3)).astype(np.float32)
        torch.testing.assert_close(in_parts(network, inputs), network(torch.from_numpy(inputs)))


def test_networks_are_given_few_shapes_for_the_library_keeps_what_it_prepares_for_each() -> None:
    import torch

    seen: set[tuple[int, ...]] = set()
    network = torch.nn.Linear(3, 2).eval()
    network.register_forward_pre_hook(lambda _network, inputs: seen.add(tuple(inputs[0].shape)))
    for count in range(1, AT_ONCE):
        in_parts(network, np.zeros((count, 3), np.float32))
    assert len(seen) < 8 + AT_ONCE / 8


@pytest.mark.parametrize("widths", [(2,), (130,), (64, 10), (40, 128, 66), ()])
def test_pictures_in_a_strip_are_answered_as_each_alone_is(widths: tuple[int, ...]) -> None:
    import torch

    torch.manual_seed(8)
    network = Displacement(2, 8, 5, (4, 4, 4, 6), (1, 2)).eval()
    given: list[int] = []
    pictures = [np.random.default_rng(width).random((2, 8, width), np.float32) for width in widths]
    with torch.inference_mode():
        alone = [network(torch.from_numpy(picture[None]))[0] for picture in pictures]
        network.register_forward_pre_hook(lambda _network, inputs: given.append(inputs[0].shape[3]))
        for found, expected in zip(in_strip(network, pictures), alone, strict=True):
            torch.testing.assert_close(found, expected)
    assert [width % WIDTHS for width in given] == [0] * bool(widths)
