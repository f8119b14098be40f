"""Model files of strangers: held against limits before anything is allocated, refused in a sentence."""

import json
import os
import resource
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from recognizer.errors import InputError
from recognizer.networks.card import model_card
from recognizer.networks.last_layer import last_layers
from recognizer.networks.store import load_model

LAYERS = {"a": (torch.zeros(3, 4), torch.zeros(3))}
STATE = last_layers(LAYERS).state_dict()
SIZES = {"sizes": {"a": [3, 4]}}


def write(path: Path, state: dict[str, torch.Tensor] | None = None, **metadata: Any) -> Path:
    told = {"network": "LastLayers", "arguments": json.dumps(SIZES), "card": "{}"} | metadata
    save_file(STATE if state is None else state, path, told)
    return path


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    assert load_model(write(tmp_path / "a.safetensors")).card == {}


NAN = {name: torch.full_like(value, float("nan")) for name, value in STATE.items()}
DEEP = "[" * 100_000


@pytest.mark.parametrize(
    ("state", "metadata"),
    [
        (None, {"card": "3"}),
        (None, {"card": DEEP}),
        (None, {"card": "null"}),
        (None, {"arguments": '{"sizes": null}'}),
        (None, {"arguments": "[]"}),
        (None, {"arguments": DEEP}),
        (None, {"arguments": '{"sizes": {"a": [3, 4], "b": [25000, 60000]}}'}),
        (None, {"arguments": '{"sizes": {"a": [25000, 60000]}}'}),
        (None, {"arguments": '{"sizes": {"a": [3, 1e400]}}'}),
        (None, {"arguments": '{"sizes": {"a": [-3, 4]}}'}),
        (None, {"arguments": '{"sizes": {"a": [4, 3]}}'}),
        (None, {"arguments": '{"sizes": {"": [3, 4]}}'}),
        (None, {"arguments": json.dumps({"sizes": {str(k): [1, 1] for k in range(5000)}})}),
        (None, {"network": "Displacement"}),
        (None, {"network": "nothing"}),
        (
            None,
            {
                "network": "Displacement",
                "arguments": json.dumps(
                    {
                        "input_channels": 9000,
                        "rows": 9000,
                        "classes": 9000,
                        "widths": [9000] * 4,
                        "dilations": [1] * 900,
                    }
                ),
            },
        ),
        (NAN, {}),
        ({}, {}),
        ({**STATE, "more": torch.zeros(1)}, {}),
    ],
)
def test_a_sentence_and_no_memory_for_what_is_none_of_ours(
    tmp_path: Path, state: dict[str, torch.Tensor] | None, metadata: dict[str, str]
) -> None:
    path = write(tmp_path / "a.safetensors", state, **metadata)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(InputError, match=r"a\.safetensors is no model of this program") as raised:
        load_model(path)
    assert "object" not in str(raised.value), "what Python says tells nobody anything"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000, "kB"


@pytest.mark.parametrize("read", [load_model, model_card])
@pytest.mark.parametrize("length", [0, 1, 1 << 40, (1 << 64) - 1])
def test_headers_that_claim_to_be_longer_than_the_file(tmp_path: Path, read: Any, length: int) -> None:
    path = tmp_path / "a.safetensors"
    path.write_bytes(length.to_bytes(8, "little") + b"{}" * 40)
    with pytest.raises(InputError, match=r"a\.safetensors"):
        read(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
@pytest.mark.parametrize("read", [load_model, model_card])
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path, read: Any) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="no ordinary file"):
        read(tmp_path / "pipe")
