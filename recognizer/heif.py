"""Pictures of HEIC files, for the process that draws PDF files (`pdf.py`): one byte makes libheif write where it must not, which ends
the process that it happens in. It allows far more pixels than we do, too, and cuts them down after they are decoded."""

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from recognizer.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def is_heif(data: bytes) -> bool:
    """Is this a HEIC, by how it begins?"""
    return data[4:8] == b"ftyp" and data[8:12] in BRANDS


def decode(data: bytes, most: int) -> "np.ndarray":
    """The picture that a HEIC shows, upright: grey levels (H, W) uint8, or (H, W, 4) of red, green, blue and how opaque.

    Raises InputError where one that it is made of has more pixels than ``most``, and whatever libheif does.
    """
    import numpy as np
    from pi_heif import HeifImageFile

    for width, height in _sizes(data):
        if width * height > most:
            raise InputError(
                f"The picture is stored as {width:,} x {height:,} pixels; at most {most:,} can be read: scale down."
            )
    image: Image = HeifImageFile(BytesIO(data))
    return np.asarray(image.convert("RGBA" if image.has_transparency_data else "L"))


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
