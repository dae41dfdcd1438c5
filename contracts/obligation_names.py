"""What people call the kinds of obligation: the act that each asks for."""

from collections.abc import Mapping

from contracts.obligations import ObligationKind

OBLIGATION_NAMES: Mapping[ObligationKind, tuple[str, str]] = {
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
"""Indonesian and English."""
