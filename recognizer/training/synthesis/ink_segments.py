"""Labelled segments of made-up pen numbers, cut by the segmenter that readers use: digits, and junk that is none."""

from dataclasses import dataclass

import numpy as np

from recognizer.ink.segment import InkSegments, segment_ink
from recognizer.training.data.cut_strings import CutStrings
from recognizer.training.synthesis.ink_strings import DIGITS, DigitWriters, Number, Variation, random_number

CLASSES = (*DIGITS, "junk")
JUNK = len(CLASSES) - 1
_WHOLE = 0.95  # share of a digit's points that makes a segment that digit


@dataclass(frozen=True)
class LabelledNumbers(CutStrings):
    """The segments of many numbers; their classes are indices into CLASSES."""

    labels: tuple[tuple[int, ...], ...]  # digits of each number
    whole: np.ndarray  # (N,) bool: every digit is a segment

    def __len__(self) -> int:
        return len(self.labels)

    def chosen(self, numbers: np.ndarray) -> "LabelledNumbers":
        """Some of the numbers (n,), in the order given."""
        labels = tuple(self.labels[number] for number in numbers)
        return LabelledNumbers(**self.segments_of(numbers), labels=labels, whole=self.whole[numbers])


def label_segments(segments: InkSegments, number: Number) -> tuple[np.ndarray, bool]:
    """Class (S,) of each segment: a digit if it holds that digit's ink and no other's, else junk; and are all there?"""
    count = len(number.labels)
    points = np.zeros((len(segments.pieces) + 1, count), int)
    for i, piece in enumerate(segments.pieces):
        for stroke, first, last in piece:
            owners = number.owners[stroke][first : last + 1]
            points[i + 1] += np.bincount(owners[owners >= 0], minlength=count)
    summed = np.cumsum(points, axis=0)
    inside = summed[segments.last] - summed[segments.first]
    owner = inside.argmax(axis=1)
    digit = (inside.sum(axis=1) == inside.max(axis=1)) & (inside.max(axis=1) >= _WHOLE * summed[-1][owner])
    classes = np.where(digit, np.array(number.labels)[owner], JUNK)
    return classes.astype(np.int64), len(np.unique(owner[digit])) == count


def make_numbers(
    writers: DigitWriters, variation: Variation, count: int, generator: np.random.Generator
) -> LabelledNumbers:
    """Write, cut and label so many numbers."""
    written = [random_number(writers, variation, generator) for _ in range(count)]
    cut = [segment_ink(number.ink) for number in written]
    classes, whole = zip(*map(label_segments, cut, written), strict=True)
    return LabelledNumbers(
        images=np.concatenate([(segments.images * 255).astype(np.uint8) for segments in cut]),
        features=np.concatenate([segments.features for segments in cut]),
        classes=np.concatenate(classes),
        first=np.concatenate([segments.first for segments in cut]),
        last=np.concatenate([segments.last for segments in cut]),
        ends=np.cumsum([len(segments) for segments in cut]),
        labels=tuple(number.labels for number in written),
        whole=np.array(whole),
    )
