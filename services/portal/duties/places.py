"""Where each kind of obligation is done: the page that a task, a notice or a reminder leads to (complete: a test compares)."""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from contracts.obligations import ObligationKind


class _Owed(Protocol):
    @property
    def kind(self) -> ObligationKind: ...
    @property
    def subject_id(self) -> UUID: ...
    @property
    def cycle_id(self) -> UUID: ...
    @property
    def about_id(self) -> UUID | None: ...


PLACES: Mapping[ObligationKind, str] = {
    ObligationKind.HOLD_SESSION: "/pengelola/sosialisasi/{subject}",
    ObligationKind.ACKNOWLEDGE_STANDARD: "/standar/{cycle}",
    ObligationKind.PROPOSE_PLAN: "/rencana/{subject}",
    ObligationKind.ANSWER_PLAN: "/tim/rencana/{subject}",
    ObligationKind.CONFIRM_PLAN: "/rencana/{subject}",
    ObligationKind.REPORT_ACTUALS: "/laporan/{subject}",
    ObligationKind.VERIFY_INITIATIVE: "/inisiatif/{subject}",
    ObligationKind.GIVE_FEEDBACK: "/umpan-balik/baru?tentang={about}",
    ObligationKind.ANSWER_IDEA: "/ide/{subject}",
    ObligationKind.VISIT_UNIT: "/kunjungan/{subject}",
    ObligationKind.SET_ORG_PERFORMANCE: "/pengelola/organisasi/{cycle}",
    ObligationKind.EVALUATE_PERIOD: "/tim/periode/{cycle}",
    ObligationKind.ASSESS: "/tim/nilai/{subject}",
    ObligationKind.ASSESS_PEER: "/rekan/{subject}",
    ObligationKind.ASSESS_PANEL: "/kunjungan/{subject}",
    ObligationKind.MODERATE: "/pengelola/moderasi/{subject}",
    ObligationKind.ANSWER_MODERATION: "/moderasi/{subject}",
    ObligationKind.ANSWER_CLARIFICATION: "/klarifikasi/{subject}",
    ObligationKind.ISSUE_RESULT: "/tim/terbitkan/{cycle}",
    ObligationKind.ACKNOWLEDGE_RESULT: "/hasil/{subject}",
    ObligationKind.GIVE_STATEMENT: "/keberatan/{subject}",
    ObligationKind.DECIDE_OBJECTION: "/keberatan/{subject}",
    ObligationKind.PLAN_DEVELOPMENT: "/pengembangan/{subject}",
    ObligationKind.COMPLETE_DEVELOPMENT: "/pengembangan/{subject}",
    ObligationKind.REPORT_UPWARD: "/pengelola/laporan-atas/{cycle}",
    ObligationKind.RESPOND_TO_VISIT: "/kunjungan/{subject}",
    ObligationKind.REVIEW_IMPROVEMENT: "/perbaikan/{subject}",
    ObligationKind.DECIDE_IMPROVEMENT: "/perbaikan/{subject}",
    ObligationKind.ANSWER_SUPPORT: "/dukungan/{subject}",
    ObligationKind.GIVE_COACHING: "/bimbingan/{subject}",
    ObligationKind.REVIEW_SYSTEM: "/pengelola/tinjauan/{cycle}",
}
"""Paths with the obligation's subject, its cycle, and whom it is about."""


def place_of(duty: _Owed) -> str:
    """The page where it is done."""
    return PLACES[duty.kind].format(subject=duty.subject_id, cycle=duty.cycle_id, about=duty.about_id or "")
