"""Which file a model is read from: the program's, that of a folder of the user's, or the user's one file in its place."""

from pathlib import Path

from recognizer.errors import InputError
from recognizer.networks.card import model_card
from recognizer.platform import model_file

ENDING = ".safetensors"
# Recipes that are not called as their models are: scans and amounts fit those to somebody's own.
_MADE_BY = {"scan": "scan-displacement", "scans": "scan-displacement", "amounts": "amount-displacement"}


def file_of(model: str, models: Path | None) -> Path:
    """The file of a ``model`` by its name. ``models``: a folder that holds all, or one file, which is used in place of the model of
    its kind; None: those of the program. Raises InputError where that file is no model."""
    if models is None:
        return model_file(model)
    if models.suffix != ENDING:
        return models / f"{model}{ENDING}"
    return models if model_in(models) == model else model_file(model)


def model_in(path: Path) -> str:
    """The name of the model that a file may stand for, by the recipe that made it. Raises InputError where it is none."""
    recipe = model_card(path).get("recipe")
    name = _MADE_BY.get(str(recipe), str(recipe))
    if not model_file(name).exists():
        raise InputError(f"{path} is no model that anything is read with: it was made by the recipe {recipe}.")
    return name
