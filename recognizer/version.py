"""The version of the program: this is the one place that says it."""

from hashlib import sha256

from recognizer.platform import resources_folder

VERSION = "0.1.0"


def with_models() -> str:
    """The version, and a line for each model that comes with it: its name and how its file's SHA-256 begins."""
    models = sorted((resources_folder() / "models").glob("*.safetensors"))
    lines = (f"  {model.stem} {sha256(model.read_bytes()).hexdigest()[:12]}" for model in models)
    return "\n".join([f"Inklattice {VERSION}", *lines])
