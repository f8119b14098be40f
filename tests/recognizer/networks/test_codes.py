"""Codes of the classes: any two can be told apart."""

import numpy as np

from recognizer.language.alphabet import CHARACTERS
from recognizer.networks.codes import CODE_LENGTH, ascii_codes


def test_any_two_characters_differ_in_three_pixels_at_least() -> None:
    codes = ascii_codes(CHARACTERS)
    assert set(np.unique(codes)) == {-1.0, 1.0}
    distances = (codes[:, None] != codes[None]).sum(2) + CODE_LENGTH * np.eye(len(codes), dtype=int)
    assert distances.min() >= 3
