"""Brings the files of languages up to date with the code, and lists what they lack: python -m tests.translations (make translations)."""

import ast
import json
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from ui.help.about import CITATIONS
from ui.help.pages import translated_page
from ui.help.window import STUDY_PAGE
from ui.language import ENGLISH, NAMES, translations

ROOT = Path(__file__).parents[1]
ROOMS = (
    "ink",
    "page",
    "language",
    "networks",
    "readers",
    "batch/processes.py",
    "files.py",
    "pdf.py",
)  # of the recogniser, whose complaints are shown
ERRORS = ("InputError", "NothingToRead", "Blank", "Lost")
NO_TEXTS = {"tr", "plural", "Setting", "TypeVar", "setObjectName"}  # calls whose strings nobody reads
# What the recogniser calls things, and the window shows: stages, layers, criteria, flaws, states of results.
WORDS = (
    *("segmentation", "recognition", "interpretation", "best path", "fields"),
    *("best", "displacement", "joined", "text", "numbers"),
    *("Viterbi", "discriminative Viterbi", "forward", "discriminative forward"),
    *("too dark", "too small", "cut off", "blurred", "upside down", "on its side"),
    *("accepted", "refused", "corrected", "skipped", "failed", "all", "to check", "any picture", "with a flaw"),
    *(f"{layer}, {{0}} maps" for layer in ("input", "convolution", "convolution by table", "subsampling")),
    *(f"{layer}, {{0}} maps" for layer in ("rectification", "squashing", "normalisation", "gate")),
    *(
        f"{layer}, {{0}} units"
        for layer in ("full connection", "distances to codes", "rectification", "squashing", "sum")
    ),
)


def sources() -> list[Path]:
    """The modules of the window."""
    return sorted((ROOT / "ui").rglob("*.py"))


def texts(path: Path) -> list[str]:
    """The texts of a module that `tr` translates; each must be a string as it stands."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
            text = node.args[0]
            assert isinstance(text, ast.Constant), f"{path}, line {node.lineno}: tr() wants a string as it stands"
            found.append(str(text.value))
    return found


def sentences() -> list[str]:
    """The forms of what the recogniser complains of, their fields numbered, and its words."""
    found = list(WORDS)
    rooms = (ROOT / "recognizer" / room for room in ROOMS)
    for path in sorted(file for room in rooms for file in (room.rglob("*.py") if room.is_dir() else [room])):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS and node.args:
                found += [form for form in (_form(node.args[0]),) if form]
    return found


def pages() -> list[str]:
    """The forms of headings and paragraphs of the pages of help, their numbers being fields."""
    found: list[str] = []

    def collect(words: str) -> str:
        fields = count()
        form = re.sub(r"\d+(?:[.,]\d+)*", lambda _number: f"{{{next(fields)}}}", words)
        if re.search(r"[A-Za-z]{2}", form):
            found.append(form)
        return words

    for page in (STUDY_PAGE, CITATIONS):
        translated_page(page.read_text(encoding="utf-8"), collect)
    return found


def _form(node: ast.expr) -> str:
    """A string, or one with fields, which are numbered; nothing where it is made otherwise."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if not isinstance(node, ast.JoinedStr):
        return ""
    fields = iter(range(len(node.values)))
    return "".join(str(part.value) if isinstance(part, ast.Constant) else f"{{{next(fields)}}}" for part in node.values)


def bare(path: Path) -> Iterator[tuple[int, str]]:
    """Strings of a module that look like words for people and are not translated, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from _bare(tree)


def _bare(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in NO_TEXTS:
            return
    if isinstance(node, ast.Assert):
        return
    if isinstance(node, ast.JoinedStr | ast.Constant):
        words = _form(node) if isinstance(node, ast.JoinedStr) or isinstance(node.value, str) else ""
        if re.search(r"[A-Za-z]{2},? [A-Za-z(]|\u2026|&[A-Za-z]|^[A-Z][a-z]+$", re.sub(r"\{\d+\}", "xx", words)):
            yield node.lineno, words
        return
    children = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
        children = [
            child for child in children if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant))
        ]
    if isinstance(node, ast.FunctionDef | ast.arg | ast.AnnAssign):  # types in quotes
        children = [
            child
            for child in children
            if child not in (getattr(node, "returns", None), getattr(node, "annotation", None))
        ]
    for child in children:
        yield from _bare(child)


def wanted() -> dict[str, list[str]]:
    """All that a language must translate, in the order of the files."""
    return {
        "texts": list(dict.fromkeys(text for path in sources() for text in texts(path))),
        "sentences": list(dict.fromkeys([*sentences(), *pages()])),
    }


def main() -> None:
    """Add what is new, drop what is gone, say what has no translation yet."""
    for language in NAMES:
        if language == ENGLISH:
            continue
        path = translations(language)
        known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        now = {part: {key: known.get(part, {}).get(key, "") for key in keys} for part, keys in wanted().items()}
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        missing = [key for part in now.values() for key, told in part.items() if not told]
        print(f"{path.name}: {sum(map(len, now.values()))} texts, {len(missing)} without a translation")
        for key in missing:
            print(f"    {key!r}")


if __name__ == "__main__":
    main()
