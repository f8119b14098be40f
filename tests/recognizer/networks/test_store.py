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
    torch.testing.assert_close(model.network(images), network(images), rtol=2e-3, atol=2e-3)  # in half precision
    assert all(value.dtype is torch.float32 for value in model.network.parameters())
    assert model.card == card
    assert not model.network.training
    assert [path.name for path in tmp_path.iterdir()] == ["net.safetensors"]


def test_a_model_that_is_kept_again_stays_as_it_is(tmp_path: Path) -> None:
    torch.manual_seed(0)
    one, other = tmp_path / "one.safetensors", tmp_path / "other.safetensors"
    save_model(one, Compact(**ARGUMENTS), ARGUMENTS, {})
    model = load_model(one)
    save_model(other, model.network, model.arguments, model.card)
    again = load_model(other)
    assert one.stat().st_size == other.stat().st_size
    assert all(map(torch.equal, again.network.parameters(), model.network.parameters()))


def test_what_half_precision_cannot_hold_stays_whole(tmp_path: Path) -> None:
    path, network = tmp_path / "net.safetensors", Compact(**ARGUMENTS)
    with torch.no_grad():
        matrix = next(value for value in network.parameters() if value.dim() > 1)
        vector = next(value for value in network.parameters() if value.dim() == 1)
        matrix.fill_(1e6)
        vector.fill_(1e-7)
    save_model(path, network, ARGUMENTS, {})
    for name, value in load_model(path).network.state_dict().items():
        if torch.equal(value, network.state_dict()[name]):
            continue
        assert value.dim() > 1, name
        torch.testing.assert_close(value, network.state_dict()[name], rtol=2**-10, atol=1e-6)


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"\x10\0\0\0\0\0\0\0{}              "])
def test_what_is_no_model_gets_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.safetensors"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"broken\.safetensors"):
        load_model(path)


def test_a_missing_model_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        load_model(tmp_path / "none.safetensors")
