"""The cheques that ship: drawn by our own hand, and what their names say."""

from pathlib import Path

import numpy as np
import pytest

from recognizer.page import load_pages
from recognizer.page.fields import shows_cheque
from recognizer.training.synthesis.cheque_samples import SEEDS, draw_sample

SHIPPED = Path(__file__).parents[4] / "resources" / "samples"


@pytest.mark.parametrize("name", SEEDS)
def test_the_samples_can_be_made_again(name: str) -> None:
    cheque = draw_sample(SEEDS[name])
    (shipped,) = load_pages(SHIPPED / f"{name}.jpg")
    assert name == f"cheque-{cheque.amount}"
    assert np.abs(cheque.grey.astype(int) - shipped.grey).mean() < 6  # what JPEG leaves of the camera's noise
    assert shows_cheque(shipped)
