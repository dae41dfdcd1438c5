"""The page on which one person is rated, and from which the next one follows."""

from collections.abc import Mapping
from typing import Any

from fastapi import Response

from contracts.base import Rating, Relation
from contracts.obligations import ObligationKind
from services.portal.drafts.pages import continued, done
from services.portal.duties.commands import note_done
from services.portal.rating.given import numbers_at, numbers_of
from services.portal.rating.reading import subject_of, whom
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
RATERS = shown_to(
    Relation.RATER, Relation.AUTHORITY, Relation.DEBTOR, Relation.OFFICE, note="as the evaluation service lets them"
)
RATINGS = tuple(one.value for one in Rating)
_FORM = "nilai"
BOTH = ("result_rating", "behaviour_rating")
Json = Mapping[str, Any]


@router.get("/tim/nilai/{appraisal_id}", **RATERS)
async def form(appraisal_id: str, visit: Visiting, selesai: str = "") -> Response:
    """The rating beside everything that it rests on; a draft is continued."""
    return await rating_page(visit, appraisal_id, await continued(visit, _FORM, appraisal_id), finished=selesai == "1")


@router.post("/tim/nilai/{appraisal_id}", **RATERS)
async def rate(appraisal_id: str, visit: Visiting, sent: Sent) -> Response:
    """Give it, and go on with the next person where that was pressed; it may be given again until it is computed."""
    asked = await visit.ask.get("evaluation", f"/appraisals/{appraisal_id}/form")
    body = body_of(visit, sent, asked)
    if not sent.errors:
        with sent.refusals(fields_of(asked)):
            path = f"/appraisals/{appraisal_id}/assessments"
            await visit.ask.post("evaluation", path, body, key=sent.text("form_id"))
    if sent.errors:
        return await rating_page(visit, appraisal_id, sent, status=422)
    await done(visit, _FORM, appraisal_id)
    async with visit.copies() as session:
        await note_done(session, ObligationKind.ASSESS, appraisal_id)
    _, after = await whom(visit, appraisal_id)
    goes_on = after is not None and sent.text("act") == "next"
    return visit.go(f"/tim/nilai/{after.appraisal_id if after and goes_on else appraisal_id}", selesai="1")


def body_of(visit: Visit, sent: Form, asked: Json) -> Json:
    """As the evaluation's API takes it; what is missing is an error at its field."""
    numbers = numbers_of(visit, sent, asked)
    for name in BOTH:
        chosen = sent.text(name)
        if chosen not in RATINGS and not (asked["is_head"] and name == "result_rating"):
            sent.errors[name] = visit.say("rating.rating_missing")
        elif chosen in ("ABOVE", "BELOW"):
            sent.require(f"reason-{name}", visit.say("rating.reason_missing"))
    return {
        **numbers,
        "reasons": {name: sent.text(f"reason-{name}") for name in BOTH if sent.text(f"reason-{name}")},
        **{name: sent.text(name) or None for name in BOTH},
    }


def fields_of(asked: Json) -> dict[str, str]:
    """The field of the page for each place that the evaluation's API may find wrong."""
    return numbers_at(asked) | {f"reasons.{name}": f"reason-{name}" for name in BOTH}


async def rating_page(
    visit: Visit,
    appraisal_id: str,
    given: Form,
    *,
    finished: bool = False,
    status: int = 200,
    action: str = "",
    draft: str = "",
    question: Json | None = None,
) -> Response:
    """The form beside all that it rests on; sent to ``action``, and below a question of moderation where there is one."""
    subject = await subject_of(visit, appraisal_id)
    title = visit.say("rating.revise_title" if question else "rating.title", name=subject.rated.name)
    return visit.page(
        "rating/rating.html",
        title,
        status=status,
        section="team",
        form=given,
        subject=subject,
        asked=subject.form,
        records=subject.form.get("records") or {},
        ratings=RATINGS,
        both=BOTH,
        finished=finished,
        action=action or f"/tim/nilai/{appraisal_id}",
        draft=draft or f"/draf/{_FORM}/{appraisal_id}",
        question=question,
    )
