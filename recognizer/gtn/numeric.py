"""Arithmetic that loops over arcs share."""

import numpy as np

from recognizer.kernels import kernel


@kernel
def exp32(x):  # type: ignore[no-untyped-def]
    """exp of a float32 of at most 0, to 1 part in 10^7; free of branches, so that loops over it vectorise.

    Cephes' expf: exp(x) = 2^n exp(r), r = x - n log 2, |r| <= log(2) / 2, log 2 in two parts.
    """
    clipped = max(x, np.float32(-87.0))
    n = np.floor(clipped * np.float32(1.44269504) + np.float32(0.5))
    r = clipped - n * np.float32(0.693359375) + n * np.float32(2.12194440e-4)
    p = np.float32(1.9875691500e-4)
    p = p * r + np.float32(1.3981999507e-3)
    p = p * r + np.float32(8.3334519073e-3)
    p = p * r + np.float32(4.1665795894e-2)
    p = p * r + np.float32(1.6666665459e-1)
    p = p * r + np.float32(5.0000001201e-1)
    y = p * r * r + r + np.float32(1)
    power = np.int32((np.int32(n) + np.int32(127)) << np.int32(23)).view(np.float32)
    return y * power if x > np.float32(-87.0) else np.float32(0)


@kernel
def span(i, j):  # type: ignore[no-untyped-def]
    """range(i, j) of indices known not to be negative, so that loops over it vectorise (no counting from the end)."""
    return range(np.uint64(i), np.uint64(j))
