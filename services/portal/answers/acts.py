"""The small forms of a leader: which fields each has, where it is sent, and which obligation it fulfils."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.base import Rating
from contracts.obligations import ObligationKind
from services.portal.web.forms import Form
from services.portal.web.visit import Visit

RATINGS = tuple(one.value for one in Rating)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``text``, ``line``, ``day``, ``number``, ``yes`` (yes or no) or ``choice``."""

    name: str
    sort: str = "text"
    choices: tuple[str, ...] = ()
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Act:
    """One form; its words are ``answers.<key>`` and ``answers.<key>_<field>``."""

    key: str
    service: str
    path: str
    """With ``{id}`` of the thing, or of whatever the page gives."""
    duty: ObligationKind | None
    fields: tuple[Field, ...]


IDEA = Act(
    "idea",
    "feedback",
    "/ideas/{id}/answer",
    ObligationKind.ANSWER_IDEA,
    (Field("adopted", "yes"), Field("answer")),
)
SUPPORT = Act(
    "support",
    "feedback",
    "/support-requests/{id}/answer",
    ObligationKind.ANSWER_SUPPORT,
    (Field("granted", "yes"), Field("answer")),
)
INITIATIVE = Act(
    "initiative",
    "plans",
    "/initiatives/{id}/verification",
    ObligationKind.VERIFY_INITIATIVE,
    (Field("recognised", "yes"), Field("document", "line", needed=False), Field("reason", needed=False)),
)
PLAN = Act(
    "plan",
    "feedback",
    "/development-actions/{id}/plan",
    ObligationKind.PLAN_DEVELOPMENT,
    (
        Field("kind", "choice", ("TRAINING", "COACHING", "COUNSELLING", "MENTORING")),
        Field("what"),
        Field("how"),
        Field("due_on", "day"),
    ),
)
COMPLETION = Act(
    "completion",
    "feedback",
    "/development-actions/{id}/completion",
    ObligationKind.COMPLETE_DEVELOPMENT,
    (Field("held", "yes"), Field("outcome")),
)
COACHING = Act(
    "coaching",
    "feedback",
    "/coachings/{id}/report",
    ObligationKind.GIVE_COACHING,
    (Field("held_on", "day"), Field("outcome"), Field("content", needed=False)),
)
REVIEW = Act(
    "review",
    "feedback",
    "/improvement-cases/{id}/reviews/{number}",
    ObligationKind.REVIEW_IMPROVEMENT,
    (Field("progress", "choice", ("BETTER", "SAME", "WORSE")), Field("findings"), Field("next_steps")),
)
IMPROVEMENT = Act(
    "improvement",
    "feedback",
    "/improvement-cases/{id}/decision",
    ObligationKind.DECIDE_IMPROVEMENT,
    (
        Field("outcome", "choice", ("ENDED_WELL", "EXTENDED", "FURTHER_MEASURES")),
        Field("reason"),
        Field("months", "number", needed=False),
    ),
)
CLARIFICATION = Act(
    "clarification",
    "feedback",
    "/clarifications/{id}/answer",
    ObligationKind.ANSWER_CLARIFICATION,
    (
        Field("outcome", "choice", ("EXPLAINED", "AMENDED")),
        Field("reason"),
        Field("result_rating", "choice", RATINGS, needed=False),
        Field("behaviour_rating", "choice", RATINGS, needed=False),
    ),
)
MODERATION = Act(
    "moderation",
    "evaluation",
    "/moderations/{id}/answer",
    ObligationKind.ANSWER_MODERATION,
    (Field("reason"),),
)


def written(form: Form) -> list[str]:
    """The texts of a form, whichever of them it was; for who sent it in vain, and would have to write them again."""
    texts = {field.name: None for act in _ACTS for field in act.fields if field.sort in ("text", "line")}
    return [form.text(name) for name in texts if form.text(name)]


_ACTS = (IDEA, SUPPORT, INITIATIVE, PLAN, COMPLETION, COACHING, REVIEW, IMPROVEMENT, CLARIFICATION, MODERATION)


def body_of(visit: Visit, act: Act, form: Form) -> Mapping[str, Any]:
    """As the service takes it; what is missing is an error at its field."""
    found = {one.name: _value(visit, one, form) for one in act.fields}
    return {name: value for name, value in found.items() if value is not None}


def _value(visit: Visit, field: Field, form: Form) -> object:
    typed = form.text(field.name)
    if field.sort == "yes":
        if typed not in ("yes", "no"):
            form.errors[field.name] = visit.say("answers.choose")
        return typed == "yes"
    if not typed:
        if field.needed:
            form.errors[field.name] = visit.say("answers.choose" if field.sort == "choice" else "answers.missing")
        return None
    if field.sort == "choice" and typed not in field.choices:
        form.errors[field.name] = visit.say("answers.choose")
    if field.sort == "number":
        if not typed.isdecimal():
            form.errors[field.name] = visit.say("answers.number_wrong")
            return None
        return int(typed)
    return typed
