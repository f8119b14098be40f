"""The command line of ``batch``; nothing that it needs is imported before it is used."""

import argparse
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from recognizer.argument_types import count, country, positive, share
from recognizer.batch.columns import FORMATS
from recognizer.language.money import COUNTRIES
from recognizer.readers.catalog import Kind


def add_batch(commands: Any, kinds: Mapping[str, Kind]) -> None:
    """Add the command to a parser's ``commands``; ``kinds``: what files may be said to hold."""
    batch: argparse.ArgumentParser = commands.add_parser(
        "batch", help="read millions of files on all cores or a cluster, going on after any interruption"
    )
    batch.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help="a file, folder, glob or URL (s3://, gs://, sftp://), @LIST for a file of such, - for the standard input; "
        "none: take what was decided in the window into the results of --out",
    )
    batch.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="where results go, and are gone on with"
    )
    batch.add_argument("--as", dest="kind", choices=kinds, help="what the files hold (default: seen from each)")
    where = batch.add_mutually_exclusive_group()
    where.add_argument(
        "--workers", type=count, metavar="N", help="processes of this machine (default: one for each core)"
    )
    where.add_argument("--scheduler", metavar="ADDRESS", help="a scheduler of dask.distributed, as tcp://host:8786")
    batch.add_argument(
        "--max-error", type=share, metavar="RATE", help="accept what is expected to be wrong this rarely"
    )
    batch.add_argument(
        "--country", type=country, choices=COUNTRIES, help="amounts are written as they are there (default: anywhere)"
    )
    batch.add_argument("--format", choices=FORMATS, help="how results are written (default: parquet)")
    batch.add_argument("--watch", action="store_true", help="go on with what arrives, until stopped")
    batch.add_argument("--page-seconds", type=positive, default=60.0, metavar="S", help="a page may take (default: 60)")
    batch.add_argument("--page-memory", type=positive, default=4.0, metavar="GB", help="a page may take (default: 4)")
    batch.add_argument("--json", action="store_true", help="the summary as one object")
    batch.set_defaults(run=partial(_run, kinds))


def _run(kinds: Mapping[str, Kind], options: argparse.Namespace) -> int:
    from recognizer.batch.run import run

    options.kind = kinds[options.kind] if options.kind else None
    return run(options)
