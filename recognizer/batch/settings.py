"""What the pages of a batch are read with, the same on every machine that reads some."""

from dataclasses import dataclass
from hashlib import sha256

from recognizer.platform import model_files
from recognizer.readers.catalog import Kind
from recognizer.version import VERSION

READ = "recognizer.batch.pages:read_pages"


@dataclass(frozen=True)
class Settings:
    """What was chosen for a batch, and what reads it; results of different ones do not go into one folder."""

    kind: Kind | None = None  # what the pages show; None: seen from each
    max_error: float | None = None  # share of wrong answers that may be accepted; None: the usual one
    country: str | None = None  # that amounts are written as in
    page_seconds: float = 60.0  # that a page may take
    page_memory: float = 4.0  # GB that reading may take
    models: str = ""  # see `models_now`
    read: str = READ  # the function that reads a file's bytes, as `pkgutil.resolve_name` takes it


def models_now() -> str:
    """The version of the program and of all its models, as they are on this machine."""
    digests = (sha256(path.read_bytes()).hexdigest() for path in model_files())
    return f"{VERSION} {sha256(' '.join(digests).encode()).hexdigest()[:12]}"
