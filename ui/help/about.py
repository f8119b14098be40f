"""The about page as Markdown: what the program is, its models with their figures, the data behind them."""

from collections.abc import Iterator
from typing import Any

from recognizer.errors import InputError
from recognizer.networks.card import model_card
from recognizer.platform import model_files
from ui.help.pages import translated_page
from ui.help.versions import VERSION, versions
from ui.language import tr, translated
from ui.locations import RESOURCES

INTRODUCTION = tr(
    "Reads handwriting by graph transformers, and shows the lattice of hypotheses that every answer was chosen from. "
    "The method is that of Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, *Gradient-based learning applied to document recognition*, "
    "Proceedings of the IEEE, 1998."
)

CITATIONS = RESOURCES / "citations.md"


def about() -> str:
    """The whole page."""
    return "\n".join(
        [
            f"# Inklattice {VERSION}\n\n{INTRODUCTION}\n",
            "## " + tr("Models") + "\n",
            *_models(),
            "\n## " + tr("Data") + "\n",
            translated_page(CITATIONS.read_text(encoding="utf-8"), translated),
            "\n## " + tr("This installation") + f"\n\n{versions()}",
        ]
    )


def _models() -> Iterator[str]:
    """A row for each figure that the card of a model tells that the program reads with."""
    yield "| " + " | ".join((tr("model"), tr("learnt from"), tr("measured, not learnt from"))) + " | |"
    yield "|---|---|---|--:|"
    for path in model_files():
        try:
            card = model_card(path)
        except InputError as error:
            yield f"| {path.stem} | {error} | | |"
            continue
        figures = list(card.get("figures", {}).items()) or [("", "")]
        first = (path.stem, str(card.get("data", "")))
        for number, (name, value) in enumerate(figures):
            model = first if number == 0 else ("", "")
            yield f"| {model[0]} | {model[1]} | {name} | {_figure(value)} |"


def _figure(value: Any) -> str:
    """Rates are told in percent."""
    return tr("{share:.1f} %", share=100 * value) if isinstance(value, float) else str(value)
