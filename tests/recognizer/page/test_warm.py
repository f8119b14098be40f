"""Nothing of a cheque is left to compile once all has been compiled ahead."""

import importlib
import pkgutil

import numpy as np

from recognizer import page as room
from recognizer.kernels import Kernel
from recognizer.page import Page, warm
from recognizer.page.fields import find_fields
from recognizer.page.frames import picture_of_inked
from recognizer.page.inked import inked
from recognizer.page.layout import around
from recognizer.page.quality import flaws_of
from recognizer.page.rectify import find_outline
from recognizer.page.segment import segment_inked
from recognizer.page.window import cut_out
from tests.recognizer.writing import write


def _compiled() -> dict[str, int]:
    """How often each kernel of pages has been compiled, for one kind of arrays each time."""
    found = {}
    for module in pkgutil.iter_modules(room.__path__):
        members = vars(importlib.import_module(f"recognizer.page.{module.name}"))
        kernels = {name: member for name, member in members.items() if isinstance(member, Kernel)}
        found |= {f"{module.name}.{name}": len(kernel.compiled.signatures) for name, kernel in kernels.items()}
    return found


def test_after_compiling_ahead_a_page_finds_all_compiled() -> None:
    warm.compile_kernels()
    before = _compiled()
    grey = np.full((500, 1100), 235, np.uint8)
    amount = write("472", 40)
    grey[200 : 200 + amount.shape[0], 700 : 700 + amount.shape[1]] = amount
    assert find_outline(np.pad(grey, 60, constant_values=40)) is not None
    page = Page(grey)
    for patches in find_fields(page.layout).parts[0]:
        window = cut_out(page.grey, page.sheet, page.layout, patches).grey
        ink = inked(window)
        flaws_of(page.grey.shape, window, around(segment_inked(ink).boxes))
        picture_of_inked(ink)
        window[2:4] = 40
        inked(window)
    assert _compiled() == before
