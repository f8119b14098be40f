from ui.model.current_desk import CurrentDesk
from ui.model.desk import Desk
from ui.model.text.light import Span
from ui.model.viewport import Placement

SIGNALS = ("switched", "changed", "highlighted", "lit", "placed")


def heard(current: CurrentDesk) -> list[str]:
    said: list[str] = []
    for name in SIGNALS:
        getattr(current, name).connect(lambda name=name: said.append(name))
    return said


def stir(desk: Desk) -> None:
    """Everything that a desk tells."""
    desk.show_nothing("sentence")
    desk.highlight.point_at(frozenset({1}))
    desk.light.point_at(Span(0, 0, 1))
    desk.viewport.place(desk.viewport.placement.moved(1, 1))


def test_only_the_desk_that_is_looked_at_is_heard() -> None:
    desks = {"one": Desk("one"), "other": Desk("other")}
    current = CurrentDesk(desks)
    said = heard(current)
    stir(desks["other"])
    assert current.desk is desks["one"]
    assert said == []
    stir(desks["one"])
    assert said == list(SIGNALS[1:])


def test_going_to_another_desk_is_told_first_and_then_all_that_is_another_thereby() -> None:
    desks = {"one": Desk("one"), "other": Desk("other")}
    current = CurrentDesk(desks)
    said = heard(current)
    seen: list[Placement] = []
    current.placed.connect(lambda: seen.append(current.desk.viewport.placement))
    desks["other"].viewport.place(Placement(2.0))
    current.look_at("other")
    assert said == list(SIGNALS)
    assert seen == [Placement(2.0)]
    current.look_at("other")
    assert said == list(SIGNALS)
    said.clear()
    stir(desks["one"])
    assert said == []
