"""Cheques made up whole: print, guilloche, handwriting, and a photograph of all; where the amount is, is known."""

import string
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from recognizer.page.rectify import project
from recognizer.training.data.inksets import InkSet, load_inkset
from recognizer.training.synthesis.amounts import ink_amount
from recognizer.training.synthesis.glyphs import Glyph, Hand, PenGlyph, Picture, hand_of, load_hands, paint
from recognizer.training.synthesis.legal_texts import draw_amount, in_words
from recognizer.training.synthesis.photograph import on_paper, photograph

_WIDTH = 1200  # px of a cheque as it is drawn
_WIDEST = 2.5  # heights of its own that a character is wide at most, signs apart
_RULE = 1.2  # px that printed lines are wide
_ADVANCE = 0.95  # heights of a capital that a character takes at most, usually
_NAMES = (
    "Garden House Anna River Miller Stone Paper Mill Books Water Green Light North "
    "Baker Bros Clinic Rose School Cook Son"
)


@dataclass(frozen=True)
class WrittenCheque:
    """``grey`` (H, W) uint8; ``amount`` as a number with two decimals; ``box``: left, top, right, foot of it on the image [px]."""

    grey: np.ndarray
    amount: str
    box: np.ndarray


@dataclass(frozen=True)
class Writers:
    """Who writes on cheques: the hands that write amounts, and hands that have letters too."""

    amounts: dict[str, list[Hand]]
    texts: list[Hand]


def load_writers(data: Path, split: str, made_up: int) -> Writers:
    """Writers of the folders mnist, unipen and pendigits in ``data``, and so many ``made_up`` ones."""
    return Writers(load_hands(data, split, made_up), text_hands(data, split))


def text_hands(data: Path, split: str) -> list[Hand]:
    """Writers of the folder unipen in ``data`` who have most letters; what one lacks is as others write it."""
    unipen = load_inkset(data / "unipen" / "chars.npz")
    chosen = unipen.of_split(split)
    every = _letters(unipen, chosen)
    hands = [_letters(unipen, chosen[unipen.writers[chosen] == writer]) for writer in np.unique(unipen.writers[chosen])]
    return [Hand(every.glyphs | hand.glyphs) for hand in hands if hand.has("eonstairdhu0125")]


def _letters(inks: InkSet, samples: np.ndarray) -> Hand:
    """Samples (n,) as one hand, without those that cannot be what they are labelled as."""
    glyphs = hand_of(inks, samples, string.ascii_letters + string.digits + "/-.,'&").glyphs
    kept = {name: [glyph for glyph in every if name in "-.,'" or _upright(glyph)] for name, every in glyphs.items()}
    return Hand({name: every for name, every in kept.items() if every})


def _upright(glyph: Glyph) -> bool:
    wide, high = np.ptp(glyph.points, 0) if isinstance(glyph, PenGlyph) else glyph.pixels.shape[::-1]
    return bool(wide <= _WIDEST * high)


# ---------------------------------------------------------------- what is written


@dataclass(frozen=True)
class _Drawing:
    """A cheque being drawn: shares of each pixel that print and pen cover, (H, W) float32 in 0..1."""

    printed: np.ndarray
    penned: np.ndarray
    generator: np.random.Generator

    def print(self, text: str, x: float, base: float, height: float, bold: int = 0) -> float:
        """Printed text, its base line at ``base``, letters ``height`` px high; returns its right end."""
        font = ImageFont.load_default(max(4.0, 1.35 * height))
        image = Image.new("L", (self.printed.shape[1], self.printed.shape[0]))
        draw = ImageDraw.Draw(image)
        draw.text((x, base), text, font=font, fill=255, anchor="ls", stroke_width=bold)
        left, top, right, foot = (
            int(side) for side in draw.textbbox((x, base), text, font=font, anchor="ls", stroke_width=bold)
        )
        view = np.s_[max(0, top - 1) : foot + 2, max(0, left - 1) : right + 2]
        self.printed[view] = np.maximum(self.printed[view], np.asarray(image)[view] / np.float32(255))
        return float(right)

    def rule(self, x0: float, x1: float, y: float) -> None:
        """A printed line across."""
        self._line(self.printed, [(x0, y), (x1, y)], _RULE)

    def frame(self, box: tuple[float, float, float, float], thick: float) -> None:
        left, top, right, foot = box
        self._line(self.printed, [(left, top), (right, top), (right, foot), (left, foot), (left, top)], thick)

    def _line(self, canvas: np.ndarray, points: list[tuple[float, float]], thick: float) -> None:
        array = np.array(points, np.float32)
        owner = np.zeros(canvas.shape, int)
        paint(canvas, owner, array, np.array([0]), np.full(len(array), thick / 2, np.float32), 0)

    def write(self, text: str, hand: Hand, x: float, base: float, height: float, most: float) -> float:
        """Text in a hand, capitals ``height`` px high, no further than ``most``; returns its right end."""
        radius = np.float32(height * self.generator.uniform(0.03, 0.06))
        owner = np.zeros(self.penned.shape, int)
        slant = self.generator.normal(0.1, 0.15)
        word, letter = self.generator.uniform(0.4, 1.2), self.generator.uniform(0.05, 0.25)
        every = sorted(hand.glyphs)
        for character in text:
            if x > most:
                break
            if character == " ":
                x += word * height
                continue
            known = [name for name in (character, character.lower()) if name in hand.glyphs]
            choices = hand.glyphs[known[0] if known else str(self.generator.choice(every))]
            glyph = choices[self.generator.integers(len(choices))]
            if isinstance(glyph, Picture):
                continue
            high, foot = proportions(character)
            points = placed(glyph, high * height, base + foot * height, x, slant)
            paint(self.penned, owner, points, glyph.starts, np.full(len(points), radius), 0)
            x = float(points[:, 0].max()) + height * (letter + self.generator.uniform(0, 0.1))
        return x

    def scribble(self, x: float, base: float, width: float, height: float) -> None:
        """A signature: loops that run to the right."""
        t = np.linspace(0, self.generator.uniform(3, 7), 120)
        along = t / t[-1] + 0.08 * np.sin(2 * np.pi * t + self.generator.uniform(0, 6))
        fade = np.interp(t, [0, t[-1]], [1, self.generator.uniform(0.2, 0.6)])
        up = fade * np.sin(2 * np.pi * t + self.generator.uniform(0, 6)) * (0.6 + 0.4 * np.sin(t * 1.7))
        points = [(x + width * a, base - height * (0.5 + 0.5 * u)) for a, u in zip(along, up, strict=True)]
        self._line(self.penned, points, self.generator.uniform(2, 4))

    def stamp(self, coverage: np.ndarray, left: float, base: float) -> tuple[float, float, float, float]:
        """Ink (h, w) with its left end and its foot there; returns its box."""
        rows, columns = np.flatnonzero(coverage.max(1) > 0.3), np.flatnonzero(coverage.max(0) > 0.3)
        ink = coverage[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        top, left = max(0, round(base) - ink.shape[0]), max(0, round(left))
        view = self.penned[top : top + ink.shape[0], left : left + ink.shape[1]]
        view[:] = np.maximum(view, ink[: view.shape[0], : view.shape[1]])
        return left, top, left + view.shape[1], top + view.shape[0]


def proportions(character: str) -> tuple[float, float]:
    """Height of a character and how far its foot is below the base line, in heights of a capital."""
    if character in "gjpqy":
        return 0.85, 0.3
    if character in "acemnorsuvwxz":
        return 0.55, 0.0
    return {"-": (0.05, -0.35), ".": (0.06, 0.0), ",": (0.2, 0.12), "'": (0.2, -0.8)}.get(character, (1.0, 0.0))


def placed(glyph: PenGlyph, high: float, foot: float, x: float, slant: float) -> np.ndarray:
    """The points (n, 2) of a character that is ``high`` px, its foot and its left end there."""
    points = glyph.points - glyph.points.min(0)
    extent = points.max(0) + 1e-3
    points = points * min(high / extent[1], 1.3 * max(high, 8.0) / extent[0])
    points[:, 1] += foot - points[:, 1].max()
    points[:, 0] += slant * (foot - points[:, 1])
    points[:, 0] += x - points[:, 0].min()
    return np.ascontiguousarray(points, np.float32)


def _between(generator: np.random.Generator, low: float, high: float) -> float:
    return float(generator.uniform(low, high))


# ---------------------------------------------------------------- a cheque


def draw_cheque(writers: Writers, generator: np.random.Generator) -> WrittenCheque:
    """A cheque filled in by somebody, photographed or scanned."""
    height = round(_WIDTH * generator.uniform(0.42, 0.5))
    drawing = _Drawing(np.zeros((height, _WIDTH), np.float32), np.zeros((height, _WIDTH), np.float32), generator)
    hand = writers.texts[generator.integers(len(writers.texts))]
    dollars, cents = draw_amount(generator)
    box = _fill_in(drawing, hand, writers.amounts, dollars, cents)
    grey, to_image = photograph(on_paper(drawing.printed, drawing.penned, generator), generator)
    left, top, right, foot = box
    corners = project(to_image, np.array([[left, top], [right, top], [right, foot], [left, foot]]))
    return WrittenCheque(grey, f"{dollars}.{cents:02}", np.concatenate([corners.min(0), corners.max(0)]))


def _fill_in(
    drawing: _Drawing, hand: Hand, hands: dict[str, list[Hand]], dollars: int, cents: int
) -> tuple[float, float, float, float]:
    """Everything that is printed and written; returns the box of the amount."""
    generator, (height, width) = drawing.generator, drawing.printed.shape
    size = _between(generator, 24, 40)  # of the handwriting
    small = _between(generator, 7, 11)  # of the print
    number = str(generator.integers(100, 10**5))
    if generator.random() < 0.6:
        margin = _between(generator, 4, 30)
        drawing.frame((margin, margin, width - margin, height - margin), _between(generator, 1, 8))
    _heading(drawing, number, small)

    payee_base = height * _between(generator, 0.38, 0.5)
    date_base = payee_base - _between(generator, 0.13, 0.2) * height
    x = width * _between(generator, 0.5, 0.72)
    x = drawing.print("DATE", x, date_base, small) + 8
    drawing.rule(x, x + 200, date_base + 3)
    drawing.write(_date(generator), hand, x + 10, date_base - 2, size * _between(generator, 0.7, 1), width - 30)

    amount_left = width * _between(generator, 0.72, 0.8)
    left = 20 + width * _between(generator, 0, 0.03)
    drawing.print("PAY TO THE", left, payee_base - 1.4 * small, small)
    x = drawing.print("ORDER OF", left, payee_base, small) + 6
    drawing.rule(x, amount_left - 25, payee_base + 3)
    drawing.write(_name(generator), hand, x + _between(generator, 20, 90), payee_base - 3, size, amount_left - 90)
    box = _courtesy_amount(drawing, hands, dollars, cents, amount_left, payee_base, size)

    legal_base = payee_base + _between(generator, 0.1, 0.14) * height
    drawing.rule(left, width * 0.8, legal_base + 3)
    drawing.print("DOLLARS", width * _between(generator, 0.78, 0.85), legal_base, small * 1.2)
    words = f"{in_words(dollars)} and {cents:02}/100"
    x, end = left + _between(generator, 10, 60), width * 0.75
    drawing.write(words, hand, x, legal_base - 3, min(size, (end - x) / (_ADVANCE * len(words))), end)

    memo_base = height * _between(generator, 0.78, 0.85)
    x = drawing.print(str(generator.choice(["MEMO", "FOR"])), left, memo_base, small) + 6
    drawing.rule(x, x + 320, memo_base + 3)
    if generator.random() < 0.7:
        memo = _name(generator) if generator.random() < 0.6 else str(generator.integers(100, 10**6))
        drawing.write(memo, hand, x + 20, memo_base - 3, size, x + 260)
    x = width * _between(generator, 0.52, 0.62)
    drawing.rule(x, width - 60, memo_base + 3)
    drawing.scribble(x + 60, memo_base, _between(generator, 120, 300), _between(generator, 30, 60))
    routing = "".join(generator.choice(list(string.digits), 9))
    account = "".join(generator.choice(list(string.digits), int(generator.integers(8, 13))))
    gap = " " * int(generator.integers(2, 10))
    micr = f"|:{routing}|:{gap}{account}||{gap}{number}"
    drawing.print(micr, left + _between(generator, 0, 60), height * 0.93, _between(generator, 16, 22), bold=1)
    return box


def _heading(drawing: _Drawing, number: str, small: float) -> None:
    """Who the cheque is of, its bank, its number and the routing fraction."""
    generator, (_, width) = drawing.generator, drawing.printed.shape
    if generator.random() < 0.6:
        for line in range(3):
            text = _name(generator) if line == 0 else f"{generator.integers(10, 9999)} {_name(generator)}"
            drawing.print(text, 40, 50 + 1.6 * line * small, small * (1.3 if line == 0 else 1))
    if generator.random() < 0.5:
        drawing.print(f"BANK OF {_name(generator).upper()}", width * _between(generator, 0.3, 0.42), 60, small * 1.3)
    x = drawing.print(number, width * _between(generator, 0.82, 0.9), 52, _between(generator, 14, 22), bold=1)
    if generator.random() < 0.4:
        fraction = f"{generator.integers(10, 99)}-{generator.integers(100, 9999)}/{generator.integers(100, 9999)}"
        drawing.print(fraction, x - 90, 52 + 2 * small, small)


def _courtesy_amount(
    drawing: _Drawing, hands: dict[str, list[Hand]], dollars: int, cents: int, left: float, base: float, size: float
) -> tuple[float, float, float, float]:
    """The sign, the box and the figures; returns the box of the figures."""
    generator, (_, width) = drawing.generator, drawing.printed.shape
    size *= _between(generator, 0.8, 1.15)
    signed = generator.random()
    if signed < 0.88:
        left = drawing.print("$", left, base, size * _between(generator, 0.7, 1.1), bold=int(generator.integers(0, 2)))
        left += size * _between(generator, 0.1, 1.8)
    under = generator.random()
    if under < 0.5:
        drawing.frame(
            (left - 0.3 * size, base - 1.5 * size, width - 30, base + 0.4 * size), _between(generator, 0.6, 2)
        )
    elif under < 0.75:
        drawing.rule(left - 5, width - 30, base + 4)
    figures = f"{dollars:,}" if dollars >= 1000 and generator.random() < 0.6 else str(dollars)
    figures = ("$" if 0.88 <= signed < 0.95 else "") + figures
    draw = generator.random()
    raised, apart = draw < 0.1, 0.1 <= draw < 0.2
    if not raised and not apart:
        plain = draw < 0.87
        figures += f".{cents:02}" if plain else f" {cents:02}/100" if draw < 0.91 else f".{cents:02}-"
    foot = base - _between(generator, -0.05, 0.2) * size
    room = width - 45 - left - (1.8 if raised or apart else 0) * size
    ink = _scaled(ink_amount(figures, hands, generator)[0], size, room)
    box = drawing.stamp(ink, left, foot)
    if raised or apart:
        box = _cents_apart(drawing, hands, cents, box, size, raised)
    return box


def _cents_apart(
    drawing: _Drawing,
    hands: dict[str, list[Hand]],
    cents: int,
    box: tuple[float, float, float, float],
    size: float,
    raised: bool,
) -> tuple[float, float, float, float]:
    """Cents after a gap, or smaller and raised, then perhaps over a line or over 100; returns the box of all."""
    generator = drawing.generator
    smaller = size * (_between(generator, 0.45, 0.65) if raised else 1)
    x = box[2] + size * (_between(generator, 0.1, 0.4) if raised else _between(generator, 0.45, 0.9))
    foot = box[1] + smaller if raised else box[3]
    upper = drawing.stamp(_scaled(ink_amount(f"{cents:02}", hands, generator)[0], smaller), x, foot)
    if raised and generator.random() < 0.7:
        y = upper[3] + 0.12 * size
        drawing._line(drawing.penned, [(upper[0] - 3, y), (upper[2] + 4, y - 1)], 2.5)
        if generator.random() < 0.5:
            hundred = _scaled(ink_amount("100", hands, generator)[0], 0.45 * size)
            drawing.stamp(hundred, upper[0], y + 0.1 * size + 0.5 * size)
    return box[0], min(box[1], upper[1]), upper[2], max(box[3], upper[3])


def _scaled(coverage: np.ndarray, height: float, most: float = np.inf) -> np.ndarray:
    """Ink brought to a height of ``height`` px, or to the width ``most`` if it would be wider."""
    rows, columns = np.flatnonzero(coverage.max(1) > 0.3), np.flatnonzero(coverage.max(0) > 0.3)
    factor = min(height / (rows[-1] - rows[0] + 1), most / (columns[-1] - columns[0] + 1))
    size = max(1, round(coverage.shape[1] * factor)), max(1, round(coverage.shape[0] * factor))
    return np.asarray(Image.fromarray(coverage).resize(size, Image.Resampling.BILINEAR))


def _date(generator: np.random.Generator) -> str:
    month, day, year = generator.integers(1, 13), generator.integers(1, 29), generator.integers(1990, 2030)
    mark = str(generator.choice(["/", "-", "/", "."]))
    if generator.random() < 0.2:
        return f"{generator.choice(['Jan', 'March', 'Aug', 'Nov'])} {day}, {year}"
    return f"{month}{mark}{day}{mark}{year if generator.random() < 0.6 else year % 100:02}"


def _name(generator: np.random.Generator) -> str:
    return " ".join(generator.choice(_NAMES.split(), int(generator.integers(1, 4))))
