"""The office's page of the quiz: what is asked, how often each option was chosen, and a question more."""

from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_TONGUES = ("id", "en")
_OPTIONS = 4


@router.get("/pengelola/kuis/{cycle_id}", **_OFFICE)
async def quiz(cycle_id: UUID, visit: Visiting, selesai: str = "") -> Response:
    """Counts alone: nobody learns who answered what."""
    return await _page(visit, cycle_id, Form(), done=selesai == "ya")


@router.post("/pengelola/kuis/{cycle_id}", **_OFFICE)
async def ask(cycle_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """One question more, in both languages; an option that is left empty is none."""
    missing = visit.say("training.words_missing")
    used = [place for place in range(1, _OPTIONS + 1) if any(sent.text(f"o{place}_{one}") for one in _TONGUES)]
    body: dict[str, Any] = {
        name: {one: sent.require(f"{name}_{one}", missing) for one in _TONGUES} for name in ("text", "why")
    }
    body["options"] = [{one: sent.require(f"o{place}_{one}", missing) for one in _TONGUES} for place in used]
    right = sent.text("right")
    if len(used) < 2:
        sent.errors["o1_id"] = visit.say("training.options_missing")
    if not right.isdecimal() or int(right) not in used:
        sent.errors["right"] = visit.say("training.right_missing")
    else:
        body["right"] = used.index(int(right)) + 1
    return await _do(visit, cycle_id, sent, f"/cycles/{cycle_id}/quiz-questions", body)


@router.post("/pengelola/kuis/{cycle_id}/{question_id}/tarik", **_OFFICE)
async def retire(cycle_id: UUID, question_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """It is no longer asked."""
    return await _do(visit, cycle_id, sent, f"/quiz-questions/{question_id}/retirement", None)


async def _do(visit: Visit, cycle_id: UUID, sent: Form, path: str, body: dict[str, Any] | None) -> Response:
    with sent.refusals():
        if not sent.errors:
            await visit.ask.post("feedback", path, body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, cycle_id, sent, status=422)
    return visit.go(f"/pengelola/kuis/{cycle_id}", selesai="ya")


async def _page(visit: Visit, cycle_id: UUID, form: Form, *, done: bool = False, status: int = 200) -> Response:
    counted = await visit.ask.get("feedback", f"/cycles/{cycle_id}/quiz/counts")
    places = range(1, _OPTIONS + 1)
    return visit.page(
        "training/quiz.html",
        visit.say("training.quiz"),
        status=status,
        section="office",
        form=form,
        cycle_id=cycle_id,
        counted=counted,
        places=places,
        rights=[{"value": str(one), "text": visit.say("training.option", n=one)} for one in places],
        done=done,
    )
