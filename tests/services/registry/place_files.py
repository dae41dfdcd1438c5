"""Files of places, small and whole, for tests of the registry."""

from pathlib import Path
from uuid import UUID

from httpx import Response

from contracts.base import Role, new_id
from kinerja.places import FILES
from tests.support.client import Client

CITIES = Path(__file__).parents[3] / "deploy" / "cities"
OFFICE = new_id()
"""Whoever brings a city in: acts for the performance office while the registry knows nobody with that role."""

POLICY = """\
scope: "16.71"
name: "Kota Contoh"
inherits: permenpanrb-6-2022
method: WEIGHTED_CRITERIA
criteria:
  - {code: results, label: {id: Hasil, en: Results}, axis: RESULT, weight: 60, measure: INDICATORS}
  - {code: behaviour, label: {id: Perilaku, en: Behaviour}, axis: BEHAVIOUR, weight: 40}
sources:
  - {role: SUPERIOR, share: 100}
"""
UNITS = """\
code,name,kind,parent_code,period_months
16.71,Kota Contoh,CITY,,
16.71.SETDA,Sekretariat Daerah,SECRETARIAT,16.71,
16.71.DINKES,Dinas Kesehatan,OFFICE,16.71,12
"""
HEADER = "nip,name,employment_type,grade,position,position_kind,unit_code,head,rater_nip,email,roles,language,since\n"
SEKDA, HEAD, SECTION, STAFF = (
    "196001011985011001",
    "196502021990021001",
    "197003031995031001",
    "198004042005041001",
)


def person(nip: str, name: str, rater: str = "", unit: str = "16.71.DINKES", head: str = "no", since: str = "") -> str:
    """One line of servants.csv."""
    mail = f"{name.split(maxsplit=1)[0].lower()}@palembang.example"
    return f"{nip},{name},PNS,III/d,Pejabat,PENGAWAS,{unit},{head},{rater},{mail},,id,{since}\n"


def servants(*, section_rater: str = HEAD) -> str:
    """Four people in a line."""
    return HEADER + "".join(
        (
            person(SEKDA, "Sekda Satu", unit="16.71.SETDA", head="yes", since="2024-01-02"),
            person(HEAD, "Kadis Dua", SEKDA, head="yes", since="2024-01-02"),
            person(SECTION, "Kabid Tiga", section_rater, since="2024-01-02"),
            person(STAFF, "Staf Empat", SECTION, since="2024-01-02"),
        )
    )


def small(**texts: str) -> dict[str, bytes]:
    """The three files of a small city; keyword arguments replace one: ``policy``, ``units``, ``servants``."""
    given = {"policy": POLICY, "units": UNITS, "servants": servants()} | texts
    names = {"policy": "policy.yaml", "units": "units.csv", "servants": "servants.csv"}
    return {names[kind]: text.encode() for kind, text in given.items()}


def committed(place: str) -> dict[str, bytes]:
    """The committed files of a place."""
    return {name: path.read_bytes() for name in FILES if (path := CITIES / place / name).is_file()}


async def office_of(client: Client, city: str = "16.71") -> UUID:
    """Who acts for the performance office: whom the registry knows, else who brings the city in."""
    asking = client.as_(OFFICE, city, Role.PERFORMANCE_OFFICE)
    page = await client.get("/v1/servants", params={"role": Role.PERFORMANCE_OFFICE.value}, headers=asking)
    return next((UUID(one["id"]) for one in page.json()["items"]), OFFICE)


async def submit(client: Client, files: dict[str, bytes], city: str = "16.71", *, dry_run: bool = False) -> Response:
    """Import files as the city's performance office."""
    return await client.post(
        "/v1/imports",
        params={"dry_run": dry_run},
        files=[("files", (name, content)) for name, content in files.items()],
        headers=client.as_(await office_of(client, city), city, Role.PERFORMANCE_OFFICE),
    )
