"""Which confidence is enough, and models that are none."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from recognizer.errors import InputError
from recognizer.networks.lenet1 import LeNet1
from recognizer.networks.store import save_model
from recognizer.page import Page
from recognizer.page.running import spread
from recognizer.platform import model_file, resources_folder
from recognizer.readers.catalog import CATALOG, KINDS, SYSTEMS, Kind, System, load_reader, load_trust, systems_of
from recognizer.readers.loading import load_legal_amount_opinion
from recognizer.readers.models import file_of, model_in

LOADERS = {
    "segmentation": lambda path: load_reader("amount", system="segmentation", models=_beside(path, "amount")),
    "displacement": lambda path: load_reader(
        "amount", system="displacement", models=_beside(path, "amount-displacement")
    ),
    "cheque": lambda path: load_reader("cheque", models=_beside(path, "field")),
    "words of amounts": lambda path: load_legal_amount_opinion(_beside(path, "legal") / "legal.safetensors"),
    "text by segments": lambda path: load_reader("text", system="segmentation", models=_beside(path, "segmentation")),
    "text by displacement": lambda path: load_reader(
        "text", system="displacement", models=_beside(path, "displacement")
    ),
    "text by both": lambda path: load_reader(
        "text", system="joined", models=_beside(path, "displacement", "segmentation")
    ),
    "scan by segments": lambda path: load_reader(
        "scan", system="segmentation", models=_beside(path, "scan-segmentation")
    ),
    "scan by displacement": lambda path: load_reader(
        "scan", system="displacement", models=_beside(path, "scan-displacement")
    ),
    "scan by both": lambda path: load_reader(
        "scan", system="joined", models=_beside(path, "scan-displacement", "scan-segmentation")
    ),
    "number": lambda path: load_reader("number", models=_beside(path, "ink-number")),
}


def _beside(path: Path, *names: str) -> Path:
    """The folder of ``path``, where the models of these names are what is at ``path``."""
    for name in names if path.exists() else ():
        shutil.copy(path, path.parent / f"{name}.safetensors")
    return path.parent


@pytest.mark.parametrize("load", LOADERS.values(), ids=LOADERS)
def test_a_missing_model_gets_a_sentence(tmp_path: Path, load) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError):
        load(tmp_path / "none.safetensors")


@pytest.mark.parametrize("load", LOADERS.values(), ids=LOADERS)
def test_a_file_that_is_no_model_gets_a_sentence(tmp_path: Path, load) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "model.safetensors"
    for content in (b"", b"no model at all", np.random.default_rng(0).bytes(500)):
        path.write_bytes(content)
        with pytest.raises(InputError):
            load(path)


@pytest.mark.parametrize("load", LOADERS.values(), ids=LOADERS)
def test_a_model_of_another_task_gets_a_sentence(tmp_path: Path, load) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "model.safetensors"
    shutil.copy(resources_folder() / "models" / "lenet5.safetensors", path)
    with pytest.raises(InputError, match="made for another task"):
        load(path)


@pytest.mark.parametrize("system", ["segmentation", "displacement"])
def test_a_model_of_pen_ink_is_none_of_scans(system: System, tmp_path: Path) -> None:
    shutil.copy(model_file(system), tmp_path / f"scan-{system}.safetensors")
    with pytest.raises(InputError, match="made for another task"):
        load_reader("scan", system, models=tmp_path)


@pytest.mark.parametrize(("kind", "system"), [*CATALOG, *((kind, None) for kind in KINDS)])
def test_the_models_say_from_which_confidence_on_they_are_trusted(kind: Kind, system: System | None) -> None:
    trust = load_trust(kind, system)
    confidences = [trust.at(rate).confidence for rate in (0.001, 0.01, 0.1)]
    assert confidences == sorted(confidences, reverse=True)
    assert 0 <= confidences[-1] < confidences[0]
    assert load_reader(kind, system, max_error=0.01, lexicon="none").threshold == confidences[1]


def test_the_best_system_of_a_kind_is_the_first_and_others_than_there_are_get_a_sentence() -> None:
    for kind in KINDS:
        known = systems_of(kind)
        assert load_trust(kind) == load_trust(kind, known[0])
        for system in set(SYSTEMS) - set(known):
            with pytest.raises(InputError, match=known[0]):
                load_reader(kind, system)


def test_one_model_of_ones_own_takes_the_place_of_its_kind(tmp_path: Path) -> None:
    own = tmp_path / "mine.safetensors"
    shutil.copy(resources_folder() / "models" / "amount.safetensors", own)
    assert file_of("amount", own) == own
    assert file_of("field", own) == model_file("field")
    assert load_trust("amount", "segmentation", own).at(0.01) == load_trust("amount", "segmentation").at(0.01)
    with pytest.raises(InputError, match="no use for"):
        load_reader("text", models=own)


def test_a_file_that_no_reader_is_made_of_is_no_model_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "mine.safetensors"
    save_model(own, LeNet1(), {}, {"recipe": "../nothing"})
    with pytest.raises(InputError, match="recipe"):
        model_in(own)


@pytest.mark.parametrize("name", sorted({model for entry in CATALOG.values() for model in entry.models}))
def test_every_model_that_is_read_with_is_known_by_what_made_it(name: str) -> None:
    assert model_in(model_file(name)) == name


def test_a_scan_that_is_known_to_be_one_word_is_read_as_one() -> None:
    wave = np.arange(0, 160, 0.2)
    rows, columns = 60 - 20 * np.sin(wave / 6), 20 + wave + 150 * (wave > 80)
    ink = np.zeros((120, 380), bool)
    ink[rows.astype(int), columns.astype(int)] = True
    page = Page(np.where(spread(ink, 5), 30, 240).astype(np.uint8))
    assert " " in load_reader("scan").read(page).text
    assert " " not in load_reader("scan", extent="word").read(page).text
