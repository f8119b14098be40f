"""Where the glyphs of a text stand: words wrapped to a width, as pure numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from ui.model.text.passage import Passage


@dataclass(frozen=True)
class GlyphPlace:
    """Of one glyph [view px]; ``row`` counts from the top."""

    left: float
    row: int
    width: float


def wrapped(passage: Passage, width: float, advance: Callable[[str], float]) -> tuple[GlyphPlace, ...]:
    """The place of every glyph. A word that is too long for a row goes on in the next; no row but a line's first begins with a blank."""
    places: list[GlyphPlace] = []
    x, row, wrapped_at = 0.0, 0, -1
    for glyph in passage.glyphs:
        if glyph.text == "\n":
            places.append(GlyphPlace(x, row, 0.0))
            x, row = 0.0, row + 1
            continue
        wide = advance(glyph.text)
        if glyph.word is not None and glyph.word != wrapped_at:
            wrapped_at = glyph.word
            whole = sum(advance(passage.glyphs[k].text) for k in passage.words[glyph.word].glyphs)
            if x > 0 and x + whole > width:
                x, row = 0.0, row + 1
        if glyph.word is None:
            wide = min(wide, max(width - x, 0.0))
        elif x > 0 and x + wide > width:
            x, row = 0.0, row + 1
        places.append(GlyphPlace(x, row, wide))
        x += wide
    return tuple(places)


def rows_of(places: tuple[GlyphPlace, ...]) -> int:
    """How many rows there are."""
    return places[-1].row + 1 if places else 0


def glyph_at(places: tuple[GlyphPlace, ...], x: float, row: int) -> int | None:
    """The glyph at x in a row."""
    return next((k for k, p in enumerate(places) if p.row == row and p.left <= x < p.left + p.width), None)


def glyph_beside(places: tuple[GlyphPlace, ...], glyph: int, rows: int) -> int:
    """The glyph so many rows below (above: negative) that is nearest to this one's x; itself where there is none."""
    here = places[glyph]
    found = [k for k, p in enumerate(places) if p.row == here.row + rows and p.width > 0]
    return min(found, key=lambda k: abs(places[k].left - here.left), default=glyph)
