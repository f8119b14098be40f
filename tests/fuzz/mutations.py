"""Ways to damage a file: blindly, and so that its outer form stays whole and what is behind it is reached."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from tests.heic import box, boxes

Mutation = Callable[[bytes, random.Random], bytes]

# What breaks parsers: lengths, signs, brackets, and numbers at the ends of their ranges.
SPLICES = [
    b"\0",
    b"\xff" * 4,
    b"[" * 2000,
    b"-1",
    b"1e999",
    b"NaN",
    b"null",
    b"99999999999999999999",
    b"<a>",
    b'"',
    b"\\u0000",
    b"\n",
]
VALUES: list[Any] = [
    *(None, True, "", "\0", "x" * 5000, "../../etc/passwd", [], {}, [[]], [None] * 50),
    *(-1, 0, 3, 2**31, 2**63, 10**30, -(10**30), 0.5, float("nan"), float("inf"), -0.0, 1e300),
]
NUMBERS = [0, 1, 2, 2**7, 2**8 - 1, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1, 2**63, 2**64 - 1]
BOXES_WITHIN = {b"meta": 4, b"iprp": 0, b"ipco": 0, b"iinf": 6, b"iref": 4}  # of HEIC: how many bytes are before them
TEXTS = ["", " ", "-1", "1e999", "nan", "0 0, 0 0", "99999999999999999999", "x" * 5000, "!'\"?", "#a", "*"]


def bytes_changed(data: bytes, generator: random.Random) -> bytes:
    """Some of the bytes changed, cut out, doubled, or with what breaks parsers put in."""
    changed = bytearray(data)
    for _ in range(generator.choice([1, 1, 2, 5])):
        start = generator.randrange(len(changed) + 1)
        end = min(start + generator.choice([1, 4, 60]), len(changed))
        kind = generator.randrange(5)
        if kind == 0 and start < len(changed):
            changed[start] ^= 1 << generator.randrange(8)
        elif kind == 1:
            del changed[start:end]
        elif kind == 2:
            changed[start:start] = changed[start:end]
        elif kind == 3:
            changed[start:end] = generator.choice(SPLICES)
        else:
            del changed[start:]
    return bytes(changed)


def lines_changed(data: bytes, generator: random.Random) -> bytes:
    """Lines of JSON, one of whose values is another, is gone, or comes twice."""
    lines = data.splitlines()
    place = generator.randrange(len(lines))
    lines[place] = json.dumps(value_changed(json.loads(lines[place]), generator)).encode()
    return b"\n".join(lines) + b"\n"


def value_changed(value: Any, generator: random.Random) -> Any:
    """What JSON holds, with one of its values changed."""
    if isinstance(value, dict | list) and value and generator.random() < 0.85:
        keys = list(value) if isinstance(value, dict) else range(len(value))
        key = generator.choice(keys)
        if generator.random() < 0.1:
            del value[key]
        elif isinstance(value, list) and generator.random() < 0.1:
            value *= generator.choice([2, 100])
        else:
            value[key] = value_changed(value[key], generator)
        return value
    return generator.choice(VALUES)


def members_changed(data: bytes, generator: random.Random) -> bytes:
    """An archive with another member that is damaged, exchanged or gone; its checksums are right."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = generator.choice(list(members))
    kind = generator.randrange(4)
    if kind == 0:
        members[name] = bytes_changed(members[name], generator)
    elif kind == 1:
        del members[name]
    elif kind == 2:
        members[name] = members[generator.choice(list(members))]
    else:
        members[name] = _array_changed(members[name], generator)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for each, content in members.items():
            archive.writestr(zipfile.ZipInfo(each), content, zipfile.ZIP_DEFLATED)  # the same at any time
    return out.getvalue()


def _array_changed(data: bytes, generator: random.Random) -> bytes:
    """An array with other numbers, of another type or shape."""
    import numpy as np

    values = np.load(io.BytesIO(data), allow_pickle=False)
    kind = generator.randrange(4)
    if kind == 0 and values.size and values.dtype.kind in "iuf":
        values = values.copy()
        flat = values.reshape(-1)
        limits = np.iinfo(values.dtype) if values.dtype.kind in "iu" else np.finfo(values.dtype)
        flat[generator.randrange(len(flat))] = generator.choice([limits.min, limits.max, 0, 1])
    elif kind == 1:
        values = np.zeros(values.shape, generator.choice(["f8", "i1", "u8", "U3", "c8", "M8[s]", "b1"]))
    elif kind == 2:
        values = values[: generator.randrange(len(values) + 1)] if values.ndim else values.reshape(1)
    else:
        values = values.reshape(generator.choice([(-1,), (1, *values.shape), (*values.shape, 1)]))
    out = io.BytesIO()
    np.save(out, values, allow_pickle=False)
    return out.getvalue()


def header_changed(data: bytes, generator: random.Random) -> bytes:
    """A model with another value in its header, or in what stands there as JSON of its own."""
    length = int.from_bytes(data[:8], "little")
    header, rest = json.loads(data[8 : 8 + length]), data[8 + length :]
    told = header["__metadata__"]
    if generator.random() < 0.3:
        header = value_changed(header, generator)
    else:
        key = generator.choice([name for name in told if name != "network"])
        told[key] = json.dumps(value_changed(json.loads(told[key]), generator))
    written = json.dumps(header).encode()
    return len(written).to_bytes(8, "little") + written + rest


def elements_changed(data: bytes, generator: random.Random) -> bytes:
    """XML whose elements come often, elsewhere or not at all, and say something else."""
    root = ElementTree.fromstring(data)
    for _ in range(generator.choice([1, 2, 4])):
        elements = list(root.iter())
        element, other = generator.choice(elements), generator.choice(elements)
        kind = generator.randrange(5)
        if kind == 0:
            copies = [ElementTree.fromstring(ElementTree.tostring(other)) for _ in range(generator.choice([1, 30]))]
            element.extend(copies)
        elif kind == 1 and len(element):
            element.remove(element[generator.randrange(len(element))])
        elif kind == 2 and element.attrib:
            element.set(generator.choice(list(element.attrib)), generator.choice(TEXTS))
        elif kind == 3:
            words = (element.text or "").split()
            place = generator.randrange(len(words) + 1)
            element.text = " ".join([*words[:place], generator.choice(TEXTS), *words[place + 1 :]])
        else:
            element.tag = other.tag
    return ElementTree.tostring(root)


def boxes_changed(data: bytes, generator: random.Random) -> bytes:
    """HEIC whose boxes come often, elsewhere or not at all, or hold other numbers; their lengths are right."""
    inside = boxes(data)
    for _ in range(generator.choice([1, 1, 2, 4])):
        if inside:
            _box_changed(inside, generator)
    return b"".join(box(kind, content) for kind, content in inside)


def _box_changed(inside: list[tuple[bytes, bytes]], generator: random.Random) -> None:
    place = generator.randrange(len(inside))
    kind, content = inside[place]
    before = BOXES_WITHIN.get(kind)
    if before is not None and generator.random() < 0.8:
        content = content[:before] + boxes_changed(content[before:], generator)
        inside[place] = kind, content
        return
    way = generator.randrange(6)
    if way == 0:
        del inside[place]
    elif way == 1:
        inside[place:place] = [(kind, content)] * generator.choice([1, 200])
    elif way == 2:
        inside[place] = generator.choice(inside)[0], content
    elif way == 3:
        inside[place] = kind, bytes_changed(content, generator)
    elif content:
        inside[place] = kind, _number_changed(content, generator)


def _number_changed(data: bytes, generator: random.Random) -> bytes:
    """Some of the bytes are another number."""
    size = generator.choice([1, 2, 4, 8])
    start = generator.randrange(0, len(data), min(size, 2))
    number = generator.choice([value for value in NUMBERS if value < 256**size])
    return (data[:start] + number.to_bytes(size) + data[start + size :])[: len(data)]
