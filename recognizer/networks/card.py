"""What a model's file says of itself, read without the network."""

import json
from pathlib import Path
from typing import Any

from recognizer.errors import InputError


def model_card(path: Path) -> dict[str, Any]:
    """Recipe, data, figures and more, as `store.save_model` wrote them. Raises InputError where the file holds none."""
    try:
        with path.open("rb") as file:  # safetensors: the length of the header in 8 bytes, then the header as JSON
            header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        card: dict[str, Any] = json.loads(header["__metadata__"]["card"])
    except OSError as error:
        raise InputError(f"The model {path} cannot be read: {error.strerror or error}.") from error
    except (KeyError, TypeError, ValueError, MemoryError, OverflowError) as error:
        raise InputError(f"{path} is no model of this program: {error}.") from error
    return card
