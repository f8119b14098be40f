"""The commands of the window, as a table."""

from tests.stories.person import Person
from ui.commands import TOOL_BAR, WITH_WORDS
from ui.theme.icons import FOLDER


def test_no_two_commands_share_a_key_and_every_icon_is_there(person: Person) -> None:
    keys = [action.shortcut().toString() for _, action in person.commands if not action.shortcut().isEmpty()]
    assert len(keys) == len(set(keys)) > 30
    icons = {command.icon for command, _ in person.commands if command.icon}
    assert len(icons) > 10
    assert icons <= {path.stem for path in FOLDER.glob("*.svg")}


def test_the_tool_bar_holds_commands_that_have_an_icon(person: Person) -> None:
    with_icon = {command.name for command, _ in person.commands if command.icon}
    assert set(TOOL_BAR) - {"-"} <= with_icon
    assert set(WITH_WORDS) <= set(TOOL_BAR)


def enabled(person: Person) -> set[str]:
    return {command.name for command, action in person.commands if action.isEnabled()}


def test_what_can_be_done_follows_what_there_is(person: Person) -> None:
    nothing = enabled(person)
    assert not nothing & {
        "undo",
        "clear",
        "copy_ink",
        "select_all",
        "replay",
        "save",
        "save_as",
        "print",
        "duplicate",
        "mark",
        "to_queue",
    }
    person.draw_number(2)
    person.wait_for_answer()
    assert enabled(person) - nothing == {
        "undo",
        "clear",
        "copy_ink",
        "select_all",
        "replay",
        "save",
        "save_as",
        "save_text",
        "print",
        "remove_leaf",
    }
    person.do("select_all")
    assert {"duplicate", "delete"} <= enabled(person)
    assert person.command("lasso").isChecked()
    person.do("undo")
    person.do("undo")
    assert enabled(person) == nothing | {"redo"}
    person.do("page")
    assert not enabled(person) & {"pen", "eraser", "lasso", "ruled", "cuts", "redo"}


def test_one_thing_at_a_time_is_on_the_sheet(person: Person) -> None:
    person.draw_number(2)
    person.wait_for_answer()
    person.do("cuts")
    assert person.command("cuts").isChecked()
    person.do("eraser")
    assert not person.command("cuts").isChecked()
    assert [name for name in ("pen", "eraser", "lasso") if person.command(name).isChecked()] == ["eraser"]
    person.do("page")
    person.do("mark")
    assert not person.command("mark").isChecked(), "there is no page"
