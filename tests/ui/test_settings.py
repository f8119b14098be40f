from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from ui.settings import APPEARANCE, GEOMETRY, PEN_WIDTH, Settings


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
