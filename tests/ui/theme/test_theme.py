from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.theme.icons import FOLDER, pixmap
from ui.theme.palette import DARK, LIGHT
from ui.theme.style import style_sheet
from ui.theme.theme import Appearance, Theme


def test_the_application_wears_the_palette_from_dressing_on(qtbot: QtBot, qapp: QApplication) -> None:
    light, dark = Theme(qapp, Appearance.LIGHT), Theme(qapp, Appearance.DARK)
    light.dress()
    assert qapp.styleSheet() == style_sheet(LIGHT)
    dark.dress()
    assert qapp.styleSheet() == style_sheet(DARK)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    light.dress()


def test_choosing_changes_palette_and_says_so_once(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(qapp, Appearance.LIGHT)
    with qtbot.waitSignal(theme.changed):
        theme.choose(Appearance.DARK)
    assert theme.palette is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose(Appearance.DARK)
    theme.choose(Appearance.LIGHT)


def test_the_style_sheet_leaves_no_name_unfilled() -> None:
    for palette in (LIGHT, DARK):
        sheet = style_sheet(palette)
        assert sheet.count("{") == sheet.count("}")
        assert palette.accent in sheet
        assert "{{" not in sheet


def test_every_icon_draws_in_its_colour(qtbot: QtBot) -> None:
    names = {path.stem for path in FOLDER.glob("*.svg") if "currentColor" in path.read_text("utf-8")}
    assert {"accepted", "refused", "warning", "close"} <= names
    for name in sorted(names):
        image = pixmap(name, "#ff0000", 32).toImage()
        colours = {
            image.pixelColor(x, y).rgb() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255
        }
        assert colours == {QColor("#ff0000").rgb()}, name
