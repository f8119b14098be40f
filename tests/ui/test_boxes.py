from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.boxes import FLUSH, in_column, in_row


def test_parts_stand_in_order_with_their_shares_of_the_room(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    first, second, third = (QLabel(text) for text in "abc")
    in_column(first, in_row(second, None, third), 40, of=whole, margins=FLUSH, spacing=5)
    whole.resize(300, 200)
    whole.show()
    assert first.geometry().topLeft().toTuple() == (0, 0)
    assert second.y() == third.y() >= first.height() + 5
    assert (second.x(), third.geometry().right()) == (0, 299)
    assert second.geometry().bottom() <= 200 - 40


def test_the_room_that_is_left_goes_where_it_is_asked_for(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    one, other = QLabel("a"), QLabel("b")
    in_row((one, 1), other, of=whole, margins=(10, 0, 20, 0), spacing=0)
    whole.resize(300, 20)
    whole.show()
    assert (one.x(), other.geometry().right()) == (10, 279)
    assert one.width() > 5 * other.width()
