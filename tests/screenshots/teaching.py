"""Screenshots of teaching: corrections, what learning them has changed, words to write, and cuts on the ink."""

from PySide6.QtWidgets import QApplication

from recognizer.training.synthesis.rehearsal import MEASURED, rehearsal
from tests.screenshots.scene import SAMPLES, Scene, State
from ui.inspect.learning import LearningPage
from ui.model.ink.document import strokes_of
from ui.model.readers import KINDS
from ui.model.teach.collection import Correction
from ui.teach.dialog import TeachDialog
from ui.teach.wizard import Wizard
from ui.window import Window


def scene() -> Scene:
    """Someone corrects words of nobody's hand, with the readers that ship."""
    return Scene(KINDS, states)


def states(window: Window) -> list[State]:
    """From no correction to a personal model; then cuts, and one step of training on trial."""
    return [
        ("none", window.teaching.open),
        ("corrections", lambda: (_correct(window), window.teaching.open())),
        ("taught", lambda: _teach(window)),
        ("words", lambda: _write(window)),
        ("cuts", lambda: _cut(window)),
        ("step", lambda: _step(window)),
        ("alone", lambda: (window.actions_["pen"].trigger(), window.actions_["lattice_alone"].trigger())),
    ]


def _correct(window: Window) -> None:
    for ink, text in rehearsal(MEASURED)[:9]:
        window.bench.collection.add(Correction(ink.scaled(1 / 8), text[:-1] + "r", text))


def _teach(window: Window) -> None:
    window.teaching.open()
    _dialog(window, TeachDialog).teach.click()


def _write(window: Window) -> None:
    window.teaching.practise()
    wizard = _dialog(window, Wizard)
    wizard.document.replace(strokes_of(rehearsal(MEASURED)[0][0].scaled(0.2).translated(60, 40)))


def _cut(window: Window) -> None:
    window.files.open([SAMPLES / "text-liquor-jugs.inkml"])
    window.actions_["cuts"].trigger()
    window.panes.cuts.choose(5)


def _step(window: Window) -> None:
    page = window.findChild(LearningPage)
    window.panes.inspector.tabs.setCurrentWidget(page)
    page.line.setText(window.bench.desk.answer.reading.alternatives[1].text)
    page.ask()


def _dialog(window: Window, kind: type) -> object:
    """Once it is open."""
    while True:
        QApplication.processEvents()
        found = [each for each in window.findChildren(kind) if each.isVisible()]
        if found:
            return found[0]
