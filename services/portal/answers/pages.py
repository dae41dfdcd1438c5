"""One page for each thing that a leader answers: what it says, and below it the form, as long as it waits."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import HTTPException, Response

from contracts.base import Relation
from contracts.obligations import ObligationKind
from services.portal.answers import acts
from services.portal.answers.acts import Act
from services.portal.answers.showing import Shown, show
from services.portal.moderation.versions import versions_of
from services.portal.names.queries import names
from services.portal.rating.queries import one_rated, rated_by
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_READS = shown_to(
    Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.DEBTOR, Relation.OFFICE, note="as the service lets them"
)
_ANSWERS = shown_to(
    Relation.RATER, Relation.AUTHORITY, Relation.DEBTOR, Relation.OFFICE, note="whoever owes the answer"
)
Json = Mapping[str, Any]


async def _idea(visit: Visit, identity: str) -> Shown:
    # One's own list, short even for the office: whoever is in it wrote, answers or answered.
    every = await visit.ask.every("feedback", "/ideas")
    if (one := next((idea for idea in every if idea["id"] == identity), None)) is None:
        raise HTTPException(404)
    act = None if one["answered_at"] or one["author_id"] == str(visit.actor.id) else acts.IDEA
    return Shown("idea", f"/ide/{identity}", one, one["author_id"], ("title", "text", "at", "answer"), act)


async def _support(visit: Visit, identity: str) -> Shown:
    one = await visit.ask.get("feedback", f"/support-requests/{identity}")
    act = None if one["answered_at"] or one["servant_id"] == str(visit.actor.id) else acts.SUPPORT
    return Shown("support", f"/dukungan/{identity}", one, one["servant_id"], ("kind", "text", "at", "answer"), act)


async def _initiative(visit: Visit, identity: str) -> Shown:
    one = await visit.ask.get("plans", f"/initiatives/{identity}")
    waits = one["state"] == "RECORDED" and one["servant_id"] != str(visit.actor.id)
    facts = ("title", "description", "benefit", "recorded_at", "state", "document", "reason")
    act = acts.INITIATIVE if waits else None
    return Shown("initiative", f"/inisiatif/{identity}", one, one["servant_id"], facts, act)


async def _development(visit: Visit, identity: str) -> Shown:
    one = await visit.ask.get("feedback", f"/development-actions/{identity}")
    act: Act | None = acts.PLAN if not one["planned_by"] else acts.COMPLETION
    if one["completed_at"] or one["ended_at"] or one["servant_id"] == str(visit.actor.id):
        act = None
    facts = ("need", "reason", "kind", "what", "how", "due_on", "outcome")
    return Shown("development", f"/pengembangan/{identity}", one, one["servant_id"], facts, act)


async def _coaching(visit: Visit, identity: str) -> Shown:
    one = await visit.ask.get("feedback", f"/coachings/{identity}")
    act = acts.COACHING if one["coach_id"] == str(visit.actor.id) and not one["held_on"] else None
    async with visit.copies() as session:
        one = {**one, "coach": (await names(session, [one["coach_id"]])).get(one["coach_id"])}
    facts = ("kind", "topic", "coach", "asked_at", "held_on", "outcome", "content")
    return Shown("coaching", f"/bimbingan/{identity}", one, one["servant_id"], facts, act)


async def _improvement(visit: Visit, identity: str) -> Shown:
    """By the case, or by one of its monthly reviews."""
    one = await visit.ask.maybe("feedback", f"/improvement-cases/{identity}")
    if one is None:
        found = (await visit.ask.get("feedback", "/improvement-cases", review_id=identity))["items"]
        if not found:
            raise HTTPException(404)
        one = await visit.ask.get("feedback", f"/improvement-cases/{found[0]['id']}")
    waiting = next((each for each in one["reviews"] if not each["held_at"]), None)
    act: Act | None = acts.REVIEW if waiting else acts.IMPROVEMENT
    if one["decided_at"] or one["servant_id"] == str(visit.actor.id):
        act = None
    facts = ("basis", "started_at", "ends_at", "outcome", "reason")
    number = {"number": str(waiting["number"])} if waiting else {}
    subject = waiting["id"] if waiting else one["id"]
    return Shown("improvement", f"/perbaikan/{identity}", one, one["servant_id"], facts, act, number, subject)


async def _clarification(visit: Visit, identity: str) -> Shown:
    one = await visit.ask.get("feedback", f"/clarifications/{identity}")
    waits = one["state"] == "OPEN" and one["servant_id"] != str(visit.actor.id)
    act = acts.CLARIFICATION if waits else None
    return Shown(
        "clarification", f"/klarifikasi/{identity}/jawab", one, one["servant_id"], ("text", "asked_at", "reason"), act
    )


async def _moderation(visit: Visit, identity: str) -> Shown:
    one = await visit.ask.get("evaluation", f"/moderations/{identity}")
    # A leader may give the reason for a unit's predicates before anybody asks (SE MenPANRB 3/2023).
    asked = (one["question"] or one["unit_id"]) and not one["answered_at"] and not one["decided_at"]
    waits = asked and one["concerns_id"] == str(visit.actor.id)
    facts = ("question", "asked_at", "answer", "outcome", "reason")
    links = await _revisable(visit, one) if waits and one["question"] else ()
    versions = await versions_of(visit, one)
    act = acts.MODERATION if waits else None
    return Shown("moderation", f"/moderasi/{identity}", one, None, facts, act, links=links, versions=versions)


async def _revisable(visit: Visit, finding: Json) -> tuple[tuple[str, str], ...]:
    """Whom the reader rated and may rate anew after the question: who it is about, or everybody of the own team."""
    async with visit.copies() as session:
        if finding["appraisal_id"]:
            one = await one_rated(session, UUID(finding["appraisal_id"]))
            rated = [one] if one else []
        else:
            rated = await rated_by(session, UUID(finding["cycle_id"]), visit.actor.id, ObligationKind.ASSESS)
    return tuple((one.name, f"/moderasi/{finding['id']}/nilai/{one.appraisal_id}") for one in rated)


@router.get("/ide/{idea_id}", **_READS)
async def idea(idea_id: str, visit: Visiting, selesai: str = "") -> Response:
    """An idea, and the answer that it is owed."""
    return await show(visit, await _idea(visit, idea_id), finished=selesai)


@router.post("/ide/{idea_id}", **_ANSWERS)
async def answer_idea(idea_id: str, visit: Visiting, sent: Sent) -> Response:
    """Adopted or not, with the reason."""
    return await show(visit, await _idea(visit, idea_id), sent=sent)


@router.get("/dukungan/{request_id}", **_READS)
async def support(request_id: str, visit: Visiting, selesai: str = "") -> Response:
    """What was asked for, and the answer."""
    return await show(visit, await _support(visit, request_id), finished=selesai)


@router.post("/dukungan/{request_id}", **_ANSWERS)
async def answer_support(request_id: str, visit: Visiting, sent: Sent) -> Response:
    """Granted or not, with the reason."""
    return await show(visit, await _support(visit, request_id), sent=sent)


@router.get("/inisiatif/{initiative_id}", **_READS)
async def initiative(initiative_id: str, visit: Visiting, selesai: str = "") -> Response:
    """What was done beyond the plan, with its proof."""
    return await show(visit, await _initiative(visit, initiative_id), finished=selesai)


@router.post("/inisiatif/{initiative_id}", **_ANSWERS)
async def verify(initiative_id: str, visit: Visiting, sent: Sent) -> Response:
    """Recognised or not."""
    return await show(visit, await _initiative(visit, initiative_id), sent=sent)


@router.get("/pengembangan/{action_id}", **_READS)
async def development(action_id: str, visit: Visiting, selesai: str = "") -> Response:
    """A need, and what is done about it."""
    return await show(visit, await _development(visit, action_id), finished=selesai)


@router.post("/pengembangan/{action_id}", **_ANSWERS)
async def plan_or_close(action_id: str, visit: Visiting, sent: Sent) -> Response:
    """Plan it; once it is planned, say what came of it."""
    return await show(visit, await _development(visit, action_id), sent=sent)


@router.get("/bimbingan/{coaching_id}", **_READS)
async def coaching(coaching_id: str, visit: Visiting, selesai: str = "") -> Response:
    """Who guides whom about what."""
    return await show(visit, await _coaching(visit, coaching_id), finished=selesai)


@router.post("/bimbingan/{coaching_id}", **_ANSWERS)
async def report_coaching(coaching_id: str, visit: Visiting, sent: Sent) -> Response:
    """It was held; of counselling nobody else reads the content."""
    return await show(visit, await _coaching(visit, coaching_id), sent=sent)


@router.get("/perbaikan/{case_id}", **_READS)
async def improvement(case_id: str, visit: Visiting, selesai: str = "") -> Response:
    """The case with its monthly reviews."""
    return await show(visit, await _improvement(visit, case_id), finished=selesai)


@router.post("/perbaikan/{case_id}", **_ANSWERS)
async def review_or_decide(case_id: str, visit: Visiting, sent: Sent) -> Response:
    """The review that is due; after the last one the decision."""
    return await show(visit, await _improvement(visit, case_id), sent=sent)


@router.get("/klarifikasi/{clarification_id}/jawab", **_ANSWERS)
async def clarification(clarification_id: str, visit: Visiting, selesai: str = "") -> Response:
    """A question about a result, and the answer."""
    return await show(visit, await _clarification(visit, clarification_id), finished=selesai)


@router.post("/klarifikasi/{clarification_id}/jawab", **_ANSWERS)
async def answer_clarification(clarification_id: str, visit: Visiting, sent: Sent) -> Response:
    """Explained, or amended with both ratings."""
    return await show(visit, await _clarification(visit, clarification_id), sent=sent)


@router.get("/moderasi/{moderation_id}", **_READS)
async def moderation(moderation_id: str, visit: Visiting, selesai: str = "") -> Response:
    """What the office asks about one's ratings, and why."""
    return await show(visit, await _moderation(visit, moderation_id), finished=selesai)


@router.post("/moderasi/{moderation_id}", **_ANSWERS)
async def answer_moderation(moderation_id: str, visit: Visiting, sent: Sent) -> Response:
    """Explain the ratings."""
    return await show(visit, await _moderation(visit, moderation_id), sent=sent)
