"""What those observed may say to the findings of a report."""

from collections.abc import Sequence

from contracts.base import Frozen
from contracts.evaluation.visits import Stance
from kit.errors import Invalid, fault
from services.evaluation.visits.rules.reports import NumberedFinding


class Reply(Frozen):
    """What those observed say to one finding."""

    number: int
    stance: Stance
    text: str = ""
    action: str | None = None
    """What they will do about it."""


def check_replies(findings: Sequence[NumberedFinding], replies: Sequence[Reply], comment: str) -> None:
    """Raises Invalid unless each reply is about one finding of the report, and an explanation explains."""
    numbers, answered = {one["number"] for one in findings}, [one.number for one in replies]
    wrong = []
    for index, reply in enumerate(replies):
        if reply.number not in numbers:
            en = f"the report has no finding {reply.number}: it has {len(findings)}"
            indonesian = f"laporan tidak memuat temuan {reply.number}: ada {len(findings)} temuan"
            wrong.append(fault(f"items.{index}.number", en, indonesian))
        elif answered.index(reply.number) != index:
            wrong.append(
                fault(f"items.{index}.number", "one reply to each finding", "satu tanggapan untuk tiap temuan")
            )
        if reply.stance is Stance.EXPLAIN and not reply.text.strip():
            wrong.append(fault(f"items.{index}.text", "say how you see it", "sampaikan pandangan Anda"))
    if not replies and not comment.strip():
        wrong.append(
            fault(
                "comment",
                "reply to a finding, or say something about the whole visit",
                "tanggapi satu temuan, atau sampaikan sesuatu tentang kunjungan",
            )
        )
    if wrong:
        raise Invalid("the response does not fit the report", "tanggapan tidak sesuai laporan", errors=wrong)
