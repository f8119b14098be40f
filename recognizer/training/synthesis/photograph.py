"""Paper with guilloche, and the light, camera or scanner over it."""

import numpy as np
from scipy import ndimage

from recognizer.page.rectify import homography, resample


def on_paper(printed: np.ndarray, penned: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Grey levels (H, W) float32 of paper of whose pixels print and pen cover these shares (H, W)."""
    shape = printed.shape
    paper = generator.uniform(170, 250)
    grey = np.full(shape, paper, np.float32)
    if generator.random() < 0.6:
        y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
        angle, period = generator.uniform(0, np.pi), generator.uniform(4, 14)
        wave = generator.uniform(0, 8) * np.sin((x * np.cos(angle) + y * np.sin(angle)) / generator.uniform(8, 50))
        lines = np.cos((y * np.cos(angle) - x * np.sin(angle) + wave) * 2 * np.pi / period)
        grey -= generator.uniform(0.02, 0.2) * paper * np.clip(lines, 0, 1) ** 2
    faded = generator.uniform(0.15, 0.5) if generator.random() < 0.15 else 1.0  # print that a camera washed out
    printed = generator.uniform(0.5, 0.9) * faded * printed
    pen = generator.uniform(0.5, 0.9) * penned
    uneven = 1 - generator.uniform(0, 0.3) * np.clip(
        ndimage.gaussian_filter(generator.normal(0, 1, shape), 2) * 5, 0, 1
    )
    return grey * (1 - np.maximum(printed, pen * uneven.astype(np.float32)))


def photograph(grey: np.ndarray, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The image (H, W) uint8 that a camera or scanner takes of a cheque, and the map (3, 3) from the cheque to it."""
    height, width = grey.shape
    out = int(generator.uniform(900, 1700))
    scale = out / width
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
    placed = corners * scale
    camera = generator.random()
    surroundings = generator.uniform(20, 110)
    margin = generator.uniform(-0.015, 0.02)  # a crop by hand
    if camera < 0.3:  # a photograph with the desk around
        margin = generator.uniform(0.03, 0.15)
        placed = placed + generator.normal(0, 0.012 * out, (4, 2))
    tilt = np.deg2rad(generator.normal(0, 2.5 if camera < 0.6 else 0.4))
    middle = placed.mean(0)
    turn = np.array([[np.cos(tilt), -np.sin(tilt)], [np.sin(tilt), np.cos(tilt)]])
    placed = (placed - middle) @ turn.T + middle + margin * out
    shape = round(height * scale + 2 * margin * out), round(out + 2 * margin * out)
    to_cheque = homography(placed, corners)
    levels = np.clip(grey, 0, 255).astype(np.uint8)
    image = resample(levels, to_cheque, shape, outside=round(surroundings if camera < 0.6 else 250)).astype(np.float32)
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    light = 1 + generator.normal(0, 0.1) * (x / shape[1] - 0.5) + generator.normal(0, 0.1) * (y / shape[0] - 0.5)
    image = ndimage.gaussian_filter(image * light * generator.uniform(0.6, 1), generator.uniform(0.2, 1.1))
    image += generator.normal(0, generator.uniform(0.5, 6), shape)
    return np.clip(image, 0, 255).astype(np.uint8), np.linalg.inv(to_cheque)
