"""Shows one thing with its form, and does the act that the form is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Response

from services.portal.answers.acts import Act, body_of, written
from services.portal.drafts.pages import continued, done
from services.portal.duties.commands import note_done
from services.portal.moderation.versions import Versions
from services.portal.names.queries import names
from services.portal.web.forms import Form
from services.portal.web.visit import Visit
from services.portal.web.words import known

Json = Mapping[str, Any]
_DAYS = ("due_on", "held_on")
_PLACES = {"kind", "state", "outcome"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing, whom it is about, which of its fields are shown, and what may be done with it now."""

    what: str
    path: str
    about: Json
    person: str | None
    facts: tuple[str, ...]
    act: Act | None
    more: Mapping[str, str] = field(default_factory=dict)
    """For the path of the act, beside the id."""
    owed: str = ""
    """The subject of the obligation, where that is not the thing itself."""
    links: tuple[tuple[str, str], ...] = ()
    """Where a rating may be changed instead: whose, and its page."""
    versions: Sequence[Versions] = ()

    @property
    def waits(self) -> str:
        """What the form is for, told apart from what the same page asks next; nothing where nothing waits."""
        return f"{self.act.key}{self.more.get('number', '')}" if self.act else ""


async def show(visit: Visit, shown: Shown, *, sent: Form | None = None, finished: str = "") -> Response:
    """The page; with what was sent the act is done first, and its errors stand at their fields.

    What comes too late, because it was answered elsewhere meanwhile, is shown to its writer, and nothing is done with it.
    """
    form, status = sent or Form(), 200
    late: list[str] = []
    if sent is not None and (shown.act is None or sent.text("waits") not in ("", shown.waits)):
        late = written(sent)
        if late and _said(shown.about).issuperset(late):  # pressed twice: the first time it arrived
            return visit.go(shown.path)
        form, status = Form(errors={"": visit.say("answers.too_late")}), 409
    elif sent is not None and shown.act is not None:
        if await _done(visit, shown, shown.act, sent):
            return visit.go(shown.path, selesai=shown.act.key)
        status = 422
    elif shown.act is not None:
        form = await continued(visit, shown.act.key, shown.about["id"])
    people = [shown.person] if shown.person else []
    async with visit.copies() as session:
        called = await names(session, people)
    name = called.get(shown.person or "", "")
    return visit.page(
        "answers/answer.html",
        visit.say(f"answers.title_{shown.what}", name=name) if name else visit.say(f"answers.plain_{shown.what}"),
        status=status,
        section="team",
        form=form,
        shown=shown,
        facts=[(one, *_fact(visit, shown, one)) for one in shown.facts if shown.about.get(one) is not None],
        late=late,
        finished=finished if known(f"answers.done_{finished}") else "",
    )


async def _done(visit: Visit, shown: Shown, act: Act, sent: Form) -> bool:
    body = body_of(visit, act, sent)
    if sent.errors:
        return False
    path = act.path.format(id=shown.about["id"], **shown.more)
    with sent.refusals():
        await visit.ask.post(act.service, path, body, key=sent.text("form_id"))
    if sent.errors:
        return False
    await done(visit, act.key, shown.about["id"])
    if act.duty is not None:
        async with visit.copies() as session:
            await note_done(session, act.duty, shown.owed or shown.about["id"])
    return True


def _said(about: Json) -> set[str]:
    """Every text that a thing holds, those of its reviews included."""
    return {str(value) for one in (about, *about.get("reviews", ())) for value in one.values()}


def _fact(visit: Visit, shown: Shown, name: str) -> tuple[str, str]:
    """How a value is shown: as it is, as a day or a moment, or in words."""
    value = str(shown.about[name])
    if name in _DAYS or name.endswith("_at") or name == "at":
        return ("day", value)
    key = f"answers.value_{value.lower()}"
    return ("text", visit.say(key) if name in _PLACES and known(key) else value)
