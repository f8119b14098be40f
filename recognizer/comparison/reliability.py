"""How far the confidence of amounts can be trusted: the share that is right, by confidence, as the model's card holds it."""

from collections.abc import Sequence
from pathlib import Path

from recognizer.comparison.figures import INK, OURS, figure, save
from recognizer.networks.card import model_card
from recognizer.platform import resources_folder

TITLE = "Amounts: confidence, and the share of values that are right; made-up amounts of hands not trained on, dots as large as many"
_LARGEST = 260.0  # points squared of a dot for all amounts


def draw_reliability(path: Path) -> list[tuple[str, str]]:
    """Draw what the card of the model for amounts says; (file name, what it shows), or nothing where it says nothing."""
    model = resources_folder() / "models" / "amount-displacement.safetensors"
    parts = model_card(model).get("joined", {}).get("reliability") if model.exists() else None
    return [_drawn(path, parts)] if parts else []


def _drawn(path: Path, parts: Sequence[tuple[float, float, int]]) -> tuple[str, str]:
    confidence, right, counts = zip(*parts, strict=True)
    drawn, axes = figure(4.5, 4.5)
    axes.plot([0, 100], [0, 100], color=INK, linewidth=0.6)
    sizes = [8 + _LARGEST * count / sum(counts) for count in counts]
    axes.scatter([100 * each for each in confidence], [100 * each for each in right], sizes, color=OURS)
    axes.set_xlabel("confidence, %")
    axes.set_ylabel("right, %")
    axes.grid(linewidth=0.3)
    return save(drawn, path, TITLE)
