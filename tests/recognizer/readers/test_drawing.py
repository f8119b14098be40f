"""The drawing of a lattice: all of it is there, in its place, and only the best path is bold."""

from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.gtn import graph_of
from recognizer.ink import Ink
from recognizer.page import Page
from recognizer.readers import Reader, Reading, drawing
from recognizer.segments import Segments

SVG = "{http://www.w3.org/2000/svg}"
CLASSES = ("1", "2", "<", "junk")
FIRST, LAST = np.array([0, 1, 2, 0, 1], np.int32), np.array([1, 2, 3, 2, 3], np.int32)
# Segments 3 (pieces 0 and 1, a "2") and 2 (piece 2, a "<") are the best path.
PENALTIES = np.array([[9, 9, 9, 0], [9, 9, 9, 0], [5, 5, 0.1, 3], [4, 0.2, 4, 3], [3, 3, 3, 1]], np.float32)


def _segment(source: Ink | Page) -> Segments:
    boxes = np.zeros((5, 4), np.float32)
    return Segments(
        np.array([10, 14, 60, 90], np.float32), FIRST, LAST, boxes, np.zeros((5, 1, 2, 2), np.float32), boxes
    )


@pytest.fixture
def reader() -> Reader[Ink | Page]:
    grammar = graph_of([0, 0, 0], [0, 0, 0], [1, 2, 3], final=[0])
    return Reader(_segment, lambda images: PENALTIES, grammar, CLASSES, ("", *CLASSES[:-1], ""), 0.5)


@pytest.fixture
def ink() -> Ink:
    return Ink((np.array([[10, 5, 0], [90, 45, 1]], np.float32),))


@pytest.fixture
def reading(reader: Reader[Ink | Page], ink: Ink) -> Reading:
    return reader.read(ink)


def test_best_segments_follow_the_origins_to_the_ink(reading: Reading) -> None:
    assert reading.text == "2<"
    assert drawing.best_segments(reading.trace) == {3: "2", 2: "<"}


def test_svg_shows_every_cut_and_segment(reading: Reading, ink: Ink) -> None:
    svg = ElementTree.fromstring(drawing.as_svg(reading, ink))
    arcs = [group for group in svg.iter(f"{SVG}g") if (group.get("class") or "").startswith("arc")]
    assert len(arcs) == 5
    assert len(list(svg.iter(f"{SVG}circle"))) == 4
    bold = [group for group in arcs if group.get("class") == "arc best"]
    assert [group.find(f"{SVG}text").text for group in bold] == ["2", "<"]  # type: ignore[union-attr]
    assert len(list(svg.iter(f"{SVG}polyline"))) == 1


def test_svg_of_a_page_holds_its_image(reader: Reader[Ink | Page]) -> None:
    page = Page(np.full((50, 100), 200, np.uint8))
    svg = ElementTree.fromstring(drawing.as_svg(reader.read(page), page))
    (image,) = svg.iter(f"{SVG}image")
    assert (image.get("href") or "").startswith("data:image/png;base64,")


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30).map(sorted), st.floats(0, 100))
def test_spread_keeps_gaps_and_moves_nothing_without_need(places: list[float], gap: float) -> None:
    spread = drawing.spread(np.array(places), gap)
    assert np.all(np.diff(spread) >= gap - 1e-6)
    assert spread.mean() == pytest.approx(np.mean(places), abs=1e-6)
    np.testing.assert_allclose(drawing.spread(spread, gap), spread, atol=1e-6)
