"""A published fact as a CloudEvent, and the public chain in which each event of a city proves the one before.

An event's ``digest`` is the SHA-256 of its canonical JSON (RFC 8785: keys in order, no spaces) without the two links of the
chain; its ``hash`` is the SHA-256 of the hash before it and the digest, both in hexadecimal. So whoever may not read an
event still verifies the chain through its digest, which says nothing: an event's id is unknown to whoever has not read it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from contracts.base import Event
from contracts.public.base import Fact, PublicType

FIRST = "0" * 64
"""What the first event of a city's chain points back to."""
BATCH = "application/cloudevents-batch+json"
SINGLE = "application/cloudevents+json"


@dataclass(frozen=True, slots=True)
class Link:
    """An event in the chain, as it is stored and sent."""

    id: UUID
    position: int
    digest: str
    hash: str
    text: str
    """The whole CloudEvent as JSON."""


def cloud_event(
    kind: PublicType, fact: Fact, event: Event, *, cause: UUID, place: int, time: datetime, position: int, url: str
) -> dict[str, Any]:
    """The CloudEvent of a fact, without its links; ``place`` counts what one internal event tells."""
    attributes: dict[str, Any] = {
        "specversion": "1.0",
        "id": str(uuid5(cause, f"{kind.ce_type}/{place}")),
        "source": f"/cities/{event.tenant_id}/{event.topic}",
        "type": kind.ce_type,
        "subject": kind.subject(event),
        "time": time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "dataschema": f"{url}/v1/schemas/{kind.name}/{kind.version}",
        "datacontenttype": "application/json",
        "city": event.tenant_id,
        "sequence": f"{position:012}",
        "data": fact.model_dump(mode="json"),
    }
    if kind.is_about_a_person:
        attributes["person"] = attributes["data"]["servant_id"]
    return attributes


def linked(event: Mapping[str, Any], before: str, position: int) -> Link:
    """The event with its links to the one before."""
    digest = hashlib.sha256(canonical(event).encode()).hexdigest()
    own = hashlib.sha256((before + digest).encode()).hexdigest()
    whole = {**event, "previoushash": before, "hash": own}
    return Link(UUID(event["id"]), position, digest, own, canonical(whole))


def canonical(value: Mapping[str, Any]) -> str:
    """Canonical JSON; equal to RFC 8785 for what is published, which has no fractions and no keys beyond ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
