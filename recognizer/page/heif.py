"""HEIC by libheif, which looks at its size when it is decoded, may cut it down after that, and allows far more pixels than we do."""

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from recognizer.errors import InputError

if TYPE_CHECKING:
    from PIL.Image import Image


def open_heif(data: bytes, most: int) -> "Image":
    """The picture that a HEIC shows, not decoded yet. Raises InputError where one that it is made of has more pixels than ``most``."""
    from pi_heif import HeifImageFile

    for width, height in _sizes(data):
        if width * height > most:
            raise InputError(
                f"The picture is stored as {width:,} x {height:,} pixels; at most {most:,} can be read: scale down."
            )
    image: Image = HeifImageFile(BytesIO(data))
    return image


def _sizes(data: bytes) -> Iterator[tuple[int, int]]:
    """Width and height of all that is described in a file (ISO/IEC 23008-12, section 6.5.3)."""
    at = 0
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4])
        if length == 1:  # stands behind the kind
            length = int.from_bytes(data[at + 8 : at + 16])
        end = at + max(length, 8) if length else len(data)
        if data[at + 4 : at + 8] == b"meta":
            for found in data[at:end].split(b"ispe")[1:]:
                if len(found) >= 12:
                    yield struct.unpack_from(">4x2I", found)
        at = end
