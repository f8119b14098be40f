"""Pages of Markdown: pictures in the palette's colours, tables whole."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QTextTable
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.theme.contrast import contrast
from ui.help.paper import PICTURE_WIDTH, PaperView, colours, picture, readable
from ui.help.window import STUDY
from ui.theme.palette import DARK, LIGHT, Palette
from ui.theme.theme import Appearance, Theme

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">
<rect width="20" height="10" style="fill: #ffffff"/><rect width="10" height="10"/></svg>"""
TABLE = "|a|b||\n|---|--:|--:|\n| 1 |  | 3 |\n|  |  | 6 |\n"


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(qapp, Appearance.LIGHT)
    theme.dress()
    return theme


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_drawing_in_black_on_white_takes_the_palette_and_the_sharpness_of_the_screen(
    tmp_path: Path, palette: Palette, qapp: QApplication
) -> None:
    (tmp_path / "drawn.svg").write_text(DRAWING)
    image = picture(tmp_path / "drawn.svg", palette, 100, 2.0)
    assert (image.width(), image.height(), image.devicePixelRatio()) == (200, 100, 2.0)
    assert image.pixelColor(50, 50) == QColor(palette.text)
    assert image.pixelColor(150, 50) == QColor(palette.paper)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_colour_that_a_plot_may_take_is_seen_on_the_paper(palette: Palette) -> None:
    assert all(contrast(ours, palette.paper) >= 3 for theirs, ours in colours(palette).items() if theirs != "#ffffff")


def test_a_table_keeps_its_columns_where_cells_are_empty(theme: Theme, qtbot: QtBot) -> None:
    paper = PaperView(theme, "A table")
    qtbot.addWidget(paper)
    paper.tell(TABLE)
    table = paper.document().rootFrame().childFrames()[0]
    assert isinstance(table, QTextTable)
    rows = [[table.cellAt(row, column) for column in range(3)] for row in range(3)]
    cells = [[cell.firstCursorPosition().block().text().strip() for cell in row] for row in rows]
    assert cells == [["a", "b", ""], ["1", "", "3"], ["", "", "6"]]


def test_lists_have_one_kind_of_dot() -> None:
    assert readable("* one\n* two *so*") == "- one\n- two *so*"


def test_the_study_has_all_its_pictures_in_both_palettes(theme: Theme, qtbot: QtBot) -> None:
    paper = PaperView(theme, "The study")
    qtbot.addWidget(paper)
    paper.tell((STUDY / "README.md").read_text(encoding="utf-8"), STUDY)
    for appearance in (Appearance.LIGHT, Appearance.DARK):
        theme.choose(appearance)
        html = paper.document().toHtml()
        for file in STUDY.glob("*.svg"):
            assert f'src="{file.name}"' in html
            assert paper.loadResource(2, file.name).width() == PICTURE_WIDTH * paper.devicePixelRatioF()
    theme.choose(Appearance.LIGHT)


def test_another_palette_lays_the_study_out_once_and_keeps_the_place(theme: Theme, qtbot: QtBot) -> None:
    paper = PaperView(theme, "The study")
    qtbot.addWidget(paper)
    paper.tell((STUDY / "README.md").read_text(encoding="utf-8"), STUDY)
    paper.show()
    sizes: list[object] = []
    bar = paper.verticalScrollBar()
    bar.setValue(bar.maximum())
    place = bar.value()
    paper.document().documentLayout().documentSizeChanged.connect(sizes.append)
    theme.choose(Appearance.DARK)
    assert bar.value() == place > paper.height()
    assert len(sizes) < 10  # it has some hundred blocks
    theme.choose(Appearance.LIGHT)
