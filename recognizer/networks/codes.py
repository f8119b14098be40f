"""Stylised drawings of the classes, 7 wide x 12 high, that serve as targets of the RBF output layer (1998 paper, II-B), and plain ones."""

import numpy as np

CODE_LENGTH = 84  # 7 x 12 pixels: the units of layer F6

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


def place_codes(classes: int) -> np.ndarray:
    """One unit for each class: (classes, classes) float32, +1 at its own place and -1 elsewhere."""
    return 2 * np.eye(classes, dtype=np.float32) - 1
