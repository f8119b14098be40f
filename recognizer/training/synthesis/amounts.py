"""Pictures of handwritten amounts, made up: whose ink is where is known, so that segments can be labelled (spec: cheques of our own)."""

import re
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from recognizer.training.synthesis.glyphs import DIGITS, LOOKALIKES, Hand, Picture, Trajectory, lookalike, paint
from recognizer.training.synthesis.paper import scan

_SHARES = {"shapes": 0.4, "unipen": 0.28, "mnist": 0.14, "pendigits": 0.08, "fonts": 0.1}  # of the sources of hands
_LEADING = np.array([4, 22, 14, 11, 10, 9, 8, 8, 7, 7]) / 100  # shares of first digits: amounts of money begin low
_MIXED = 0.3  # share of strings that several hands write
_ODD = 0.05  # share of digits drawn as a letter of their shape

NOBODY = -1  # owner of pixels that no character has inked

# Where signs stand: top and foot as shares of the height of the digits, measured up from the base line, and the chance of
# jitter on both. Signs keep their own shape within that height, dashes excepted.
_PLACES = {
    ".": (0.12, -0.02),
    ",": (0.18, -0.22),
    "-": (0.52, 0.42),
    "=": (0.6, 0.3),
    "*": (0.8, 0.3),
    "/": (1.15, -0.15),
    "$": (1.15, -0.12),
    "#": (1.0, 0.0),
}


@dataclass(frozen=True)
class WrittenAmount:
    """``grey`` (H, W) uint8; ``owner`` (H, W) int: index in ``text`` of the character whose ink a pixel is, or NOBODY."""

    grey: np.ndarray
    owner: np.ndarray
    text: str


def draw_text(generator: np.random.Generator) -> str:
    """An amount as people write it: digits, separators of either convention, cents, fillers; a space is a gap."""
    length = int(generator.choice([1, 2, 3, 4, 5, 6, 7], p=[0.04, 0.1, 0.2, 0.26, 0.24, 0.11, 0.05]))
    digits = str(generator.choice(list(DIGITS), p=_LEADING)) + "".join(generator.choice(list(DIGITS), length - 1))
    if generator.random() < 0.3:
        zeros = int(generator.integers(1, max(2, length)))
        digits = digits[: length - zeros] + "0" * zeros if length > 1 else digits
    mark, point = (",", ".") if generator.random() < 0.5 else (".", ",")
    if length > 3 and generator.random() < 0.65:
        separator = str(generator.choice([mark, mark, " "]))
        digits = separator.join(part[::-1] for part in re.findall(".{1,3}", digits[::-1])[::-1])
    draw = generator.random()
    if draw < 0.2:
        digits += point + "".join(generator.choice(list(DIGITS), 2))
    elif draw < 0.24:
        digits += " " + "".join(generator.choice(list(DIGITS), 2)) + "/100"
    before = ["", "$", "$ ", "*", "#", "-", "=", "**"]
    after = ["", "-", ".-", ",-", " -", "=", ".=", "--", point, "/", "*", "#", "- -"]
    digits = generator.choice(before, p=[0.68, 0.1, 0.08, 0.03, 0.04, 0.03, 0.02, 0.02]) + digits
    return str(
        digits
        + generator.choice(after, p=[0.54, 0.07, 0.07, 0.05, 0.04, 0.05, 0.03, 0.03, 0.06, 0.02, 0.015, 0.015, 0.01])
    )


def write_amount(text: str, hands: dict[str, list[Hand]], generator: np.random.Generator) -> WrittenAmount:
    """``text`` in the hand of one source, or of several, on paper of some kind, as a scanner or a camera would give it."""
    coverage, owner = ink_amount(text, hands, generator)
    return WrittenAmount(scan(coverage, generator), owner, text)


def ink_amount(
    text: str, hands: dict[str, list[Hand]], generator: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """``text`` in the hand of one source, or of several: coverage (H, W) float32 in 0..1 of the writing, and who owns each pixel."""
    sources = [source for source in _SHARES if source in hands]
    shares = np.array([_SHARES[source] for source in sources])

    def hand() -> Hand:
        chosen: Hand = _pick(hands[str(generator.choice(sources, p=shares / shares.sum()))], generator)
        return chosen

    mixed, own = generator.random() < _MIXED, hand()
    writers = [hand() if mixed else own for _ in text]
    return _ink(text, writers, hands["signs"][0], hands.get("letters", [None])[0], generator)


def _pick(choices: list, generator: np.random.Generator):  # type: ignore[no-untyped-def]
    return choices[generator.integers(len(choices))]


@dataclass(frozen=True)
class _Manner:
    """How one string is written; lengths in px."""

    height: float  # of a digit
    radius: float  # of the pen
    slant: float
    spread: float  # mean gap between neighbours, in heights; negative: they touch or overlap
    uneven: float
    narrow: float
    small_zeros: float
    linked_zeros: float  # by how much neighbouring noughts are closer, in heights
    drift: float  # of the base line, down for each px across
    gain: float  # how pictures of ink get pens of their own
    bias: float

    @staticmethod
    def draw(generator: np.random.Generator) -> "_Manner":
        height = np.exp(generator.uniform(np.log(17), np.log(46)))
        close = generator.random() < 0.35
        return _Manner(
            height=height,
            radius=height * generator.uniform(0.025, 0.075),
            slant=generator.normal(0.12, 0.22),
            spread=generator.normal(-0.06, 0.08) if close else generator.normal(0.16, 0.12),
            uneven=generator.uniform(0.02, 0.18),
            narrow=float(np.exp(generator.normal(0.05, 0.2))),
            small_zeros=generator.uniform(0.4, 0.85) if generator.random() < 0.35 else 1.0,
            linked_zeros=generator.uniform(0.05, 0.3) if generator.random() < 0.3 else 0.0,
            drift=generator.normal(0, 0.035),
            gain=generator.uniform(1.5, 3.5),
            bias=generator.uniform(0.25, 0.6),
        )


def _ink(
    text: str, writers: list[Hand], signs: Hand, letters: Hand | None, generator: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Coverage (H, W) float32 in 0..1 of the writing, and who owns each pixel."""
    manner = _Manner.draw(generator)
    height = manner.height
    margin = int(0.5 * height) + 2
    rise = max(1.0, abs(manner.drift) * len(text)) * height  # room for a line that is not level
    width = int(len(text) * (1.2 + manner.narrow) * height) + 2 * margin
    canvas = np.zeros((int(1.5 * height + 2 * rise), width), np.float32)
    owner = np.full(canvas.shape, NOBODY)
    x, end = float(margin), margin
    for index, character in enumerate(text):
        if character == " ":
            x += generator.uniform(0.2, 0.5) * height
            continue
        top, foot = _PLACES.get(character, (1.0, 0.0))
        size = (top - foot) * height * np.exp(generator.normal(0, manner.uneven))
        if character == "0":
            size *= manner.small_zeros
        base = rise + 1.25 * height + manner.drift * (x - margin)
        bottom = base - foot * height + generator.normal(0, 0.5 * manner.uneven) * height
        source = writers[index].glyphs if character in writers[index].glyphs else signs.glyphs
        if letters and character in LOOKALIKES and generator.random() < _ODD:
            glyph = lookalike(character, letters, generator)
        else:
            glyph = _pick(source[character], generator)
        slant = manner.slant + generator.normal(0, 0.06)
        if isinstance(glyph, Trajectory):
            points = _placed(glyph, character, size, bottom, x, slant, manner.narrow, generator)
            pressure = ndimage.gaussian_filter1d(generator.normal(0, 0.5, len(points)), 4, mode="nearest")
            widths = manner.radius * np.exp(pressure + generator.normal(0, 0.1))
            paint(canvas, owner, points, glyph.starts, widths.astype(np.float32), index)
            right = float(points[:, 0].max()) + manner.radius
        else:
            right = _stamp(canvas, owner, glyph, index, size, bottom, x, slant - 0.15, manner)
        end = max(end, int(right))
        gap = manner.spread + generator.normal(0, 0.1)
        if text[index : index + 2] == "00":
            gap -= manner.linked_zeros
        x = right + max(-0.3, gap) * height
        if character in ".,":
            x += generator.uniform(0, 0.35) * height
    window = _window(canvas, margin, end, height, generator)
    return canvas[window], owner[window]


def _window(
    canvas: np.ndarray, margin: int, end: int, height: float, generator: np.random.Generator
) -> tuple[slice, slice]:
    """What is cut out of a sheet whose writing reaches from ``margin`` to ``end``: some paper around it, or hardly any."""
    right = min(canvas.shape[1], end + int(generator.uniform(0.05, 0.8) * height) + 2)
    left = int(generator.uniform(0.1, 0.95) * margin)
    rows = np.flatnonzero((canvas[:, left:right] > 0.2).any(1))
    top = max(0, rows[0] - int(generator.uniform(0.02, 0.6) * height))
    bottom = min(canvas.shape[0], rows[-1] + 1 + int(generator.uniform(0.02, 0.6) * height))
    return slice(top, bottom), slice(left, right)


def _placed(
    glyph: Trajectory,
    character: str,
    size: float,
    bottom: float,
    x: float,
    slant: float,
    narrow: float,
    generator: np.random.Generator,
) -> np.ndarray:
    """The trajectory with its foot at ``bottom``, ``size`` px high and its left edge at ``x``."""
    points = glyph.points - glyph.points.min(0)
    extent = points.max(0) + 1e-3
    flat = character in "-=" or extent[0] > 3 * extent[1]
    scale = size / extent[1]
    if flat:
        scale = generator.uniform(2.5, 7) * size / extent[0] if character == "-" else 1.6 * size / extent[0]
    points = points * [scale * narrow, scale]
    points += generator.normal(0, 0.006 * size, points.shape)
    points[:, 1] += bottom - points[:, 1].max()
    points[:, 0] += slant * (bottom - points[:, 1])
    points[:, 0] += x - points[:, 0].min()
    return np.ascontiguousarray(points, np.float32)


def _stamp(
    canvas: np.ndarray,
    owner: np.ndarray,
    glyph: Picture,
    name: int,
    size: float,
    bottom: float,
    x: float,
    slant: float,
    manner: _Manner,
) -> float:
    """Put a picture of a character onto the canvas; returns its right edge [px]."""
    rows, columns = glyph.pixels.shape
    scale = rows / size
    step = scale / manner.narrow
    lean = slant * size
    width = int(np.ceil(columns / step + abs(lean))) + 2
    high = int(np.ceil(size)) + 2
    # Row r, column c of the patch shows the picture at (scale r, step (c - lean (1 - r / size) or its opposite)).
    shift = max(-lean, 0.0)
    matrix = [[scale, 0], [step * lean / size, step]]
    offset = (-scale, -step * (lean + shift) - step)
    patch = ndimage.affine_transform(glyph.pixels, matrix, offset, (high, width), order=1)
    patch = np.clip((patch - manner.bias) * manner.gain + 0.5, 0, 1) * (patch > 0.05)
    top, left = round(bottom - size) - 1, round(x) - 1
    y0, x0 = max(0, -top), max(0, -left)
    view = np.s_[max(0, top) : top + high, max(0, left) : left + width]
    target = canvas[view]
    patch = patch[y0 : y0 + target.shape[0], x0 : x0 + target.shape[1]]
    darker = patch > target
    target[darker] = patch[darker]
    owner[view][darker & (patch > 0.2)] = name
    inked = np.flatnonzero(patch.max(0) > 0.3)
    return float(left + (inked[-1] if len(inked) else width))
