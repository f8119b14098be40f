"""The command line: read, evaluate, train, lattice, bench. Never imports Qt, and nothing heavy before it is needed."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from recognizer.answers import Choices, answer_of, answers, load_reader, read_with
from recognizer.argument_types import count, country, share
from recognizer.bar import Bar, ReadingBar, say
from recognizer.batch.arguments import add_batch
from recognizer.errors import InputError
from recognizer.files import check_writable, printable, write_file
from recognizer.interrupt import STOPPED, interruptible, keeping
from recognizer.kernels import tell_of_compiling
from recognizer.language.money import COUNTRIES
from recognizer.printing import print_answer, print_figures, sentence_of, survive_odd_file_names
from recognizer.readers.catalog import SYSTEMS, Kind
from recognizer.transcripts import FORMATS
from recognizer.version import PrintVersion

if TYPE_CHECKING:
    from recognizer.ink import Ink
    from recognizer.page import Page
    from recognizer.readers.reading import Reading
    from recognizer.transcripts import Transcript

# What the command line calls the kinds of readers; text may be ink or on an image.
KINDS: dict[str, Kind] = {"text": "text", "ink": "text", "number": "number", "amount": "amount", "cheque": "cheque"}
COMMANDS = ("read", "batch", "evaluate", "train", "lattice", "bench")


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand; the exit status is 0, or 1 where something given could not be used, or 2 for wrong usage."""
    survive_odd_file_names()
    options = argparse.Namespace(command="inklattice")
    try:
        _parser().parse_args(arguments, options)
        tell_of_compiling(say)
        with interruptible(f"{options.command}: Stopped."):
            status = int(options.run(options))
            sys.stdout.flush()
        return status
    except BrokenPipeError:  # who reads what is printed has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (InputError, OSError) as error:
        print(f"{options.command}: {printable(sentence_of(error))}", file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:  # of training and experiments; a bundle leaves them out
        print(f"{options.command}: This needs {error.name}, which is not installed here; see README.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return STOPPED


def demonstrate(samples: Path, out: Path) -> int:
    """Read the first line of text and the first scanned amount among the samples; their lattices go to ``out``."""
    from recognizer.readers.sources import kind_of, sources_in

    for file in (min(samples.glob("text-*.inkml")), min(samples.glob("*.png"))):
        drawing = out / f"{file.stem}.svg"
        source = sources_in(file)[0]
        reading = load_reader(kind_of(source), Choices()).read(source)
        _write_lattice(reading, source, drawing)
        print_answer({"file": file.name} | answer_of(reading), as_json=False)
        print(f"    lattice: {drawing}")
    return 0


def _read(options: argparse.Namespace) -> int:
    if (options.format is None) != (options.out is None):
        raise InputError("--format says how a transcript is written and --out where: give both or none.")
    if not options.out:
        return int(_read_each(options, None))
    from recognizer.transcripts import write

    check_writable(options.out)
    transcripts: list[Transcript] = []
    with keeping(partial(_write_so_far, transcripts, options)):
        failed = _read_each(options, transcripts)
    write(transcripts, options.format, options.out)
    return int(failed)


def _read_each(options: argparse.Namespace, transcripts: "list[Transcript] | None") -> bool:
    """Print what is read of each file, and add it to ``transcripts``; whether something could not be read."""
    failed, choices, bar = False, _choices(options), ReadingBar(len(options.files))
    for file in options.files:
        bar.open()
        for answer in answers(file, choices, bar.turn_to, bar.go_to, transcripts):
            failed |= "error" in answer
            bar.clear()
            print_answer(answer, options.json)
    bar.clear()
    return failed


def _write_so_far(transcripts: "list[Transcript]", options: argparse.Namespace) -> str:
    """Write the pages that are read, and return what is said of that; the last is not yet read where it has no text."""
    from recognizer.transcripts import write

    read = [*transcripts[:-1], *(each for each in transcripts[-1:] if each.lines)]
    try:
        write(read, options.format, options.out)
    except (InputError, OSError) as error:
        return f"read: {printable(sentence_of(error))}"
    return f"read: {printable(str(options.out))} holds the pages that were read before, {len(read)} of them."


def _evaluate(options: argparse.Namespace) -> int:
    from pkgutil import resolve_name

    from recognizer import comparison
    from recognizer.training.evaluation.tasks import TASKS, Options

    tasks = TASKS | comparison.TASKS
    _check_choice("task", options.task, tasks)
    bar = Bar(options.task)
    evaluate = resolve_name(tasks[options.task])
    figures = evaluate(
        _existing(options.data),
        Options(options.system, options.lexicon, options.country, options.split, options.limit, bar),
    )
    bar.clear()
    print_figures({"task": options.task} | figures, options.json)
    return 0


def _train(options: argparse.Namespace) -> int:
    from recognizer.training.recipes import RECIPES

    _check_choice("recipe", options.recipe, RECIPES)
    recipe = RECIPES[options.recipe]
    check_writable(options.out or recipe.out)
    recipe.train(_existing(options.data), options.out, options.resume, lambda line: print(line, flush=True))
    print(f"Written to {options.out or recipe.out}.", flush=True)
    return 0


def _lattice(options: argparse.Namespace) -> int:
    from recognizer.ink import Ink
    from recognizer.readers.lines import lines_of
    from recognizer.readers.sources import kind_of, sources_in, suited

    if options.out.suffix not in (".svg", ".dot", ".json"):
        raise InputError(f"A lattice is written as .svg, .dot or .json, not as {options.out.name}.")
    check_writable(options.out)
    choices = _choices(options)
    sources = sources_in(options.file, choices.kind)
    first = sources[0]
    parts, what = (lines_of(first), "lines") if isinstance(first, Ink) else (sources, "pages")
    if len(parts) > 1:
        print(f"lattice: {options.file} has {len(parts)} {what}; the first is drawn.", file=sys.stderr)
    kind = suited(choices.kind, parts[0]) if choices.kind else kind_of(parts[0])
    bar = ReadingBar(1)
    bar.open()
    reading, source = read_with(load_reader(kind, choices), parts[0], bar.go_to)
    bar.clear()
    _write_lattice(reading, source, options.out)
    return 0


def _bench(options: argparse.Namespace) -> int:
    from importlib import import_module

    from recognizer.bench import BENCHES

    if options.name:
        _check_choice("benchmark", options.name, BENCHES)
    for name in [options.name] if options.name else BENCHES:
        print_figures({"bench": name} | import_module(f"recognizer.bench.{name}").run(), options.json)
    return 0


def _choices(options: argparse.Namespace) -> Choices:
    given = {each.name: getattr(options, each.name, None) for each in fields(Choices)}
    return Choices(**given | {"kind": KINDS[options.kind] if options.kind else None})


def _write_lattice(reading: "Reading", source: "Ink | Page", out: Path) -> None:
    from recognizer.readers.chosen_field import amount_reading
    from recognizer.readers.drawing import as_svg
    from recognizer.readers.export import as_dot, as_json

    write = {
        ".svg": lambda: as_svg(amount_reading(reading), source),
        ".dot": lambda: as_dot(amount_reading(reading)),
        ".json": lambda: as_json(reading),
    }[out.suffix]
    write_file(out, write().encode())


# ---------------------------------------------------------------- checking


def _existing(path: Path) -> Path:
    if not path.exists():
        raise InputError(f"There is nothing at {path}.")
    return path


def _check_choice(what: str, name: str, choices: Iterable[str]) -> None:
    if name not in choices:
        raise InputError(f"There is no {what} {name!r}; there are {', '.join(sorted(choices))}.")


# ---------------------------------------------------------------- arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Read handwriting, and show the lattice of hypotheses that the answer was chosen from. "
        "Without an argument the application opens; --self-test reads the samples, and the exit status says whether rightly.",
    )
    parser.add_argument("--version", action=PrintVersion, nargs=0, help="the version of the program and of its models")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    read = commands.add_parser("read", help="read files: ink (InkML) or images (PNG, JPEG, TIFF, WebP, HEIC, BMP, PDF)")
    read.add_argument("files", type=Path, nargs="+", metavar="FILE")
    read.add_argument("--as", dest="kind", choices=KINDS, help="what the files hold (default: seen from each file)")
    read.add_argument("--max-error", type=share, metavar="RATE", help="accept what is expected to be wrong this rarely")
    read.add_argument("--personal", type=Path, metavar="FILE", help="a personal model to read text with")
    read.add_argument("--format", choices=FORMATS, help="how pages of text are written to the file --out")
    read.add_argument("--out", type=Path, metavar="FILE", help="where that goes; missing folders are made")
    read.set_defaults(run=_read)

    add_batch(commands, KINDS)

    evaluate = commands.add_parser("evaluate", help="measure a reader or a network on labelled data")
    evaluate.add_argument(
        "task",
        metavar="TASK",
        help="mnist, amounts, cheques, ink-numbers, chars, words, lines, scans, page-lines, comparison",
    )
    evaluate.add_argument("--data", type=Path, required=True, metavar="PATH", help="folder or file of the data set")
    evaluate.add_argument("--split", default="val", metavar="NAME", help="part of the data, or all (default: val)")
    evaluate.add_argument("--limit", type=count, metavar="N", help="measure the first N samples only")
    evaluate.set_defaults(run=_evaluate)

    train = commands.add_parser("train", help="train a model")
    train.add_argument("recipe", metavar="RECIPE", help="an unknown name lists what there is")
    train.add_argument("--data", type=Path, required=True, metavar="PATH", help="folder of the data sets")
    train.add_argument("--out", type=Path, metavar="FILE", help="where the model goes (default: where readers look)")
    train.add_argument("--resume", action="store_true", help="go on from the checkpoint beside FILE")
    train.set_defaults(run=_train)

    lattice = commands.add_parser("lattice", help="write the graph of hypotheses behind an answer")
    lattice.add_argument("file", type=Path, metavar="FILE")
    lattice.add_argument("--as", dest="kind", choices=KINDS, help="what the file holds (default: seen from it)")
    lattice.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="ends in .svg, .dot or .json; missing folders are made"
    )
    lattice.set_defaults(run=_lattice)

    bench = commands.add_parser("bench", help="time the parts that must be fast")
    bench.add_argument("name", nargs="?", metavar="NAME", help="one of them (default: all)")
    bench.set_defaults(run=_bench)
    for each in (read, evaluate, lattice):
        _add_reading_options(each)
    for each in (read, lattice):
        each.add_argument("--models", type=Path, metavar="PATH", help="your own models: a folder, or one file")
    for each in (read, evaluate, bench):
        each.add_argument("--json", action="store_true", help="one object a line")
    return parser


def _add_reading_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--system", choices=SYSTEMS, help="how recognition graphs are made (default: the best way)")
    parser.add_argument("--lexicon", metavar="FILE|none", help="words to read text with (default: English)")
    parser.add_argument("--country", type=country, choices=COUNTRIES, help="amounts are written as they are there")
