"""The report of a visit."""

from datetime import date

from contracts.evaluation.visits import Stance
from services.portal.papers.rules.parts import Person, Proof, Side, Signed
from services.portal.papers.rules.visits import CheckedOnPaper, FindingOnPaper, VisitPaper
from tests.support.papers.people import HEAD, RATER, SERVANT, id_of, moment, words


def visit() -> VisitPaper:
    """A visit whose report was answered."""
    other = Person(id=id_of(21), name="Hendra Gunawan", position="Auditor Ahli Muda", unit="Inspektorat")
    return VisitPaper(
        head=HEAD,
        subject_id=id_of(16),
        cycle_id=id_of(9),
        unit="Puskesmas Dumai Kota",
        planned_for=date(2027, 4, 20),
        held_on=date(2027, 4, 21),
        lead=Person(id=id_of(20), name="Dewi Anggraini", position="Analis Kebijakan Ahli Madya", unit="BKPSDM"),
        panel=(other,),
        people=(SERVANT,),
        checklist=(
            CheckedOnPaper(
                label=words("Alur pendaftaran terpasang dan mudah dibaca", "The way to register is shown"), answer=True
            ),
            CheckedOnPaper(label=words("Waktu tunggu di bawah 30 menit", "Waiting less than 30 minutes"), answer=False),
            CheckedOnPaper(
                label=words("Kondisi ruang tunggu", "State of the waiting room"),
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
        responded_at=moment(4, 27),
        signatures=(
            Signed(side=Side.PANEL, person=other, at=moment(4, 22)),
            Signed(side=Side.OBSERVED, person=RATER, at=moment(4, 27)),
        ),
    )
