"""The pictures of the manual, from those that `make screenshots` has taken: python -m tests.screenshots.manual SCREENSHOTS FOLDER."""

import sys
from pathlib import Path

from PIL import Image

PICTURES = {"empty": "write-*-empty", "read": "write-*-read", "alternatives": "write-*-alternatives"} | {
    "queue": "documents-*-queue-cheque",
}
COLOURS = 96  # which is enough for a window, and a third of the file


def main() -> None:
    """Each in light colours and at 100 %, small."""
    taken, folder = map(Path, sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    for name, pattern in PICTURES.items():
        (path,) = taken.glob(f"en-100-1180x760/{pattern}-light.png")
        Image.open(path).convert("RGB").quantize(COLOURS).save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
