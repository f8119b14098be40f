from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from ui import settings as settings_module
from ui.settings import APPEARANCE, GEOMETRY, PEN_WIDTH, Setting, Settings


def store(path: Path) -> QSettings:
    return QSettings(str(path), QSettings.Format.IniFormat)


def test_values_come_back_with_their_types_from_another_store(tmp_path: Path) -> None:
    first = Settings(store(tmp_path / "s.ini"))
    first.set(PEN_WIDTH, 4.5)
    first.set(APPEARANCE, "dark")
    first.set(GEOMETRY, QByteArray(b"\x00\x01"))
    first.flush()
    again = Settings(store(tmp_path / "s.ini"))
    assert again.get(PEN_WIDTH) == 4.5
    assert again.get(APPEARANCE) == "dark"
    assert again.get(GEOMETRY) == QByteArray(b"\x00\x01")


def test_defaults_where_nothing_or_nonsense_is_stored(tmp_path: Path) -> None:
    settings = Settings(store(tmp_path / "s.ini"))
    assert settings.get(PEN_WIDTH) == 3.0
    (tmp_path / "t.ini").write_text("[ink]\npen_width=thick\n")
    assert isinstance(Settings(store(tmp_path / "t.ini")).get(PEN_WIDTH), float)


@pytest.mark.parametrize("value", ["3000000000", "-1", "1e400", "nan", "@Invalid()", "@ByteArray(x)", "x" * 100_000])
def test_values_that_mean_nothing_keep_nobody_from_starting(tmp_path: Path, value: str) -> None:
    every = [each for each in vars(settings_module).values() if isinstance(each, Setting) and each.within]
    assert {setting.key for setting in every} >= {"window/inspected", "ink/pen_width", "documents/max_error"}
    for setting in every:
        group, key = setting.key.split("/")
        (tmp_path / "s.ini").write_text(f"[{group}]\n{key}={value}\n")
        found = Settings(store(tmp_path / "s.ini")).get(setting)
        assert setting.within[0] <= found <= setting.within[1]


def test_every_setting_has_a_key_of_its_own_and_a_default_of_its_type(tmp_path: Path) -> None:
    every = [value for value in vars(settings_module).values() if isinstance(value, Setting)]
    assert len(every) > 10
    assert len({setting.key for setting in every}) == len(every)
    settings = Settings(store(tmp_path / "s.ini"))
    for setting in every:
        assert isinstance(setting.default, setting.type)
        assert settings.get(setting) == setting.default
        settings.set(setting, setting.default)
    settings.flush()
    again = Settings(store(tmp_path / "s.ini"))
    for setting in every:
        assert (type(again.get(setting)), again.get(setting)) == (setting.type, setting.default)
