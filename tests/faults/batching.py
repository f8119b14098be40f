"""A batch of fake pages whose parts are written every fifth of a second: python -m tests.faults.batching FOLDER OUT."""

import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from recognizer.batch import results
from recognizer.batch.run import run_with
from recognizer.errors import InputError
from tests.recognizer.batch.fakes import FAKE


def main(folder: str, out: str) -> int:
    results.MOST_SECONDS = 0.2
    options = Namespace(
        sources=[folder], out=Path(out), format="jsonl", workers=2, scheduler=None, watch=False, json=False
    )
    try:
        return run_with(options, replace(FAKE, page_seconds=20.0))
    except (InputError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
