import json
from pathlib import Path

import numpy as np
import pytest
import torch

from recognizer.errors import InputError
from recognizer.gtn import ctc_expansion
from recognizer.language.amount import FROM_ZERO, amount_grammar, spellings
from recognizer.networks.displacement import Displacement
from recognizer.networks.store import load_model, save_model
from recognizer.page.frames import CHANNELS
from recognizer.page.line import ROWS
from recognizer.training.learning.loop import Run, Schedule, half_precision
from recognizer.training.recipes.amount_adaptation import (
    Settings,
    amount_losses,
    cross_validate,
    load_labelled,
    parts,
    train_amounts,
)
from recognizer.training.synthesis.amount_pictures import BLANK, CLASSES
from tests.recognizer.training.toys import write_amounts

AMOUNTS = 10
SYSTEMS = ("joined", "displacement")
NETWORK = {
    "input_channels": CHANNELS,
    "rows": ROWS,
    "classes": len(CLASSES),
    "widths": [4, 4, 6, 8],
    "dilations": [1],
}


def _network() -> Displacement:
    torch.manual_seed(1)
    return Displacement(**NETWORK).eval()  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A few labelled amounts."""
    return write_amounts(tmp_path / "amounts", AMOUNTS)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A small network in place of the program's, and a short training."""
    model = tmp_path / "model.safetensors"
    save_model(model, _network(), NETWORK, {"recipe": "none", "data": "none", "joined": {"weights": [0.4, 0.6]}})
    schedule = Schedule(passes=1, rate=1e-3)
    return Settings(model=model, made_up=5, hands=2, schedule=schedule, beam=1.0, fewest=AMOUNTS)


def test_of_one_frame_the_loss_is_that_of_its_digit_among_the_digits() -> None:
    # Of two columns torch's convolutions in bfloat16 are not a number now and then.
    network, images = _network(), torch.rand(2, CHANNELS, ROWS, 4)
    grammar = ctc_expansion(amount_grammar(CLASSES), BLANK + 1)
    losses = amount_losses(network, images, np.array([1, 1]), [spellings(d, CLASSES) for d in "37"], grammar, 8.0)
    with half_precision():
        penalties = network(images)[:, 0, :10].float()
        penalties[:, 0] += FROM_ZERO
        chances = torch.softmax(-penalties, 1)
    expected = -torch.log(chances[[0, 1], [3, 7]])
    assert losses.detach().numpy() == pytest.approx(expected.detach().numpy(), abs=0.02)
    losses.sum().backward()
    assert any(float(p.grad.abs().max()) > 0 for p in network.parameters() if p.grad is not None)


def test_what_has_too_few_frames_cannot_be_written() -> None:
    grammar = ctc_expansion(amount_grammar(CLASSES), BLANK + 1)
    losses = amount_losses(
        _network(), torch.rand(1, CHANNELS, ROWS, 4), np.array([2]), [spellings("123", CLASSES)], grammar, 8.0
    )
    assert torch.isinf(losses).all()


def test_a_part_is_held_out_once() -> None:
    found = parts(23)
    assert np.concatenate(found).tolist() == list(range(23))
    assert all((np.diff(part) == 1).all() for part in found)


def test_a_reader_is_fitted_measured_and_written(folder: Path, settings: Settings, tmp_path: Path) -> None:
    heard: list[str] = []
    out = tmp_path / "fitted.safetensors"
    train_amounts(Run(folder, out, False, heard.append), settings)
    fitted = load_model(out)
    assert {"thresholds", "figures"} <= set(fitted.card)
    assert {"weights", "thresholds", "curve"} <= set(fitted.card["joined"])  # both are read with
    (figures,) = fitted.card["figures"].values()
    assert all(0 <= figures[when][who]["error"] <= 1 for when in ("before", "after") for who in SYSTEMS)
    assert any("held out" in line for line in heard)
    changed = zip(fitted.network.parameters(), load_model(settings.model).network.parameters(), strict=True)
    assert any(not torch.equal(a, b) for a, b in changed)
    train_amounts(Run(folder, out, True, heard.append), settings)  # nothing is left to do, and the answer is the same
    again = load_model(out)
    assert all(torch.equal(a, b) for a, b in zip(fitted.network.parameters(), again.network.parameters(), strict=True))


def test_the_experiment_measures_every_amount(folder: Path, settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "study" / "folds.json"
    cross_validate(Run(folder, out, False, lambda line: None), settings)
    figures = json.loads(out.read_text())
    assert figures["amounts measured"] == figures["amounts"] == AMOUNTS
    assert len(figures["folds"]["after"]) == 5
    for system in SYSTEMS:
        mean = np.mean([part[system]["error"] for part in figures["folds"]["after"]])
        assert figures["after"][system]["error"] == pytest.approx(mean)


def test_too_few_amounts_and_labels_without_digits_get_a_sentence(folder: Path) -> None:
    table = folder / "labels.csv"
    rows = table.read_text().splitlines()
    table.write_text("\n".join(rows[:4]))
    with pytest.raises(InputError, match="too few to learn from"):
        load_labelled(folder, AMOUNTS)
    table.write_text("\n".join([*rows[:-1], f"{AMOUNTS - 1}.png,none"]))
    with pytest.raises(InputError, match="has no digit"):
        load_labelled(folder, AMOUNTS)
