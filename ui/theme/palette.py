"""The two palettes. Blue and orange carry meaning because they stay apart for every common colour blindness."""

from dataclasses import dataclass
from functools import lru_cache

FAINTEST = 0.88  # of the way from the paper's colour to that of edges


@dataclass(frozen=True)
class Palette:
    """Colours as #rrggbb, by what they are for."""

    dark: bool
    window: str  # behind panels and bars
    paper: str  # behind ink, pages and the lattice
    raised: str  # buttons, cards, fields
    line: str  # borders that carry no meaning
    edge: str  # borders of controls, cuts and arcs: must be seen
    text: str
    muted: str  # text of second rank
    ink: str
    accent: str  # focus, best path, links
    on_accent: str  # text on accent
    lit: str  # what is pointed at or chosen
    lit_wash: str  # behind lit text
    accepted: str
    refused: str
    warning_wash: str  # behind the bar of notices
    ramp: tuple[str, ...]  # from low to high penalty: even steps of lightness, apart for every colour blindness


LIGHT = Palette(
    dark=False,
    window="#f1f2f4",
    paper="#ffffff",
    raised="#fafbfc",
    line="#d5d9df",
    edge="#7b8592",
    text="#1b2027",
    muted="#535d6a",
    ink="#16264a",
    accent="#1b5fc1",
    on_accent="#ffffff",
    lit="#b34700",
    lit_wash="#fdeede",
    accepted="#14663a",
    refused="#8f2a12",
    warning_wash="#fff3d6",
    ramp=("#440154", "#46327e", "#365c8d", "#277f8e", "#31a06a"),
)

DARK = Palette(
    dark=True,
    window="#202329",
    paper="#14161a",
    raised="#2a2e36",
    line="#3a404a",
    edge="#838e9d",
    text="#e9ecf1",
    muted="#a9b2bf",
    ink="#e4ecff",
    accent="#82b4ff",
    on_accent="#0d1b33",
    lit="#ffab5c",
    lit_wash="#43301d",
    accepted="#83d9a8",
    refused="#ffa88f",
    warning_wash="#3d3218",
    ramp=("#fde725", "#a5db36", "#35b779", "#2a8f8e", "#4a6a9b"),
)


@lru_cache(4096)
def mixed(one: str, other: str, share: float) -> str:
    """The colour that is ``share`` (0..1) of the way from ``one`` to ``other``."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def faintest(palette: Palette) -> str:
    """The colour of the arc that means least: fainter would not be seen (contrast 3, WCAG 2.2)."""
    return mixed(palette.paper, palette.edge, FAINTEST)


def ramp_colour(palette: Palette, share: float) -> str:
    """The colour at ``share`` (0..1) of the way along the palette's ramp."""
    place = min(max(share, 0.0), 1.0) * (len(palette.ramp) - 1)
    step = min(int(place), len(palette.ramp) - 2)
    return mixed(palette.ramp[step], palette.ramp[step + 1], place - step)
