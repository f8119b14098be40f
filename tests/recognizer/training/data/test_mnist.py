import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from recognizer.errors import InputError
from recognizer.training.data.mnist import load_digits, read_idx


def idx(values: np.ndarray) -> bytes:
    return bytes([0, 0, 8, values.ndim]) + struct.pack(f">{values.ndim}I", *values.shape) + values.tobytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve digits to train with, of which the last four are for validation, and three to test."""
    for name, count in (("train", 12), ("t10k", 3)):
        images = np.zeros((count, 28, 28), np.uint8)
        images[:, 0, 0] = np.arange(count)
        (tmp_path / f"{name}-images-idx3-ubyte.gz").write_bytes(gzip.compress(idx(images)))
        (tmp_path / f"{name}-labels-idx1-ubyte").write_bytes(idx(np.arange(count, dtype=np.uint8) % 10))
    return tmp_path


@given(values=arrays(np.uint8, array_shapes(max_dims=4, max_side=5)), zipped=st.booleans())
@settings(max_examples=30)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, values: np.ndarray, zipped: bool) -> None:
    path = tmp_path_factory.mktemp("idx") / ("values.gz" if zipped else "values")
    path.write_bytes(gzip.compress(idx(values)) if zipped else idx(values))
    found = read_idx(path)
    np.testing.assert_array_equal(found, values)
    assert found.dtype == np.uint8
    assert found.flags.writeable


WHOLE = idx(np.arange(24, dtype=np.uint8).reshape(2, 3, 4))
BROKEN = {
    "empty": (b"", "no IDX file"),
    "other": (b"\x89PNG....", "no IDX file"),
    "floats": (b"\0\0\x0d\x01" + WHOLE[4:], "no IDX file"),
    "header only in part": (WHOLE[:9], "cut off"),
    "cut off": (WHOLE[:-1], "cut off"),
    "too long": (WHOLE + b"\0", "promises 24 bytes and 25"),
    "promises too much": (b"\0\0\x08\x03" + b"\xff" * 12, "cut off"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_idx_file_gets_a_sentence(tmp_path: Path, name: str) -> None:
    data, message = BROKEN[name]
    path = tmp_path / "broken"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message):
        read_idx(path)


@pytest.mark.parametrize(
    "data", [b"not gzip", gzip.compress(WHOLE, mtime=0)[:-12], gzip.compress(WHOLE, mtime=0)[:20] + b"\0" * 40]
)
def test_what_is_no_gzip_file_gets_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.gz"
    path.write_bytes(data)
    with pytest.raises(InputError, match="cannot be read"):
        read_idx(path)


def test_splits_share_nothing(folder: Path) -> None:
    train, val, every = (load_digits(folder, split, validation=4) for split in ("train", "val", "all"))
    assert train.images[:, 0, 0].tolist() == [*range(8)]
    assert val.images[:, 0, 0].tolist() == [8, 9, 10, 11]
    assert every.classes.tolist() == [*range(10), 0, 1]
    assert every.classes.dtype == np.int64
    assert len(load_digits(folder, "test").images) == 3


def test_an_unknown_split_is_named(folder: Path) -> None:
    with pytest.raises(InputError, match="no split 'dev' of MNIST; use train, val, test or all"):
        load_digits(folder, "dev")


def test_a_folder_without_digits_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no train-images-idx3-ubyte"):
        load_digits(tmp_path, "train")


@pytest.mark.parametrize(
    "images", [np.zeros((3, 28, 27), np.uint8), np.zeros((4, 28, 28), np.uint8), np.zeros(3, np.uint8)]
)
def test_files_that_do_not_belong_together(tmp_path: Path, images: np.ndarray) -> None:
    (tmp_path / "t10k-images-idx3-ubyte").write_bytes(idx(images))
    (tmp_path / "t10k-labels-idx1-ubyte").write_bytes(idx(np.zeros(3, np.uint8)))
    with pytest.raises(InputError, match="no MNIST set"):
        load_digits(tmp_path, "test")
