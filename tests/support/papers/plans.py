"""A plan and the evaluation of a quarter, with every field that they have."""

from datetime import date
from decimal import Decimal

from contracts.base import OrgPerformance, Predicate, Rating
from contracts.feedback.support import SupportKind
from contracts.plans.plans import Direction
from contracts.policy.follow_up import Documentation
from services.portal.papers.rules.evaluations import EvaluationPaper
from services.portal.papers.rules.parts import Proof, Side, Signed
from services.portal.papers.rules.plans import (
    Aspect,
    BehaviourOnPaper,
    IndicatorOnPaper,
    PlanPaper,
    ResourceOnPaper,
    ResultKind,
    ResultOnPaper,
)
from tests.support.papers.people import BOTH, HEAD, RATER, SERVANT, id_of, moment

_PROOF = Proof(title="Rekap kunjungan", reference="445/117/PKM-DK/2027", count=214, on=date(2027, 6, 30))


def indicator(number: int, *, actual: Decimal | None = None, reason: str | None = None) -> IndicatorOnPaper:
    """One that is only planned, or with an actual, or with the reason why there is none."""
    return IndicatorOnPaper(
        aspect=list(Aspect)[number % 4],
        statement=f"Jumlah kunjungan rumah pasien kronis pada wilayah kerja {number}",
        unit="kunjungan",
        direction=Direction.HIGHER_BETTER if number % 3 else Direction.LOWER_BETTER,
        target_lo=Decimal(1200),
        target_hi=Decimal("1250.5"),
        actual=actual,
        reason=reason,
        evidence=(_PROOF,) if actual else (),
    )


def results(count: int, *, reached: bool = False) -> tuple[ResultOnPaper, ...]:
    """So many work results: the last one additional, each with two indicators."""
    return tuple(
        ResultOnPaper(
            kind=ResultKind.ADDITIONAL if number == count else ResultKind.PRIMARY,
            superior="Meningkatnya cakupan layanan kesehatan dasar bagi warga lanjut usia",
            statement=f"Terlaksananya kunjungan rumah bagi pasien kronis di wilayah {number}",
            report_every=None if reached else Documentation.QUARTERLY,
            evidence="" if reached else "Rekap kunjungan dan surat tugas",
            indicators=(
                indicator(number, actual=Decimal(1320) if reached else None),
                indicator(number + 1, reason="Data bulan Juni belum diverifikasi" if reached else None),
            ),
        )
        for number in range(1, count + 1)
    )


_VALUES = {
    "Berorientasi Pelayanan": (
        "Memahami dan memenuhi kebutuhan masyarakat",
        "Ramah, cekatan, solutif, dan dapat diandalkan",
        "Melakukan perbaikan tiada henti",
    ),
    "Akuntabel": (
        "Melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin dan berintegritas tinggi",
        "Menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien",
        "Tidak menyalahgunakan kewenangan jabatan",
    ),
    "Kompeten": (
        "Meningkatkan kompetensi diri untuk menjawab tantangan yang selalu berubah",
        "Membantu orang lain belajar",
        "Melaksanakan tugas dengan kualitas terbaik",
    ),
    "Harmonis": (
        "Menghargai setiap orang apapun latar belakangnya",
        "Suka menolong orang lain",
        "Membangun lingkungan kerja yang kondusif",
    ),
    "Loyal": (
        "Memegang teguh ideologi Pancasila, UUD NRI Tahun 1945, setia kepada NKRI serta pemerintahan yang sah",
        "Menjaga nama baik sesama ASN, pimpinan, instansi, dan negara",
        "Menjaga rahasia jabatan dan negara",
    ),
    "Adaptif": (
        "Cepat menyesuaikan diri menghadapi perubahan",
        "Terus berinovasi dan mengembangkan kreativitas",
        "Bertindak proaktif",
    ),
    "Kolaboratif": (
        "Memberi kesempatan kepada berbagai pihak untuk berkontribusi",
        "Terbuka dalam bekerja sama untuk menghasilkan nilai tambah",
        "Menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama",
    ),
}
BEHAVIOURS = tuple(
    BehaviourOnPaper(
        name=name,
        guides=guides,
        expectation="Menjadi rujukan layanan bagi rekan sejawat" if name == "Kompeten" else None,
    )
    for name, guides in _VALUES.items()
)


def plan(count: int = 4) -> PlanPaper:
    """A set plan with so many results."""
    return PlanPaper(
        head=HEAD,
        subject_id=id_of(10),
        servant_id=SERVANT.id,
        cycle_id=id_of(9),
        servant=SERVANT,
        rater=RATER,
        version=2,
        set_at=moment(1, 31),
        results=results(count),
        behaviours=BEHAVIOURS,
        resources=(
            ResourceOnPaper(kind=SupportKind.EQUIPMENT, need="Dua sepeda motor dinas dan tensimeter digital"),
            ResourceOnPaper(kind=SupportKind.MENTORING, need="Pendampingan penyusunan laporan setiap bulan"),
        ),
        positive=("Prioritas pengembangan kompetensi", "Diusulkan menerima penghargaan"),
        negative=("Bimbingan kinerja selama enam bulan",),
        signatures=BOTH,
    )


def evaluation(count: int = 3) -> EvaluationPaper:
    """The evaluation of the second quarter."""
    feedback = "Kunjungan tepat waktu; catatan pasien perlu dilengkapi pada hari yang sama."
    return EvaluationPaper(
        head=HEAD,
        subject_id=id_of(11),
        servant_id=SERVANT.id,
        cycle_id=id_of(9),
        servant=SERVANT,
        rater=RATER,
        period=2,
        starts_on=date(2027, 4, 1),
        ends_on=date(2027, 6, 30),
        organisation=OrgPerformance.OUTSTANDING,
        results=results(count, reached=True),
        results_feedback=(feedback,),
        behaviours=BEHAVIOURS,
        behaviour_feedback=("Menjadi tempat bertanya rekan sejawat.",),
        result_rating=Rating.ABOVE,
        behaviour_rating=Rating.MEETS,
        predicate=Predicate.GOOD,
        as_before=True,
        note="Pertahankan cakupan kunjungan.",
        signatures=(Signed(side=Side.RATER, person=RATER, at=moment(7, 12)),),
    )
