from pathlib import Path

from ui.samples import samples_in


def test_samples_by_name_without_what_is_none(tmp_path: Path) -> None:
    for name in ("number-7.inkml", "amount-1.50.png", "README.md"):
        (tmp_path / name).write_bytes(b"")
    assert [(sample.title, sample.is_ink) for sample in samples_in(tmp_path)] == [
        ("amount 1.50", False),
        ("number 7", True),
    ]


def test_an_absent_folder_has_no_samples(tmp_path: Path) -> None:
    assert samples_in(tmp_path / "nowhere") == []
