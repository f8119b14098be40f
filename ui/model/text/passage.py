"""The text of a desk as glyphs and words: what was read, and what the user put in its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.model.ink.document import Corrections, Stroke
from ui.model.text.light import Span

if TYPE_CHECKING:
    from recognizer.readers.letters import Letter
    from ui.model.answer import Answer

DOUBT = 0.8  # a letter whose share is smaller is marked


@dataclass(frozen=True)
class Glyph:
    """One character of the text; a new line ends a line."""

    text: str
    span: Span
    chance: float  # share of the probability of all readings; 1 for what the user has written
    letter: int | None  # of the reading's letters; None for what the user has written
    word: int | None  # None between words

    @property
    def doubtful(self) -> bool:
        """Should the user look here?"""
        return self.word is not None and self.chance < DOUBT


@dataclass(frozen=True)
class Word:
    """A run of glyphs that was read as one word, or that the user put in the place of one."""

    text: str
    line: int
    glyphs: range
    letters: slice  # of the reading's letters
    corrected: bool
    strokes: frozenset[Stroke]  # none for writing that is not pen ink


@dataclass(frozen=True)
class Passage:
    """Everything that was read, lines one after the other."""

    glyphs: tuple[Glyph, ...] = ()
    words: tuple[Word, ...] = ()

    @property
    def text(self) -> str:
        """As it is copied."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def doubts(self) -> list[int]:
        """The glyphs that are doubtful, in their order."""
        return [index for index, glyph in enumerate(self.glyphs) if glyph.doubtful]

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
    """The text of lines, with what the user says about words of the same strokes."""
    glyphs: list[Glyph] = []
    words: list[Word] = []
    for line, answer in enumerate(answers):
        if line:
            glyphs.append(Glyph("\n", Span(line, 0, 0), 1.0, None, None))
        for run in _runs(answer.letters):
            letters = answer.letters[run]
            if not letters[0].text.strip():
                glyphs += [_glyph(line, run.start + k, letter, None) for k, letter in enumerate(letters)]
                continue
            strokes = _strokes(answer, letters[0].first, letters[-1].last)
            said, word, start = corrections.get(strokes) if strokes else None, len(words), len(glyphs)
            if said is None:
                glyphs += [_glyph(line, run.start + k, letter, word) for k, letter in enumerate(letters)]
            else:
                glyphs += _spread(said, Span(line, letters[0].first, letters[-1].last), word)
            text = "".join(glyph.text for glyph in glyphs[start:])
            words.append(Word(text, line, range(start, len(glyphs)), run, said is not None, strokes))
    return Passage(tuple(glyphs), tuple(words))


def _runs(letters: "tuple[Letter, ...]") -> list[slice]:
    """Words, and what is between them."""
    edges = [k for k in range(1, len(letters)) if bool(letters[k].text.strip()) != bool(letters[k - 1].text.strip())]
    ends = [*edges, len(letters)] if letters else []
    return [slice(start, end) for start, end in zip([0, *edges], ends, strict=False)]


def _glyph(line: int, index: int, letter: "Letter", word: int | None) -> Glyph:
    return Glyph(letter.text, Span(line, letter.first, letter.last), letter.chance, index, word)


def _spread(text: str, span: Span, word: int) -> list[Glyph]:
    """A text over the ink of a word, as much of it to each character."""
    pieces, count = span.last - span.first, len(text)
    edges = [span.first + round(pieces * k / count) for k in range(count + 1)]
    return [Glyph(c, Span(span.line, *edges[k : k + 2]), 1.0, None, word) for k, c in enumerate(text)]


def _strokes(answer: "Answer", first: int, last: int) -> frozenset[Stroke]:
    owners = answer.ink.strokes_in(first, last) if answer.source is not None else ()
    return frozenset(answer.source[owner] for owner in owners)
