"""Arrays of strangers: what a header claims is held against the file before anything is allocated."""

import io
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from recognizer.errors import InputError
from recognizer.training.data import arrays
from recognizer.training.data.arrays import load_arrays


def npy(values: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, values)
    return stream.getvalue()


def packed(folder: Path, **members: bytes) -> Path:
    path = folder / "a.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.npy", data)
    return path


@pytest.mark.parametrize(
    "values", [np.zeros(0), np.arange(6.0).reshape(2, 3, order="F"), np.array(["a", "\u00e4"]), np.array(7)]
)
def test_arrays_are_as_numpy_reads_them(tmp_path: Path, values: np.ndarray) -> None:
    found = load_arrays(packed(tmp_path, a=npy(values), b=b""), ["a", "none"], "test")
    np.testing.assert_array_equal(found["a"], values)
    assert list(found) == ["a"]


def claimed(shape: str, kind: str = "<i2") -> bytes:
    """An array of 6 bytes under a header that claims something else."""
    text = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}".encode()
    text += b" " * (-(len(text) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + bytes(6)


@pytest.mark.parametrize(
    "data",
    [
        claimed("(1099511627776, 4)"),
        claimed("(1 << 70,)"),
        claimed(f"({10**40},)"),
        claimed("(-1, -3)"),
        claimed("(4,)"),
        claimed("'x'"),
        claimed("(3,", "<i2"),
        claimed("(3,)", "|O"),
        claimed("(3,)", "|V2"),
        claimed("(3,)", "nonsense"),
        npy(np.array(["a"])).replace(b"a\0\0\0", b"a\0\x11\0"),  # of no character
        npy(np.array(["a"])).replace(b"a\0\0\0", b"\0\xd8\0\0"),  # of half of one
        claimed("(" * 200 + ")" * 200),
        b"\x93NUMPY\x03\x00" + bytes(100),
        b"",
        pytest.param(npy(np.array([{}], object)), id="objects"),
    ],
)
def test_a_sentence_for_whatever_is_no_array(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.npz cannot be read as test"):
        load_arrays(packed(tmp_path, a=data), ["a"], "test")


def test_what_unpacks_to_more_than_can_be_held_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "MAX_BYTES", 1_000_000)
    path = packed(tmp_path, a=npy(np.zeros(600_000, np.int8)), b=npy(np.zeros(600_000, np.int8)))
    assert len(load_arrays(path, ["a"], "test")["a"]) == 600_000
    with pytest.raises(InputError, match="arrays of more than 1 MB"):
        load_arrays(path, ["a", "b"], "test")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.npz")
    with pytest.raises(InputError, match="no ordinary file"):
        load_arrays(tmp_path / "pipe.npz", ["a"], "test")
