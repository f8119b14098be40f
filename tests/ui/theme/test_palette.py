"""Everything that is read has a contrast of 4.5, every shape that carries meaning 3 (WCAG 2.2 AA)."""

import pytest

from tests.ui.theme.contrast import contrast, luminance
from ui.lattice.band_painting import tint_colour
from ui.theme.palette import DARK, LIGHT, Palette, faintest, mixed, ramp_colour
from ui.theme.theme import Appearance, chosen_palette

READ = [
    (text, ground) for text in ("text", "muted", "lit", "accepted", "refused") for ground in ("window", "paper")
] + [
    ("text", "raised"),
    ("muted", "raised"),
    ("text", "lit_wash"),
    ("muted", "lit_wash"),
    ("text", "warning_wash"),
    ("on_accent", "accent"),
]
SHAPES = [
    ("edge", "paper"),
    ("edge", "window"),
    ("edge", "raised"),
    ("accent", "paper"),
    ("accent", "window"),
    ("lit", "paper"),
]


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert luminance("#ffffff") == pytest.approx(1)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize(("text", "ground"), READ)
def test_text_is_readable(palette: Palette, text: str, ground: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_are_seen(palette: Palette, shape: str, ground: str) -> None:
    assert contrast(getattr(palette, shape), getattr(palette, ground)) >= 3


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_on_chosen_buttons_is_readable(palette: Palette) -> None:
    assert contrast(palette.text, mixed(palette.window, palette.accent, 0.22)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_faintest_arc_is_seen_whatever_its_colour_means(palette: Palette) -> None:
    assert contrast(faintest(palette), palette.paper) >= 3
    assert min(contrast(tint_colour(palette, step / 20), palette.paper) for step in range(21)) >= 3


def test_the_choice_wins_over_the_system() -> None:
    assert chosen_palette(Appearance.SYSTEM, system_is_dark=True) is DARK
    assert chosen_palette(Appearance.SYSTEM, system_is_dark=False) is LIGHT
    assert chosen_palette(Appearance.LIGHT, system_is_dark=True) is LIGHT
    assert chosen_palette(Appearance.DARK, system_is_dark=False) is DARK


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_penalty_is_seen_and_higher_ones_are_fainter(palette: Palette) -> None:
    seen = [contrast(ramp_colour(palette, step / 20), palette.paper) for step in range(21)]
    assert min(seen) >= 3
    assert seen == sorted(seen, reverse=True)
