"""Words for people, in Indonesian and English: duties, predicates, outcomes, instants."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from contracts.base import Predicate
from contracts.obligations import Duty
from kit.months import MONTHS

LANGUAGES = ("id", "en")

DUTIES: dict[Duty, tuple[str, str]] = {
    Duty.HOLD_SESSION: ("Laksanakan sosialisasi atau pelatihan", "Hold the training or information session"),
    Duty.ACKNOWLEDGE_STANDARD: ("Baca dan pahami standar kinerja", "Read the performance standard"),
    Duty.PROPOSE_PLAN: ("Ajukan rencana kinerja (SKP)", "Propose your performance plan"),
    Duty.ANSWER_PLAN: ("Jawab usulan rencana kinerja", "Answer a proposed performance plan"),
    Duty.REPORT_ACTUALS: ("Laporkan realisasi kinerja", "Report what was achieved"),
    Duty.VERIFY_INITIATIVE: ("Verifikasi inisiatif atau inovasi", "Verify an initiative or innovation"),
    Duty.GIVE_FEEDBACK: ("Beri umpan balik", "Give feedback"),
    Duty.ANSWER_IDEA: ("Tanggapi ide pegawai", "Answer an idea"),
    Duty.VISIT_UNIT: ("Laksanakan kunjungan lapangan", "Visit the unit"),
    Duty.SET_ORG_PERFORMANCE: ("Tetapkan capaian kinerja organisasi", "Set the achievement of the organisation"),
    Duty.EVALUATE_PERIOD: ("Evaluasi kinerja periodik", "Evaluate a month or quarter"),
    Duty.ASSESS: ("Nilai kinerja pegawai", "Assess a subordinate"),
    Duty.ASSESS_PEER: ("Nilai rekan kerja", "Assess a colleague"),
    Duty.ASSESS_PANEL: ("Nilai hasil kunjungan lapangan", "Assess what the visit showed"),
    Duty.MODERATE: ("Tinjau temuan moderasi", "Look at a finding before the result is issued"),
    Duty.ANSWER_MODERATION: ("Jawab pertanyaan atas temuan", "Answer a question about a finding"),
    Duty.ANSWER_CLARIFICATION: ("Jawab permintaan klarifikasi", "Answer a request for clarification"),
    Duty.ISSUE_RESULT: ("Terbitkan hasil penilaian", "Issue the result"),
    Duty.ACKNOWLEDGE_RESULT: ("Terima hasil penilaian", "Acknowledge receipt of your result"),
    Duty.GIVE_STATEMENT: ("Beri penjelasan atas keberatan", "Give your statement on an objection"),
    Duty.DECIDE_OBJECTION: ("Putuskan keberatan", "Decide an objection"),
    Duty.PLAN_DEVELOPMENT: ("Susun tindakan pengembangan", "Plan a development action"),
    Duty.REPORT_UPWARD: (
        "Laporkan hasil kepada pejabat yang berwenang",
        "Report the results to the competent official",
    ),
    Duty.RESPOND_TO_VISIT: ("Tanggapi temuan kunjungan lapangan", "Respond to the findings of a visit"),
    Duty.REVIEW_IMPROVEMENT: ("Tinjau perbaikan kinerja bulanan", "Hold the monthly review of an improvement"),
    Duty.DECIDE_IMPROVEMENT: ("Putuskan hasil masa perbaikan kinerja", "Decide what follows from an improvement"),
    Duty.ANSWER_SUPPORT: ("Jawab permintaan dukungan sumber daya", "Answer a request for support"),
    Duty.GIVE_COACHING: ("Laksanakan bimbingan atau konseling", "Hold the guidance or counselling"),
    Duty.REVIEW_SYSTEM: ("Tinjau sistem penilaian", "Review the appraisal system"),
}
PREDICATES: dict[str, tuple[str, str]] = {
    Predicate.VERY_GOOD: ("Sangat Baik", "very good"),
    Predicate.GOOD: ("Baik", "good"),
    Predicate.NEEDS_IMPROVEMENT: ("Butuh Perbaikan", "needs improvement"),
    Predicate.POOR: ("Kurang", "poor"),
    Predicate.VERY_POOR: ("Sangat Kurang", "very poor"),
}
_DAYS = (
    ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)
_ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


def which(language: str) -> int:
    """Where in a pair of words a language stands: Indonesian first, which everybody else reads as well."""
    return 1 if language == "en" else 0


def duty(kind: str, language: str) -> str:
    """What is to be done, e.g. ``Ajukan rencana kinerja (SKP)``."""
    return DUTIES[Duty(kind)][which(language)]


def predicate(name: str, language: str) -> str:
    """A predicate as the regulation calls it."""
    return PREDICATES[name][which(language)]


def day(on: date, language: str) -> str:
    """A date, e.g. ``5 Januari 2026``."""
    return f"{on.day} {MONTHS[LANGUAGES[which(language)]][on.month - 1]} {on.year}"


def moment(instant: datetime, language: str, zone: str) -> str:
    """An instant in the city's zone, e.g. ``Senin, 5 Januari 2026 pukul 23.59 WIB``."""
    local = instant.astimezone(ZoneInfo(zone))
    tongue = which(language)
    on = f"{_DAYS[tongue][local.weekday()]}, {day(local.date(), language)}"
    offset = local.utcoffset()
    hours = 0 if offset is None else int(offset.total_seconds() // 3600)
    name = _ZONES.get(hours, f"UTC{hours:+d}")
    return f"{on} {local:%H:%M} {name}" if tongue else f"{on} pukul {local:%H.%M} {name}"
