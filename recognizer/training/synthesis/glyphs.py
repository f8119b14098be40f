"""Characters to write strings with: MNIST's digits as pictures, pen ink of digits and signs as trajectories."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from recognizer.kernels import kernel
from recognizer.language import money
from recognizer.language.money import DIGITS
from recognizer.training.data.inksets import InkSet, load_inkset
from recognizer.training.data.mnist import load_digits
from recognizer.training.synthesis.shapes import ShapeHand

SIGNS = money.SIGNS + money.MARKS + money.LETTERS  # what amounts hold beside digits
LOOKALIKES = {"2": "Z", "5": "S", "9": "gq"}  # letters whose shapes some hands give their digits
_TAIL = (0.8, 1.0)  # of a g or q: how much of the pen's way is kept, for its tail often closes a loop that no 9 has

_DRAWN_SIGNS, _SIGN_HANDS = "£€₹", 200  # signs that nobody has collected, and how many made-up hands write them
_BARRED = {"£": "L", "€": "Cc"}  # letters that they are like but for their bars
MADE_UP = 500  # hands
# Samples of UNIPEN's validation digits that show another character than they are labelled as; all 1,683 were looked at.
_MISLABELLED = (1293, 1892, 3549, 3640, 3641)
_TIMES_WRITTEN, _SIGNS_WRITTEN = 4, 40  # how often one of them writes a digit, and a sign
_FONT_SIZE = 40  # px
# Families of handwriting, under the SIL Open Font Licence.
FONTS = (
    "annie-use-your-telescope architects-daughter bad-script caveat cedarville-cursive covered-by-your-grace dancing-script "
    "gochi-hand handlee homemade-apple indie-flower kalam marck-script nanum-pen-script neucha patrick-hand reenie-beanie "
    "rock-salt sacramento schoolbell shadows-into-light short-stack sue-ellen-francisco the-girl-next-door vibur zeyada"
)


@dataclass(frozen=True)
class Picture:
    """A character as grey levels (rows, columns) float32, 1 = ink, cut to its ink."""

    pixels: np.ndarray


@dataclass(frozen=True)
class PenGlyph:
    """A character as a pen wrote it: ``points`` (n, 2) float32, x right, y down, and ``starts``: first point of each stroke."""

    points: np.ndarray
    starts: np.ndarray

    @staticmethod
    def of(strokes: Sequence[np.ndarray]) -> "PenGlyph":
        """Of strokes, each (n, 2)."""
        return PenGlyph(np.concatenate(strokes), np.cumsum([0, *map(len, strokes[:-1])]))


Glyph = Picture | PenGlyph


@dataclass(frozen=True)
class Hand:
    """One writer, or one collection taken as one: the glyphs of each character that it has."""

    glyphs: dict[str, list[Glyph]]

    def has(self, characters: str) -> bool:
        """Whether the hand can write a character."""
        return all(character in self.glyphs for character in characters)


def load_hands(data: Path, split: str, made_up: int) -> dict[str, list[Hand]]:
    """Hands by source: ``mnist`` (one), ``unipen`` (one a writer with all ten digits), ``pendigits`` (one, train only),
    ``shapes`` (so many ``made_up``), ``fonts`` (one each, where there are any), and what UNIPEN's writers of ``split`` have in common:
    ``signs``, and ``letters`` that look like digits."""
    unipen = load_inkset(data / "unipen" / "chars.npz")
    chosen = np.setdiff1d(unipen.of_split(split), _MISLABELLED)
    letters = "".join(LOOKALIKES.values())
    by_writer = [
        hand_of(unipen, chosen[unipen.writers[chosen] == writer], DIGITS)
        for writer in np.unique(unipen.writers[chosen])
    ]
    hands = {
        "mnist": [_mnist_hand(data / "mnist", split)],
        "unipen": [hand for hand in by_writer if hand.has(DIGITS)],
        "shapes": made_up_hands(made_up, np.random.default_rng([*split.encode()]))["shapes"],
        "signs": [_signs_hand(unipen, chosen, np.random.default_rng([*split.encode(), 1]))],
        "letters": [hand_of(unipen, chosen, letters)],
    }
    if split == "train":
        pendigits = load_inkset(data / "pendigits" / "train.npz")
        hands["pendigits"] = [hand_of(pendigits, np.arange(len(pendigits)), DIGITS)]
    fonts = [_font_hand(path) for path in font_files(data / "fonts", split)]
    return hands | ({"fonts": fonts} if fonts else {})


def _signs_hand(unipen: InkSet, chosen: np.ndarray, generator: np.random.Generator) -> Hand:
    """What the writers of some samples share: signs, letters large and small, and signs of currencies, which are made up or a
    letter with bars."""
    hand = hand_of(unipen, chosen, SIGNS + money.LETTERS.upper())
    letters = hand_of(unipen, chosen, "".join(_BARRED.values()))
    writers = [ShapeHand.draw(generator) for _ in range(_SIGN_HANDS)]
    for sign in _DRAWN_SIGNS:
        made: list[Glyph] = [PenGlyph.of(writer.write(sign, generator)) for writer in writers]
        models = [glyph for letter in _BARRED.get(sign, "") for glyph in letters.glyphs.get(letter, [])]
        hand.glyphs[sign] = made + [barred(glyph, sign, generator) for glyph in models if isinstance(glyph, PenGlyph)]
    return hand


def barred(letter: PenGlyph, sign: str, generator: np.random.Generator) -> PenGlyph:
    """The letter that a sign of currency is like, with one bar across or two."""
    low, high = letter.points.min(0), letter.points.max(0)
    size = high - low
    middle = high[1] - generator.normal(0.5, 0.04) * size[1]
    apart = generator.uniform(0.12, 0.22) * size[1]
    two = generator.random() < (0.9 if sign == "€" else 0.15)
    parts, starts = [letter.points], [*letter.starts]
    for y in (middle - apart / 2, middle + apart / 2) if two else (middle,):
        left, right = low[0] - generator.uniform(0, 0.25) * size[0], low[0] + generator.uniform(0.5, 0.9) * size[0]
        x, slope = np.linspace(left, right, 8), generator.normal(0, 0.06)
        starts.append(sum(map(len, parts)))
        parts.append(np.column_stack([x, y - slope * (x - low[0])]).astype(np.float32))
    return PenGlyph(np.concatenate(parts), np.array(starts))


def font_advice(data: Path) -> str:
    """How to get the fonts, where there are none below ``data``."""
    packages = " ".join(f"@fontsource/{family}" for family in FONTS.split())
    return (
        f"There are no fonts of handwriting; to train with them too: npm install --prefix {data / 'fonts'} {packages}"
    )


def font_files(folder: Path, split: str) -> list[Path]:
    """The fonts below a folder, one a family, as npm's @fontsource packages hold them; every eighth is for validation."""
    files = sorted(folder.rglob("*-latin-400-normal.woff"))
    return [file for number, file in enumerate(files) if (number % 8 == 7) == (split == "val")]


def _font_hand(path: Path) -> Hand:
    """The digits of a font of handwriting, drawn large."""
    font = ImageFont.truetype(path, _FONT_SIZE)
    glyphs: dict[str, list[Glyph]] = {}
    for digit in DIGITS:
        image = Image.new("L", (2 * _FONT_SIZE, 2 * _FONT_SIZE))
        ImageDraw.Draw(image).text((_FONT_SIZE // 2, _FONT_SIZE // 2), digit, fill=255, font=font)
        glyphs[digit] = [Picture(np.asarray(image.crop(image.getbbox()), np.float32) / 255)]
    return Hand(glyphs)


def made_up_hands(count: int, generator: np.random.Generator) -> dict[str, list[Hand]]:
    """Hands that need no data: so many ``shapes``, and the ``signs`` of one of them for all."""
    writers = [ShapeHand.draw(generator) for _ in range(count)]
    return {
        "shapes": [_written(writer, DIGITS, _TIMES_WRITTEN, generator) for writer in writers],
        "signs": [_written(writers[0], SIGNS, _SIGNS_WRITTEN, generator)],
    }


def _written(writer: ShapeHand, characters: str, times: int, generator: np.random.Generator) -> Hand:
    return Hand({c: [PenGlyph.of(writer.write(c, generator)) for _ in range(times)] for c in characters})


def hand_of(inks: InkSet, samples: np.ndarray, characters: str) -> Hand:
    """What the samples (n,) of a set hold of these characters, as one hand."""
    glyphs: dict[str, list[Glyph]] = {}
    for sample in samples[np.isin(inks.labels[samples], list(characters))]:
        glyphs.setdefault(str(inks.labels[sample]), []).append(PenGlyph.of(inks.strokes(sample)))
    return Hand(glyphs)


def lookalike(digit: str, letters: Hand, generator: np.random.Generator) -> Glyph:
    """A letter that could pass for ``digit``."""
    letter = str(generator.choice(list(LOOKALIKES[digit])))
    choices = letters.glyphs[letter]
    glyph = choices[generator.integers(len(choices))]
    if digit != "9" or not isinstance(glyph, PenGlyph):
        return glyph
    kept = max(2, int(generator.uniform(*_TAIL) * len(glyph.points)))
    return PenGlyph(glyph.points[:kept], glyph.starts[glyph.starts < kept])


def _mnist_hand(folder: Path, split: str) -> Hand:
    digits = load_digits(folder, split)
    glyphs: dict[str, list[Glyph]] = {character: [] for character in DIGITS}
    for image, label in zip(digits.images, digits.classes, strict=True):
        rows, columns = np.flatnonzero(image.max(1) > 40), np.flatnonzero(image.max(0) > 40)
        pixels = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        glyphs[DIGITS[label]].append(Picture(pixels.astype(np.float32) / 255))
    return Hand(glyphs)


@kernel
def paint(
    canvas: np.ndarray, owner: np.ndarray, points: np.ndarray, starts: np.ndarray, radii: np.ndarray, name: int
) -> None:
    """Draw strokes with a round pen of ``radii`` (n,) px onto ``canvas`` (H, W) float32; where they are darkest, ``owner`` is ``name``."""
    height, width = canvas.shape
    stroke = 0
    for i in range(len(points)):
        if stroke < len(starts) and starts[stroke] == i:
            stroke += 1
            before = i
        else:
            before = i - 1
        ax, ay, bx, by = points[before, 0], points[before, 1], points[i, 0], points[i, 1]
        radius = 0.5 * (radii[before] + radii[i])
        reach = radius + 1.0
        for y in range(max(0, int(min(ay, by) - reach)), min(height, int(max(ay, by) + reach) + 2)):
            for x in range(max(0, int(min(ax, bx) - reach)), min(width, int(max(ax, bx) + reach) + 2)):
                dx, dy = bx - ax, by - ay
                length = dx * dx + dy * dy
                along = 0.0
                if length > 0:
                    along = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / length))
                distance = np.sqrt((x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2)
                cover = min(1.0, max(0.0, radius + 0.5 - distance))
                if cover > canvas[y, x]:
                    canvas[y, x] = cover
                    if cover > 0.2:
                        owner[y, x] = name
