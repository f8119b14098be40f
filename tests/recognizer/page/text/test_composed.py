"""Lines of composed scans: found whatever the paper, the light and what is beside them."""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from recognizer.page import Page
from recognizer.page.text import find_text
from recognizer.training.evaluation.page_lines import missed_and_invented
from recognizer.training.synthesis.composed_pages import LevelWord, level_word
from recognizer.training.synthesis.composed_scans import FAULTS, ComposedScan, compose_scan
from recognizer.training.synthesis.rehearsal import MIXED_IN, rehearsal


@cache
def words() -> tuple[LevelWord, ...]:
    return tuple(level_word(ink.strokes) for ink, _ in rehearsal(MIXED_IN)[:60])


def composed(seed: int, *faults: str, count: int = 9) -> ComposedScan:
    generator = np.random.default_rng(seed)

    def some() -> Iterator[LevelWord]:
        while True:
            yield words()[generator.integers(len(words()))]

    return compose_scan(some(), generator, faults, count)


@pytest.mark.parametrize("fault", FAULTS)
def test_no_line_is_missed_or_invented_whatever_is_wrong_with_the_page(fault: str) -> None:
    scan = composed(4, fault)
    assert missed_and_invented(find_text(scan.grey), scan) == (0, 0)


@pytest.mark.parametrize(
    "faults",
    [
        ("frame", "staple"),
        ("finger", "clip"),
        ("clipping", "coffee"),
        ("rings", "flat"),
        ("gutter",),
        ("rings", "gutter"),
    ],
)
def test_what_lies_on_and_beside_the_page_is_no_line(faults: tuple[str, ...]) -> None:
    scan = composed(4, *faults)
    assert missed_and_invented(find_text(scan.grey), scan) == (0, 0)


def test_of_pages_with_many_faults_hardly_a_line_is_missed_or_invented() -> None:
    wrong = lines = 0
    for seed in range(12):
        chosen = np.random.default_rng(seed).random(len(FAULTS)) < 0.3
        scan = composed(seed, *(fault for fault, has in zip(FAULTS, chosen, strict=True) if has))
        wrong += sum(missed_and_invented(find_text(scan.grey), scan))
        lines += scan.count
    assert wrong <= 0.04 * lines


def test_a_line_has_no_pixel_of_its_neighbours_and_lies_on_its_base_line() -> None:
    scan = composed(2, "bend", "ruled")
    for line in find_text(scan.grey).lines:
        left, top, right, foot = line.box
        there = scan.lines[top:foot, left:right][line.mask]
        number = np.bincount(there[there > 0]).argmax()
        assert (there[there > 0] == number).mean() > 0.98
        rows, columns = np.nonzero(line.mask)
        base = np.interp(columns + left, line.base_line[:, 0], line.base_line[:, 1])
        assert 0.5 < (rows + top < base).mean() < 0.98  # descenders and the rims of round letters are below


def test_columns_are_read_one_after_the_other() -> None:
    scan = composed(6, "columns", count=10)
    found = find_text(scan.grey).lines
    numbers = []
    for line in found:
        left, top, right, foot = line.box
        there = scan.lines[top:foot, left:right][line.mask]
        numbers.append(int(np.bincount(there[there > 0]).argmax()))
    assert numbers == list(range(1, scan.count + 1))


def test_print_is_told_from_handwriting() -> None:
    layout = find_text(composed(1, "heading").grey)
    assert {region.shows for region in layout.regions} == {"print"}
    assert max(region.box[3] for region in layout.regions) < min(line.box[1] for line in layout.lines)


def test_a_page_turned_has_the_same_lines() -> None:
    scan = composed(3)
    level = find_text(scan.grey)
    from PIL import Image

    for degrees in (-12, 7):
        turned = np.asarray(Image.fromarray(scan.grey).rotate(degrees, expand=True, fillcolor=242, resample=2))
        again = find_text(turned)
        assert len(again.lines) == len(level.lines)
        for one, other in zip(level.lines, again.lines, strict=True):
            assert other.mask.sum() == pytest.approx(one.mask.sum(), rel=0.1)


def test_the_same_page_at_another_size_has_the_same_lines() -> None:
    from PIL import Image

    scan = composed(5, "ruled", count=7)
    large = np.asarray(Image.fromarray(scan.grey).resize((2 * scan.grey.shape[1], 2 * scan.grey.shape[0])))
    small, twice = find_text(scan.grey), find_text(large)
    assert len(twice.lines) == len(small.lines) == scan.count
    for one, other in zip(small.lines, twice.lines, strict=True):
        assert np.array(other.box) == pytest.approx(2 * np.array(one.box), abs=12)


def test_a_page_keeps_its_lines() -> None:
    page = Page(composed(0, count=3).grey)
    assert page.text is page.text
    assert page.with_field((0.0, 0.0, 10.0, 10.0)).text is page.text
