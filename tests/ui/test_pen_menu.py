"""Pens are seen on light and on dark paper, and what was chosen the last time is what is in the hand."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from tests.ui.theme.contrast import contrast
from ui.model.ink.document import USUAL, Pen
from ui.model.ink.painting import seen
from ui.pen_menu import COLOURS, WIDTHS, remembered_pen
from ui.settings import PEN_COLOUR, PEN_WIDTH, Settings
from ui.theme.palette import DARK, LIGHT, Palette


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("colour", COLOURS)
def test_every_pen_is_seen_on_its_paper(palette: Palette, colour: str) -> None:
    assert contrast(seen(colour, palette), palette.paper) >= 4.5


def test_the_pen_of_the_last_time_is_in_the_hand_and_an_odd_one_does_no_harm(tmp_path: Path) -> None:
    settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    assert remembered_pen(settings) == USUAL
    for colour in COLOURS:
        for width in WIDTHS:
            settings.set(PEN_COLOUR, colour)
            settings.set(PEN_WIDTH, width)
            assert remembered_pen(settings) == Pen(colour, width)
    settings.set(PEN_COLOUR, "url(x)")
    assert remembered_pen(settings).colour == ""
