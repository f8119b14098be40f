"""What lies on and beside pages that nobody wrote: frames, stamps, print, coffee, staples, clips, a finger, a binding, the table.

A page is the ``light`` (H, W) float32 that it gives back, in 0..1, and the ``lines`` (H, W) uint8 of its ink, 0 where there is none.
Lengths are in pixels at 150 dpi.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

TABLE = 420  # px of table around the sheet
_PRINT = (
    "Please return this form to the office before the end of the month.",
    "The undersigned declares that all statements above are true.",
    "Opening hours: Monday to Friday, 9 to 12 and 14 to 17.",
    "Read the instructions on the other side before you fill this in.",
    "Printed on paper of which four fifths were used before.",
)
_STAMPS = ("RECEIVED", "COPY", "PAID 12 MAY 1961", "ARCHIVES", "No. 20417")
_TRIES = 60


@dataclass
class Composed:
    """A page while things are laid on it, and how thick its ``pen`` is [px]."""

    light: np.ndarray
    lines: np.ndarray
    pen: float
    generator: np.random.Generator

    @property
    def size(self) -> np.ndarray:
        """Width and height."""
        return np.array(self.light.shape[::-1])

    def shade(self, mask: Image.Image | np.ndarray, dark: float) -> None:
        """Take this share of the light where a mask (H, W) of 0..255 is drawn."""
        self.light *= 1 - dark * np.asarray(mask, np.float32) / 255

    def cover(self, mask: Image.Image | np.ndarray, light: np.ndarray | float) -> None:
        """Put this in place of what is where a mask (H, W) of 0..255 is drawn."""
        share = np.asarray(mask, np.float32) / 255
        self.light = (self.light * (1 - share) + light * share).astype(np.float32)
        self.lines = np.where(share > 0.5, 0, self.lines).astype(np.uint8)

    def paper(self) -> Image.Image:
        """Where a mask is drawn."""
        return Image.new("L", tuple(self.size.tolist()))

    def free_place(self, wide: float, high: float, within: Sequence[float] | None = None) -> tuple[int, int]:
        """Left and top of that of some places for a box, ``within`` a box, that covers least ink."""
        left, top, right, foot = within or (20, 20, *(self.size - 20))
        most = np.maximum((right - wide, foot - high), (left + 1, top + 1))
        places = self.generator.uniform((left, top), most, (_TRIES, 2)).astype(int)
        covered = [np.count_nonzero(self.lines[y : y + int(high), x : x + int(wide)]) for x, y in places]
        x, y = places[int(np.argmin(covered))]
        return int(x), int(y)


def lay_on(page: Composed, faults: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """The light and the lines of a page with those of these faults that are laid on it, with TABLE around it where it lies on one."""
    for fault in faults:
        if fault in ON_PAPER:
            ON_PAPER[fault](page)
    if not set(faults) & {"table", *AT_RIM}:
        return page.light, page.lines
    _table(page)
    for fault in faults:
        if fault in AT_RIM:
            AT_RIM[fault](page)
    return page.light, page.lines


# ---------------------------------------------------------------- on the paper


def _frame(page: Composed) -> None:
    """A frame that was drawn by hand around some lines."""
    draw, count = page.generator, int(page.lines.max())
    first, last = sorted(draw.integers(1, count + 1, 2)) if draw.random() < 0.6 else (1, count)
    ys, xs = np.nonzero((page.lines >= first) & (page.lines <= last))
    room = draw.uniform(12, 40, 4)
    left, right = xs.min() - room[0], xs.max() + room[1]
    top, foot = ys.min() - room[2] / 2, ys.max() + room[3] / 2
    corners = np.array([[left, top], [right, top], [right, foot], [left, foot], [left, top]]) + draw.normal(
        0, 3, (5, 2)
    )
    mask = page.paper()
    for one, other in pairwise(corners):
        along = np.linspace(draw.uniform(-0.02, 0.01), draw.uniform(0.99, 1.02), 60)[:, None]
        tremor = np.interp(along, np.linspace(0, 1, 16), draw.normal(0, 1.5, 16)) + draw.normal(0, 5) * np.sin(
            np.pi * along
        )
        points = one + along * (other - one) + tremor
        _pencil(mask, points, page.pen * draw.uniform(0.8, 1.4))
    page.shade(mask, draw.uniform(0.55, 0.9))


def _stamp(page: Composed) -> None:
    draw = page.generator
    text = str(draw.choice(_STAMPS))
    font = ImageFont.load_default(float(draw.uniform(22, 40)))
    wide, high = font.getbbox(text)[2] + 40, font.getbbox(text)[3] + 40
    if draw.random() < 0.5:
        high = wide = max(wide, 140)
    stamp = Image.new("L", (int(wide) + 8, int(high) + 8))
    pencil = ImageDraw.Draw(stamp)
    shape = pencil.ellipse if high == wide else pencil.rectangle
    shape((2, 2, wide, high), outline=255, width=4)
    shape((10, 10, wide - 8, high - 8), outline=255, width=2)
    pencil.text((wide / 2, high / 2), text, fill=255, font=font, anchor="mm")
    stamp = stamp.rotate(float(draw.normal(0, 12)), expand=True, resample=Image.Resampling.BILINEAR)
    mask = page.paper()
    mask.paste(stamp, page.free_place(*stamp.size))
    page.shade(np.asarray(mask) * np.clip(0.9 + 0.5 * _noise(page, (6, 6)), 0.2, 1), draw.uniform(0.3, 0.7))


def _coffee(page: Composed) -> None:
    """The ring that a cup leaves."""
    draw = page.generator
    radius, thick = draw.uniform(110, 210), draw.uniform(4, 12)
    (x, y), (across, down) = draw.uniform(0.1, 0.9, 2) * page.size, _places(page)
    away = np.hypot(across - x, down - y) - radius
    turn = np.arctan2(down - y, across - x)
    uneven = 0.6 + 0.4 * np.sin(turn * draw.integers(1, 4) + draw.uniform(0, 6)) + 0.1 * np.sin(17 * turn)
    ring = np.clip(1.5 - np.abs(away) / thick, 0, 1) + 0.15 * (away < 0)
    page.shade(255 * np.clip(ring * uneven, 0, 1), draw.uniform(0.1, 0.35))


def _clipping(page: Composed) -> None:
    """A piece of print that was stuck on."""
    draw = page.generator
    size = float(draw.uniform(15, 26))
    font = ImageFont.load_default(size)
    texts = draw.permutation(_PRINT)[: draw.integers(1, 4)].tolist()
    wide, high = max(font.getbbox(text)[2] for text in texts) + 40, len(texts) * 1.4 * size + 30
    left, top = page.free_place(wide, high)
    box = (left, top, left + wide, top + high)
    shadow = page.paper()
    ImageDraw.Draw(shadow).rectangle((left + 3, top + 3, box[2] + 4, box[3] + 4), fill=255)
    page.shade(_blurred(shadow, 3), draw.uniform(0.1, 0.4))
    mask = page.paper()
    ImageDraw.Draw(mask).rectangle(box, fill=255)
    page.cover(mask, draw.uniform(0.75, 0.98))
    words = page.paper()
    for k, text in enumerate(texts):
        ImageDraw.Draw(words).text((left + 18, top + 14 + 1.4 * size * k), text, fill=255, font=font)
    page.shade(words, draw.uniform(0.6, 0.9))


def _staple(page: Composed) -> None:
    draw = page.generator
    middle = np.array([draw.uniform(50, 130), draw.uniform(45, 100)])
    turn = draw.choice([0.0, np.pi / 4, -np.pi / 4]) + draw.normal(0, 0.1)
    half = 32 * np.array([np.cos(turn), np.sin(turn)])
    metal, shine = page.paper(), page.paper()
    _pencil(metal, np.array([middle - half, middle + half]), 7)
    _pencil(shine, np.array([middle - half * 0.9, middle + half * 0.9]) - 1, 2)
    page.shade(_blurred(metal, 3), 0.4)
    page.cover(metal, draw.uniform(0.15, 0.5))
    page.cover(shine, draw.uniform(0.5, 1))


def _rings(page: Composed) -> None:
    """The row of holes of a binding, often with its wires, down the left side or along the head."""
    draw = page.generator
    down, pitch, side = draw.random() < 0.7, draw.uniform(44, 75), draw.uniform(20, 32)
    off, square, wires = draw.uniform(24, 44), draw.random() < 0.4, draw.random() < 0.5
    holes, wire = page.paper(), page.paper()
    shape = ImageDraw.Draw(holes).rectangle if square else ImageDraw.Draw(holes).ellipse
    for along in np.arange(pitch / 2, page.size[int(down)] - side, pitch):
        x, y = (off, along) if down else (along, off)
        shape((x - side / 2, y - side / 2, x + side / 2, y + side / 2), fill=255)
        if wires:
            out = np.array([-off, side / 3]) if down else np.array([side / 3, -off])
            for aside in (-4, 4):
                start = np.array([x, y]) + (np.array([0, aside]) if down else np.array([aside, 0]))
                _pencil(wire, np.array([start, start + out]), 4)
    page.cover(_blurred(holes, 1), draw.uniform(0.08, 0.5))
    page.cover(wire, draw.uniform(0.1, 0.6))


def _gutter(page: Composed) -> None:
    """The left side leads into the fold of a book: shade, the fold, and the rim of the other page with its own rules."""
    draw = page.generator
    fold, (x, y) = draw.uniform(30, 60), _places(page)
    fold = fold + draw.normal(0, 6) * np.sin(y / page.size[1] * np.pi)
    spacing, start = draw.uniform(34, 56), draw.uniform(0, 34)
    rule = np.abs((y - start + 0.004 * (x - 90) ** 2 * (x < 90)) % spacing) < 2.5
    page.light *= 1 - draw.uniform(0.15, 0.4) * (rule & (x < fold + draw.uniform(-8, 25)))
    page.light *= 1 - draw.uniform(0.3, 0.6) * np.exp(-np.abs(x - fold) / draw.uniform(8, 40))
    page.light *= 1 - 0.5 * np.clip(_noise(page, (4, 12)), 0, 1) * np.exp(-((x - fold) ** 2) / draw.uniform(30, 200))


# ---------------------------------------------------------------- at its rim, with a table around


def _table(page: Composed) -> None:
    """Wood that shines somewhere, and the shadow of the sheet on it."""
    draw = page.generator
    light, lines = (np.pad(each, TABLE) for each in (page.light, page.lines))
    sheet = np.pad(np.full(page.light.shape, 255, np.uint8), TABLE)
    page.light, page.lines = light, lines
    x, y = _places(page)
    along = x if draw.random() < 0.5 else y
    grain = _noise(page, (150, 6) if along is x else (6, 150)) + 0.5 * np.sin(along / 130) ** 16
    wood = draw.uniform(0.15, 0.6) * (1 + draw.uniform(0.03, 0.2) * grain)
    spot, reach = draw.uniform(0.0, 1.0, 2) * page.size, draw.uniform(200, 700, 2)
    shine = np.exp(-(((x - spot[0]) / reach[0]) ** 2 + ((y - spot[1]) / reach[1]) ** 2))
    wood += draw.uniform(0, 0.8) * shine * (1 + 0.1 * grain)
    moved = Image.fromarray(np.roll(sheet, draw.integers(-9, 10, 2), (0, 1)))
    shadow = _blurred(moved, draw.uniform(2, 7))
    wood *= 1 - draw.uniform(0.1, 0.6) * shadow / 255
    page.light = np.where(sheet > 0, page.light, np.clip(wood, 0.03, 1)).astype(np.float32)


def _clip(page: Composed) -> None:
    """A paper clip over the head of the sheet."""
    draw = page.generator
    left, top = page.free_place(50, 190, (TABLE + 60, TABLE - 14, page.size[0] - TABLE - 60, TABLE + 177))
    turn, half = np.linspace(0, np.pi, 20), 22.0
    bow = np.stack([half * np.cos(turn), -half * np.sin(turn)], 1)
    loop = [
        np.array([half, half]) + bow,
        bow[::-1] * (0.75, -1) + (half * 0.9, 160),
        bow * (0.6, 1) + (half * 1.05, 60),
    ]
    wire = np.array([left, top]) + np.concatenate([*loop, [[half * 1.65, 130]]])
    metal, shine = page.paper(), page.paper()
    _pencil(metal, wire, 7)
    _pencil(shine, wire - 1, 2)
    page.shade(_blurred(metal, 3), 0.4)
    page.cover(metal, draw.uniform(0.15, 0.5))
    page.cover(shine, draw.uniform(0.6, 1))


def _finger(page: Composed) -> None:
    """A finger that holds the sheet at a side."""
    draw = page.generator
    wide, far, right = draw.uniform(95, 130), draw.uniform(50, 120), draw.random() < 0.5
    edge = page.size[0] - TABLE if right else TABLE
    within = (edge - far if right else edge, TABLE + 200, edge if right else edge + far, page.size[1] - TABLE - 100)
    top = page.free_place(far, wide, within)[1] + wide / 2
    inwards = np.array([-1.0 if right else 1.0, draw.normal(0, 0.3)])
    tip = np.array([edge, top]) + inwards * (far - wide / 2)
    skin, nail, level = page.paper(), page.paper(), draw.uniform(0.3, 0.65)
    _pencil(skin, np.array([tip, tip - 700 * inwards]), wide)
    _pencil(nail, np.array([tip + 8 * inwards, tip - 20 * inwards]), wide * 0.55)
    page.shade(_blurred(skin, 9), 0.5)
    page.cover(skin, level * (0.5 + _blurred(skin, wide / 6) / 510))
    page.cover(_blurred(nail, 3), level * 1.15)


def _folded(page: Composed) -> None:
    """A corner that is folded over."""
    draw = page.generator
    legs, (x, y) = draw.uniform(80, 230, 2), _places(page)
    right, foot = draw.random(2) < 0.5
    x, y = (page.size[0] - x if right else x) - TABLE, (page.size[1] - y if foot else y) - TABLE
    beyond = (x / legs[0] + y / legs[1] < 1) & (x > -1) & (y > -1)
    normal = 1 / legs
    corner = 2 * normal / (normal @ normal)  # of the sheet, mirrored at the fold
    flap = page.paper()
    corners = np.array([[legs[0], 0], corner, [0, legs[1]]]) + TABLE
    corners = np.where([right, foot], page.size - corners, corners)
    ImageDraw.Draw(flap).polygon(corners.ravel().tolist(), fill=255)
    page.cover(255.0 * beyond, draw.uniform(0.1, 0.5))
    page.shade(_blurred(flap, 5), draw.uniform(0.1, 0.4))
    page.cover(flap, draw.uniform(0.75, 0.92))


def _blurred(mask: Image.Image, radius: float) -> np.ndarray:
    return np.asarray(mask.filter(ImageFilter.GaussianBlur(radius)))


def _noise(page: Composed, grain: tuple[float, float]) -> np.ndarray:
    """(H, W) float32: noise of about 1, whose grains are so wide and so high."""
    wide, high = np.ceil(page.size / grain).astype(int)
    noise = Image.fromarray(page.generator.normal(0, 1, (high, wide)).astype(np.float32))
    return np.asarray(noise.resize(tuple(page.size.tolist()), Image.Resampling.BICUBIC))


def _places(page: Composed) -> tuple[np.ndarray, np.ndarray]:
    """x (1, W) and y (H, 1) of the middles of pixels."""
    y, x = np.ogrid[: page.size[1], : page.size[0]]
    return x + 0.5, y + 0.5


def _pencil(mask: Image.Image, points: np.ndarray, width: float) -> None:
    """A line through points (n, 2) with round ends."""
    pencil, half = ImageDraw.Draw(mask), width / 2
    pencil.line(points.ravel().tolist(), fill=255, width=max(1, round(width)), joint="curve")
    for x, y in points[[0, -1]]:
        pencil.ellipse((x - half, y - half, x + half, y + half), fill=255)


ON_PAPER: dict[str, Callable[[Composed], None]] = {
    "frame": _frame,
    "stamp": _stamp,
    "coffee": _coffee,
    "clipping": _clipping,
    "staple": _staple,
    "rings": _rings,
    "gutter": _gutter,
}
AT_RIM: dict[str, Callable[[Composed], None]] = {"clip": _clip, "finger": _finger, "folded": _folded}
