"""The user's personal models as files of one folder: named, exported, deleted so that they can be had back."""

import os
from pathlib import Path

from recognizer.errors import InputError
from recognizer.files import write_file
from ui.language import tr
from ui.model.keeping import EARLIER, keep_earlier

ENDING = ".safetensors"
FORBIDDEN = frozenset('/\\:*?"<>|')


def personal_models(folder: Path) -> list[Path]:
    """Those that there are, by name."""
    return sorted(folder.glob(f"*{ENDING}"), key=lambda path: path.stem.casefold())


def path_of(folder: Path, name: str) -> Path:
    """The file of a model of this name. Raises InputError where no file can be called so."""
    name = " ".join(name.split())
    if not name or name.startswith(".") or FORBIDDEN & set(name) or not name.isprintable() or len(name) > 60:
        raise InputError(tr("Choose a name of letters, digits and spaces for the model."))
    return folder / f"{name}{ENDING}"


def delete(path: Path) -> None:
    """Put a model aside; `restore` brings it back. Raises OSError."""
    os.replace(path, path.with_name(path.name + EARLIER))


def restore(path: Path) -> bool:
    """Bring the last version of a model back; was there any? Raises OSError."""
    earlier = path.with_name(path.name + EARLIER)
    if not earlier.exists():
        return False
    os.replace(earlier, path)
    return True


def rename(path: Path, name: str) -> Path:
    """Another name, which no other model may have. Raises InputError, OSError."""
    new = path_of(path.parent, name)
    if new.exists() and new != path:
        raise InputError(tr("There is a model {stem} already: choose another name.", stem=new.stem))
    os.replace(path, new)
    return new


def export(path: Path, to: Path) -> None:
    """Copy a model to a place of the user's. Raises InputError, OSError."""
    write_file(to, path.read_bytes())


def import_model(source: Path, folder: Path) -> Path:
    """Take a model in under the name of its file. Raises InputError where it is none of ours, OSError."""
    from recognizer.readers.personal import load_personal

    load_personal(source)
    target = path_of(folder, source.stem)
    keep_earlier(target)
    write_file(target, source.read_bytes(), private=True)
    return target
