"""What a page of tables is made of, and the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.portal.web.rendering import Html
from services.portal.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Link:
    """A cell or a line that leads on."""

    text: str
    path: str


Cell = str | int | float | Link | None
"""None is hidden: it would be about too few people."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One table; the first cell of a row says what the row is about."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def tables_page(
    visit: Visit,
    title: str,
    listings: Sequence[Listing],
    *,
    section: str,
    back: Link,
    intro: Sequence[str] = (),
    links: Sequence[Link] = (),
    files: str = "",
    paper: str = "",
) -> Html:
    """``links`` lead on; ``files`` is the address of the same as a file, before its dot, and ``paper`` that of the PDF."""
    return visit.page(
        "listings/listings.html",
        title,
        section=section,
        listings=listings,
        back=back,
        intro=intro,
        links=links,
        files=files,
        paper=paper,
    )


def percent(value: int | None) -> str | None:
    """``87 %``; what is hidden stays so."""
    return None if value is None else f"{value} %"
