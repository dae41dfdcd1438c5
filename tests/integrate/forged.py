"""Deliveries that are not Kinerja's, however well they are made, and one that is."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable

from services.integrations.endpoints.rules.sealing import new_secret

SECRET = new_secret()


def signed(body: bytes, *, ident: str = "one", at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    moment = str(int(time.time() if at is None else at))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    proof = hmac.new(key, f"{ident}.{moment}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": ident,
        "webhook-timestamp": moment,
        "webhook-signature": "v1," + base64.b64encode(proof).decode(),
        "content-type": "application/cloudevents+json",
    }


def event(predicate: str = "GOOD", version: int = 1, appraisal: str = "a") -> bytes:
    data = {"appraisal_id": appraisal, "servant_id": "s", "cycle_id": "c", "version": version, "predicate": predicate}
    return json.dumps({"type": "id.kinerja.public.result-finalised.v1", "data": data}).encode()


BODY = event()
Lie = Callable[[], tuple[bytes, dict[str, str]]]
FORGED: dict[str, Lie] = {
    "another secret": lambda: (BODY, signed(BODY, secret=new_secret())),
    "another body": lambda: (event("VERY_GOOD"), signed(BODY)),
    "one blank more": lambda: (BODY + b" ", signed(BODY)),
    "another id": lambda: (BODY, signed(BODY) | {"webhook-id": "two"}),
    "another time": lambda: (BODY, signed(BODY) | {"webhook-timestamp": str(int(time.time()) - 1)}),
    "no signature": lambda: (BODY, signed(BODY) | {"webhook-signature": ""}),
    "no id": lambda: (BODY, {name: one for name, one in signed(BODY).items() if name != "webhook-id"}),
    "no time": lambda: (BODY, {name: one for name, one in signed(BODY).items() if name != "webhook-timestamp"}),
    "no header at all": lambda: (BODY, {}),
    "a time that is none": lambda: (BODY, signed(BODY) | {"webhook-timestamp": "now"}),
    "a signature of another kind": lambda: (BODY, _otherwise(lambda one: one.replace("v1,", "v1a,"))),
    "a signature cut off": lambda: (BODY, _otherwise(lambda one: one[:-4])),
    "a signature of nothing": lambda: (BODY, _otherwise(lambda _: "v1,")),
    "a signature in hexadecimal": lambda: (BODY, _otherwise(lambda one: "v1," + base64.b64decode(one[3:]).hex())),
    "a signature beyond ASCII": lambda: (BODY, _otherwise(lambda one: one[:-1] + "\xe9")),
    "a time of five thousand digits": lambda: (BODY, signed(BODY) | {"webhook-timestamp": "1" * 5_000}),
    "six minutes late": lambda: (BODY, signed(BODY, at=time.time() - 360)),
    "six minutes early": lambda: (BODY, signed(BODY, at=time.time() + 360)),
    "of last year": lambda: (BODY, signed(BODY, at=time.time() - 31_536_000)),
}


def _otherwise(change: Callable[[str], str]) -> dict[str, str]:
    said = signed(BODY)
    return said | {"webhook-signature": change(said["webhook-signature"])}
