"""Screenshots of help: first steps, the manual, keys, the study, models, licences."""

from tests.screenshots.scene import Scene, State
from tests.ui.fakes import fake_kinds
from ui.window import Window


def scene() -> Scene:
    """Someone looks through the menu of help; nothing is read."""
    return Scene(fake_kinds(), states)


def states(window: Window) -> list[State]:
    """Each page once, the study from top to bottom."""
    do = {
        name: window.actions_[name].trigger for name in ("welcome", "manual", "shortcuts", "study", "licences", "about")
    }

    def search() -> None:
        do["shortcuts"]()
        window.help.shown.pages["shortcuts"].search.setText("lattice")

    def search_manual() -> None:
        do["manual"]()
        window.help.shown.pages["manual"].search.setText("queue")

    def scroll(share: float) -> None:
        do["study"]()
        bar = window.help.shown.pages["study"].verticalScrollBar()
        bar.setValue(round(share * bar.maximum()))

    return [
        ("welcome", do["welcome"]),
        ("manual", do["manual"]),
        ("manual-search", search_manual),
        ("shortcuts", do["shortcuts"]),
        ("search", search),
        *((f"study-{tenth}", lambda tenth=tenth: scroll(tenth / 10)) for tenth in (0, 4, 5, 6, 8, 10)),
        ("licences", do["licences"]),
        ("about", do["about"]),
    ]
