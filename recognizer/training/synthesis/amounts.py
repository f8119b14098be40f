"""Pictures of handwritten amounts, made up: whose ink is where is known, so that segments can be labelled (spec: cheques of our own)."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from recognizer.language.money import DIGITS, RAISED, character_of
from recognizer.training.synthesis.amount_places import Cents, cents_apart
from recognizer.training.synthesis.glyphs import LOOKALIKES, Glyph, Hand, PenGlyph, Picture, lookalike, paint
from recognizer.training.synthesis.habits import Habits
from recognizer.training.synthesis.paper import scan

_SHARES = {"shapes": 0.3, "unipen": 0.38, "mnist": 0.14, "pendigits": 0.08, "fonts": 0.1}  # of the sources of hands
_MIXED = 0.3  # share of strings that several hands write
_ODD = 0.05  # share of digits drawn as a letter of their shape

_UNDER = {"": 0.45, "line": 0.35, "lines": 0.05, "100": 0.1, "xx": 0.05}  # shares of what stands below raised cents

NOBODY = -1  # owner of pixels that no character has inked


@dataclass(frozen=True)
class WrittenAmount:
    """``grey`` (H, W) uint8; ``owner`` (H, W) int: index in ``text`` of the character whose ink a pixel is, or NOBODY."""

    grey: np.ndarray
    owner: np.ndarray
    text: str


def write_amount(
    text: str, hands: dict[str, list[Hand]], generator: np.random.Generator, as_they_are: bool = False
) -> WrittenAmount:
    """``text`` in the hand of one source with habits of its own, or of several in a share of cases, or in one hand ``as_they_are``;
    on paper of some kind, as a scanner or a camera would give it."""
    mixed, habits = (0.0, None) if as_they_are else (_MIXED, Habits.draw(generator.spawn(1)[0]))
    coverage, owner = ink_amount(text, hands, generator, mixed, habits)
    return WrittenAmount(scan(coverage, generator), owner, text)


def ink_amount(
    text: str,
    hands: dict[str, list[Hand]],
    generator: np.random.Generator,
    mixed: float = _MIXED,
    habits: Habits | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """``text`` in the hand of one source, or of several in a share ``mixed`` of all cases: coverage (H, W) float32 in 0..1 of the
    writing, and who owns each pixel."""
    sources = [source for source in _SHARES if source in hands]
    shares = np.array([_SHARES[source] for source in sources])

    def hand() -> Hand:
        chosen: Hand = _pick(hands[str(generator.choice(sources, p=shares / shares.sum()))], generator)
        return chosen

    several, own = generator.random() < mixed, hand()
    writers = [hand() if several else own for _ in text]
    return _ink(text, writers, habits, hands["signs"][0], hands.get("letters", [None])[0], generator)


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
        height = np.exp(generator.uniform(np.log(17), np.log(60)))
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
    text: str,
    writers: list[Hand],
    habits: Habits | None,
    signs: Hand,
    letters: Hand | None,
    generator: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Coverage (H, W) float32 in 0..1 of the writing, and who owns each pixel."""
    manner = _Manner.draw(generator)
    height = manner.height
    margin = int(0.5 * height) + 2
    rise = max(1.0, abs(manner.drift) * len(text)) * height  # room for a line that is not level
    width = int(len(text) * (1.2 + manner.narrow) * height) + 2 * margin
    drawing = _Drawing.blank((int(1.5 * height + 2 * rise), width), manner, generator)
    places = Cents.draw(generator.spawn(1)[0]).places(text)
    long_ones, low = _ones(generator.spawn(1)[0])
    dots = _Dots.draw(generator.spawn(1)[0])
    x, end = float(margin), float(margin)
    before = 0.0  # width of the last character [px]
    boxes: dict[int, tuple[float, float, float]] = {}  # left, right and foot of each character
    for index, character in enumerate(text):
        if character == " ":
            x += generator.uniform(0.2, 0.5) * height
            continue
        top, foot = places[index]
        size = (top - foot) * height * np.exp(generator.normal(0, manner.uneven * (0.4 if character in RAISED else 1)))
        if character == "0":
            size *= manner.small_zeros
        if character in ".,":
            size *= dots.size
        deeper = 0.0
        if character == "1":
            deeper = (long_ones - 1) * size * low
            size *= long_ones
        base = rise + 1.25 * height + manner.drift * (x - margin)
        bottom = base - foot * height + generator.normal(0, 0.5 * manner.uneven) * height + deeper
        glyph = _glyph(character, writers[index], signs, letters, generator)
        if habits and character in DIGITS and isinstance(glyph, PenGlyph):
            glyph = habits.applied(character, glyph)
        wide = _width(glyph, size, manner.narrow)
        x = max(x, end - 0.5 * min(wide, before))  # hands overlap characters, but hide none
        before = wide
        right = drawing.write(glyph, character, index, size, bottom, x)
        boxes[index] = x, right, bottom
        end = max(end, right)
        x = right + dots.gap(text[index : index + 2], _gap(text[index : index + 2], manner, generator), height)
    if apart := cents_apart(text):
        drawing.put_below(
            str(generator.choice([*_UNDER], p=[*_UNDER.values()])), {k: boxes[k] for k in apart}, writers[0], signs
        )
    window = _window(drawing.canvas, margin, int(end), height, generator)
    return drawing.canvas[window], drawing.owner[window]


def _ones(generator: np.random.Generator) -> tuple[float, float]:
    """How many times as high as other digits ones are, and what share of the rest is below these."""
    return generator.uniform(1.1, 1.6) if generator.random() < 0.25 else 1.0, generator.uniform(0.3, 0.8)


@dataclass(frozen=True)
class _Dots:
    """How points and commas are written: as shapes with room behind them, or as touches of the pen at the foot of what follows."""

    size: float  # of what a shape is high
    near: float | None  # the most that is between them and what follows, in heights of a digit, or as it comes

    @staticmethod
    def draw(generator: np.random.Generator) -> "_Dots":
        small, near = generator.random() < 0.45, generator.random() < 0.6
        size, gap = generator.uniform(0.15, 0.6), generator.uniform(-0.02, 0.12)
        return _Dots(size if small else 1.0, gap if small and near else None)

    def gap(self, pair: str, usual: float, height: float) -> float:
        """How far the second of two neighbours is from the first [px], where ``usual`` is what it would be else."""
        return usual if self.near is None or pair[0] not in ".," else min(usual, self.near * height)


def _gap(pair: str, manner: _Manner, generator: np.random.Generator) -> float:
    """How far the second of two neighbouring characters is from the first [px]; below nought they overlap."""
    gap = manner.spread + generator.normal(0, 0.1)
    if pair == "00":
        gap -= manner.linked_zeros
    gap = max(-0.3, gap)
    return (gap + generator.uniform(0, 0.35) if pair[0] in ".,'" else gap) * manner.height


def _glyph(character: str, writer: Hand, signs: Hand, letters: Hand | None, generator: np.random.Generator) -> Glyph:
    if letters and character in LOOKALIKES and generator.random() < _ODD:
        return lookalike(character, letters, generator)
    known = character_of(character)
    drawn = DIGITS[RAISED.index(known)] if known in RAISED else known
    source = writer.glyphs if drawn in writer.glyphs else signs.glyphs
    chosen: Glyph = _pick(signs.glyphs.get(character) or source[drawn], generator)
    return chosen


def _width(glyph: Glyph, size: float, narrow: float) -> float:
    """How wide a character is about, ``size`` px high [px]."""
    across, high = np.ptp(glyph.points, axis=0) if isinstance(glyph, PenGlyph) else glyph.pixels.shape[::-1]
    return float(across / max(high, 1e-3) * size * narrow)


@dataclass(frozen=True)
class _Drawing:
    """What is written: ``canvas`` (H, W) float32, and the owner of each of its pixels."""

    canvas: np.ndarray
    manner: _Manner
    generator: np.random.Generator
    owner: np.ndarray

    @staticmethod
    def blank(shape: tuple[int, int], manner: _Manner, generator: np.random.Generator) -> "_Drawing":
        return _Drawing(np.zeros(shape, np.float32), manner, generator, np.full(shape, NOBODY))

    def write(self, glyph: Glyph, character: str, name: int, size: float, bottom: float, x: float) -> float:
        """One character, its foot at ``bottom``, its left edge at ``x``; returns the right one [px]."""
        slant = self.manner.slant + self.generator.normal(0, 0.06)
        if isinstance(glyph, Picture):
            return _stamp(self.canvas, self.owner, glyph, name, size, bottom, x, slant - 0.15, self.manner)
        points = _placed(glyph, character, size, bottom, x, slant, self.manner.narrow, self.generator)
        if character == "ł":
            self._line(points.mean(0), 0.3 * size, name, slope=0.5)
        self._stroke(points, glyph.starts, name)
        return float(points[:, 0].max()) + self.manner.radius

    def put_below(self, what: str, cents: dict[int, tuple[float, float, float]], writer: Hand, signs: Hand) -> None:
        """A line below raised cents, or two, or one with a hundred below it, which counts as theirs; of each the left and right
        edge and the foot [px]."""
        height, generator = self.manner.height, self.generator
        y = max(foot for _, _, foot in cents.values()) + generator.uniform(0.06, 0.2) * height
        for name, (left, right, _) in cents.items() if what else ():
            for down in (0.0, 0.1 * height) if what == "lines" else (0.0,):
                self._line(np.array([(left + right) / 2, y + down]), 0.7 * (right - left), name)
        names, hundred = [*cents], what if what in ("100", "xx") else ""
        left, right = cents[names[0]][0], cents[names[-1]][1]
        size = generator.uniform(0.25, 0.4) * height
        for k, character in enumerate(hundred):
            glyph = _glyph(character, writer, signs, None, generator)
            x = left + k * (right - left) / len(hundred)
            self.write(glyph, character, names[k * len(names) // len(hundred)], size, y + size + 0.12 * height, x)

    def _line(self, middle: np.ndarray, half: float, name: int, slope: float = 0.0) -> None:
        along = np.linspace(-half, half, 8)
        slope += self.generator.normal(0, 0.05)
        self._stroke(np.column_stack([middle[0] + along, middle[1] - slope * along]), np.array([0]), name)

    def _stroke(self, points: np.ndarray, starts: np.ndarray, name: int) -> None:
        pressure = ndimage.gaussian_filter1d(self.generator.normal(0, 0.5, len(points)), 4, mode="nearest")
        widths = self.manner.radius * np.exp(pressure + self.generator.normal(0, 0.1))
        paint(self.canvas, self.owner, points.astype(np.float32), starts, widths.astype(np.float32), name)


def _window(
    canvas: np.ndarray, margin: int, end: int, height: float, generator: np.random.Generator
) -> tuple[slice, slice]:
    """What is cut out of a drawing whose writing reaches from ``margin`` to ``end``: some paper around it, or hardly any."""
    right = min(canvas.shape[1], end + int(generator.uniform(0.05, 0.8) * height) + 2)
    left = int(generator.uniform(0.1, 0.95) * margin)
    rows = np.flatnonzero((canvas[:, left:right] > 0.2).any(1))
    top = max(0, rows[0] - int(generator.uniform(0.02, 0.6) * height))
    bottom = min(canvas.shape[0], rows[-1] + 1 + int(generator.uniform(0.02, 0.6) * height))
    return slice(top, bottom), slice(left, right)


def _placed(
    glyph: PenGlyph,
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
