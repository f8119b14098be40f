"""How well the lines of pages are found: scans that are composed of the words of pen ink, with all that goes wrong
with pages, and likewise photographs of such pages, with what lies on and beside them."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from recognizer.page.text import TextLayout, find_text
from recognizer.training.data.inksets import load_inkset
from recognizer.training.evaluation.tasks import Options
from recognizer.training.synthesis.composed_pages import LevelWord, level_word
from recognizer.training.synthesis.composed_scans import FAULTS, PHOTOGRAPHED, ComposedScan, compose_scan

PAGES = 100
_LINES = 12  # of a page
SCANNED = dict.fromkeys(FAULTS, 0.3)  # the share of the pages that have each fault
AS_PHOTOGRAPHED = dict.fromkeys(FAULTS, 0.1) | dict.fromkeys(PHOTOGRAPHED, 0.25)
# Of the first pages: the same ones in every evaluation, on which nothing was chosen.
_SEED, _SEED_OF_PHOTOGRAPHS = 20_000, 40_000
_FILE = "words.npz"
_SAME = 0.75  # of the ink of both that is common to a line and the one that was found
_TALLEST, _WIDEST = 4.0, 25.0  # core heights of a word: larger ones have no core that could be told
_FEWEST = 30  # words of a writer


def evaluate_page_lines(data: Path, options: Options) -> dict[str, Any]:
    """Lines missed and invented on composed pages whose words are those of a split of an .npz file of ink, or of ``words.npz`` in a folder.

    ``error``: missed and invented for each line that there is; ``by_fault``: of the pages that have each fault;
    ``photographs``: the same of pages that are photographed.
    """
    file = data / _FILE if data.is_dir() else data
    count = PAGES if options.limit is None else options.limit
    groups = [(SCANNED, _SEED), (AS_PHOTOGRAPHED, _SEED_OF_PHOTOGRAPHS)]
    figures = []
    for number, (shares, seed) in enumerate(groups):
        pages = []
        for page in range(count):
            options.progress(number * count + page, len(groups) * count)
            scan = composed_page(file, options.split, seed + page, shares)
            start = time.perf_counter()
            found = find_text(scan.grey)
            pages.append((scan, missed_and_invented(found, scan), time.perf_counter() - start))
        figures.append(_figures(pages, shares))
    return figures[0] | {"photographs": figures[1]}


def _figures(pages: Sequence[tuple[ComposedScan, tuple[int, int], float]], faults: Iterable[str]) -> dict[str, Any]:
    """Of pages with their lines missed and invented, and the seconds that each took."""
    lines = np.array([scan.count for scan, _, _ in pages])
    errors = np.array([wrong for _, wrong, _ in pages])
    of_fault = {fault: np.array([fault in scan.faults for scan, _, _ in pages]) for fault in faults}
    return {
        "samples": int(lines.sum()),
        "error": float(errors.sum() / lines.sum()),
        "missed": float(errors[:, 0].sum() / lines.sum()),
        "invented": float(errors[:, 1].sum() / lines.sum()),
        "by_fault": {
            fault: round(float(errors[has].sum() / lines[has].sum()), 4) for fault, has in of_fault.items() if has.any()
        },
        "median_seconds": float(np.median([seconds for _, _, seconds in pages])),
    }


def composed_page(file: Path, split: str, seed: int, shares: Mapping[str, float] = SCANNED) -> ComposedScan:
    """A page of words by one writer or another, which has each fault with its share of chance."""
    generator = np.random.default_rng(seed)
    chosen = generator.random(len(shares)) < np.array(list(shares.values()))
    faults = [fault for fault, has in zip(shares, chosen, strict=True) if has]
    return compose_scan(_words(file, split, generator), generator, faults, _LINES)


def _words(file: Path, split: str, generator: np.random.Generator) -> Iterator[LevelWord]:
    """Words of one writer, drawn again and again."""
    inkset, by_writer = _writers(file, split)
    words = by_writer[int(generator.integers(len(by_writer)))]
    while True:
        word = level_word(inkset.strokes(int(generator.choice(words))))
        points = np.concatenate(word)
        if np.abs(points[:, 1]).max() <= _TALLEST and np.ptp(points[:, 0]) <= _WIDEST:
            yield word


@cache
def _writers(file: Path, split: str) -> tuple[Any, list[np.ndarray]]:
    """The set of ink, and the words of each writer of some."""
    inkset = load_inkset(file)
    samples = inkset.of_split(split)
    samples = samples[[len(str(inkset.labels[k])) >= 2 for k in samples]]
    writers = inkset.writers[samples]
    of_writers = [samples[writers == writer] for writer in np.unique(writers)]
    return inkset, [words for words in of_writers if len(words) >= _FEWEST] or [samples]


def missed_and_invented(found: TextLayout, scan: ComposedScan) -> tuple[int, int]:
    """How many lines of a scan were missed, and how many were found that are none."""
    matched = set()
    for line in found.lines:
        left, top, right, foot = line.box
        numbers = np.bincount(scan.lines[top:foot, left:right][line.mask], minlength=scan.count + 1)
        number = 1 + int(numbers[1:].argmax())
        # The rim of strokes is none of the drawn ink: a line's own pixels count where any line has some.
        union = numbers[1:].sum() + (scan.lines == number).sum() - numbers[number]
        if numbers[number] >= _SAME * union:
            matched.add(number)
    return scan.count - len(matched), len(found.lines) - len(matched)
