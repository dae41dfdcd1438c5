"""Whether a log is approved at all, which week a day lies in, and what a decision must say."""

from datetime import date, timedelta

from contracts.plans.daily_log import LogDecision
from contracts.policy import Policy
from contracts.policy.daily_log import LogApproval
from kit.errors import Invalid, Refused, fault


def monday(day: date) -> date:
    """The first day of the week in which the day lies."""
    return day - timedelta(days=day.weekday())


def asked(policy: Policy) -> bool:
    """Whether the rater approves what is logged."""
    return policy.features.daily_log and policy.log.approval is LogApproval.WEEKLY


def require_asked(policy: Policy) -> None:
    """Raises Refused where the policy asks nobody to approve a log."""
    if not asked(policy):
        raise Refused(
            "this city's policy asks nobody to approve a daily log",
            "kebijakan kota ini tidak meminta persetujuan atas catatan harian",
        )


def require_reason(decision: LogDecision, reason: str | None) -> None:
    """Raises Invalid for a week that comes back without a reason."""
    if decision is LogDecision.RETURNED and not (reason or "").strip():
        raise Invalid(
            "say why the week is returned: its writer reads it",
            "sebutkan alasan pengembalian: dibaca oleh penulis catatan",
            errors=[fault("reason", "required when a week is returned", "wajib bila minggu dikembalikan")],
        )
