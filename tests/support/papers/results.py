"""Results, before and after an objection, and the decision of it."""

from decimal import Decimal

from contracts.base import OrgPerformance, Predicate, Rating
from contracts.feedback.objections import ObjectionOutcome
from services.portal.papers.rules.evaluations import (
    DecidedOnPaper,
    ObjectionOnPaper,
    ObjectionPaper,
    OutcomeOnPaper,
    ResultPaper,
    SetAnew,
    StatementOnPaper,
)
from services.portal.papers.rules.parts import Side, Signed
from tests.support.papers.people import AUTHORITY, HEAD, RATER, SERVANT, id_of, moment, words
from tests.support.papers.plans import _PROOF

_ABOVE = OutcomeOnPaper(
    version=2,
    result_rating=Rating.ABOVE,
    behaviour_rating=Rating.MEETS,
    predicate=Predicate.GOOD,
    local_score=Decimal("103.00"),
)
_BELOW = OutcomeOnPaper(
    version=1,
    result_rating=Rating.BELOW,
    behaviour_rating=Rating.MEETS,
    predicate=Predicate.NEEDS_IMPROVEMENT,
    local_score=Decimal("88.40"),
)


def result() -> ResultPaper:
    """Form D.1.1."""
    return ResultPaper(
        head=HEAD,
        subject_id=id_of(12),
        servant_id=SERVANT.id,
        cycle_id=id_of(9),
        servant=SERVANT,
        rater=RATER,
        authority=AUTHORITY,
        organisation=OrgPerformance.GOOD,
        outcome=_ABOVE.model_copy(update={"version": 1}),
        strengths=(words("Kunjungan rumah", "Visits at home"), words("Komunikasi", "Communication")),
        areas=(words("Kelengkapan catatan harian", "Completeness of the daily log"),),
        note="Diikutsertakan pada pelatihan perawatan paliatif.",
        taken_over=("Penyusunan profil puskesmas: diambil alih karena perubahan penugasan",),
        issued_at=moment(7, 14),
        received_at=moment(7, 20),
        deemed=True,
        receipt_note="Saya menerima dan akan mengajukan keberatan.",
        final_at=moment(8, 9),
        signatures=(
            Signed(side=Side.SERVANT, person=SERVANT, at=moment(7, 20)),
            Signed(side=Side.RATER, person=RATER, at=moment(7, 14)),
        ),
    )


def result_by_superior() -> ResultPaper:
    """Form D.1.2."""
    signatures = (
        Signed(side=Side.SERVANT, person=SERVANT, at=None),
        Signed(side=Side.AUTHORITY, person=AUTHORITY, at=moment(8, 18)),
    )
    return result().model_copy(update={"by_superior": True, "subject_id": id_of(13), "signatures": signatures})


def result_after_objection() -> ResultPaper:
    """Form D.1.3."""
    objection = ObjectionOnPaper(
        filed_at=moment(7, 26),
        grounds="Realisasi kunjungan bulan Mei dan Juni belum dihitung, padahal sudah dilaporkan.",
        items=("Hasil kerja 1", "Hasil kerja 2"),
        explained="Laporan bulan Juni saya terima setelah penilaian ditandatangani.",
        explained_at=moment(7, 28),
        outcome=ObjectionOutcome.AMENDED,
        reason="Bukti menunjukkan laporan disampaikan sebelum batas waktu.",
        decided_at=moment(8, 3),
    )
    signatures = (
        Signed(side=Side.SERVANT, person=SERVANT, at=moment(7, 26)),
        Signed(side=Side.RATER, person=RATER, at=moment(7, 28)),
        Signed(side=Side.AUTHORITY, person=AUTHORITY, at=moment(8, 3)),
    )
    return result().model_copy(
        update={
            "subject_id": id_of(14),
            "outcome": _ABOVE,
            "former": _BELOW,
            "objection": objection,
            "signatures": signatures,
        }
    )


def objection() -> ObjectionPaper:
    """A decision that amended."""
    return ObjectionPaper(
        head=HEAD,
        subject_id=id_of(15),
        servant_id=SERVANT.id,
        cycle_id=id_of(9),
        servant=SERVANT,
        rater=RATER,
        authority=AUTHORITY,
        contested=_BELOW,
        changed=_ABOVE,
        filed_at=moment(7, 26),
        grounds="Realisasi kunjungan bulan Mei dan Juni belum dihitung.\nSaya mohon diperiksa kembali.",
        items=("Hasil kerja 1", "Hasil kerja 2"),
        evidence=(_PROOF,),
        by_servant=StatementOnPaper(text="Rekap terlampir.", at=moment(7, 27)),
        by_rater=StatementOnPaper(text="Laporan bulan Juni saya terima terlambat.", at=moment(7, 28)),
        outcome=ObjectionOutcome.AMENDED,
        reason="Bukti menunjukkan laporan disampaikan sebelum batas waktu.",
        decided=(
            DecidedOnPaper(item="Hasil kerja 1", amended=True, reason="Kunjungan Mei dan Juni dihitung."),
            DecidedOnPaper(item="Hasil kerja 2", amended=False, reason="Tidak ada bukti baru."),
        ),
        scores=(SetAnew(about=words("Capaian target", "Achievement of targets"), value=Decimal("104.25")),),
        decided_at=moment(8, 3),
        signatures=result_after_objection().signatures,
    )
