from pathlib import Path

import numpy as np
import pytest

from recognizer.training.data.cache import cached


def test_what_is_made_once_is_not_made_again(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> dict[str, np.ndarray]:
        made.append(1)
        return {"a": np.arange(3), "b": np.array(["x", "yz"])}

    first, second = (cached(tmp_path / "deep" / "cache.npz", make) for _ in range(2))
    assert made == [1]
    assert first.keys() == second.keys() == {"a", "b"}
    assert all(np.array_equal(first[name], second[name]) for name in first)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["cache.npz"]


def test_what_breaks_off_leaves_nothing_that_looks_made(tmp_path: Path) -> None:
    def broken() -> dict[str, np.ndarray]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cached(tmp_path / "cache.npz", broken)
    assert cached(tmp_path / "cache.npz", lambda: {"a": np.ones(2)})["a"].tolist() == [1, 1]
