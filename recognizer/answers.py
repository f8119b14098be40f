"""What the command line says of a reading."""

import json
import sys
from typing import Any

from recognizer.files import printable


def print_answer(answer: dict[str, Any], as_json: bool) -> None:
    """Print what is known of a source, or why nothing is, on a line of JSON or on several for people."""
    if as_json:
        print(json.dumps(answer), flush=True)
        return
    name = printable(answer["file"]) + (f" (page {answer['page']})" if "page" in answer else "")
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


def _print_confidence(answer: dict[str, Any]) -> None:
    """How sure the reading of anything else is, and what else it may say."""
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
