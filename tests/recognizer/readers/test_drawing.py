"""The drawing of a lattice: all of it is there, in its place, and only the best path is bold."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.ink import Ink
from recognizer.page import Page
from recognizer.readers import drawing
from recognizer.readers.reader import LatticeReader
from recognizer.readers.reading import Reading
from tests.ui.theme.contrast import contrast
from ui.theme.palette import mixed

SVG = "{http://www.w3.org/2000/svg}"


def test_best_segments_follow_the_origins_to_the_ink(reading: Reading) -> None:
    assert reading.text == "2<"
    assert drawing.best_segments(reading.trace) == {3: "2", 2: "<"}


def test_a_reading_shows_itself_in_a_notebook(reading: Reading) -> None:
    svg = ElementTree.fromstring(reading._repr_svg_())
    assert len([group for group in svg.iter(f"{SVG}g") if (group.get("class") or "").startswith("arc")]) == 5
    assert not list(svg.iter(f"{SVG}polyline"))


def test_svg_shows_every_cut_and_segment(reading: Reading, ink: Ink) -> None:
    svg = ElementTree.fromstring(drawing.as_svg(reading, ink))
    arcs = [group for group in svg.iter(f"{SVG}g") if (group.get("class") or "").startswith("arc")]
    assert len(arcs) == 5
    assert len(list(svg.iter(f"{SVG}circle"))) == 4
    bold = [group for group in arcs if group.get("class") == "arc best"]
    assert [group.find(f"{SVG}text").text for group in bold] == ["2", "<"]  # type: ignore[union-attr]
    assert len(list(svg.iter(f"{SVG}polyline"))) == 1


def test_svg_has_a_title_says_what_is_what_and_is_seen_in_print(reading: Reading, ink: Ink) -> None:
    svg = ElementTree.fromstring(drawing.as_svg(reading, ink))
    assert svg.findtext(f"{SVG}title") == "Lattice of 2<"
    assert drawing.LEGEND in [text.text for text in svg.iter(f"{SVG}text")]
    (grey,) = re.findall(r"\.arc path .*stroke: (#[0-9a-f]{6})", drawing.STYLE)
    for group in svg.iter(f"{SVG}g"):
        if (group.get("class") or "").startswith("arc"):
            assert contrast(mixed("#ffffff", grey, float(group.get("opacity") or 1)), "#ffffff") >= 3
            path = group.find(f"{SVG}path")
            assert path is not None
            assert float(path.get("stroke-width") or 0) >= 1
            assert group.find(f"{SVG}rect") is not None, "words stand on paper, whatever draws them"


def test_svg_of_a_page_holds_its_image(reader: LatticeReader[Ink | Page]) -> None:
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
