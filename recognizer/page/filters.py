"""Means, blurs, quantiles and affine maps of images: scipy's and numpy's answers but for rounding, in a fraction of their time, which on
images as small as fields goes into finding out what to do."""

import numpy as np

from recognizer.kernels import kernel

_REACH = 4.0  # standard deviations that a blur looks as far as
_BITS = np.uint32(24)  # that shares of means have behind the point
_ONE = 1 << 24
_APART = 4  # counts that neighbours are entered in, so that none waits for the one before it


def mean_of_square(image: np.ndarray, size: int) -> np.ndarray:
    """The mean (H, W) float32 of the square of odd ``size`` around each pixel of an image (H, W) uint8; beyond its edge it is
    symmetric."""
    means: np.ndarray = _means(_mirrored(image, size // 2), size)
    return means


@kernel
def _mirrored(image: np.ndarray, margin: int) -> np.ndarray:
    """An image (H, W) with a ``margin`` around it in which it is symmetric."""
    rows, columns = image.shape
    result = np.empty((rows + 2 * margin, columns + 2 * margin), image.dtype)
    for row in range(len(result)):
        y = (row - margin) % (2 * rows)
        line = image[min(y, 2 * rows - 1 - y)]
        for column in range(columns):
            result[row, margin + column] = line[column]
        for k in range(margin):
            before, after = (-1 - k) % (2 * columns), (columns + k) % (2 * columns)
            result[row, margin - 1 - k] = line[min(before, 2 * columns - 1 - before)]
            result[row, margin + columns + k] = line[min(after, 2 * columns - 1 - after)]
    return result


@kernel
def _means(padded: np.ndarray, size: int) -> np.ndarray:
    rows, columns = padded.shape[0] - size + 1, padded.shape[1] - size + 1
    means = np.empty((rows, columns), np.float32)
    count = np.float32(size * size)
    # changes: of the sum of a row from square to square
    sums, changes = np.zeros(padded.shape[1], np.int32), np.empty(columns, np.int32)
    for row in range(size - 1):
        for column in range(padded.shape[1]):
            sums[column] += padded[row, column]
    for row in range(rows):
        for column in range(padded.shape[1]):
            sums[column] += padded[row + size - 1, column]
        total = np.int32(0)
        for column in range(size - 1):
            total += sums[column]
        changes[0] = sums[size - 1]
        for column in range(1, columns):
            changes[column] = sums[column + size - 1] - sums[column - 1]
        for column in range(columns):
            total += changes[column]
            changes[column] = total
        for column in range(columns):
            means[row, column] = np.float32(changes[column]) / count
        for column in range(padded.shape[1]):
            sums[column] -= padded[row, column]
    return means


@kernel
def mean_of_nine(image: np.ndarray) -> np.ndarray:
    """The mean (H, W) uint8 of each pixel and its neighbours, first of rows and then of columns, each rounded down; beyond the edge
    the image (H, W) uint8 is symmetric."""
    rows, columns = image.shape
    means = np.empty((rows, columns), np.uint8)
    line = np.empty(columns + 2, np.uint16)
    for row in range(rows):
        above, below = image[max(row - 1, 0)], image[min(row + 1, rows - 1)]
        for column in range(columns):
            line[column + 1] = (np.uint16(above[column]) + image[row, column] + below[column]) // np.uint16(3)
        line[0], line[columns + 1] = line[1], line[columns]
        for column in range(columns):
            means[row, column] = (line[column] + line[column + 1] + line[column + 2]) // np.uint16(3)
    return means


@kernel
def median_of_nine(image: np.ndarray) -> np.ndarray:
    """The median (H, W) uint8 of each pixel of an image (H, W) uint8 and its neighbours; beyond the edge it is symmetric."""
    rows, columns = image.shape
    padded = np.empty((rows + 2, columns + 2), np.uint8)
    for row in range(rows + 2):
        line = image[min(max(row - 1, 0), rows - 1)]
        padded[row, 1:-1] = line
        padded[row, 0], padded[row, -1] = line[0], line[-1]
    low, middle, high = np.empty((3, columns + 2), np.uint8)
    result = np.empty((rows, columns), np.uint8)
    for row in range(rows):
        for c in range(columns + 2):
            a, b, d = padded[row, c], padded[row + 1, c], padded[row + 2, c]
            less, more = min(a, b), max(a, b)
            low[c], high[c] = min(less, d), max(more, d)
            middle[c] = max(less, min(more, d))
        for c in range(columns):
            # The median of the greatest of the least, the middle of the middle and the least of the greatest of columns.
            lowest = max(low[c], max(low[c + 1], low[c + 2]))
            highest = min(high[c], min(high[c + 1], high[c + 2]))
            less, more = min(middle[c], middle[c + 1]), max(middle[c], middle[c + 1])
            between = max(less, min(more, middle[c + 2]))
            less, more = min(lowest, highest), max(lowest, highest)
            result[row, c] = max(less, min(more, between))
    return result


def blurred(image: np.ndarray, deviation: float) -> np.ndarray:
    """An image (H, W) float32 under a Gaussian of this standard ``deviation`` [px]; beyond its edge it is symmetric."""
    reach = int(_REACH * deviation + 0.5)
    steps = np.arange(-reach, reach + 1) / deviation
    weights = np.exp(-0.5 * steps**2)
    result: np.ndarray = _convolved(_mirrored(image, reach), (weights / weights.sum()).astype(np.float32))
    return result


@kernel
def _convolved(padded: np.ndarray, weights: np.ndarray) -> np.ndarray:
    size = len(weights)
    rows, columns = padded.shape[0] - size + 1, padded.shape[1] - size + 1
    result = np.zeros((rows, columns), np.float32)
    line = np.empty(padded.shape[1], np.float32)
    for row in range(rows):
        line[:] = 0
        for k in range(size):
            for column in range(len(line)):
                line[column] += weights[k] * padded[row + k, column]
        for k in range(size):
            for column in range(columns):
                result[row, column] += weights[k] * line[column + k]
    return result


@kernel
def mapped(
    image: np.ndarray, rows: int, columns: int, top: float, left: float, down: float, slant: float, across: float
) -> np.ndarray:
    """An image (H, W) seen through an affine map (rows, columns) float32, linear between its pixels and 0 beyond its edge pixels: what
    is at (r, c) is at row top + down r and column left + slant r + across c of the image."""
    result = np.zeros((rows, columns), np.float32)
    high, wide = image.shape
    for r in range(rows):
        y = top + down * r
        if not 0 <= y <= high - 1:
            continue
        upper = min(int(y), max(high - 2, 0))
        lower = min(upper + 1, high - 1)
        part = np.float32(y - upper)
        begin = left + slant * r
        for c in range(columns):
            x = begin + across * c
            if not 0 <= x <= wide - 1:
                continue
            before = min(int(x), max(wide - 2, 0))
            after = min(before + 1, wide - 1)
            share = np.float32(x - before)
            one = image[upper, before] + share * (np.float32(image[upper, after]) - image[upper, before])
            other = image[lower, before] + share * (np.float32(image[lower, after]) - image[lower, before])
            result[r, c] = one + part * (other - one)
    return result


def reduced(image: np.ndarray, factor: int) -> np.ndarray:
    """The means of blocks of ``factor`` px of an image (H, W) uint8, rounded; the last ones are of what is left. Pillow takes three times
    as long."""
    return reduced_part(image, factor, 0, 0, image.shape[1], image.shape[0])


@kernel
def reduced_part(image: np.ndarray, factor: int, left: int, top: int, right: int, foot: int) -> np.ndarray:
    """The same of a part of an image, which to cut out would be to copy: from column ``left`` to before ``right``, and so its rows, as far
    as the image reaches."""
    right, foot = min(right, image.shape[1]), min(foot, image.shape[0])
    result = np.empty((-(-(foot - top) // factor), -(-(right - left) // factor)), np.uint8)
    for row in range(len(result)):
        upper = top + row * factor
        _means_of_blocks(image[upper : min(upper + factor, foot)], left, right, factor, result[row])
    return result


@kernel
def _means_of_blocks(lines: np.ndarray, left: int, right: int, factor: int, result: np.ndarray) -> None:
    """Fill a row of `reduced_part` from the rows of its blocks (n, W)."""
    columns, whole = right - left, (right - left) // factor
    sums = np.zeros(columns, np.uint32)
    for row in range(len(lines)):
        line = lines[row, left:right]
        for column in range(columns):
            sums[column] += line[column]
    count = np.uint32(len(lines) * factor)
    totals = np.full(whole, count // np.uint32(2), np.uint32)
    for k in range(factor):
        for block in range(whole):
            totals[block] += sums[block * factor + k]
    share = np.uint32(_ONE // count)
    for block in range(whole):
        result[block] = (totals[block] * share) >> _BITS
    if whole < len(result):
        rest = np.uint32(len(lines) * (columns - whole * factor))
        result[whole] = (np.uint32(sums[whole * factor :].sum() + rest // 2) * np.uint32(_ONE // rest)) >> _BITS


@kernel
def projected(image: np.ndarray, matrix: np.ndarray, rows: int, columns: int, outside: int) -> np.ndarray:
    """An image (H, W) uint8 under a projective map, (rows, columns) uint8, linear between its pixels: the place x, y, 1 is at
    ``matrix`` (3, 3) of it on the image, in places between pixels; ``outside`` beyond it."""
    result = np.full((rows, columns), np.uint8(outside), np.uint8)
    high, wide = image.shape
    middles, xs, ys = np.arange(columns) + 0.5, np.empty(columns), np.empty(columns)
    for r in range(rows):
        _places_of_row(matrix, r + 0.5, middles, xs, ys)
        first, last = 0, columns  # a row of places is on the image in one piece
        while first < last and not (0 <= ys[first] < high and 0 <= xs[first] < wide):
            first += 1
        while first < last and not (0 <= ys[last - 1] < high and 0 <= xs[last - 1] < wide):
            last -= 1
        _between_pixels(image, xs[first:last], ys[first:last], result[r, first:last])
    return result


@kernel
def _places_of_row(matrix: np.ndarray, y: float, middles: np.ndarray, xs: np.ndarray, ys: np.ndarray) -> None:
    """Fill ``xs`` and ``ys`` (C,) with where a projective map takes the pixels of the row at ``y`` whose middles are at (C,)."""
    x_above = matrix[0, 1] * y + matrix[0, 2]
    y_above = matrix[1, 1] * y + matrix[1, 2]
    scale_above = matrix[2, 1] * y + matrix[2, 2]
    # Two loops, since each of them vectorises, and what divides once a row takes a sixth of the time.
    if matrix[2, 0] != 0:
        for c in range(len(xs)):
            nearer = 1 / (scale_above + matrix[2, 0] * middles[c])
            xs[c] = (x_above + matrix[0, 0] * middles[c]) * nearer
            ys[c] = (y_above + matrix[1, 0] * middles[c]) * nearer
    else:
        nearer = 1 / scale_above
        for c in range(len(xs)):
            xs[c] = (x_above + matrix[0, 0] * middles[c]) * nearer
            ys[c] = (y_above + matrix[1, 0] * middles[c]) * nearer


@kernel
def _between_pixels(image: np.ndarray, xs: np.ndarray, ys: np.ndarray, result: np.ndarray) -> None:
    """Fill ``result`` (n,) uint8 with an image (H, W) uint8 at places (n,) on it: one loop for where they are, one that takes the four
    pixels around each, and one for rounding; in a single loop none of it vectorises."""
    count, pixels = len(xs), image.reshape(-1)
    corner, right, down = np.empty(count, np.int32), np.empty(count, np.int32), np.empty(count, np.int32)
    across, along, mixed = np.empty(count, np.float32), np.empty(count, np.float32), np.empty(count, np.float32)
    one, wide = np.int32(1), np.int32(image.shape[1])
    last_row, last_column = np.int32(image.shape[0] - 1), np.int32(image.shape[1] - 1)
    for c in range(count):
        upper, before = np.int32(ys[c] + 0.5) - one, np.int32(xs[c] + 0.5) - one
        along[c], across[c] = np.float32(ys[c] - 0.5 - upper), np.float32(xs[c] - 0.5 - before)
        row, column = max(upper, np.int32(0)), max(before, np.int32(0))
        corner[c] = row * wide + column
        right[c] = min(before + one, last_column) - column
        down[c] = (min(upper + one, last_row) - row) * wide
    for c in range(count):
        at, step, fall = np.uint64(corner[c]), np.uint64(right[c]), np.uint64(down[c])
        above, below = np.float32(pixels[at]), np.float32(pixels[at + fall])
        above += across[c] * (np.float32(pixels[at + step]) - above)
        below += across[c] * (np.float32(pixels[at + fall + step]) - below)
        mixed[c] = above + along[c] * (below - above)
    for c in range(count):
        result[c] = np.uint8(np.int32(mixed[c] + np.float32(0.001)))  # for rounding


@kernel
def edges_of(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """An image (H, W) uint8 as the means of 2 x 2 pixels, and how steep these are, by Sobel's filters, each (H, W) float32 [grey levels
    for each px]; beyond the edge it is symmetric."""
    rows, columns = image.shape
    means, slopes = np.empty((rows, columns), np.float32), np.empty((rows, columns), np.float32)
    for row in range(rows):
        above, line = image[max(row - 1, 0)], image[row]
        for column in range(columns):
            before = max(column - 1, 0)
            total = np.int32(above[before]) + above[column] + line[before] + line[column]
            means[row, column] = np.float32(total) / np.float32(4)
    across, down = np.empty((2, columns + 2), np.float32)
    for row in range(rows):
        above, line, below = means[max(row - 1, 0)], means[row], means[min(row + 1, rows - 1)]
        for column in range(columns):
            across[column + 1] = above[column] + np.float32(2) * line[column] + below[column]
            down[column + 1] = below[column] - above[column]
        for ends in (across, down):
            ends[0], ends[columns + 1] = ends[1], ends[columns]
        for column in range(columns):
            right = across[column + 2] - across[column]
            fall = down[column] + np.float32(2) * down[column + 1] + down[column + 2]
            slopes[row, column] = np.sqrt(right * right + fall * fall) / np.float32(8)
    return means, slopes


@kernel
def quantile_of(image: np.ndarray, share: float) -> float:
    """The level that this share of the pixels of an image (H, W) uint8 stays below, between two levels as numpy has it."""
    counts = np.zeros(256, np.int64)
    for row in range(image.shape[0]):
        for level in image[row]:
            counts[level] += 1
    place = share * (image.size - 1)
    before, count, lower = int(place), 0, -1
    for level in range(256):
        count += counts[level]
        if lower < 0 and count > before:
            lower = level
        if count > min(before + 1, image.size - 1):
            return lower + (place - before) * (level - lower)
    return 255.0


def quantile(values: np.ndarray, share: float) -> float:
    """The value that this share of some values (...) stay below, between two of them as numpy has it."""
    place = share * (values.size - 1)
    before = int(place)
    # For two places at once partition takes ten times as long.
    ordered = np.partition(values.reshape(-1), before)
    low, high = float(ordered[before]), float(ordered[min(before + 1, values.size - 1) :].min())
    return low + (place - before) * (high - low)


_STEPS = 16  # of a grey level, to which depths are told


@kernel
def depth_of(depth: np.ndarray, share: float, least: float) -> float:
    """The depth that this share of those above ``least`` stay below; depth (H, W) [grey levels], to a sixteenth."""
    counts = np.zeros((_APART, 256 * _STEPS + 2), np.int32)  # the last for those that are not above
    steps = np.empty(depth.shape[1] // _APART * _APART + _APART, np.int32)
    steps[:] = 256 * _STEPS + 1
    for row in range(depth.shape[0]):
        line = depth[row]
        for column in range(len(line)):
            value = line[column]
            level = np.int32(min(max(value, np.float32(0)), np.float32(256)) * np.float32(_STEPS))
            steps[column] = level if value > least else 256 * _STEPS + 1
        for column in range(0, len(steps), _APART):
            for k in range(_APART):
                counts[k, steps[column + k]] += 1
    counts = counts.sum(0)[:-1]
    wanted, count = share * counts.sum(), 0.0
    for step in range(len(counts)):
        count += counts[step]
        if count >= wanted:
            return (step + 1 - (count - wanted) / max(counts[step], 1)) / _STEPS
    return 256.0


@kernel
def between_classes(values: np.ndarray) -> float:
    """Otsu's threshold of values (H, W) in 256 steps between the least and the greatest of them: what parts two classes that differ
    most."""
    low, high = values.min(), values.max()
    if low == high:
        return float(low)
    scale = 256 / (float(high) - float(low))
    several = np.zeros((_APART, 257), np.int32)  # the last for what fills a row up
    steps = np.full(values.shape[1] // _APART * _APART + _APART, 256, np.int32)
    for row in range(values.shape[0]):
        line = values[row]
        for column in range(len(line)):
            steps[column] = min(np.int32(255), np.int32((line[column] - low) * scale))
        for column in range(0, len(steps), _APART):
            for k in range(_APART):
                several[k, steps[column + k]] += 1
    counts = several.sum(0)[:256].astype(np.float64)
    every, whole = counts.sum(), 0.0
    for step in range(256):
        whole += counts[step] * step
    best, found, count, total = -1.0, 0, 0.0, 0.0
    for step in range(255):
        count += counts[step]
        total += counts[step] * step
        if count == 0 or count == every:
            continue
        apart = total / count - (whole - total) / (every - count)
        spread = count * (every - count) * apart * apart
        if spread > best:
            best, found = spread, step
    return float(low) + (found + 0.5) / scale
