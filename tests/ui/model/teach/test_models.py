"""Personal models as files."""

from pathlib import Path

import pytest

from recognizer.errors import InputError
from ui.model.teach.models import delete, export, path_of, personal_models, rename, restore


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = path_of(tmp_path, "  Ann   B ")
    path.write_bytes(b"ann")
    return path


def test_a_name_is_a_file(model: Path, tmp_path: Path) -> None:
    assert model.name == "Ann B.safetensors"
    for name in ("", " ", "../up", "a/b", ".hidden", "x" * 80, "a\nb\x00"):
        with pytest.raises(InputError, match="Choose a name"):
            path_of(tmp_path, name)


def test_what_is_deleted_comes_back(model: Path, tmp_path: Path) -> None:
    delete(model)
    assert personal_models(tmp_path) == []
    assert restore(model)
    assert personal_models(tmp_path) == [model]
    assert not restore(model)


def test_no_model_takes_the_name_of_another(model: Path, tmp_path: Path) -> None:
    other = path_of(tmp_path, "Bob")
    other.write_bytes(b"bob")
    with pytest.raises(InputError, match="already"):
        rename(model, "Bob")
    assert other.read_bytes() == b"bob"
    assert rename(model, "Cy").read_bytes() == b"ann"


def test_an_export_touches_no_other_file(model: Path, tmp_path: Path) -> None:
    to, backup = tmp_path / "out.safetensors", tmp_path / "out.safetensors~"
    to.write_bytes(b"before")
    backup.write_bytes(b"the user's own")
    export(model, to)
    assert to.read_bytes() == model.read_bytes()
    assert backup.read_bytes() == b"the user's own"
