import numpy as np
import pytest

from recognizer.training.synthesis.ways_dropout import WAYS_DROPOUT, without_ways


@pytest.mark.parametrize("share", [0.0, WAYS_DROPOUT, 0.6, 1.0])
def test_so_many_do_without(share: float) -> None:
    assert without_ways(4_000, np.random.default_rng(0), share).mean() == pytest.approx(share, abs=0.02)
