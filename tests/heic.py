"""Pictures as telephones store them, which nothing that is installed encodes."""

import base64
import struct

# White, 48 x 64, with a dark bar at the upper left, which is `picture(48, 64)` of tests/recognizer/page/test_load.py. What is said of
# the pixels stands behind them, so that it can be longer without their being elsewhere.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWl4AAAAAG1pZjFoZWl4bWlhZgAAARdtZGF0AAABCygBrgxw8a4eKAACQu0r1pttP27rvheFeQTePRkH6/j7Z+/f6Xh3/g3xv6D/"
    "mFfJ+6rpCX3NP/VE/pazaI/8nn5fOv1uH6j4zp/Qf7CAABhfZ6OGMj5CYA02wINBdVOEZ6HQ7DNhmCuSKdwfTm+wj34ca4Oyz4eFFbRzry5AEh+O"
    "tKv9+chUjRuVtu8IeS3xKY45M4BX/dnv11rOZHj3QRLq7vJomG+TB0T7D3UtQeiMaq2j3fUutI3vfEVU5hFG5VvRfB6YBX/FGT8G2jpC7ZIaZ1p5"
    "JOvayOA5E3cV9msfApeDa9Svl9RMmrSOejOKZIdfRJfodBJ/vDEcrvkcGEg5wTPbTKvuHzl5vAAAAXVtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABw"
    "aWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAAAJAABAAAAAAAAAQ8AAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMx"
    "AAAAAA5waXRtAAAAAAABAAAA9WlwcnAAAADVaXBjbwAAAHBodmNDAQQIAAAAn/gAAAAAHvAA/Pz4+AAADwNgAAEAF0ABDAH//wQIAAADAJ/4AAAD"
    "AAAeugJAYQABACVCAQEECAAAAwCf+AAAAwAAHsCCBBZbq5Ka5sCAAAAMgAAAAwCEYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlz"
    "cGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAADnBpeGkAAAAAAQgAAAAYaXBtYQAAAAAAAAAB"
    "AAEFgQIDBYQ="
)


def tiled(rows: int, columns: int) -> bytes:
    """The same picture, padded to 64 x 64, in so many tiles, as the cameras of telephones part what they take."""
    tile, properties = _inner(HEIC, b"mdat"), _inner(_inner(_inner(HEIC, b"meta")[4:], b"iprp"), b"ipco")
    tiles, width, height = range(1, rows * columns + 1), 64 * columns, 64 * rows
    whole = len(tiles) + 1
    grid = struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, width, height)
    head = box(b"ftyp", b"heix", bytes(4), b"mif1", b"heix")
    start = len(head) + 8
    places = [*((item, start, len(tile)) for item in tiles), (whole, start + len(tile), len(grid))]
    kinds = [*((item, b"hvc1") for item in tiles), (whole, b"grid")]
    used = [*((item, 2, 0x81, 2) for item in tiles), (whole, 1, 3)]
    meta = (
        box(b"hdlr", bytes(8), b"pict", bytes(13)),
        box(b"pitm", bytes(4), _shorts(whole)),
        box(
            b"iloc",
            bytes(4),
            b"\x44\0",
            _shorts(whole),
            *(struct.pack(">HHHII", i, 0, 1, at, of) for i, at, of in places),
        ),
        box(
            b"iinf",
            bytes(4),
            _shorts(whole),
            *(box(b"infe", b"\2\0\0\0", _shorts(i, 0), kind, b"\0") for i, kind in kinds),
        ),
        box(b"iref", bytes(4), box(b"dimg", _shorts(whole, len(tiles), *tiles))),
        box(
            b"iprp",
            box(
                b"ipco",
                box(b"hvcC", _inner(properties, b"hvcC")),
                box(b"ispe", _inner(properties, b"ispe")),
                box(b"ispe", struct.pack(">III", 0, width, height)),
            ),
            box(b"ipma", bytes(4), struct.pack(">I", whole), *(_shorts(item) + bytes(each) for item, *each in used)),
        ),
    )
    return head + box(b"mdat", tile, grid) + box(b"meta", bytes(4), *meta)


def _shorts(*values: int) -> bytes:
    return struct.pack(f">{len(values)}H", *values)


def box(kind: bytes, *inside: bytes) -> bytes:
    """A box of the format: its length, its kind and what is in it."""
    data = b"".join(inside)
    return struct.pack(">I", 8 + len(data)) + kind + data


def boxes(data: bytes) -> list[tuple[bytes, bytes]]:
    """The kinds of the boxes that stand one behind the other, and what is in them."""
    found = []
    while data:
        length = max(int.from_bytes(data[:4]), 8)  # damaged ones may say less
        found.append((data[4:8], data[8:length]))
        data = data[length:]
    return found


def _inner(data: bytes, kind: bytes) -> bytes:
    return dict(boxes(data))[kind]
