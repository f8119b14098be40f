"""Model files: a round trip, and a sentence for whatever is none."""

from pathlib import Path

import pytest
import torch

from recognizer.errors import InputError
from recognizer.networks.compact import Compact
from recognizer.networks.store import load_model, save_model

ARGUMENTS = {"input_channels": 1, "rows": 16, "columns": 16, "classes": 3, "hidden": 8}


def test_a_model_comes_back_as_it_went(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = Compact(**ARGUMENTS).eval()
    card = {"recipe": "test", "figures": {"error": 0.5}, "classes": ["a", "b", "junk"]}
    save_model(tmp_path / "net.safetensors", network, ARGUMENTS, card)
    model = load_model(tmp_path / "net.safetensors")
    images = torch.rand(2, 1, 16, 16)
    torch.testing.assert_close(model.network(images), network(images))
    assert model.card == card
    assert not model.network.training
    assert [path.name for path in tmp_path.iterdir()] == ["net.safetensors"]


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"\x10\0\0\0\0\0\0\0{}              "])
def test_what_is_no_model_gets_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.safetensors"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"broken\.safetensors"):
        load_model(path)


def test_a_missing_model_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        load_model(tmp_path / "none.safetensors")
