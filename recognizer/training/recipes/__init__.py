"""What ``main.py train`` knows: recipes by name. Importing this costs nothing; a recipe is looked up when it runs."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name

from recognizer.files import make_folder
from recognizer.platform import own_folder, resources_folder

MODELS, STUDY, LEXICON = own_folder() / "models", own_folder() / "study", own_folder() / "lexicon"


@dataclass(frozen=True)
class Recipe:
    """A function and its settings, as "module:name", and the file that it makes where none is named.

    The function takes a `Run` and the settings, a frozen dataclass of everything that was chosen.
    """

    function: str
    settings: str
    out: Path

    def train(self, data: Path, out: Path | None, resume: bool, report: Callable[[str], None]) -> None:
        """Learn from ``data`` and write ``out``, going on where an earlier run stopped if ``resume`` says so."""
        from recognizer.training.learning.loop import Run

        if out is None and own_folder() != resources_folder():
            make_folder(own_folder(), private=True)  # what is learnt of a person's data is nobody else's
        function, settings = (resolve_name(name) for name in (self.function, self.settings))
        function(Run(data, out or self.out, resume, report), settings)


def _recipe(function: str, out: Path, settings: str = "SETTINGS") -> Recipe:
    """A recipe of this package whose settings stand in the module of its function."""
    module = f"recognizer.training.{function.partition(':')[0]}"
    return Recipe(f"recognizer.training.{function}", f"{module}:{settings}", out)


RECIPES: dict[str, Recipe] = {
    "lenet5": _recipe("recipes.digits:train_digits", MODELS / "lenet5.safetensors", "LENET5"),
    "small": _recipe("recipes.digits:train_digits", MODELS / "small.safetensors", "SMALL"),
    "amount": _recipe("recipes.amount:train_amount", MODELS / "amount.safetensors"),
    "amount-displacement": _recipe(
        "recipes.amount_displacement:train_amount_displacement", MODELS / "amount-displacement.safetensors"
    ),
    "amount-thresholds": _recipe(
        "recipes.amount_thresholds:measure_thresholds", MODELS / "amount-displacement.safetensors"
    ),
    "amounts": _recipe("recipes.amount_adaptation:train_amounts", MODELS / "amount-displacement.safetensors"),
    "amount-folds": _recipe("recipes.amount_adaptation:cross_validate", STUDY / "amount-folds.json"),
    "ink-number": _recipe("recipes.ink_number:train_ink_number", MODELS / "ink-number.safetensors"),
    "displacement": _recipe("recipes.displacement:train_displacement", MODELS / "displacement.safetensors"),
    "segmentation": _recipe("recipes.segmentation:train_segmentation", MODELS / "segmentation.safetensors"),
    "characters": _recipe("recipes.characters:train_characters", MODELS / "characters.safetensors"),
    "field": _recipe("recipes.field:train_field", MODELS / "field.safetensors"),
    "personal": _recipe("teaching.teach:train_personal", Path("personal.safetensors")),
    "criteria": _recipe("recipes.criteria:study_criteria", STUDY / "criteria.json"),
    "scan": _recipe("recipes.scan:train_scan", MODELS / "scan-displacement.safetensors"),
    "scan-segmentation": _recipe(
        "recipes.scan_segmentation:train_scan_segmentation", MODELS / "scan-segmentation.safetensors"
    ),
    "scans": _recipe("recipes.scan_adaptation:train_scans", MODELS / "scan-displacement.safetensors"),
    "legal": _recipe("recipes.legal:train_legal", MODELS / "legal.safetensors"),
    "lexicon": _recipe("recipes.lexicon:make_lexicon", LEXICON / "english.tsv.gz"),
    "prices": _recipe("recipes.prices:choose_prices", Path("prices.json")),
    "language": _recipe("recipes.language:make_language", LEXICON / "words.npz"),
}
