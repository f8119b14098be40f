"""What a model's file says of itself, read without the network."""

import json
from pathlib import Path
from typing import Any

from recognizer.errors import InputError
from recognizer.files import check_file

MAX_MODEL_BYTES = 500_000_000
MAX_HEADER_BYTES = 10_000_000


def model_card(path: Path) -> dict[str, Any]:
    """Recipe, data, figures and more, as `store.save_model` wrote them. Raises InputError where the file holds none."""
    check_file(path, MAX_MODEL_BYTES)
    try:
        with path.open("rb") as file:  # safetensors: the length of the header in 8 bytes, then the header as JSON
            header = json.loads(file.read(min(int.from_bytes(file.read(8), "little"), MAX_HEADER_BYTES)))
        card = json.loads(header["__metadata__"]["card"])
    except OSError as error:
        raise InputError(f"The model {path} cannot be read: {error.strerror or error}.") from error
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise InputError(f"{path} is no model of this program: {error}.") from error
    if not isinstance(card, dict):
        raise InputError(f"{path} is no model of this program: its card is no table.")
    return card
