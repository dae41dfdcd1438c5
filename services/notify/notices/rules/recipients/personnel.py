"""Who is notified of a change of personnel: the person concerned, both raters, and everybody who has another rater now.

Why somebody's status changed is for that person alone; nobody writes to the dead.
"""

from collections.abc import Iterator
from uuid import UUID

from contracts.registry.assistants import AssistantDeclared, AssistantEnded
from contracts.registry.holders import OfficeHolderDeclared, OfficeHolderEnded
from contracts.registry.numbers import NipChanged
from contracts.registry.personnel import GONE, ChangeKind, PersonnelChanged, RelationChange, Status
from contracts.registry.requests import RequestDecided, RequestMade, RequestState
from services.notify.notices.rules.lists import listed
from services.notify.notices.rules.notes import Note, Recipients, params


def personnel_changed(event: PersonnelChanged) -> list[Note]:
    changed = [one for one in event.relations if one.rater_id != one.former_rater_id]
    concerned = () if event.more else _concerned(event)
    return [*concerned, *_rated(event, changed), *_raters(event, changed)]


def _concerned(event: PersonnelChanged) -> Iterator[Note]:
    """The servant; who rates him or her now reads the same words where the unit is another."""
    if event.status is Status.DIED:
        return
    on, until, reason = event.effective_on, event.until, event.reason.rstrip(".")
    if event.kind is ChangeKind.TRANSFER:
        said = params(unit=event.unit_id, former=event.former_unit_id, on=on, by=_rater(event), reason=reason)
        yield Note(event.servant_id, "transferred", said, event.change_id)
    elif event.kind is ChangeKind.STATUS:
        said = params(status=event.status, on=on, until=until, reason=reason)
        yield Note(event.servant_id, "status_changed", said, event.change_id)
    elif event.kind is ChangeKind.ACTING:
        acting = next((one.rater_id for one in event.relations if one.former_rater_id == event.servant_id), None)
        said = params(acting=event.acting, by=acting, on=on, until=until)
        yield Note(event.servant_id, "acting_named", said, event.change_id)
    elif event.kind is ChangeKind.APPOINTMENT:
        yield Note(event.servant_id, "appointed", params(on=on, reason=reason), event.change_id)
    elif event.kind is ChangeKind.ACTING_ENDED:
        yield Note(event.servant_id, "acting_ended", params(on=on), event.change_id)


def _rater(event: PersonnelChanged) -> UUID | None:
    return next((one.rater_id for one in event.relations if one.servant_id == event.servant_id), None)


def _rated(event: PersonnelChanged, changed: list[RelationChange]) -> Iterator[Note]:
    correction = event.kind is ChangeKind.CORRECTION
    for one in changed:
        own = one.servant_id == event.servant_id
        if own and (event.status in GONE or event.kind is ChangeKind.TRANSFER):
            continue
        said = params(by=one.rater_id, on=event.effective_on, until=event.until, correction=correction)
        yield Note(one.servant_id, "rater_changed", said, event.change_id)


def _raters(event: PersonnelChanged, changed: list[RelationChange]) -> Iterator[Note]:
    """Each rater once, however many people it is about."""
    received: dict[UUID, list[RelationChange]] = {}
    passed: dict[UUID, list[RelationChange]] = {}
    for one in changed:
        if one.rater_id is not None:
            received.setdefault(one.rater_id, []).append(one)
        if one.former_rater_id is not None:
            passed.setdefault(one.former_rater_id, []).append(one)
    if event.status in GONE:
        passed.pop(event.servant_id, None)
    when = params(on=event.effective_on, until=event.until)
    for rater_id, some in received.items():
        people = listed([one.servant_id for one in some])
        yield Note(rater_id, "people_received", when | people, event.change_id)
    for rater_id, some in passed.items():
        people = listed([one.servant_id for one in some], [one.rater_id for one in some])
        yield Note(rater_id, "people_passed", when | people, event.change_id)


def holder_declared(event: OfficeHolderDeclared) -> list[Note]:
    """The holder, who has duties and doors of the office from that day on."""
    said = params(office=event.role, on=event.since, until=event.until, reason=event.reason.rstrip("."))
    return [Note(event.person_id, "office_declared", said, event.declaration_id)]


def holder_ended(event: OfficeHolderEnded) -> list[Note]:
    """The holder, for whom the doors close."""
    said = params(office=event.role, until=event.until, reason=event.reason.rstrip("."))
    return [Note(event.person_id, "office_ended", said, event.declaration_id)]


def assistant_declared(event: AssistantDeclared) -> list[Note]:
    """Who is assisted, and who assists."""
    when = params(on=event.since, until=event.until, reason=event.reason.rstrip("."))
    return [
        Note(event.servant_id, "assistant_declared", when | params(by=event.assistant_id), event.declaration_id),
        Note(event.assistant_id, "assistance_given", when | params(servant=event.servant_id), event.declaration_id),
    ]


def assistant_ended(event: AssistantEnded) -> list[Note]:
    """Both of them."""
    said = params(servant=event.servant_id, by=event.assistant_id, until=event.until, reason=event.reason.rstrip("."))
    return [Note(one, "assistant_ended", said, event.declaration_id) for one in (event.servant_id, event.assistant_id)]


def request_made(event: RequestMade) -> list[Note]:
    """The officer who may decide it; whoever asked has done so just now."""
    if event.officer_id is None:
        return []
    said = params(by=event.asked_by, kind=event.kind, servant=event.servant_id, unit=event.unit_id)
    return [Note(event.officer_id, "request_made", said | params(reason=event.reason.rstrip(".")), event.request_id)]


def request_decided(event: RequestDecided) -> list[Note]:
    """Whoever asked; who has another rater now is notified of that with the change itself."""
    said = params(
        by=event.decided_by,
        kind=event.kind,
        granted=event.state is RequestState.GRANTED,
        person=event.person_id,
        on=event.since,
        reason=event.reason.rstrip("."),
    )
    return [Note(event.asked_by, "request_decided", said, event.request_id)]


def nip_changed(event: NipChanged) -> list[Note]:
    """Whose number it is; the number itself stands in the own record, no letter carries it."""
    said = params(on=event.effective_on, reason=event.reason.rstrip("."))
    return [Note(event.servant_id, "nip_changed", said, event.number_id)]


RECIPIENTS: Recipients = {
    PersonnelChanged: personnel_changed,
    NipChanged: nip_changed,
    OfficeHolderDeclared: holder_declared,
    OfficeHolderEnded: holder_ended,
    AssistantDeclared: assistant_declared,
    AssistantEnded: assistant_ended,
    RequestMade: request_made,
    RequestDecided: request_decided,
}
