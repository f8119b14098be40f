"""A line of writing for tests: characters as polylines, so that what is on the page is known."""

import numpy as np
from PIL import Image, ImageDraw

# In a box 0.6 wide and 1 high, y down from its top; a character is a list of strokes.
STROKES: dict[str, list[list[tuple[float, float]]]] = {
    "0": [[(0.3, 0), (0.05, 0.25), (0, 0.5), (0.05, 0.75), (0.3, 1), (0.55, 0.75), (0.6, 0.5), (0.55, 0.25), (0.3, 0)]],
    "1": [[(0.15, 0.2), (0.35, 0), (0.35, 1)]],
    "2": [[(0, 0.25), (0.15, 0), (0.45, 0), (0.6, 0.25), (0.5, 0.5), (0, 1), (0.6, 1)]],
    "4": [[(0.4, 0), (0, 0.65), (0.6, 0.65)], [(0.45, 0.4), (0.45, 1)]],
    "5": [[(0.55, 0), (0.05, 0), (0, 0.45), (0.4, 0.4), (0.6, 0.65), (0.45, 1), (0, 0.95)]],
    "7": [[(0, 0), (0.6, 0), (0.2, 1)]],
    ".": [[(0.05, 0.95), (0.1, 0.95), (0.1, 1), (0.05, 1)]],
    "-": [[(0, 0.5), (0.5, 0.5)]],
}
ADVANCE = 0.85  # from one character's left edge to the next one's, in heights
FINER = 4  # drawn so much larger, then averaged


def write(
    text: str, height: int = 40, pen: float = 3.0, paper: int = 235, ink: int = 40, margin: float = 0.5
) -> np.ndarray:
    """``text`` as grey levels (H, W) uint8: characters ``height`` px high on even paper, ``margin`` heights around them."""
    edge = round(margin * height)
    width = round(ADVANCE * height * len(text)) + 2 * edge
    image = Image.new("L", (FINER * width, FINER * (height + 2 * edge)), paper)
    pencil = ImageDraw.Draw(image)
    for index, character in enumerate(text):
        for stroke in STROKES.get(character, []):
            left = edge + ADVANCE * height * index
            points = [(FINER * (left + x * height), FINER * (edge + y * height)) for x, y in stroke]
            pencil.line(points, fill=ink, width=round(FINER * pen), joint="curve")
    return np.array(image.reduce(FINER))
