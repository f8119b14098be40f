"""Pages of text that do not lie upright are turned as a person would turn them, who can turn them back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.language import tr
from ui.problems import Offer

if TYPE_CHECKING:
    from recognizer.page import Page
    from ui.model.documents.documents import Documents


def turn_upright(
    documents: "Documents", offer: Callable[[Offer], None], _kind: str, page: "Page", quarters: int
) -> None:
    """Turn a page that is still looked at so many quarters to the right, say so, and offer to turn it back."""
    pages = documents.pages
    if page is not pages.page:
        return
    documents.turn(quarters)
    turned = pages.page

    def turn_back() -> None:
        if pages.page is turned:
            documents.turn(-quarters)

    lay = (
        tr("The page lay upside down and was turned.")
        if quarters == 2
        else tr("The page lay on its side and was turned.")
    )
    offer(Offer(lay, ((tr("Turn it back"), turn_back), (tr("Close"), lambda: None))))
