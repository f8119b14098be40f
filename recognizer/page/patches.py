"""Connected patches of a mask, with their boxes and sizes: scipy's answers, found over runs of pixels in a fraction of its time."""

from typing import NamedTuple

import numpy as np

from recognizer.kernels import kernel


class Patches(NamedTuple):
    """``numbers`` (H, W) int32, 0 = none; of the patches 1 .. n in the order of their first pixels, row by row, ``boxes`` (n, 4) int32,
    left, top, right, foot, and ``sizes`` (n,) int32 [px]."""

    numbers: np.ndarray
    boxes: np.ndarray
    sizes: np.ndarray

    def chosen(self, kept: np.ndarray) -> np.ndarray:
        """The mask (H, W) bool of those that are ``kept`` (n,)."""
        mask: np.ndarray = _mask_of(self.numbers, np.append(False, kept))
        return mask


def connected(mask: np.ndarray, corners: bool = True) -> Patches:
    """The connected patches of a mask (H, W) bool; pixels may meet at their ``corners`` or at their sides only."""
    return connected_with(mask, mask, corners)


def connected_with(mask: np.ndarray, seeds: np.ndarray, corners: bool = True) -> Patches:
    """The same, of those that hold some of ``seeds`` (H, W) bool."""
    return Patches(*_connected(np.ascontiguousarray(mask), np.ascontiguousarray(seeds), corners))


@kernel
def _mask_of(numbers: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """kept[numbers] (H, W) bool, in a fraction of numpy's time where most are 0, as of ink."""
    mask = np.zeros(numbers.shape, np.bool_)
    for row in range(len(numbers)):
        line, found = numbers[row], mask[row]
        for column in range(len(line)):
            if line[column]:
                found[column] = kept[line[column]]
    return mask


def filled(mask: np.ndarray) -> np.ndarray:
    """A mask (H, W) bool with its holes: patches of what it leaves, sides meeting, that do not reach the edge."""
    rows, columns = mask.shape
    others = connected(~mask, corners=False)
    left, top, right, foot = others.boxes.T
    return mask | others.chosen((left > 0) & (top > 0) & (right < columns) & (foot < rows))


@kernel
def _connected(mask: np.ndarray, seeds: np.ndarray, corners: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Runs of pixels along rows are joined to those of the row above that they meet (union-find)."""
    rows, columns = mask.shape
    starts, ends, offsets = runs_along_rows(mask)
    parent = np.arange(len(starts)).astype(np.int32)
    for row in range(1, rows):
        above = offsets[row - 1]
        for run in range(offsets[row], offsets[row + 1]):
            while above < offsets[row] and ends[above] + corners <= starts[run]:
                above += 1
            other = above
            while other < offsets[row] and starts[other] < ends[run] + corners:
                _join(parent, run, other)
                other += 1
            above = max(other - 1, above)  # the last may reach the next one too
    kept = np.zeros(len(starts), np.bool_)
    for row in range(rows):
        for run in range(offsets[row], offsets[row + 1]):
            parent[run] = parent[parent[run]]
            if not kept[parent[run]]:
                for column in range(starts[run], ends[run]):
                    kept[parent[run]] |= seeds[row, column]
    return _numbered(starts, ends, offsets, parent, kept, columns)


@kernel
def runs_along_rows(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where the runs of pixels along the rows of a mask (H, W) of bool start and end (R,), row by row, and offsets (H + 1,) of those
    of each row."""
    rows, columns = mask.shape
    edges = np.empty(rows * (columns + 1), np.int32)  # starts and ends in turns
    offsets = np.zeros(rows + 1, np.int32)
    changes = np.zeros(columns // 8 * 8 + 8, np.uint8)
    eights = changes.view(np.uint64)  # most are 0, and passed over together
    count = 0
    for row in range(rows):
        line = mask[row].view(np.uint8)
        changes[0], changes[columns] = line[0], line[columns - 1]
        for column in range(1, columns):
            changes[column] = line[column] ^ line[column - 1]
        for eight in range(len(eights)):
            if eights[eight]:
                for column in range(8 * eight, 8 * eight + 8):
                    edges[count] = column  # overwritten if there is none
                    count += changes[column]
        offsets[row + 1] = count // 2
    return edges[:count:2].copy(), edges[1:count:2].copy(), offsets


@kernel
def _join(parent: np.ndarray, one: int, other: int) -> None:
    """Make one patch of two: the first run of a patch is the root of the others."""
    while parent[one] != one:
        parent[one] = parent[parent[one]]
        one = parent[one]
    while parent[other] != other:
        parent[other] = parent[parent[other]]
        other = parent[other]
    parent[max(one, other)] = min(one, other)


@kernel
def _numbered(
    starts: np.ndarray, ends: np.ndarray, offsets: np.ndarray, parent: np.ndarray, kept: np.ndarray, columns: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    number = np.zeros(len(starts), np.int32)
    count = 0
    for run in range(len(starts)):
        if parent[run] == run and kept[run]:
            count += 1
            number[run] = count
    numbers = np.zeros((len(offsets) - 1, columns), np.int32)
    boxes, sizes = np.zeros((count, 4), np.int32), np.zeros(count, np.int32)
    boxes[:, 0] = columns
    for row in range(len(offsets) - 1):
        for run in range(offsets[row], offsets[row + 1]):
            patch = number[parent[run]]
            if patch == 0:
                continue
            numbers[row, starts[run] : ends[run]] = patch
            box = boxes[patch - 1]
            if sizes[patch - 1] == 0:
                box[1] = row
            box[0], box[2], box[3] = min(box[0], starts[run]), max(box[2], ends[run]), row + 1
            sizes[patch - 1] += ends[run] - starts[run]
    return numbers, boxes, sizes
