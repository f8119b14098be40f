"""Which confidence is enough, and models that are none."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from recognizer.errors import InputError
from recognizer.platform import resources_folder
from recognizer.readers.catalog import CATALOG, KINDS, SYSTEMS, Kind, System, load_reader, load_trust, systems_of
from recognizer.readers.loading import load_legal_amount_opinion

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
