import io
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recognizer.errors import InputError
from recognizer.training.data.inksets import load_inkset

ARRAYS: dict[str, Any] = {
    "pts": np.arange(20, dtype=np.int16).reshape(10, 2),
    "stroke_len": np.array([2, 3, 1, 4]),
    "n_strokes": np.array([1, 2, 1]),
    "label": np.array(["1", "4", "7"]),
    "writer": np.array(["a", "a", "b"]),
    "split": np.array(["train", "train", "val"]),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ink.npz"


def test_strokes_of_each_sample(path: Path) -> None:
    np.savez(path, **ARRAYS)
    inks = load_inkset(path)
    assert len(inks) == 3
    strokes = [inks.strokes(sample) for sample in range(3)]
    assert [[len(stroke) for stroke in sample] for sample in strokes] == [[2], [3, 1], [4]]
    joined = np.concatenate([stroke for sample in strokes for stroke in sample])
    np.testing.assert_array_equal(joined, ARRAYS["pts"])
    assert joined.dtype == np.float32


def test_samples_of_a_split(path: Path) -> None:
    np.savez(path, **ARRAYS)
    inks = load_inkset(path)
    assert inks.of_split("train").tolist() == [0, 1]
    assert inks.of_split("val").tolist() == [2]
    assert inks.of_split("all").tolist() == [0, 1, 2]
    with pytest.raises(InputError, match="no split 'test' here; use all or one of: train, val"):
        inks.of_split("test")


def test_a_set_without_splits_gives_all_for_any(path: Path) -> None:
    np.savez(path, **{key: value for key, value in ARRAYS.items() if key != "split"})
    assert load_inkset(path).of_split("val").tolist() == [0, 1, 2]


@pytest.mark.parametrize("key", ["pts", "stroke_len", "n_strokes", "label", "writer"])
def test_a_missing_array_is_named(path: Path, key: str) -> None:
    np.savez(path, **{name: value for name, value in ARRAYS.items() if name != key})
    with pytest.raises(InputError, match=f"no set of ink: it has no {key}"):
        load_inkset(path)


@pytest.mark.parametrize("key", ["pts", "stroke_len", "n_strokes", "label", "writer", "split"])
def test_arrays_of_lengths_that_do_not_agree(path: Path, key: str) -> None:
    np.savez(path, **{**ARRAYS, key: ARRAYS[key][:-1]})
    with pytest.raises(InputError, match="do not agree"):
        load_inkset(path)


MALFORMED = {
    "negative lengths": {"stroke_len": np.array([2, -3, 7, 4])},
    "negative counts": {"n_strokes": np.array([1, -1, 4])},
    "points in a row": {"pts": np.zeros(10, np.int16)},
    "points in space": {"pts": np.zeros((10, 3), np.int16)},
    "lengths as text": {"stroke_len": np.array(["2", "3", "1", "4"])},
    "points as text": {"pts": np.full((10, 2), "1")},
    "one label": {"label": np.array("1")},
    "fractions": {"stroke_len": np.array([2.5, 2.5, 1, 4])},
}


@pytest.mark.parametrize("name", MALFORMED)
def test_arrays_of_another_kind_get_a_sentence(path: Path, name: str) -> None:
    np.savez(path, **{**ARRAYS, **MALFORMED[name]})
    with pytest.raises(InputError, match=r"damaged|cannot be read"):
        load_inkset(path)


def test_nothing_is_unpickled(path: Path) -> None:
    np.savez(path, **{**ARRAYS, "label": np.array(["1", {"a": 1}, "7"], object)})
    with pytest.raises(InputError, match="cannot be read as a set of ink"):
        load_inkset(path)
    path.write_bytes(pickle.dumps(ARRAYS))
    with pytest.raises(InputError, match="cannot be read as a set of ink"):
        load_inkset(path)


def _npz() -> bytes:
    stream = io.BytesIO()
    np.savez_compressed(stream, **ARRAYS)
    return stream.getvalue()


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_off_gets_a_sentence(path: Path, share: float) -> None:
    data = _npz()
    path.write_bytes(data[: int(share * len(data))])
    with pytest.raises(InputError, match="cannot be read as a set of ink"):
        load_inkset(path)


def test_bytes_gone_wrong_get_a_sentence(path: Path) -> None:
    whole = _npz()
    for place in range(0, len(whole), 23):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            load_inkset(path)
        except InputError:
            continue


def test_other_files_and_none_get_a_sentence(path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        load_inkset(path)
    np.save(path.with_suffix(".npy"), np.zeros(3))
    with pytest.raises(InputError, match=r"no set of ink|cannot be read"):
        load_inkset(path.with_suffix(".npy"))
