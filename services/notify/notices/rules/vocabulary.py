"""What phases, statuses, proposals, outcomes, kinds of support and offices are called in notices, (Indonesian, English)."""

from collections.abc import Mapping

from contracts.base import Role
from contracts.evaluation.proposals import ProposalKind
from contracts.feedback.improvement import ImprovementOutcome, Progress
from contracts.feedback.support import SupportKind
from contracts.phase_names import PHASE_NAMES
from contracts.registry.personnel import Status
from contracts.registry.requests import RequestKind

Words = tuple[str, str]

STATUSES: Mapping[str, Words] = {
    Status.ACTIVE: ("aktif", "active"),
    Status.STUDY_LEAVE: ("tugas belajar", "study leave"),
    Status.UNPAID_LEAVE: ("cuti di luar tanggungan negara", "leave without pay"),
    Status.SUSPENDED: ("diberhentikan sementara", "suspended"),
    Status.PRE_RETIREMENT: ("masa persiapan pensiun", "pre-retirement"),
    Status.RETIRED: ("pensiun", "retired"),
    Status.DIED: ("meninggal dunia", "died"),
    Status.STATE_OFFICIAL: ("diangkat menjadi pejabat negara", "appointed as a state official"),
    Status.MOVED_AWAY: ("pindah instansi", "moved to another government"),
}
PROPOSALS: Mapping[str, Words] = {
    ProposalKind.PROMOTION_SIGNAL: ("sinyal promosi", "signal for promotion"),
    ProposalKind.DEVELOPMENT_PRIORITY: ("prioritas pengembangan kompetensi", "priority in competence development"),
    ProposalKind.TALENT_BOX: ("penempatan kotak talenta", "talent box"),
    ProposalKind.TRAINING_NEED: ("kebutuhan pelatihan", "need for training"),
    ProposalKind.COACHING: ("pendampingan", "support by meetings"),
    ProposalKind.IMPROVEMENT_CASE: ("masa perbaikan kinerja", "months to improve"),
    ProposalKind.INNOVATION_REWARD: ("penghargaan inovasi", "reward for innovation"),
    ProposalKind.CREDIT_CONVERSION: ("konversi angka kredit", "conversion into credit points"),
}
PROGRESS: Mapping[str, Words] = {
    Progress.BETTER: ("membaik", "better"),
    Progress.SAME: ("tetap", "the same"),
    Progress.WORSE: ("menurun", "worse"),
}
OUTCOMES: Mapping[str, Words] = {
    ImprovementOutcome.EXTENDED: ("diperpanjang", "extended"),
    ImprovementOutcome.ENDED_WELL: ("berakhir dengan baik", "ended well"),
    ImprovementOutcome.FURTHER_MEASURES: ("perlu tindakan lebih lanjut", "further measures"),
}
SUPPORTS: Mapping[str, Words] = {
    SupportKind.PEOPLE: ("tenaga", "people"),
    SupportKind.BUDGET: ("anggaran", "budget"),
    SupportKind.EQUIPMENT: ("peralatan", "equipment"),
    SupportKind.MENTORING: ("pendampingan kerja", "mentoring"),
    SupportKind.FACILITIES: ("sarana", "facilities"),
}
REQUESTS: Mapping[str, Words] = {
    RequestKind.WRONG_RATER: ("pejabat penilai tidak benar", "the recorded rater is wrong"),
    RequestKind.ACTING: ("permintaan pejabat pelaksana", "somebody should act for an official"),
    RequestKind.STEP_BACK: ("benturan kepentingan", "a conflict of interest"),
}
ROLES: Mapping[str, Words] = {
    Role.PERFORMANCE_OFFICE: ("pengelola kinerja", "performance office"),
    Role.PANEL: ("anggota panel independen", "member of the independent panel"),
    Role.APPOINTING_AUTHORITY: ("pejabat pembina kepegawaian", "appointing authority"),
    Role.CITY_LEADER: ("pimpinan kota", "leadership of the city"),
    Role.AUDITOR: ("auditor", "auditor"),
    Role.OPERATIONS: ("pengelola operasional sistem", "operator of the system"),
    Role.INTEGRATOR: ("integrator", "integrator"),
    Role.PROVINCE: ("pejabat provinsi", "official of the province"),
}
TABLES: Mapping[str, Mapping[str, Words]] = {
    "phase": PHASE_NAMES,
    "status": STATUSES,
    "proposal": PROPOSALS,
    "progress": PROGRESS,
    "outcome": OUTCOMES,
    "support": SUPPORTS,
    "request": REQUESTS,
    "role": ROLES,
}
"""By the filter that templates use."""
