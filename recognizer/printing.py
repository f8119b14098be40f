"""What the command line prints."""

import json
import sys
from typing import Any

from recognizer.errors import InputError
from recognizer.figures import lines_of
from recognizer.files import printable


def survive_odd_file_names() -> None:
    """A name that the terminal's encoding lacks is printed escaped, and ends nothing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def sentence_of(error: InputError | OSError) -> str:
    """What an error says."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}."
    return str(error)


def print_answer(answer: dict[str, Any], as_json: bool) -> None:
    """An answer of ``read``, as one object on a line or in plain words; why there is none goes to stderr."""
    if as_json:
        print(json.dumps(answer), flush=True)
        return
    name = printable(answer["file"]) + _place(answer)
    if "error" in answer:
        print(f"{name}: {printable(answer['error'])}", file=sys.stderr)
        return
    if "blank" in answer:
        print(f"{name}: blank", flush=True)
        return
    print(f"{name}: {answer['text']}")
    if "unread" in answer:
        print(f"    lines left unread, as what stands above does not look like writing: {answer['unread']}")
    if "value" in answer:
        print(f"    value {answer['value']}{' ' + answer['currency'] if answer['currency'] else ''}")
    if "lines" in answer:
        _print_doubts(answer)
    else:
        _print_confidence(answer)
    if "flaws" in answer:
        turned = ", and was turned before it was read" if "turned" in answer else ""
        print(f"    the picture is {', '.join(answer['flaws'])}{turned}", flush=True)


def _place(answer: dict[str, Any]) -> str:
    """Where in its file it stands. Cheques on one picture are no pages to who has laid them there."""
    page, cheque = answer.get("page"), answer.get("cheque")
    places = [f"page {page}"] * (page is not None and page != cheque) + [f"cheque {cheque}"] * (cheque is not None)
    return f" ({', '.join(places)})" if places else ""


def _print_confidence(answer: dict[str, Any]) -> None:
    """How sure the reading of anything but a page of text is, and what else it may say."""
    print(f"    confidence {answer['confidence']:.1%}, {'accepted' if answer['accepted'] else 'refused'}")
    others = [f"{each['text']} {each['confidence']:.1%}" for each in answer["alternatives"][1:]]
    print(f"    alternatives: {', '.join(others) or 'none'}", flush=True)


def _print_doubts(answer: dict[str, Any]) -> None:
    """How sure each line of a page of text is, and which words are doubtful."""
    doubts = 0
    for number, line in enumerate(answer["lines"], 1):
        doubtful = [f"{word['text']} {word['confidence']:.1%}" for word in line["words"] if word["doubtful"]]
        doubts += len(doubtful)
        print(f"    line {number}: {line['confidence']:.1%}{', doubtful: ' if doubtful else ''}{', '.join(doubtful)}")
    print(f"    {doubts} of {sum(len(line['words']) for line in answer['lines'])} words are doubtful", flush=True)


def print_figures(figures: dict[str, Any], as_json: bool) -> None:
    """What was measured, likewise."""
    if as_json:
        print(json.dumps(figures), flush=True)
        return
    print(*lines_of(figures), "", sep="\n", flush=True)
