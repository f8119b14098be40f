"""Which confidence is enough, and models that are none."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from recognizer.errors import InputError
from recognizer.platform import resources_folder
from recognizer.readers import load_amount_reader, load_cheque_reader, load_ink_reader, load_number_reader
from recognizer.readers.shelf import load_legal_opinion, load_trust

LOADERS = {
    "segmentation": lambda path: load_amount_reader(system="segmentation", models=_beside(path, "amount")),
    "displacement": lambda path: load_amount_reader(system="displacement", models=_beside(path, "amount-displacement")),
    "cheque": lambda path: load_cheque_reader(models=_beside(path, "field")),
    "words of amounts": lambda path: load_legal_opinion(_beside(path, "legal")),
    "text by segments": lambda path: load_ink_reader(system="segmentation", models=_beside(path, "segmentation")),
    "text by sweep": lambda path: load_ink_reader(system="displacement", models=_beside(path, "displacement")),
    "text by both": lambda path: load_ink_reader(system="joined", models=_beside(path, "displacement")),
    "number": lambda path: load_number_reader(model=path),
}


def _beside(path: Path, name: str) -> Path:
    """The folder of ``path``, where the model of this name is what is at ``path``."""
    if path.exists():
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


@pytest.mark.parametrize("system", ["segmentation", "displacement", "joined", None])
@pytest.mark.parametrize("kind", ["amount", "cheque", "number", "text"])
def test_the_models_say_from_which_confidence_on_they_are_trusted(kind: str, system: str | None) -> None:
    if kind in ("cheque", "number") and system not in (None, "segmentation"):
        return
    trust = load_trust(kind, system)
    confidences = [trust.at(rate).confidence for rate in (0.001, 0.01, 0.1)]
    assert confidences == sorted(confidences, reverse=True)
    assert 0 <= confidences[-1] < confidences[0]
    loaded = {
        "amount": lambda: load_amount_reader(0.01, system),
        "cheque": lambda: load_cheque_reader(0.01),
        "number": lambda: load_number_reader(0.01),
    }
    if kind in loaded:
        assert loaded[kind]().threshold == confidences[1]
