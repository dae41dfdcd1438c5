"""One official form of each kind with every field that it has, as golden data; all people are invented."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from contracts.base import OrgPerformance, Predicate, Rating, Words
from contracts.evaluation.visits import Stance
from contracts.feedback.objections import ObjectionOutcome
from contracts.feedback.support import SupportKind
from contracts.plans.plans import Direction
from contracts.policy.follow_up import Documentation
from contracts.portal.papers import PaperKind
from services.portal.papers.rules.evaluations import (
    DecidedOnPaper,
    EvaluationPaper,
    ObjectionOnPaper,
    ObjectionPaper,
    OutcomeOnPaper,
    ResultPaper,
    SetAnew,
    StatementOnPaper,
)
from services.portal.papers.rules.files import EntryInFile, FilePaper, LookedInFile, ResultInFile
from services.portal.papers.rules.listings import ListingPaper, TableOnPaper
from services.portal.papers.rules.parts import Head, Paper, Person, Proof, Side, Signed
from services.portal.papers.rules.plans import (
    Aspect,
    BehaviourOnPaper,
    IndicatorOnPaper,
    PlanPaper,
    ResourceOnPaper,
    ResultKind,
    ResultOnPaper,
)
from services.portal.papers.rules.terms import RECORDS, STATES, TERMS, UNSIGNED
from services.portal.papers.rules.upward import ChangeOnPaper, CountOnPaper, UpwardPaper
from services.portal.papers.rules.visits import CheckedOnPaper, FindingOnPaper, VisitPaper

ADDRESS = "https://portal.kinerja.example"


def _id(number: int) -> UUID:
    return UUID(f"01940000-0000-7000-8000-{number:012d}")


def _words(indonesian: str, english: str) -> Words:
    return Words(id=indonesian, en=english)


def _at(month: int, day: int, hour: int = 7) -> datetime:
    return datetime(2027, month, day, hour, 5, tzinfo=UTC)


SERVANT = Person(
    id=_id(1),
    name="Siti Rahmawati, S.Kep.",
    nip="190112311931012000",
    grade="III/b",
    position="Perawat Ahli Pertama",
    unit="Puskesmas Dumai Kota",
)
RATER = Person(
    id=_id(2),
    name="dr. Bambang Sutrisno",
    nip="190203041932021000",
    grade="III/d",
    position="Kepala Puskesmas",
    unit="Puskesmas Dumai Kota",
)
AUTHORITY = Person(
    id=_id(3),
    name="dr. Ratna Wulandari, M.Kes.",
    nip="190305061933032000",
    grade="IV/b",
    position="Kepala Dinas Kesehatan",
    unit="Dinas Kesehatan",
)
HEAD = Head(
    tenant_id="14.72",
    place="Dumai",
    agency="Pemerintah Kota Dumai",
    cycle="Siklus semester I 2027",
    period_start=date(2027, 1, 1),
    period_end=date(2027, 6, 30),
)
BOTH = (
    Signed(side=Side.SERVANT, person=SERVANT, at=_at(1, 29)),
    Signed(side=Side.RATER, person=RATER, at=_at(1, 31)),
)
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


def plan(count: int = 4) -> PlanPaper:
    """A set plan with so many results."""
    return PlanPaper(
        head=HEAD,
        subject_id=_id(10),
        servant_id=SERVANT.id,
        cycle_id=_id(9),
        servant=SERVANT,
        rater=RATER,
        version=2,
        set_at=_at(1, 31),
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
        subject_id=_id(11),
        servant_id=SERVANT.id,
        cycle_id=_id(9),
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
        signatures=(Signed(side=Side.RATER, person=RATER, at=_at(7, 12)),),
    )


def result() -> ResultPaper:
    """Form D.1.1."""
    return ResultPaper(
        head=HEAD,
        subject_id=_id(12),
        servant_id=SERVANT.id,
        cycle_id=_id(9),
        servant=SERVANT,
        rater=RATER,
        authority=AUTHORITY,
        organisation=OrgPerformance.GOOD,
        outcome=_ABOVE.model_copy(update={"version": 1}),
        strengths=(_words("Kunjungan rumah", "Visits at home"), _words("Komunikasi", "Communication")),
        areas=(_words("Kelengkapan catatan harian", "Completeness of the daily log"),),
        note="Diikutsertakan pada pelatihan perawatan paliatif.",
        taken_over=("Penyusunan profil puskesmas: diambil alih karena perubahan penugasan",),
        issued_at=_at(7, 14),
        received_at=_at(7, 20),
        deemed=True,
        receipt_note="Saya menerima dan akan mengajukan keberatan.",
        final_at=_at(8, 9),
        signatures=(
            Signed(side=Side.SERVANT, person=SERVANT, at=_at(7, 20)),
            Signed(side=Side.RATER, person=RATER, at=_at(7, 14)),
        ),
    )


def result_by_superior() -> ResultPaper:
    """Form D.1.2."""
    signatures = (
        Signed(side=Side.SERVANT, person=SERVANT, at=None),
        Signed(side=Side.AUTHORITY, person=AUTHORITY, at=_at(8, 18)),
    )
    return result().model_copy(update={"by_superior": True, "subject_id": _id(13), "signatures": signatures})


def result_after_objection() -> ResultPaper:
    """Form D.1.3."""
    objection = ObjectionOnPaper(
        filed_at=_at(7, 26),
        grounds="Realisasi kunjungan bulan Mei dan Juni belum dihitung, padahal sudah dilaporkan.",
        items=("Hasil kerja 1", "Hasil kerja 2"),
        explained="Laporan bulan Juni saya terima setelah penilaian ditandatangani.",
        explained_at=_at(7, 28),
        outcome=ObjectionOutcome.AMENDED,
        reason="Bukti menunjukkan laporan disampaikan sebelum batas waktu.",
        decided_at=_at(8, 3),
    )
    signatures = (
        Signed(side=Side.SERVANT, person=SERVANT, at=_at(7, 26)),
        Signed(side=Side.RATER, person=RATER, at=_at(7, 28)),
        Signed(side=Side.AUTHORITY, person=AUTHORITY, at=_at(8, 3)),
    )
    return result().model_copy(
        update={
            "subject_id": _id(14),
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
        subject_id=_id(15),
        servant_id=SERVANT.id,
        cycle_id=_id(9),
        servant=SERVANT,
        rater=RATER,
        authority=AUTHORITY,
        contested=_BELOW,
        changed=_ABOVE,
        filed_at=_at(7, 26),
        grounds="Realisasi kunjungan bulan Mei dan Juni belum dihitung.\nSaya mohon diperiksa kembali.",
        items=("Hasil kerja 1", "Hasil kerja 2"),
        evidence=(_PROOF,),
        by_servant=StatementOnPaper(text="Rekap terlampir.", at=_at(7, 27)),
        by_rater=StatementOnPaper(text="Laporan bulan Juni saya terima terlambat.", at=_at(7, 28)),
        outcome=ObjectionOutcome.AMENDED,
        reason="Bukti menunjukkan laporan disampaikan sebelum batas waktu.",
        decided=(
            DecidedOnPaper(item="Hasil kerja 1", amended=True, reason="Kunjungan Mei dan Juni dihitung."),
            DecidedOnPaper(item="Hasil kerja 2", amended=False, reason="Tidak ada bukti baru."),
        ),
        scores=(SetAnew(about=_words("Capaian target", "Achievement of targets"), value=Decimal("104.25")),),
        decided_at=_at(8, 3),
        signatures=result_after_objection().signatures,
    )


def visit() -> VisitPaper:
    """A visit whose report was answered."""
    other = Person(id=_id(21), name="Hendra Gunawan", position="Auditor Ahli Muda", unit="Inspektorat")
    return VisitPaper(
        head=HEAD,
        subject_id=_id(16),
        cycle_id=_id(9),
        unit="Puskesmas Dumai Kota",
        planned_for=date(2027, 4, 20),
        held_on=date(2027, 4, 21),
        lead=Person(id=_id(20), name="Dewi Anggraini", position="Analis Kebijakan Ahli Madya", unit="BKPSDM"),
        panel=(other,),
        people=(SERVANT,),
        checklist=(
            CheckedOnPaper(
                label=_words("Alur pendaftaran terpasang dan mudah dibaca", "The way to register is shown"), answer=True
            ),
            CheckedOnPaper(
                label=_words("Waktu tunggu di bawah 30 menit", "Waiting less than 30 minutes"), answer=False
            ),
            CheckedOnPaper(
                label=_words("Kondisi ruang tunggu", "State of the waiting room"),
                answer="Bersih, kursi cukup, kipas satu rusak",
            ),
        ),
        findings=(
            FindingOnPaper(
                number=1,
                what="Waktu tunggu poli umum 52 menit pada pukul 09.00",
                how="Tambah satu loket pada hari Senin dan Selasa",
                evidence=(Proof(title="Foto antrean", reference="visit/16/photo-1.jpg"),),
                stance=Stance.EXPLAIN,
                reply="Satu petugas sedang cuti melahirkan.",
                action="Loket kedua dibuka mulai Mei",
            ),
            FindingOnPaper(number=2, what="Data kunjungan rapi", how="Jadikan contoh", stance=Stance.AGREE),
        ),
        respondent=RATER,
        response_note="Terima kasih atas masukan tim.",
        responded_at=_at(4, 27),
        signatures=(
            Signed(side=Side.PANEL, person=other, at=_at(4, 22)),
            Signed(side=Side.OBSERVED, person=RATER, at=_at(4, 27)),
        ),
    )


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
        subject_id=SERVANT.id or _id(1),
        servant_id=SERVANT.id,
        servant=SERVANT,
        as_of=_at(8, 9),
        results=(first, second),
        strengths=(_words("Komunikasi", "Communication"),),
        areas=(_words("Kelengkapan catatan harian", "Completeness of the daily log"),),
        improved=(_words("Kunjungan rumah", "Visits at home"),),
        declined=(_words("Kerja sama tim", "Teamwork"),),
        entries=(
            EntryInFile(
                at=_at(8, 3), record=RECORDS["OBJECTION"], cycle=HEAD.cycle, by=AUTHORITY.name, state=STATES["AMENDED"]
            ),
            EntryInFile(at=_at(5, 2), record=RECORDS["FEEDBACK"], cycle=HEAD.cycle, by=RATER.name),
        ),
        looked=(LookedInFile(on=date(2027, 8, 4), reader=AUTHORITY.name, record=RECORDS["RESULT"], times=3),),
    )


def upward() -> UpwardPaper:
    """A report with results that are missing, and one that an objection changed."""
    return UpwardPaper(
        head=HEAD,
        subject_id=_id(17),
        cycle_id=_id(9),
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
        changes=(ChangeOnPaper(person=SERVANT, version=2, predicate=Predicate.GOOD, objection_id=_id(15)),),
        note="Capaian organisasi naik dari semester lalu.",
        reported_at=_at(7, 30),
        signatures=(Signed(side=Side.OFFICE, person=AUTHORITY, at=_at(7, 30)),),
    )


def listing(kind: PaperKind) -> ListingPaper:
    """Two tables, one of them without a row."""
    return ListingPaper(
        head=HEAD.model_copy(update={"cycle": "", "period_start": None, "period_end": None}),
        subject_id=_id(18),
        cycle_id=_id(9),
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


def every_paper() -> dict[str, Paper]:
    """One of each kind, by the word of the kind."""
    made = (
        plan(),
        evaluation(),
        result(),
        result_by_superior(),
        result_after_objection(),
        objection(),
        visit(),
        file(),
        upward(),
        *map(listing, LISTINGS),
    )
    return {one.kind.value: one for one in made}
