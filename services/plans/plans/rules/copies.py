"""What of an earlier plan a new one may begin with, and what stays behind."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from kit.errors import Refused
from services.plans.plans.rules.content import Content, ResultKind, WorkResult, bare
from services.plans.plans.rules.proposal import Finding


@dataclass(frozen=True, slots=True)
class Carried:
    """A content for the new period, and what the earlier one said besides."""

    content: Content
    left_out: list[Finding]


def carried(before: Content, *, practices: Collection[UUID], on_study_leave: bool) -> Carried:
    """Targets, weights and agreements go on; what belongs to the earlier period does not.

    Links to a leader's results are of a plan that is over; ``practices`` are those that the library still has; academic
    expectations are for study leave alone (PermenPANRB 6/2022, L II.C.8).
    """
    here = bare(before)
    going = [one for one in here.results if on_study_leave or one.kind is not ResultKind.ACADEMIC]
    kept = tuple(one for one in here.practices if one in practices)
    results = tuple(one.model_copy(update={"superior_result_id": None}) for one in going)
    content = here.model_copy(update={"results": results, "practices": kept})
    return Carried(content, [*_academic(here, on_study_leave=on_study_leave), *_links(going), *_practices(here, kept)])


def _academic(before: Content, *, on_study_leave: bool) -> list[Finding]:
    return [
        Finding(
            where="results",
            en=f"{one.statement}: an academic expectation is for study leave, so it was not copied",
            id=f"{one.statement}: ekspektasi akademik hanya untuk tugas belajar, tidak disalin",
        )
        for one in before.results
        if one.kind is ResultKind.ACADEMIC and not on_study_leave
    ]


def _links(going: Sequence[WorkResult]) -> list[Finding]:
    return [
        Finding(
            where=f"results.{number}.superior_result_id",
            en=f"{one.statement}: link it anew, your superior's results are those of this period",
            id=f"{one.statement}: kaitkan kembali dengan hasil kerja atasan periode ini",
        )
        for number, one in enumerate(going)
        if one.superior_result_id is not None
    ]


def _practices(before: Content, kept: Collection[UUID]) -> list[Finding]:
    if len(kept) == len(before.practices):
        return []
    gone = len(before.practices) - len(kept)
    return [
        Finding(
            where="practices",
            en=f"{gone} of the practices taken over are no longer in the library",
            id=f"{gone} praktik yang diadopsi tidak ada lagi di pustaka",
        )
    ]


def nothing_to_copy() -> Refused:
    """There is no plan to begin with."""
    return Refused(
        "no plan of an earlier period was set for this person: begin from a template (GET /plan-templates) or write it",
        "belum ada rencana periode sebelumnya yang ditetapkan: mulai dari templat (GET /plan-templates) atau tulis baru",
    )
