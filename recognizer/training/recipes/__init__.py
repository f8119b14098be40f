"""What ``main.py train`` knows: recipes by name. Importing this costs nothing; a recipe imports what it needs when it runs."""

from collections.abc import Callable
from pathlib import Path

from recognizer.platform import resources_folder

Report = Callable[[str], None]
Recipe = Callable[[Path, Path, bool, Report], None]  # data folder, model to write, resume?, a line of progress

MODELS = resources_folder() / "models"
DEFAULT_OUT = {
    name: MODELS / f"{name}.safetensors"
    for name in (
        "lenet5",
        "small",
        "amount",
        "ink-number",
        "amount-displacement",
        "displacement",
        "segmentation",
        "characters",
        "field",
        "legal",
    )
} | {
    "personal": Path("personal.safetensors"),
    "amounts": MODELS / "amount-displacement.safetensors",
    "amount-folds": resources_folder() / "study" / "amount-folds.json",
    "criteria": resources_folder() / "study" / "criteria.json",
    "amount-thresholds": MODELS / "amount-displacement.safetensors",
    "lexicon": resources_folder() / "lexicon" / "english.tsv.gz",
}


def _lenet5(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.recipes.lenet5 import train_lenet5

    train_lenet5(data, out, resume, report)


def _small(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.recipes.small import train_small

    train_small(data, out, resume, report)


def _amount(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.recipes.amount import train_amount

    train_amount(data, out, resume, report)


def _amount_displacement(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.recipes.amount_displacement import train_amount_displacement

    train_amount_displacement(data, out, resume, report)


def _amount_thresholds(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.recipes.amount_thresholds import measure_thresholds

    measure_thresholds(data, out, resume, report)


def _amounts(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.recipes.amount_adaptation import train_amounts

    train_amounts(data, out, resume, report)


def _amount_folds(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.recipes.amount_adaptation import cross_validate

    cross_validate(data, out, resume, report)


def _ink_number(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.recipes.ink_number import train_ink_number

    train_ink_number(data, out, resume, report)


def _displacement(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.recipes.displacement import train_displacement

    train_displacement(data, out, resume, report)


def _segmentation(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.recipes.segmentation import train_segmentation

    train_segmentation(data, out, resume, report)


def _characters(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.recipes.characters import train_characters

    train_characters(data, out, resume, report)


def _field(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.recipes.field import train_field

    train_field(data, out, resume, report)


def _personal(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.teaching.teach import train_personal

    train_personal(data, out, resume, report)


def _criteria(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.recipes.criteria import study_criteria

    study_criteria(data, out, resume, report)


def _legal(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.recipes.legal import train_legal

    train_legal(data, out, resume, report)


def _lexicon(data: Path, out: Path, resume: bool, report: Report) -> None:
    from recognizer.training.recipes.lexicon import make_lexicon

    make_lexicon(data, out, resume, report)


RECIPES: dict[str, Recipe] = {
    "lenet5": _lenet5,
    "small": _small,
    "amount": _amount,
    "amount-displacement": _amount_displacement,
    "amount-thresholds": _amount_thresholds,
    "amounts": _amounts,
    "amount-folds": _amount_folds,
    "ink-number": _ink_number,
    "displacement": _displacement,
    "segmentation": _segmentation,
    "characters": _characters,
    "field": _field,
    "personal": _personal,
    "criteria": _criteria,
    "legal": _legal,
    "lexicon": _lexicon,
}
