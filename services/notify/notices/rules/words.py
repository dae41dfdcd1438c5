"""Words for people, in Indonesian and English: obligations, predicates, outcomes, instants."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from contracts.base import Predicate
from contracts.month_names import MONTHS
from contracts.obligations import ObligationKind

LANGUAGES = ("id", "en")

OBLIGATIONS: dict[ObligationKind, tuple[str, str]] = {
    ObligationKind.HOLD_SESSION: ("Laksanakan sosialisasi atau pelatihan", "Hold the training or information session"),
    ObligationKind.ACKNOWLEDGE_STANDARD: ("Baca dan pahami standar kinerja", "Read the performance standard"),
    ObligationKind.PROPOSE_PLAN: ("Ajukan rencana kinerja (SKP)", "Propose your performance plan"),
    ObligationKind.ANSWER_PLAN: ("Jawab usulan rencana kinerja", "Answer a proposed performance plan"),
    ObligationKind.CONFIRM_PLAN: (
        "Setujui atau tanggapi rencana yang ditetapkan",
        "Agree or disagree with the plan that was set",
    ),
    ObligationKind.REPORT_ACTUALS: ("Laporkan realisasi kinerja", "Report what was achieved"),
    ObligationKind.VERIFY_INITIATIVE: ("Verifikasi inisiatif atau inovasi", "Verify an initiative or innovation"),
    ObligationKind.GIVE_FEEDBACK: ("Beri umpan balik", "Give feedback"),
    ObligationKind.ANSWER_IDEA: ("Tanggapi ide pegawai", "Answer an idea"),
    ObligationKind.VISIT_UNIT: ("Laksanakan kunjungan lapangan", "Visit the unit"),
    ObligationKind.SET_ORG_PERFORMANCE: (
        "Tetapkan capaian kinerja organisasi",
        "Set the achievement of the organisation",
    ),
    ObligationKind.EVALUATE_PERIOD: ("Evaluasi kinerja periodik", "Evaluate a month or quarter"),
    ObligationKind.ASSESS: ("Nilai kinerja pegawai", "Assess a subordinate"),
    ObligationKind.ASSESS_PEER: ("Nilai rekan kerja", "Assess a colleague"),
    ObligationKind.ASSESS_PANEL: ("Nilai hasil kunjungan lapangan", "Assess what the visit showed"),
    ObligationKind.MODERATE: ("Tinjau temuan moderasi", "Look at a finding before the result is issued"),
    ObligationKind.ANSWER_MODERATION: ("Jawab pertanyaan atas temuan", "Answer a question about a finding"),
    ObligationKind.ANSWER_CLARIFICATION: ("Jawab permintaan klarifikasi", "Answer a request for clarification"),
    ObligationKind.ISSUE_RESULT: ("Terbitkan hasil penilaian", "Issue the result"),
    ObligationKind.ACKNOWLEDGE_RESULT: ("Terima hasil penilaian", "Acknowledge receipt of your result"),
    ObligationKind.GIVE_STATEMENT: ("Beri penjelasan atas keberatan", "Give your statement on an objection"),
    ObligationKind.DECIDE_OBJECTION: ("Putuskan keberatan", "Decide an objection"),
    ObligationKind.PLAN_DEVELOPMENT: ("Susun tindakan pengembangan", "Plan a development action"),
    ObligationKind.COMPLETE_DEVELOPMENT: (
        "Catat hasil tindakan pengembangan",
        "Record what came of a development action",
    ),
    ObligationKind.REPORT_UPWARD: (
        "Laporkan hasil kepada pejabat yang berwenang",
        "Report the results to the competent official",
    ),
    ObligationKind.RESPOND_TO_VISIT: ("Tanggapi temuan kunjungan lapangan", "Respond to the findings of a visit"),
    ObligationKind.REVIEW_IMPROVEMENT: (
        "Tinjau perbaikan kinerja bulanan",
        "Hold the monthly review of an improvement",
    ),
    ObligationKind.DECIDE_IMPROVEMENT: (
        "Putuskan hasil masa perbaikan kinerja",
        "Decide what follows from an improvement",
    ),
    ObligationKind.ANSWER_SUPPORT: ("Jawab permintaan dukungan sumber daya", "Answer a request for support"),
    ObligationKind.GIVE_COACHING: ("Laksanakan bimbingan atau konseling", "Hold the guidance or counselling"),
    ObligationKind.REVIEW_SYSTEM: ("Tinjau sistem penilaian", "Review the appraisal system"),
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


def obligation(kind: str, language: str) -> str:
    """What is to be done, e.g. ``Ajukan rencana kinerja (SKP)``."""
    return OBLIGATIONS[ObligationKind(kind)][which(language)]


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
