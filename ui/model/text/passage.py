"""The text of a desk as glyphs and words: what was read, and what the user put in its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from recognizer.transcripts.transcript import DOUBT
from ui.model.ink.document import Corrections, Stroke
from ui.model.text.light import Span

if TYPE_CHECKING:
    from recognizer.readers.letters import Letter
    from ui.model.answer import Answer


@dataclass(frozen=True)
class Glyph:
    """One character of the text; a new line ends a line."""

    text: str
    span: Span
    chance: float  # share of the probability of all readings; 1 for what the user has written
    letter: int | None  # of the reading's letters; None for what the user has written
    word: int | None  # None between words


@dataclass(frozen=True)
class PassageWord:
    """A run of glyphs that was read as one word, or that the user put in the place of one."""

    text: str
    line: int
    glyphs: range
    letters: slice  # of the reading's letters
    corrected: bool
    strokes: frozenset[Stroke]  # none for writing that is not pen ink
    chance: float  # that all of its letters are right; 1 for what the user has written

    @property
    def doubtful(self) -> bool:
        """Should the user look here?"""
        return self.chance < DOUBT


@dataclass(frozen=True)
class Passage:
    """Everything that was read, lines one after the other."""

    glyphs: tuple[Glyph, ...] = ()
    words: tuple[PassageWord, ...] = ()

    @property
    def text(self) -> str:
        """As it is copied."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def doubts(self) -> list[int]:
        """Of every word that is doubtful the glyph that is least sure."""
        return [min(word.glyphs, key=lambda index: self.glyphs[index].chance) for word in self.words if word.doubtful]

    def is_corrected(self, line: int) -> bool:
        """Has the user said otherwise about a word of a line?"""
        return any(word.corrected for word in self.words if word.line == line)

    def doubt_after(self, glyph: int | None, step: int) -> int | None:
        """The next doubtful glyph (step 1) or the one before (-1), going round; None where there is none."""
        doubts = self.doubts
        if not doubts:
            return None
        if step < 0:
            return ([index for index in doubts if glyph is not None and index < glyph] or doubts)[-1]
        return ([index for index in doubts if glyph is None or index > glyph] or doubts)[0]

    def glyph_with(self, span: Span | None) -> int | None:
        """The glyph of exactly this ink."""
        return next((index for index, glyph in enumerate(self.glyphs) if glyph.span == span), None)

    def glyph_over(self, line: int, pieces: frozenset[int]) -> int | None:
        """The glyph of a line that holds most of these pieces of its ink."""
        shares = [
            (len([piece for piece in pieces if glyph.span.first <= piece < glyph.span.last]), -index)
            for index, glyph in enumerate(self.glyphs)
            if glyph.span.line == line and glyph.word is not None
        ]
        most, index = max(shares, default=(0, 0))
        return -index if most else None


def passage_of(answers: "Sequence[Answer]", corrections: Corrections) -> Passage:
    """The text of lines, with what the user says about ink of theirs, whatever words it was read as this time."""
    glyphs: list[Glyph] = []
    words: list[PassageWord] = []
    for line, answer in enumerate(answers):
        if line:
            glyphs.append(Glyph("\n", Span(line, 0, 0), 1.0, None, None))
        for part in _parts(answer, corrections):
            letters = answer.letters[part.letters]
            first, last = letters[0].first, letters[-1].last
            if part.said is None and not letters[0].text.strip():
                glyphs += [_glyph(line, part.letters.start + k, letter, None) for k, letter in enumerate(letters)]
                continue
            if glyphs and glyphs[-1].word is not None:  # a word that the user has said ends where its ink does
                glyphs.append(Glyph(" ", Span(line, first, first), 1.0, None, None))
            word, start = len(words), len(glyphs)
            if part.said is None:
                glyphs += [_glyph(line, part.letters.start + k, letter, word) for k, letter in enumerate(letters)]
            else:
                glyphs += _spread(part.said, Span(line, first, last), word)
            made = glyphs[start:]
            text, chance = "".join(glyph.text for glyph in made), prod(glyph.chance for glyph in made)
            places, corrected = range(start, len(glyphs)), part.said is not None
            words.append(PassageWord(text, line, places, part.letters, corrected, part.strokes, chance))
    return Passage(tuple(glyphs), tuple(words))


class _Part(NamedTuple):
    """Letters of a line that are one word, or stand between words, or that the user has said something about."""

    letters: slice
    said: str | None
    strokes: frozenset[Stroke]


def _parts(answer: "Answer", corrections: Corrections) -> list[_Part]:
    """In their order. A correction holds where all of its ink is in the line; of two about the same letters the later one."""
    letters = answer.letters
    written = frozenset(answer.source) if isinstance(answer.source, Sequence) else frozenset()
    said: dict[int, _Part] = {}  # by their first letter
    taken: set[int] = set()
    for strokes, text in reversed(tuple(corrections.items())):
        mine = _letters_of(answer, strokes) if strokes <= written else range(0)
        if mine and taken.isdisjoint(mine):
            said[mine.start] = _Part(slice(mine.start, mine.stop), text, strokes)
            taken.update(mine)
    parts, start = [], 0
    while start < len(letters):
        if start in said:
            parts.append(said[start])
        else:
            blank = not letters[start].text.strip()
            stop = next(
                (k for k in range(start, len(letters)) if k in taken or (not letters[k].text.strip()) != blank),
                len(letters),
            )
            strokes = frozenset() if blank else _strokes(answer, letters[start].first, letters[stop - 1].last)
            parts.append(_Part(slice(start, stop), None, strokes))
        start = parts[-1].letters.stop
    return parts


def _letters_of(answer: "Answer", strokes: frozenset[Stroke]) -> range:
    """The letters from the first to the last of which at least half was written with ``strokes``."""
    owners = [_strokes(answer, letter.first, letter.last) for letter in answer.letters]
    held = [k for k, mine in enumerate(owners) if mine and 2 * len(mine & strokes) >= len(mine)]
    return range(held[0], held[-1] + 1) if held else range(0)


def _glyph(line: int, index: int, letter: "Letter", word: int | None) -> Glyph:
    return Glyph(letter.text, Span(line, letter.first, letter.last), letter.chance, index, word)


def _spread(text: str, span: Span, word: int) -> list[Glyph]:
    """A text over the ink of a word, as much of it to each character."""
    pieces, count = span.last - span.first, len(text)
    edges = [span.first + round(pieces * k / count) for k in range(count + 1)]
    return [Glyph(c, Span(span.line, *edges[k : k + 2]), 1.0, None, word) for k, c in enumerate(text)]


def _strokes(answer: "Answer", first: int, last: int) -> frozenset[Stroke]:
    owners = answer.ink.strokes_in(first, last) if isinstance(answer.source, Sequence) else ()
    return frozenset(answer.source[owner] for owner in owners)
