"""Rows of papers as the events that tell of them."""

from contracts.portal.papers import PaperKind, PaperMade
from services.portal.papers.models import MadePaper


def paper_made(row: MadePaper) -> PaperMade:
    """A paper was made for the first time."""
    return PaperMade(
        tenant_id=row.tenant_id,
        code=row.code,
        paper=PaperKind(row.kind),
        subject_id=row.subject_id,
        servant_id=row.servant_id,
        cycle_id=row.cycle_id,
        language=row.language,
        content_hash=row.content_hash,
        pdf_hash=row.pdf_hash,
    )
