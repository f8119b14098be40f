from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.locations import locations_in
from ui.model.background import Background
from ui.recent import MOST, RecentMenu, recent, remember
from ui.settings import RECENT, Settings


def settings_in(folder: Path) -> Settings:
    return Settings(locations_in(folder).settings)


def test_the_newest_comes_first_once_and_old_ones_fall_out(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    for number in [*range(MOST + 3), 5]:
        remember(settings, tmp_path / f"{number}.png")
    names = [path.name for path in recent(settings)]
    assert names == ["5.png", *(f"{n}.png" for n in range(MOST + 2, 2, -1) if n != 5)]
    assert len(names) == MOST
    settings.flush()
    assert [path.name for path in recent(settings_in(tmp_path))] == names


def test_a_damaged_list_is_empty(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    for damaged in ("no list", "{}", "3"):
        settings.set(RECENT, damaged)
        assert recent(settings) == []
    settings.set(RECENT, '["a", 3, null]')
    assert recent(settings) == [Path("a")]


def test_the_menu_greys_what_has_gone_and_is_cleared(qtbot: QtBot, tmp_path: Path) -> None:
    settings, background, window = settings_in(tmp_path), Background(), QWidget()
    qtbot.addWidget(window)
    menu = RecentMenu(settings, background, window)
    menu.fill()
    assert [action.isEnabled() for action in menu.actions()] == [False]
    (tmp_path / "R&D.png").touch()
    for name in ("gone.png", "R&D.png"):
        remember(settings, tmp_path / name)
    menu.fill()
    assert [action.text() for action in menu.actions()][:2] == ["&1 R&&D.png", "&2 gone.png"]
    qtbot.waitUntil(lambda: not background.busy, timeout=60_000)
    assert [action.isEnabled() for action in menu.actions()][:2] == [True, False]
    with qtbot.waitSignal(menu.chosen) as chosen:
        menu.actions()[0].trigger()
    assert chosen.args == [tmp_path / "R&D.png"]
    menu.actions()[-1].trigger()
    assert recent(settings) == []
    background.stop()
