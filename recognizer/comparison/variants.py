"""The three forms of the digits that the 1998 study trained on: regular, deslanted 20 x 20, and 16 x 16 (III-A)."""

import numpy as np


def regular(images: np.ndarray) -> np.ndarray:
    """Digits (n, 28, 28) uint8 as ink between 0 and 1: (n, 28, 28) float32."""
    return images.astype(np.float32) / 255


def deslanted(images: np.ndarray) -> np.ndarray:
    """Ink (n, 20, 20) float32 with its principal axis upright: rows are shifted, about the centre of mass."""
    ink = regular(images)
    side = ink.shape[-1]
    places = np.arange(side, dtype=np.float32)
    mass = ink.sum((1, 2)).clip(min=1e-6)
    x, y = (ink.sum(1) @ places) / mass, (ink.sum(2) @ places) / mass
    down = places - y[:, None]
    across = places - x[:, None]
    mixed = np.einsum("nij,ni,nj->n", ink, down, across)
    upright = np.einsum("nij,ni->n", ink, down**2).clip(min=1e-6)
    shift = (mixed / upright)[:, None] * down  # px that each row is moved to the left
    source = (places - (side - 1) / 2 + x[:, None])[:, None, :] + shift[:, :, None]
    left = np.floor(source).astype(int)
    share = (source - left).astype(np.float32)
    padded = np.pad(ink, ((0, 0), (0, 0), (1, 1)))
    low, high = (np.take_along_axis(padded, np.clip(left + k, 0, side + 1), 2) for k in (1, 2))
    rows = low * (1 - share) + high * share
    return _centred(rows, 20)


def small(images: np.ndarray) -> np.ndarray:
    """Ink (n, 16, 16) float32: the 20 x 20 box of the digit, reduced by area."""
    boxed = _boxed(regular(images), 20)
    edges = np.linspace(0, 20, 17)
    pixels = np.arange(20)
    share = np.minimum(edges[1:, None], pixels + 1) - np.maximum(edges[:-1, None], pixels)
    reduce = (share.clip(min=0) * (16 / 20)).astype(np.float32)  # (16, 20): how much of each pixel each new one holds
    return reduce @ boxed @ reduce.T


def padded(ink: np.ndarray, side: int) -> np.ndarray:
    """Ink (n, k, k) in the middle of paper of ``side``, in the LeNets' grey levels (-0.1 paper, 1.175 ink)."""
    margin = (side - ink.shape[-1]) // 2
    return np.pad(ink, ((0, 0), (margin, margin), (margin, margin))) * np.float32(1.275) - np.float32(0.1)


def _centred(ink: np.ndarray, side: int) -> np.ndarray:
    """The middle ``side`` x ``side``."""
    margin = (ink.shape[-1] - side) // 2
    return np.ascontiguousarray(ink[:, margin : margin + side, margin : margin + side])


def _boxed(ink: np.ndarray, side: int) -> np.ndarray:
    """The ``side`` x ``side`` about the middle of each digit's bounding box."""
    result = np.zeros((len(ink), side, side), np.float32)
    for digit, out in zip(ink, result, strict=True):
        rows, columns = np.flatnonzero(digit.any(1)), np.flatnonzero(digit.any(0))
        if len(rows):
            top, left = ((s[0] + s[-1] + 1 - side) // 2 for s in (rows, columns))
            lower, right = max(top, 0), max(left, 0)
            part = digit[lower : top + side, right : left + side]
            out[lower - top : lower - top + part.shape[0], right - left : right - left + part.shape[1]] = part
    return result
