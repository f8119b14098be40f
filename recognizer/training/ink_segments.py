"""Labelled segments of made-up pen numbers, cut by the segmenter that readers use: digits, and junk that is none."""

from dataclasses import dataclass

import numpy as np

from recognizer.ink.segment import InkSegments, segment_ink
from recognizer.training.ink_strings import DIGITS, Number, Variation, Writers, random_number

CLASSES = (*DIGITS, "junk")
JUNK = len(CLASSES) - 1
_WHOLE = 0.95  # share of a digit's points that makes a segment that digit


@dataclass(frozen=True)
class LabelledNumbers:
    """The segments of many numbers, one number after the other."""

    images: np.ndarray  # (S, channels, rows, columns) uint8, 255 = 1
    classes: np.ndarray  # (S,) int64: index into CLASSES
    first: np.ndarray  # (S,) int32: cut at which the segment starts
    last: np.ndarray  # (S,) int32: cut at which it ends
    ends: np.ndarray  # (N,) int64: one past the last segment of each number
    labels: tuple[tuple[int, ...], ...]  # digits of each number
    whole: np.ndarray  # (N,) bool: every digit is a segment

    def __len__(self) -> int:
        return len(self.labels)

    def segments(self, number: int) -> slice:
        """Where the segments of one number are."""
        return slice(int(self.ends[number - 1]) if number else 0, int(self.ends[number]))


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


def make_numbers(writers: Writers, variation: Variation, count: int, generator: np.random.Generator) -> LabelledNumbers:
    """Write, cut and label so many numbers."""
    images, classes, first, last, labels, whole = [], [], [], [], [], []
    for _ in range(count):
        number = random_number(writers, variation, generator)
        segments = segment_ink(number.ink)
        its_classes, reachable = label_segments(segments, number)
        images.append((segments.images * 255).astype(np.uint8))
        classes.append(its_classes)
        first.append(segments.first)
        last.append(segments.last)
        labels.append(number.labels)
        whole.append(reachable)
    return LabelledNumbers(
        images=np.concatenate(images),
        classes=np.concatenate(classes),
        first=np.concatenate(first),
        last=np.concatenate(last),
        ends=np.cumsum([len(its) for its in classes]),
        labels=tuple(labels),
        whole=np.array(whole),
    )
