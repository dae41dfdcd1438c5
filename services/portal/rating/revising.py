"""Revising a rating after a question of moderation: the question, the rating as it was given, and the answer that it makes."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fastapi import HTTPException, Response

from contracts.base import AssessorRole, Relation
from contracts.obligations import ObligationKind
from services.portal.drafts.pages import continued, done
from services.portal.duties.commands import note_done
from services.portal.rating.pages import BOTH, body_of, fields_of, rating_page
from services.portal.web.forms import Form
from services.portal.web.numbers import figure
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_ASKED = shown_to(Relation.RATER, note="whom the question is put to, about what he or she gave")
_FORM = "perbaikan"
Json = Mapping[str, Any]


@router.get("/moderasi/{moderation_id}/nilai/{appraisal_id}", **_ASKED)
async def form(moderation_id: str, appraisal_id: str, visit: Visiting) -> Response:
    """The rating as it was given, below the question; a draft is continued. Once it is answered, or before it is asked, the page of the finding."""
    if (question := await _asked(visit, moderation_id)) is None:
        return visit.go(f"/moderasi/{moderation_id}")
    kept = await continued(visit, _FORM, appraisal_id, _filled(visit, await _given(visit, appraisal_id)))
    return await _page(visit, question, appraisal_id, kept)


@router.post("/moderasi/{moderation_id}/nilai/{appraisal_id}", **_ASKED)
async def revise(moderation_id: str, appraisal_id: str, visit: Visiting, sent: Sent) -> Response:
    """Give it anew with the reason, which is the answer as well unless somebody else's rating is to be changed too."""
    if (question := await _asked(visit, moderation_id)) is None:
        return visit.go(f"/moderasi/{moderation_id}")
    given = await _given(visit, appraisal_id)
    asked = await visit.ask.get("evaluation", f"/appraisals/{appraisal_id}/form")
    body = body_of(visit, sent, asked)
    reason, answers = sent.require("reason", visit.say("rating.revise_reason_missing")), sent.text("act") != "more"
    if not sent.errors and _same(given, body):
        sent.errors[""] = visit.say("rating.revise_nothing")
    if not sent.errors:
        await _send(visit, sent, f"/appraisals/{appraisal_id}/revision", body, reason, asked)
    if not sent.errors and answers:
        await _answer(visit, sent, question, reason)
    if sent.errors:
        return await _page(visit, question, appraisal_id, sent, status=422)
    await done(visit, _FORM, appraisal_id)
    return visit.go(f"/moderasi/{moderation_id}", selesai="moderation" if answers else "revised")


async def _send(visit: Visit, sent: Form, path: str, body: Json, reason: str, asked: Json) -> None:
    with sent.refusals(fields_of(asked)):
        await visit.ask.post("evaluation", path, {**body, "reason": reason}, key=sent.text("form_id"))


async def _answer(visit: Visit, sent: Form, question: Json, reason: str) -> None:
    path = f"/moderations/{question['id']}/answer"
    with sent.refusals():
        await visit.ask.post("evaluation", path, {"reason": reason}, key=f"{sent.text('form_id')}-answer")
        async with visit.copies() as session:
            await note_done(session, ObligationKind.ANSWER_MODERATION, question["id"])


async def _asked(visit: Visit, moderation_id: str) -> Json | None:
    """The question, as long as it waits for an answer; raises HTTPException where the finding is about somebody else."""
    found: Json = await visit.ask.get("evaluation", f"/moderations/{moderation_id}")
    if found["concerns_id"] != str(visit.actor.id):
        raise HTTPException(404)
    return found if found["question"] and not found["decided_at"] else None


async def _given(visit: Visit, appraisal_id: str) -> Json:
    """What the reader gave as the superior; raises HTTPException for whom he or she did not rate."""
    appraisal = await visit.ask.get("evaluation", f"/appraisals/{appraisal_id}")
    mine = (AssessorRole.SUPERIOR.value, str(visit.actor.id))
    found = [one for one in appraisal["assessments"] or [] if (one["role"], one.get("assessor_id")) == mine]
    if not found:
        raise HTTPException(404)
    given: Json = found[0]
    return given


def _filled(visit: Visit, given: Json) -> Form:
    values = {name: given[name] or "" for name in BOTH} | {"comment": given["comment"]}
    values |= {f"reason-{name}": given["reasons"].get(name, "") for name in BOTH}
    values |= {f"score-{code}": figure(visit.language, value) for code, value in given["scores"].items()}
    values |= {f"level-{code}": str(value) for code, value in (given.get("competences") or {}).items()}
    return Form(values)


def _same(given: Json, body: Json) -> bool:
    names = (*BOTH, "reasons", "comment")
    scores = [{code: Decimal(value) for code, value in one["scores"].items()} for one in (given, body)]
    same = all(given[name] == body[name] for name in names) and scores[0] == scores[1]
    return same and (given.get("competences") or {}) == body["competences"]


async def _page(visit: Visit, question: Json, appraisal_id: str, given: Form, *, status: int = 200) -> Response:
    action = f"/moderasi/{question['id']}/nilai/{appraisal_id}"
    draft = f"/draf/{_FORM}/{appraisal_id}"
    return await rating_page(visit, appraisal_id, given, status=status, action=action, draft=draft, question=question)
