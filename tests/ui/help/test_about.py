"""The about page says what the files say; licences have texts; versions agree."""

import re
from pathlib import Path

import pytest

from recognizer.errors import InputError
from recognizer.networks.card import model_card
from recognizer.platform import resources_folder
from ui.help.about import about
from ui.help.licences import licences
from ui.help.versions import VERSION, versions

ROOT = resources_folder().parent


def test_every_model_stands_there_with_its_figures_and_data() -> None:
    page = about()
    for path in (ROOT / "resources" / "models").glob("*.safetensors"):
        card = model_card(path)
        assert path.stem in page
        assert card["data"] in page
        assert all(figure in page for figure in card["figures"])


def test_the_program_cites_what_the_manual_cites() -> None:
    citations = (ROOT / "resources" / "citations.md").read_text(encoding="utf-8")
    manual = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    cited = re.findall(r"^- \*\*.*?(?=^- |^\s*$)", citations, re.MULTILINE | re.DOTALL)
    assert len(cited) >= 4
    assert not [each for each in cited if each.strip() not in manual]
    assert all(each.strip() in about() for each in cited)


def test_every_licence_has_a_name_and_a_text() -> None:
    found = list(licences())
    assert [each.package.split()[0] for each in found[:3]] == ["Inklattice", "Python", "torch"]
    assert len(found) > 10
    for each in found:
        assert each.name, each.package
        assert len(each.text) > 100, each.package
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in next(
        each.text for each in found if each.package.startswith("PySide6")
    )


def test_the_version_is_told() -> None:
    assert VERSION in versions()


@pytest.mark.parametrize("content", [b"", b"\x05", b"\xff" * 64, b"\x02\0\0\0\0\0\0\0{}", b"\x04\0\0\0\0\0\0\0null"])
def test_a_file_that_is_no_model_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.safetensors").write_bytes(content)
    with pytest.raises(InputError, match="no model"):
        model_card(tmp_path / "odd.safetensors")


def test_a_missing_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        model_card(tmp_path / "none.safetensors")
