"""Tables as a paper: what a leader takes to a meeting can be forged as well as a form, so it is recognised in the same way."""

from contracts.base import Frozen
from contracts.portal.papers import PaperKind
from services.portal.papers.rules.parts import Paper


class TableOnPaper(Frozen):
    """One table; the first cell of a row says what the row is about."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class ListingPaper(Paper):
    """What a page of tables shows, in the words of the page."""

    sort: PaperKind
    about: str
    """The title of the page."""
    intro: tuple[str, ...] = ()
    tables: tuple[TableOnPaper, ...]

    @property
    def kind(self) -> PaperKind:
        """What the tables are for."""
        return self.sort
