"""Damaged files without end, over everything that loads one: python -m tests.fuzz MINUTES FOLDER, best of all in a folder in memory.

Goes on where it was ended, by whatever. FOLDER/counts.json says how many files of each loader were tried; of each kind of fault
FOLDER/findings keeps the first file and what came of it. A process that a file ends (it hangs, it eats all memory, it breaks
machine code) is told of at its next start. Ends with 1 where anything was found.
"""

import faulthandler
import json
import os
import sys
import time
import traceback
from itertools import cycle
from pathlib import Path

from tests.fuzz.loaders import LOADERS
from tests.fuzz.trials import Trials

BATCH = 1000  # files of a loader before it is the next one's turn
BATCH_SECONDS = 6.0


class Campaign:
    """What was tried so far, and what was found."""

    def __init__(self, folder: Path) -> None:
        self._counts, self._findings = folder / "counts.json", folder / "findings"
        self._tried = folder / "tried"
        for made in (self._findings, self._tried):
            made.mkdir(parents=True, exist_ok=True)
        self.counts: dict[str, int] = json.loads(self._counts.read_text()) if self._counts.exists() else {}
        self._trials: dict[str, Trials] = {}
        for left in [file for file in self._tried.iterdir() if file.is_file() and file.suffix[1:].isdigit()]:
            self._keep(left.name, left.read_bytes(), "It ended the process.")
            name = left.stem.replace("_", " ")
            self.counts[name] = max(self.counts.get(name, 0), int(left.suffix[1:]) + 1)
            left.unlink()

    def batch(self, name: str) -> None:
        """The next files of a loader."""
        if name not in self._trials:
            self._trials[name] = Trials(name, self._tried)
        trials, first = self._trials[name], self.counts.get(name, 0)
        end = time.monotonic() + BATCH_SECONDS
        for number in range(first, first + BATCH):
            fault = trials.fault(number)
            self.counts[name] = number + 1
            if fault is not None:
                told = "".join(traceback.format_exception(fault))
                self._keep(f"{name} {_kind(fault)}".replace(" ", "_"), trials.damaged(number), f"{number}: {told}")
            if time.monotonic() > end:
                break
        helper = self._counts.with_suffix(".new")
        helper.write_text(json.dumps(self.counts, indent=1))
        os.replace(helper, self._counts)

    def _keep(self, name: str, data: bytes, told: str) -> None:
        if not (self._findings / name).exists():
            (self._findings / name).write_bytes(data)
            (self._findings / f"{name}.txt").write_text(told)
            print(f"{name}: {told}", flush=True)


def _kind(fault: Exception) -> str:
    """Faults of a kind come from one place in one way."""
    frames = traceback.extract_tb(fault.__traceback__)
    return (
        f"{type(fault).__name__} {Path(frames[-1].filename).stem} {frames[-1].lineno}"
        if frames
        else type(fault).__name__
    )


def main(minutes: float, folder: Path) -> int:
    campaign, end = Campaign(folder), time.monotonic() + 60 * minutes
    for name in cycle(LOADERS):
        if time.monotonic() > end:
            break
        campaign.batch(name)
    faulthandler.cancel_dump_traceback_later()
    kinds = len(list((folder / "findings").glob("*.txt")))
    print(f"{sum(campaign.counts.values())} files, {kinds} kinds of faults")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), Path(sys.argv[2])))
