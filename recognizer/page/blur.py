"""How blurred writing on an image is, and its strokes made sharp again: what a camera out of focus joins is told apart, and print
is known as print."""

import numpy as np
from scipy import fft

_STEEP = 0.97  # of the slopes at the edges of strokes, the one that is not met at a slant
_SHARP = 0.7  # blur of pages that are in focus [px]
_BLURRED = 1.1  # and from which on it is taken away
_NOISE = 0.02  # power of what is no writing in what is, in Wiener's filter
_BEYOND = 32  # px around the page, so that opposite edges do not blur into each other


def blur_of(taken: np.ndarray, ink: np.ndarray, pen: float, known: np.ndarray) -> float:
    """The standard deviation [px] of the blur of strokes on a page: how steeply the share (H, W) of light that is ``taken`` rises at the
    edges of the ``ink`` (H, W) bool to what a ``pen`` takes, where it is ``known`` (H, W) bool. 0 where there is no ink."""
    edges = np.concatenate([_slopes(taken, ink, known), _slopes(taken.T, ink.T, known.T)])
    return float(pen / (np.sqrt(2 * np.pi) * max(np.quantile(edges, _STEEP), 1e-6))) if len(edges) else 0.0


def _slopes(taken: np.ndarray, ink: np.ndarray, known: np.ndarray) -> np.ndarray:
    """(n,) the steps from row to row where ink begins or ends."""
    slopes: np.ndarray = np.abs(np.diff(taken, axis=0))[(ink[1:] != ink[:-1]) & known[1:] & known[:-1]]
    return slopes


def sharpened(taken: np.ndarray, blur: float) -> np.ndarray:
    """The share (H, W) of light that was ``taken`` before a ``blur`` [px]: Wiener's filter, for what is more than that of a page in
    focus. A page in focus is left as it is."""
    if blur < _BLURRED:
        return taken
    height, width = (fft.next_fast_len(size + _BEYOND, real=True) for size in taken.shape)
    below, beside = height - taken.shape[0], width - taken.shape[1]
    down, across = fft.fftfreq(height)[:, None], fft.rfftfreq(width)
    passed = np.exp(-2 * np.pi**2 * (blur**2 - _SHARP**2) * (down**2 + across**2)).astype(np.float32)
    seen = fft.rfft2(np.pad(taken, ((0, below), (0, beside)), mode="edge"))
    whole = fft.irfft2(seen * passed * (1 + _NOISE) / (passed**2 + _NOISE), s=(height, width))
    return whole[: taken.shape[0], : taken.shape[1]].astype(np.float32)
