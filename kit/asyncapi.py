"""AsyncAPI 3.0 of what a service emits and hears: its contract's events, and those that its consumers are bound to."""

import inspect
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic.json_schema import models_json_schema

from contracts.base import Event

Document = dict[str, Any]

_HEADERS: Document = {
    "type": "object",
    "description": "CloudEvents 1.0, binary mode of the Kafka protocol binding; `city` is our extension.",
    "required": ["ce_specversion", "ce_id", "ce_type", "ce_source", "ce_subject", "ce_time", "ce_city", "content-type"],
    "properties": {
        "ce_specversion": {"type": "string", "const": "1.0"},
        "ce_id": {
            "type": "string",
            "format": "uuid",
            "description": "UUIDv7; the same at every delivery of one event.",
        },
        "ce_type": {"type": "string", "description": "The name of the message."},
        "ce_source": {"type": "string", "description": "`/kinerja/<service>`"},
        "ce_subject": {"type": "string", "description": "The civil servant concerned, else the aggregate."},
        "ce_time": {"type": "string", "format": "date-time", "description": "UTC; when it was decided."},
        "ce_city": {
            "type": "string",
            "pattern": r"^[0-9]{2}\.[0-9]{2}$",
            "description": "Kemendagri code of the city.",
        },
        "content-type": {"type": "string", "const": "application/json"},
        "traceparent": {
            "type": "string",
            "description": "W3C Trace Context of the request that it follows from, where there is one that may be known.",
        },
    },
}


def document(service: str, emits: Sequence[type[Event]], hears: Mapping[str, Sequence[type[Event]]]) -> Document:
    """The AsyncAPI 3.0 document of one service: what it emits, and by consumer group what it hears."""
    groups = {group: sorted(set(kinds), key=_name) for group, kinds in sorted(hears.items())}
    every = sorted({*emits, *(kind for kinds in groups.values() for kind in kinds)}, key=_name)
    references, schemas = _schemas(every)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": f"Kinerja {service}",
            "version": "1",
            "description": f"What {service} emits on its topic, and what it hears from the others.",
        },
        "defaultContentType": "application/json",
        "channels": {topic: _channel(topic, every) for topic in sorted({kind.topic for kind in every})},
        "operations": _operations(service, emits, groups),
        "components": {
            "messages": {_name(kind): _message(kind, references[kind]) for kind in every},
            "schemas": {"CloudEvent": _HEADERS, **schemas},
        },
    }


def _name(kind: type[Event]) -> str:
    return kind.ce_type()


def _channel(topic: str, every: Iterable[type[Event]]) -> Document:
    messages = {_name(kind): {"$ref": f"#/components/messages/{_name(kind)}"} for kind in every if kind.topic == topic}
    description = f"Topic of {topic}, between Kinerja's own services; one key keeps its order."
    return {"address": topic, "description": description, "messages": messages}


def _operations(
    service: str, emits: Sequence[type[Event]], groups: Mapping[str, Sequence[type[Event]]]
) -> dict[str, Document]:
    operations: dict[str, Document] = {}
    if emits:
        operations["emit"] = _operation("send", f"{service} emits", emits)
    for group, kinds in groups.items():
        hearing = _operation("receive", f"{service} hears {kinds[0].topic}", kinds)
        bindings = {"kafka": {"groupId": {"type": "string", "const": group}, "bindingVersion": "0.5.0"}}
        operations[f"hear-{group.removeprefix(f'{service}.')}"] = hearing | {"bindings": bindings}
    return operations


def _operation(action: str, summary: str, kinds: Sequence[type[Event]]) -> Document:
    topic = f"#/channels/{kinds[0].topic}"
    messages = [{"$ref": f"{topic}/messages/{_name(kind)}"} for kind in kinds]
    return {"action": action, "summary": summary, "channel": {"$ref": topic}, "messages": messages}


_INTERNAL: Document = {
    "tags": [{"name": "internal", "description": "Says who owes what about whom: nobody outside ever gets it."}],
    "x-internal": True,
}
"""Of an event that stays between the services: what others read or subscribe to leaves it out."""


def _message(kind: type[Event], payload: Document) -> Document:
    return (_INTERNAL if kind.internal else {}) | {
        "name": _name(kind),
        "title": kind.__name__,
        "summary": (inspect.getdoc(kind) or "").splitlines()[0],
        "headers": {"$ref": "#/components/schemas/CloudEvent"},
        "payload": payload,
        "bindings": {
            "kafka": {
                "key": {"type": "string", "description": "The aggregate whose events keep their order."},
                "bindingVersion": "0.5.0",
            }
        },
    }


def _schemas(every: Sequence[type[Event]]) -> tuple[dict[type[Event], Document], Document]:
    """Where each event's schema is, and all of them, as they are sent (decimals are text)."""
    as_sent: Literal["serialization"] = "serialization"
    references, definitions = models_json_schema(
        [(kind, as_sent) for kind in every], ref_template="#/components/schemas/{model}"
    )
    return {kind: references[kind, as_sent] for kind in every}, definitions.get("$defs", {})
