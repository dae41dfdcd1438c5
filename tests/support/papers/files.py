"""A person's own file."""

from datetime import date
from decimal import Decimal

from contracts.base import Predicate, Rating
from services.portal.papers.rules.files import EntryInFile, FilePaper, LookedInFile, ResultInFile
from services.portal.papers.rules.terms import RECORDS, STATES
from tests.support.papers.people import AUTHORITY, HEAD, RATER, SERVANT, id_of, moment, words


def file() -> FilePaper:
    """A file with two cycles."""
    first = ResultInFile(
        cycle="Siklus semester II 2026",
        period_start=date(2026, 7, 1),
        period_end=date(2026, 12, 31),
        result_rating=Rating.MEETS,
        behaviour_rating=Rating.MEETS,
        predicate=Predicate.GOOD,
        local_score=Decimal("91.2"),
        final=True,
    )
    second = first.model_copy(
        update={"cycle": HEAD.cycle, "period_start": HEAD.period_start, "period_end": HEAD.period_end, "final": False}
    )
    return FilePaper(
        head=HEAD.model_copy(update={"cycle": "", "period_start": None, "period_end": None}),
        subject_id=SERVANT.id or id_of(1),
        servant_id=SERVANT.id,
        servant=SERVANT,
        as_of=moment(8, 9),
        results=(first, second),
        strengths=(words("Komunikasi", "Communication"),),
        areas=(words("Kelengkapan catatan harian", "Completeness of the daily log"),),
        improved=(words("Kunjungan rumah", "Visits at home"),),
        declined=(words("Kerja sama tim", "Teamwork"),),
        entries=(
            EntryInFile(
                at=moment(8, 3),
                record=RECORDS["OBJECTION"],
                cycle=HEAD.cycle,
                by=AUTHORITY.name,
                state=STATES["AMENDED"],
            ),
            EntryInFile(at=moment(5, 2), record=RECORDS["FEEDBACK"], cycle=HEAD.cycle, by=RATER.name),
        ),
        looked=(LookedInFile(on=date(2027, 8, 4), reader=AUTHORITY.name, record=RECORDS["RESULT"], times=3),),
    )
