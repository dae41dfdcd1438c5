"""The words for what is chosen from a list, as the official forms have them, in both languages."""

from collections.abc import Mapping
from enum import StrEnum

from contracts.base import OrgPerformance, Predicate, Rating, Words
from contracts.evaluation.visits import Stance
from contracts.feedback.objections import ObjectionOutcome
from contracts.feedback.support import SupportKind
from contracts.plans.plans import Direction
from contracts.policy.follow_up import Documentation
from contracts.portal.papers import PaperKind
from services.portal.papers.rules.labels import TITLES
from services.portal.papers.rules.parts import Side
from services.portal.papers.rules.plans import Aspect, ResultKind

TERMS: Mapping[type[StrEnum], Mapping[str, Words]] = {
    Rating: {
        "ABOVE": Words(id="Di atas ekspektasi", en="Above expectation"),
        "MEETS": Words(id="Sesuai ekspektasi", en="As expected"),
        "BELOW": Words(id="Di bawah ekspektasi", en="Below expectation"),
    },
    Predicate: {
        "VERY_GOOD": Words(id="Sangat baik", en="Very good"),
        "GOOD": Words(id="Baik", en="Good"),
        "NEEDS_IMPROVEMENT": Words(id="Butuh perbaikan", en="Needs improvement"),
        "POOR": Words(id="Kurang/misconduct", en="Poor/misconduct"),
        "VERY_POOR": Words(id="Sangat kurang", en="Very poor"),
    },
    OrgPerformance: {
        "OUTSTANDING": Words(id="Istimewa", en="Outstanding"),
        "GOOD": Words(id="Baik", en="Good"),
        "NEEDS_IMPROVEMENT": Words(id="Butuh perbaikan", en="Needs improvement"),
        "POOR": Words(id="Kurang", en="Poor"),
        "VERY_POOR": Words(id="Sangat kurang", en="Very poor"),
    },
    ResultKind: {
        "PRIMARY": Words(id="Utama", en="Primary"),
        "ADDITIONAL": Words(id="Tambahan", en="Additional"),
        "ACADEMIC": Words(id="Akademik", en="Academic"),
    },
    Aspect: {
        "QUANTITY": Words(id="Kuantitas", en="Quantity"),
        "QUALITY": Words(id="Kualitas", en="Quality"),
        "TIME": Words(id="Waktu", en="Time"),
        "COST": Words(id="Biaya", en="Cost"),
    },
    Direction: {
        "HIGHER_BETTER": Words(id="makin tinggi makin baik", en="more is better"),
        "LOWER_BETTER": Words(id="makin rendah makin baik", en="less is better"),
    },
    Documentation: {
        "DAILY": Words(id="Harian", en="Daily"),
        "WEEKLY": Words(id="Mingguan", en="Weekly"),
        "MONTHLY": Words(id="Bulanan", en="Monthly"),
        "QUARTERLY": Words(id="Triwulanan", en="Quarterly"),
        "HALF_YEARLY": Words(id="Semesteran", en="Half-yearly"),
        "YEARLY": Words(id="Tahunan", en="Yearly"),
    },
    SupportKind: {
        "PEOPLE": Words(id="Sumber daya manusia", en="People"),
        "BUDGET": Words(id="Anggaran", en="Budget"),
        "EQUIPMENT": Words(id="Peralatan kerja", en="Equipment"),
        "MENTORING": Words(id="Pendampingan pimpinan", en="Mentoring by the leader"),
        "FACILITIES": Words(id="Sarana dan prasarana", en="Facilities"),
    },
    ObjectionOutcome: {
        "UPHELD": Words(id="Hasil evaluasi tetap", en="The result is upheld"),
        "AMENDED": Words(id="Hasil evaluasi diubah", en="The result is amended"),
    },
    Stance: {
        "AGREE": Words(id="Sependapat", en="Agrees"),
        "EXPLAIN": Words(id="Memberi penjelasan", en="Explains"),
    },
    PaperKind: {kind.value: words for kind, words in TITLES.items()},
    Side: {
        "SERVANT": Words(id="Pegawai yang dinilai", en="Civil servant"),
        "RATER": Words(id="Pejabat penilai kinerja", en="Rater"),
        "AUTHORITY": Words(id="Atasan pejabat penilai kinerja", en="Rater's superior"),
        "PANEL": Words(id="Ketua tim evaluasi independen", en="Lead of the independent panel"),
        "OBSERVED": Words(id="Pimpinan unit yang dikunjungi", en="Head of the visited unit"),
        "OFFICE": Words(id="Pengelola kinerja", en="Performance office"),
        "CLERK": Words(id="Pejabat yang memutus", en="Deciding official"),
    },
}

RECORDS: Mapping[str, Words] = {
    "FEEDBACK": Words(id="Umpan balik", en="Feedback"),
    "IDEA": Words(id="Gagasan", en="Idea"),
    "CLARIFICATION": Words(id="Klarifikasi", en="Clarification"),
    "OBJECTION": Words(id="Keberatan", en="Objection"),
    "DEVELOPMENT_ACTION": Words(id="Pengembangan kinerja", en="Development action"),
    "RECOGNITION": Words(id="Penghargaan", en="Recognition"),
    "IMPROVEMENT_CASE": Words(id="Kesempatan perbaikan kinerja", en="Improvement case"),
    "SUPPORT_REQUEST": Words(id="Permintaan dukungan", en="Request for support"),
    "COACHING": Words(id="Bimbingan atau konseling", en="Coaching or counselling"),
    "TAKE_OVER": Words(id="Hasil kerja yang diambil alih", en="Result taken over"),
    "ASSISTED_ENTRY": Words(id="Pengisian oleh pendamping", en="Entry by an assistant"),
    "APPRAISAL": Words(id="Penilaian kinerja", en="Appraisal"),
    "FORM": Words(id="Formulir penilaian", en="Assessment form"),
    "PERIODIC_EVALUATION": Words(id="Evaluasi periodik", en="Periodic evaluation"),
    "RESULT": Words(id="Hasil penilaian", en="Result"),
    "EXPLANATION": Words(id="Penjelasan hasil", en="Explanation of a result"),
    "PROFILE": Words(id="Profil", en="Profile"),
    "PROPOSAL": Words(id="Usulan", en="Proposal"),
    "EXPORT": Words(id="Ekspor", en="Export"),
    "PLAN": Words(id="SKP", en="Plan"),
    "PLAN_VERSIONS": Words(id="Versi SKP", en="Versions of the plan"),
    "REPORT": Words(id="Laporan", en="Report"),
    "REPORT_HISTORY": Words(id="Riwayat laporan", en="History of a report"),
    "DAILY_LOG": Words(id="Catatan harian", en="Daily log"),
    "COMMUNITY": Words(id="Tanggapan masyarakat", en="Community responses"),
    "COPIED_TEXT": Words(id="Petunjuk teks yang disalin", en="Hint of copied text"),
    "INITIATIVE": Words(id="Inisiatif", en="Initiative"),
    "BOARD": Words(id="Papan pemantauan", en="Board"),
    "PERSONNEL_RECORD": Words(id="Data pegawai", en="Personnel record"),
    "RATERS": Words(id="Penilai", en="Raters"),
    "CHANGES": Words(id="Perubahan data", en="Changes"),
    "ATTENDANCE": Words(id="Kehadiran", en="Attendance"),
}
"""Kinds of records; one that is not here is written as it is named."""

UNSIGNED: Mapping[str, Words] = {
    "OPEN": Words(id="Belum lengkap dinilai", en="Not rated completely"),
    "MODERATION": Words(id="Dalam moderasi", en="In moderation"),
    "PROVISIONAL": Words(id="Menunggu tanda tangan", en="Waits for the signature"),
}
"""How far the appraisals have come that have no signed result."""

STATES: Mapping[str, Words] = {
    "OPEN": Words(id="Menunggu jawaban", en="Waits for an answer"),
    "EXPLAINED": Words(id="Dijelaskan", en="Explained"),
    "AMENDED": Words(id="Diubah", en="Amended"),
    "FILED": Words(id="Diajukan", en="Filed"),
    "HEARING": Words(id="Pemeriksaan", en="Hearing"),
    "DECIDABLE": Words(id="Menunggu keputusan", en="Waits for a decision"),
    "UPHELD": Words(id="Tetap", en="Upheld"),
    "WITHDRAWN": Words(id="Ditarik kembali", en="Withdrawn"),
    "PROPOSED": Words(id="Diusulkan", en="Proposed"),
    "PLANNED": Words(id="Direncanakan", en="Planned"),
    "COMPLETED": Words(id="Selesai", en="Completed"),
    "NOT_HELD": Words(id="Tidak dilaksanakan", en="Not held"),
    "UNREPORTED": Words(id="Tidak dilaporkan", en="Not reported"),
    "SUPERSEDED": Words(id="Digantikan", en="Superseded"),
    "APPROVED": Words(id="Disetujui", en="Approved"),
    "DECLINED": Words(id="Ditolak", en="Declined"),
    "RUNNING": Words(id="Berjalan", en="Running"),
    "ENDED_WELL": Words(id="Berakhir baik", en="Ended well"),
    "FURTHER_MEASURES": Words(id="Tindakan lanjutan", en="Further measures"),
    "ASKED": Words(id="Diminta", en="Asked for"),
    "HELD": Words(id="Dilaksanakan", en="Held"),
}
"""How far what is in one's own file is."""

RANKS: Mapping[str, str] = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tingkat I",
    "I/c": "Juru",
    "I/d": "Juru Tingkat I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tingkat I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tingkat I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tingkat I",
    "III/c": "Penata",
    "III/d": "Penata Tingkat I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tingkat I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
"""Pangkat by golongan ruang; PPPK have a class and no rank."""


def ranked(grade: str) -> str:
    """Pangkat and golongan ruang as forms write them; a grade without a rank stays as it is."""
    rank = RANKS.get(grade)
    return grade if rank is None else f"{rank} ({grade})"


def named(word: str, words: Mapping[str, Words]) -> Words:
    """Its words; what is not in the list is written as it is named."""
    return words.get(word) or Words(id=word, en=word)
