"""What strokes are drawn with, in InkML: brushes with their standard properties "color" and "width".

Source: W3C, Ink Markup Language (InkML), Recommendation of 20 September 2011, section on brushes.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from recognizer.ink.inkml_traces import PX_PER_LENGTH, attribute

WIDEST = 1000.0  # px; what claims more is no pen
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class Brush(NamedTuple):
    """The colour as #rrggbb and the width of a stroke [px], each None where nothing is told of it."""

    colour: str | None = None
    width: float | None = None


UNTOLD = Brush()


def brush_id(number: int) -> str:
    """The name that traces know a brush by."""
    return f"b{number}"


def numbered(brushes: Sequence[Brush]) -> dict[Brush, int]:
    """The different brushes that say anything."""
    return {brush: number for number, brush in enumerate(dict.fromkeys(b for b in brushes if b != UNTOLD))}


def brush_lines(numbers: Mapping[Brush, int]) -> list[str]:
    """The definitions of brushes."""
    lines = []
    for brush, number in numbers.items():
        width = "" if brush.width is None else f'<brushProperty name="width" value="{brush.width!r}" units="dev"/>'
        colour = "" if brush.colour is None else f'<brushProperty name="color" value="{brush.colour}"/>'
        lines.append(f'    <brush xml:id="{brush_id(number)}">{width}{colour}</brush>')
    return lines


def brush_of(element: Element | None) -> Brush:
    """What an element <brush> says that can be understood."""
    properties = {} if element is None else {child.get("name", ""): child for child in element}
    colour = properties["color"].get("value", "").strip() if "color" in properties else ""
    width = attribute(properties["width"], "value") if "width" in properties else None
    if width is not None:
        width *= PX_PER_LENGTH.get(properties["width"].get("units", ""), 1.0)
    return Brush(
        colour.lower() if _COLOUR.fullmatch(colour) else None, width if width and 0 < width <= WIDEST else None
    )
