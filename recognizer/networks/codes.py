"""Stylised drawings of the classes, 7 wide x 12 high, that serve as targets of the RBF output layer (1998 paper, II-B), and plain ones."""

from collections.abc import Sequence

import numpy as np

DRAWING = (12, 7)  # rows and columns
CODE_LENGTH = 84  # its pixels: the units of layer F6

# Our own drawings; the two empty rows below a digit, kept for descenders, are added by digit_codes.
_DIGITS = """
..###..  ...#...  .#####.  .#####.  .....#.  #######  ..####.  #######  .#####.  .####..
.#...#.  ..##...  #.....#  #.....#  ....##.  #......  .#.....  ......#  #.....#  #....#.
#.....#  .#.#...  ......#  ......#  ...#.#.  #......  #......  .....#.  #.....#  #.....#
#.....#  ...#...  ......#  ......#  ..#..#.  #.####.  #......  .....#.  #.....#  #.....#
#.....#  ...#...  .....#.  ..####.  .#...#.  ##....#  #.####.  ....#..  .#####.  #....##
#.....#  ...#...  ...##..  ......#  #....#.  ......#  ##....#  ....#..  #.....#  .####.#
#.....#  ...#...  ..#....  ......#  #######  ......#  #.....#  ...#...  #.....#  ......#
#.....#  ...#...  .#.....  ......#  .....#.  ......#  #.....#  ...#...  #.....#  ......#
.#...#.  ...#...  #......  #.....#  .....#.  #.....#  .#....#  ..#....  #.....#  .....#.
..###..  .#####.  #######  .#####.  .....#.  .#####.  ..####.  ..#....  .#####.  .####..
"""


def digit_codes() -> np.ndarray:
    """Codes of the digits 0 to 9: (10, 84) float32, +1 = ink, -1 = paper."""
    rows = [line.split() for line in _DIGITS.strip().splitlines()]
    codes = -np.ones((10, 12, 7), np.float32)
    for y, row in enumerate(rows):
        for digit, pixels in enumerate(row):
            codes[digit, y] = [1 if pixel == "#" else -1 for pixel in pixels]
    return codes.reshape(10, CODE_LENGTH)


def ascii_codes(characters: Sequence[str]) -> np.ndarray:
    """Codes of characters of printable ASCII in Pillow's bitmap font, and their numbers in the row that it leaves free, for
    some characters are drawn nearly alike: (K, 84) float32; any two differ in 3 pixels at least."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default_imagefont()
    codes = -np.ones((len(characters), 12, 7), np.float32)
    for number, character in enumerate(characters):
        image = Image.new("1", (7, 12))
        ImageDraw.Draw(image).text((0, 0), character, font=font, fill=1)
        codes[number][np.asarray(image)] = 1
        codes[number, -1] = [2 * (number >> bit & 1) - 1 for bit in range(7)]
    return codes.reshape(len(characters), CODE_LENGTH)


def place_codes(classes: int) -> np.ndarray:
    """One unit for each class: (classes, classes) float32, +1 at its own place and -1 elsewhere."""
    return 2 * np.eye(classes, dtype=np.float32) - 1
