"""HEIC, as telephones store photographs, and what is wrong with it."""

import struct

import numpy as np
import pytest

from recognizer.errors import InputError
from recognizer.page import load_pages
from tests.heic import HEIC, tiled
from tests.recognizer.page.test_load import far, only, picture


def test_a_picture_in_tiles_is_put_together() -> None:
    grey = only(load_pages(tiled(2, 3))).grey
    assert grey.shape == (128, 192)
    for row, column in np.ndindex(2, 3):
        assert far(grey[64 * row :, 64 * column :][:48, :64], picture(48, 64)) < 4


def test_a_picture_that_ends_what_decodes_it_is_refused() -> None:
    """Its pixels have 8 bits and are said to have 10: libheif 1.23 writes beyond what it has taken, which comes out at the next one."""
    sound = tiled(2, 3)
    at = sound.index(b"hvcC") + 21
    for _ in range(3):
        with pytest.raises(InputError, match="damaged"):
            load_pages(sound[:at] + b"\x0a" + sound[at + 1 :])
        assert only(load_pages(sound)).grey.shape == (128, 192)


def test_what_is_cut_away_of_a_picture_counts_too() -> None:
    at = HEIC.index(b"ispe") + 8
    data = HEIC[:at] + struct.pack(">II", 8000, 7000) + HEIC[at + 8 :]
    mdat = data.index(b"mdat") - 4
    length = int.from_bytes(data[mdat : mdat + 4])
    long = data[:mdat] + struct.pack(">I4sQ", 1, b"mdat", length + 8) + data[mdat + 8 :]
    for each in (data, long):
        with pytest.raises(InputError, match=r"8,000 x 7,000 pixels; at most 50,000,000"):
            load_pages(each)
