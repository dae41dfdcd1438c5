"""Who is notified of machines outside: the office, which declared them, when one of them is told nothing any more."""

from contracts.integrations.endpoints import EndpointDisabled, GivenUp
from services.notify.notices.rules.notes import Note, Recipients, Whom, params


def endpoint_disabled(event: EndpointDisabled) -> list[Note]:
    said = params(host=event.host, gone=event.reason_code is GivenUp.GONE, since=event.failing_since)
    return [Note(Whom.OFFICE, "endpoint_disabled", said, event.endpoint_id)]


RECIPIENTS: Recipients = {EndpointDisabled: endpoint_disabled}
