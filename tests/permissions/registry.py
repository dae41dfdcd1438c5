"""Probes of the registry: a small city, imported by its performance office."""

from collections.abc import AsyncIterator, Mapping
from typing import Any
from uuid import UUID

from contracts.base import Role
from kit.db import Database
from tests.conftest import ClientOf
from tests.permissions.probing import ABOVE, ANYONE, People, Probe
from tests.services.registry.place_files import (
    HEAD,
    SECTION,
    SEKDA,
    STAFF,
    office_of,
    person,
    servants,
    small,
    submit,
)
from tests.support.client import Client

CITY = "16.71"
_OF_OFFICE = {"nip": "NIP", "name": "Nama", "grade": "Gol", "position": "Jabatan", "unit_code": "Unit"}
MAPPING = {"header": list(_OF_OFFICE.values()), "columns": _OF_OFFICE}
OFFICER = "198302072008022001"
"""Nobody's rater, and rated by nobody: no act of hers is one with a conflict of interest."""
PANELIST = "198302072008022002"
MONTH = {"month": "2026-01-01", "source": "E-Absensi", "lines": [{"nip": STAFF, "present": 20}]}
HOLDING = {"from": "2026-01-01", "reason": "SK Wali Kota 821/7/2026"}
OUTAGE = {"began_at": "2026-01-02T08:00:00+07:00", "ended_at": "2026-01-02T15:00:00+07:00", "reason": "Listrik padam"}


async def probes(database: Database, client_of: ClientOf) -> AsyncIterator[Probe]:
    """The staff is the one concerned; the secretary is nobody's rater in this."""
    client = client_of("registry", database)
    officer = person(OFFICER, "Petugas Lima", unit="16.71.SETDA").replace(",,id,", ",PERFORMANCE_OFFICE,id,")
    panelist = person(PANELIST, "Anggota Enam", unit="16.71.SETDA").replace(",,id,", ",PANEL,id,")
    everybody = servants() + officer + panelist
    imported = (await submit(client, small(servants=everybody))).json()
    ids: dict[str, UUID] = {}
    headers = client.as_(await office_of(client, CITY), CITY, Role.PERFORMANCE_OFFICE)
    for nip in (STAFF, SECTION, HEAD, SEKDA, OFFICER, PANELIST):
        ids[nip] = UUID((await client.get(f"/v1/servants/by-nip/{nip}", headers=headers)).json()["id"])
    kinds = {"self": ids[STAFF], "rater": ids[SECTION], "authority": ids[HEAD], ANYONE: ids[SEKDA]}
    around_her: dict[str, tuple[UUID, tuple[Role, ...]]] = {kind: (one, ()) for kind, one in kinds.items()}
    around_her["office"] = (ids[OFFICER], (Role.PERFORMANCE_OFFICE,))
    for kind, role in ABOVE.items():
        around_her[kind] = (await _declared(client, headers, role), (role,))
    around = People(CITY, around_her)
    servant = {"servant_id": ids[STAFF]}
    rater = {"rater_id": str(ids[HEAD]), "from": "2026-01-03", "reason": "Plt. selama cuti", "source": "DELEGATION"}
    imported_ids = {"import_id": imported["import_id"]}
    renamed = small(servants=everybody.replace("Staf Empat", "Staf Baru"))
    files = [("files", (name, content)) for name, content in renamed.items()]
    for probe in (
        Probe(method="POST", route="/imports", files=files, people=around),
        Probe(method="PUT", route="/imports/mappings", body=MAPPING, people=around),
        Probe(method="GET", route="/imports/mappings", people=around),
        Probe(
            method="GET", route="/imports/templates/{kind}", ids={"kind": "servants"}, people=around, everywhere=True
        ),
        Probe(method="GET", route="/imports/{import_id}", ids=imported_ids, people=around),
        Probe(method="GET", route="/imports/{import_id}/rows", ids=imported_ids, people=around),
        Probe(method="GET", route="/units", people=around),
        Probe(method="GET", route="/servants", people=around),
        Probe(method="GET", route="/servants/by-nip/{nip}", ids={"nip": STAFF}, people=around),
        Probe(method="GET", route="/servants/{servant_id}", ids=servant, people=around),
        Probe(method="GET", route="/servants/{servant_id}/raters", ids=servant, people=around),
        Probe(method="POST", route="/servants/{servant_id}/raters", ids=servant, body=rater, people=around),
        Probe(method="GET", route="/policies", people=around),
        Probe(method="GET", route="/policies/{scope}", ids={"scope": CITY}, people=around),
        Probe(method="GET", route="/policies/{scope}/differences", ids={"scope": CITY}, people=around),
        Probe(method="GET", route="/calendar", people=around),
        Probe(method="POST", route="/attendance", body=MONTH, people=around),
        Probe(method="GET", route="/servants/{servant_id}/attendance", ids=servant, people=around),
        Probe(method="GET", route="/competences", people=around),
        Probe(method="POST", route="/outages", body=OUTAGE, people=around),
        Probe(method="GET", route="/outages", people=around),
        Probe(method="GET", route="/lookups", people=around),
    ):
        yield probe
    async for probe in _holders(client, ids, around):
        yield probe
    async for probe in _assistants(client, ids, around):
        yield probe
    async for probe in _requests(client, ids, around):
        yield probe
    async for probe in _personnel(client, ids, around):
        yield probe


async def _declared(client: Client, headers: Mapping[str, str], role: Role) -> UUID:
    """Somebody who is no civil servant holds this office."""
    body = HOLDING | {"role": role.value, "name": f"Pemegang {role.value.title()}"}
    return UUID((await client.post("/v1/office-holders", json=body, headers=dict(headers))).json()["person_id"])


async def _holders(client: Client, ids: Mapping[str, UUID], around: People) -> AsyncIterator[Probe]:
    """One of the staff becomes an auditor, and is one no longer."""
    office = client.as_(ids[OFFICER], CITY, Role.PERFORMANCE_OFFICE)
    body = HOLDING | {"role": "AUDITOR", "person_id": str(ids[STAFF])}
    yield Probe(method="POST", route="/office-holders", body=body, people=around)
    yield Probe(method="GET", route="/office-holders", people=around)
    held = (await client.post("/v1/office-holders", json=body, headers=office)).json()
    ended = {"until": "2026-01-05", "reason": "Penugasan selesai"}
    ids_of = {"declaration_id": held["id"]}
    yield Probe(method="POST", route="/office-holders/{declaration_id}/end", ids=ids_of, body=ended, people=around)
    yield Probe(method="GET", route="/journal", query={"subject": str(ids[STAFF])}, people=around)
    yield Probe(method="GET", route="/operations", people=around)
    yield Probe(method="GET", route="/journal/verification", people=around)


async def _assistants(client: Client, ids: Mapping[str, UUID], around: People) -> AsyncIterator[Probe]:
    """The secretary enters for the staff, who has no computer."""
    office = client.as_(ids[OFFICER], CITY, Role.PERFORMANCE_OFFICE)
    body = {"servant_id": str(ids[STAFF]), "assistant_id": str(ids[SEKDA]), "from": "2026-01-01"}
    body |= {"reason": "Tidak memiliki komputer"}
    yield Probe(method="POST", route="/assistants", body=body, people=around)
    yield Probe(method="GET", route="/assistants", people=around)
    declared = (await client.post("/v1/assistants", json=body, headers=office)).json()
    ended = {"until": "2026-01-05", "reason": "Komputer tersedia"}
    ids_of = {"declaration_id": declared["id"]}
    yield Probe(method="POST", route="/assistants/{declaration_id}/end", ids=ids_of, body=ended, people=around)


async def _requests(client: Client, ids: Mapping[str, UUID], around: People) -> AsyncIterator[Probe]:
    """The staff says that another rates her; the secretary has no part in it."""
    asked = {"kind": "WRONG_RATER", "servant_id": str(ids[STAFF]), "person_id": str(ids[HEAD])}
    asked |= {"reason": "Saya dinilai Kadis sejak Januari"}
    # Of an own rater everybody may ask: those who may not about her are asked about her.
    yield Probe(
        method="POST", route="/requests", body=asked, people=around.only("self", "rater", "authority", "office")
    )
    panel = {"kind": "STEP_BACK", "unit_id": await _unit(client, ids), "reason": "Bekas kepala unit itu"}
    member = {"panel": (ids[PANELIST], (Role.PANEL,))}
    yield Probe(method="POST", route="/requests", body=panel, people=People(CITY, {**around.kinds, **member}))
    yield Probe(method="GET", route="/requests", people=around)
    mine = client.as_(ids[STAFF], CITY)
    one = {"request_id": (await client.post("/v1/requests", json=asked, headers=mine)).json()["id"]}
    yield Probe(method="GET", route="/requests/{request_id}", ids=one, people=around)
    granted = {"granted": True, "reason": "Sesuai SK 821/2026"}
    yield Probe(method="POST", route="/requests/{request_id}/decision", ids=one, body=granted, people=around)
    yield Probe(method="POST", route="/requests/{request_id}/withdrawal", ids=one, body={}, people=around)


async def _unit(client: Client, ids: Mapping[str, UUID]) -> str:
    office = client.as_(ids[OFFICER], CITY, Role.PERFORMANCE_OFFICE)
    units = (await client.get("/v1/units", headers=office)).json()["items"]
    return next(str(one["id"]) for one in units if one["code"] == "16.71.DINKES")


async def _personnel(client: Client, ids: Mapping[str, UUID], around: People) -> AsyncIterator[Probe]:
    """Changes to come: somebody is transferred, on leave, acts for another; one was planned."""
    office = client.as_(ids[OFFICER], CITY, Role.PERFORMANCE_OFFICE)
    units = {one["code"]: one["id"] for one in (await client.get("/v1/units", headers=office)).json()["items"]}
    one: dict[str, Any] = {"ids": {"servant_id": ids[STAFF]}, "people": around}
    health: dict[str, Any] = {"ids": {"unit_id": units["16.71.DINKES"]}, "people": around}
    later = {"from": "2026-02-02", "reason": "SK Wali Kota 821/01/2026"}
    moving = later | {"unit_id": units["16.71.SETDA"]}
    leave, acting = later | {"status": "UNPAID_LEAVE"}, later | {"acting_id": str(ids[SECTION]), "kind": "PLT"}
    yield Probe(method="POST", route="/servants/{servant_id}/transfers", body=moving, **one)
    yield Probe(method="POST", route="/servants/{servant_id}/status", body=leave, **one)
    entry = {"from": "2026-01-02", "reason": "SK CPNS 813/2026"}
    yield Probe(method="POST", route="/servants/{servant_id}/entries", body=entry, **one)
    decree = entry | {"document": "SK 821/2/2026"}
    appointed = decree | {"appointed_as": "PNS"}
    yield Probe(method="POST", route="/servants/{servant_id}/appointments", body=appointed, **one)
    arrived = decree | {"city": "14.72", "former_nip": STAFF}
    yield Probe(method="POST", route="/servants/{servant_id}/arrivals", body=arrived, **one)
    yield Probe(method="GET", route="/servants/{servant_id}/moves", **one)
    yield Probe(method="GET", route="/moves", people=around)
    yield Probe(method="GET", route="/servants/{servant_id}/former-numbers", **one)
    yield Probe(method="POST", route="/units/{unit_id}/acting", body=acting, concerns=ids[HEAD], **health)
    planned = await client.post(f"/v1/servants/{ids[STAFF]}/status", json=leave, headers=office)
    change = {"change_id": planned.json()["id"]}
    reason = {"reason": "SK dicabut"}
    leave = {"colleague_id": str(ids[HEAD]), "from": "2026-02-02", "until": "2026-02-13", "reason": "Cuti tahunan"}
    raters = around.only("self", "rater", "office", *ABOVE)  # the others rate somebody as well
    yield Probe(method="POST", route="/hand-overs", body=leave, people=raters)
    handed = await client.post("/v1/hand-overs", json=leave, headers=client.as_(ids[SECTION], CITY))
    back = {"change_id": handed.json()["id"]}
    why = {"reason": "Cuti ditunda"}
    yield Probe(method="POST", route="/hand-overs/{change_id}/end", ids=back, body=why, people=around)
    yield Probe(method="GET", route="/servants/{servant_id}/changes", **one)
    yield Probe(method="GET", route="/personnel-changes", people=around)
    released = decree | {"from": "2026-02-02", "city": "14.72"}
    yield Probe(method="POST", route="/servants/{servant_id}/releases", body=released, **one)
    right = {"nip": "198004042005041099", "reason": "Salah ketik", "document": "Surat BKN 12/2026"}
    yield Probe(method="POST", route="/servants/{servant_id}/nip-corrections", body=right, **one)
    yield Probe(
        method="POST", route="/personnel-changes/{change_id}/cancellation", ids=change, body=reason, people=around
    )
