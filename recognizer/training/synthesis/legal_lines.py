"""Made-up lines of words as they stand on cheques: the legal amounts, and any words that teach the letters of joined script."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from recognizer.errors import InputError
from recognizer.ink.normalise import BASE, CORE, normalise
from recognizer.language.legal_amount import CLASSES, PLAIN
from recognizer.page.frames import picture_of
from recognizer.training.data.inksets import InkSet, load_inkset, untimed
from recognizer.training.data.line_pictures import LinePictures
from recognizer.training.synthesis.cheques import placed, proportions, text_hands
from recognizer.training.synthesis.glyphs import Hand, PenGlyph, font_files, paint
from recognizer.training.synthesis.legal_texts import draw_words
from recognizer.training.synthesis.paper import scan

ANY_WORDS = 0.35  # share of lines that are no amounts
_SET = 0.3  # share of the others in a font
_LETTERED = 0.4  # and in single letters; the words of what remains were written whole, where any are known
_PLAIN = str.maketrans("äöüÄÖÜ", "aouAOU")
_CORE = 0.55  # height of a small letter, in capitals


@dataclass(frozen=True)
class Scribes:
    """Who writes lines: hands that have letters, words that were written whole, and fonts."""

    hands: list[Hand]
    inks: InkSet
    samples: np.ndarray  # (n,) of ``inks``: words of letters
    fonts: list[Path]

    @cached_property
    def texts(self) -> np.ndarray:
        """(n,) the words in lower case."""
        return np.char.lower(self.inks.labels[self.samples])

    @cached_property
    def known(self) -> dict[str, np.ndarray]:
        """The samples (n,) of each word."""
        order = np.argsort(self.texts, kind="stable")
        words, starts = np.unique(self.texts[order], return_index=True)
        return dict(zip(words.tolist(), np.split(self.samples[order], starts[1:]), strict=True))


def load_scribes(data: Path, split: str) -> Scribes:
    """Writers of ``split`` in the folder unipen of ``data``, and the fonts below the folder fonts, if any."""
    inks = load_inkset(data / "unipen" / "words.npz")
    chosen = inks.of_split(split)
    letters = np.array([label.isascii() and label.isalpha() for label in inks.labels[chosen].tolist()])
    return Scribes(text_hands(data, split), inks, chosen[letters], font_files(data / "fonts", split))


# ---------------------------------------------------------------- how


@dataclass(frozen=True)
class _Line:
    """A line that is being written: its ``canvas`` (H, W) float32, lengths in px."""

    canvas: np.ndarray
    base: float
    height: float  # of a capital
    radius: float  # of the pen
    slant: float
    drift: float  # of the base line, down for each px across
    letter: float  # gaps between letters and between words, in heights
    word: float
    generator: np.random.Generator

    @staticmethod
    def draw(characters: int, generator: np.random.Generator) -> "_Line":
        height = float(np.exp(generator.uniform(np.log(14), np.log(30))))
        canvas = np.zeros((int(5 * height), int((1.3 * characters + 16) * height)), np.float32)
        return _Line(
            canvas,
            base=3 * height,
            height=height,
            radius=height * generator.uniform(0.025, 0.07),
            slant=generator.normal(0.1, 0.2),
            drift=generator.normal(0, 0.012),
            letter=generator.uniform(-0.08, 0.2),
            word=generator.uniform(0.25, 1.0),
            generator=generator,
        )

    def stroke(self, points: np.ndarray, starts: np.ndarray) -> float:
        """Paint it; returns its right end."""
        points = np.ascontiguousarray(points + [[0, 1]] * (self.drift * points[:, :1]), np.float32)
        radii = np.full(len(points), self.radius, np.float32)
        paint(self.canvas, np.zeros(self.canvas.shape, np.int8), points, starts, radii, 0)
        return float(points[:, 0].max())

    def letters(self, text: str, hand: Hand, x: float, size: float = 1.0, lift: float = 0.0) -> float:
        """Characters one by one, umlauts with their dots; returns the right end of the last."""
        for character in text.replace("ß", "ss"):
            plain = character.translate(_PLAIN)
            choices = hand.glyphs.get(plain) or hand.glyphs[plain.lower()]
            glyph = choices[self.generator.integers(len(choices))]
            assert isinstance(glyph, PenGlyph)
            high, foot = proportions(plain)
            height = size * self.height * float(np.exp(self.generator.normal(0, 0.08)))
            points = placed(glyph, high * height, self.base - lift * self.height + foot * height, x, self.slant)
            if plain != character:
                self.dots(points)
            gap = self.letter + self.generator.normal(0, 0.05)
            x = self.stroke(points, glyph.starts) + size * self.height * max(gap, -0.15)
        return x

    def dots(self, letter: np.ndarray) -> None:
        """Two dots or short strokes above a letter's points (n, 2)."""
        (left, top), right = letter.min(0), letter[:, 0].max()
        x = np.array([0.3, 0.7]) * (right - left) + left + 0.1 * self.height
        y = top - self.generator.uniform(0.1, 0.25) * self.height
        tick = self.generator.uniform(0, 0.12) * self.height
        points = np.column_stack([np.repeat(x, 2), np.tile([y - tick, y], 2)])
        self.stroke(points, np.array([0, 2]))

    def whole(self, strokes: list[np.ndarray], x: float) -> float:
        """A word as its pen wrote it, the base line where that of the line is."""
        word = normalise(untimed(strokes))
        scale = _CORE * self.height / (BASE - CORE) * float(np.exp(self.generator.normal(0, 0.1)))
        glyph = PenGlyph.of(word.strokes)
        y = scale * (glyph.points[:, 1] - BASE)
        across = x + scale * np.exp(self.generator.normal(0, 0.12)) * glyph.points[:, 0] - self.slant * y
        return self.stroke(np.column_stack([across, self.base + y]), glyph.starts)

    def cents(self, text: str, hand: Hand, x: float) -> float:
        """A fraction: on the line, or smaller, what is before the stroke raised and what is after it lowered."""
        if self.generator.random() < 0.5:
            return self.letters(text, hand, x)
        over, under = text.split("/")
        size, apart = self.generator.uniform(0.5, 0.8), self.generator.uniform(0.1, 0.5)
        x = self.letters(over, hand, x, size, apart)
        x = self.letters("/", hand, x - self.generator.uniform(0, 0.2) * self.height)
        return self.letters(under, hand, x - self.generator.uniform(0, 0.2) * self.height, size)

    def filler(self, x: float) -> None:
        """A straight or waving line to the right of the writing."""
        along = np.linspace(0, self.generator.uniform(2, 8), 40)
        high = self.generator.choice([0, self.generator.uniform(0.05, 0.3)])
        wave = high * np.sin(along * self.generator.uniform(1, 8)) + self.generator.uniform(0.1, 0.6)
        points = np.column_stack([x + self.height * (0.3 + along), self.base - self.height * wave])
        self.stroke(points, np.zeros(1, int))

    def set(self, text: str, path: Path, x: float) -> float:
        """Text in a font of handwriting."""
        font = ImageFont.truetype(path, 1.45 * self.height)
        image = Image.new("L", (self.canvas.shape[1], self.canvas.shape[0]))
        draw = ImageDraw.Draw(image)
        draw.text((x, self.base + self.drift * x), text, font=font, fill=255, anchor="ls")
        np.maximum(self.canvas, np.asarray(image, np.float32) / 255, out=self.canvas)
        return float(x + draw.textlength(text, font))


def write_line(text: str, scribes: Scribes, generator: np.random.Generator, whole: bool) -> np.ndarray:
    """Coverage (H, W) float32 in 0..1 of words in single letters, in a font, or as far as there are any in words that were
    written ``whole``."""
    line = _Line.draw(len(text), generator)
    hand = scribes.hands[generator.integers(len(scribes.hands))]
    manner, x = 1.0 if whole else generator.random(), line.height
    if scribes.fonts and manner < _SET:
        x = line.set(text, scribes.fonts[generator.integers(len(scribes.fonts))], x)
    else:
        for word in text.split():
            samples = scribes.known.get(word.lower())
            if samples is not None and (manner > _SET + _LETTERED):
                x = line.whole(scribes.inks.strokes(int(generator.choice(samples))), x)
            else:
                x = (line.cents if "/" in word else line.letters)(word, hand, x)
            x += line.height * max(0.1, line.word + generator.normal(0, 0.1))
    if generator.random() < 0.3:
        line.filler(x)
    return _cut(line, generator)


def _cut(line: _Line, generator: np.random.Generator) -> np.ndarray:
    """The writing with some paper around it."""
    rows, columns = np.flatnonzero(line.canvas.max(1) > 0.2), np.flatnonzero(line.canvas.max(0) > 0.2)
    margin = round(generator.uniform(0.2, 0.6) * line.height)
    top, left = max(0, rows[0] - margin), max(0, columns[0] - margin)
    return line.canvas[top : rows[-1] + margin, left : columns[-1] + margin]


def draw_text(scribes: Scribes, generator: np.random.Generator) -> tuple[str, bool]:
    """What a line says, and whether it is of any words."""
    if len(scribes.samples) and generator.random() < ANY_WORDS:
        return " ".join(generator.choice(scribes.texts, int(generator.integers(1, 5)))), True
    return draw_words(generator), False


def make_lines(scribes: Scribes, count: int, generator: np.random.Generator) -> LinePictures:
    """The pictures of so many lines, written and scanned; those that hold no line to read are left out."""
    pictures, texts = [], []
    for _ in range(count):
        text, whole = draw_text(scribes, generator)
        grey = scan(write_line(text, scribes, generator, whole), generator)
        try:
            pictures.append(picture_of(grey))
        except InputError:
            continue
        texts.append("".join(character for character in text.lower().translate(PLAIN) if character in CLASSES))
    return LinePictures.of(pictures, texts)
