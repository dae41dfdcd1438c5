"""What goes upward, and the papers that are tables."""

from contracts.base import Predicate
from contracts.portal.papers import PaperKind
from services.portal.papers.rules.listings import ListingPaper, TableOnPaper
from services.portal.papers.rules.parts import Side, Signed
from services.portal.papers.rules.terms import TERMS, UNSIGNED
from services.portal.papers.rules.upward import ChangeOnPaper, CountOnPaper, UpwardPaper
from tests.support.papers.people import AUTHORITY, HEAD, SERVANT, id_of, moment


def upward() -> UpwardPaper:
    """A report with results that are missing, and one that an objection changed."""
    return UpwardPaper(
        head=HEAD,
        subject_id=id_of(17),
        cycle_id=id_of(9),
        about=HEAD.cycle,
        recipient="Pejabat yang Berwenang Kota Dumai",
        issued=11,
        final=9,
        missing=2,
        predicates=tuple(
            CountOnPaper(name=TERMS[Predicate][one.value], count=count)
            for one, count in zip(Predicate, (2, 7, 1, 1, 0), strict=True)
        ),
        missing_states=(CountOnPaper(name=UNSIGNED["OPEN"], count=2),),
        missing_reason="Dua pegawai dalam cuti panjang.",
        changes=(ChangeOnPaper(person=SERVANT, version=2, predicate=Predicate.GOOD, objection_id=id_of(15)),),
        note="Capaian organisasi naik dari semester lalu.",
        reported_at=moment(7, 30),
        signatures=(Signed(side=Side.OFFICE, person=AUTHORITY, at=moment(7, 30)),),
    )


def listing(kind: PaperKind) -> ListingPaper:
    """Two tables, one of them without a row."""
    return ListingPaper(
        head=HEAD.model_copy(update={"cycle": "", "period_start": None, "period_end": None}),
        subject_id=id_of(18),
        cycle_id=id_of(9),
        sort=kind,
        about="Kota dalam angka",
        intro=(HEAD.cycle, "Tahap berjalan sampai 30 Juni 2027"),
        tables=(
            TableOnPaper(
                caption="Organisasi",
                heads=("Unit", "Pegawai", "Terlambat"),
                rows=(("Puskesmas Dumai Kota", "12", "disembunyikan"), ("Dinas Kesehatan", "40", "3 %")),
            ),
            TableOnPaper(caption="Paling lama diam", heads=("Unit", "Sejak"), rows=()),
        ),
    )


LISTINGS = (
    PaperKind.CITY_MEETING,
    PaperKind.PROVINCE_MEETING,
    PaperKind.TEAM,
    PaperKind.CASE,
    PaperKind.LISTING,
)
