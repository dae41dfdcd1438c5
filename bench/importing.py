"""Importing a whole city: an office's own table through a mapping, our own layout, and the same rows by a bare COPY."""

import csv
import io
from collections.abc import Iterator, Mapping
from uuid import uuid4

import asyncpg

from bench import room
from bench.figures import Budget, Figure
from contracts.base import Role
from kinerja.people import csv_lines
from kinerja.places import place_named
from kit.actor import Actor
from kit.db import Database
from kit.files.uploads import InvalidFiles, Sent
from services.registry.imports.commands.imports import import_files
from services.registry.imports.commands.mappings import confirm
from services.registry.imports.commands.reading import read

OURS, THEIRS = "16.71", "14.72"
"""The city whose office fills in our layout, and the one whose office has a table of its own."""
_HEADER = {
    "nip": "NIP BARU", "name": "NAMA PEGAWAI", "employment_type": "STATUS KEPEGAWAIAN", "grade": "PANGKAT / GOL. RUANG",
    "position": "NAMA JABATAN", "position_kind": "JENIS JABATAN", "unit_code": "UNIT KERJA", "head": "KEPALA",
    "rater_nip": "ATASAN LANGSUNG", "email": "ALAMAT EMAIL", "roles": "PERAN", "language": "BAHASA", "since": "TMT ATASAN",
}  # fmt: skip
_KINDS = {
    "PELAKSANA": "Jabatan Pelaksana",
    "PENGAWAS": "Eselon IV.a",
    "AHLI_MUDA": "Ahli Muda",
    "AHLI_PERTAMA": "Ahli Pertama",
}
_WRITTEN = ("servants", "rater_relations", "import_rows", "outbox")
"""Tables into which an import of people writes."""


async def measure(say: room.Say, *, quick: bool) -> list[Figure]:
    """Seconds of each whole import, from the bytes of the file to the commit."""
    count = 10_000 if quick else 100_000
    say(f"importing: {count:,} people")
    files, office = (
        _files(count),
        {city: Actor(uuid4(), city, frozenset({Role.PERFORMANCE_OFFICE})) for city in (OURS, THEIRS)},
    )
    async with (
        room.postgres() as server,
        room.opened(server, "registry") as database,
        room.superuser(server, "registry") as connection,
    ):
        for city in (OURS, THEIRS):
            await _bring(database, office[city], _of(city, files, "policy.yaml", "units.csv"))
        say("importing: our own layout")
        ours = await _timed(database, office[OURS], _of(OURS, files, "servants.csv"))
        say("importing: a mapping is confirmed")
        table = {"Data Pegawai.csv": _theirs(_of(THEIRS, files, "servants.csv")["servants.csv"])}
        await _confirm(database, office[THEIRS], table)
        say("importing: the office's own table")
        theirs = await _timed(database, office[THEIRS], table)
        say("importing: copying the same rows")
        copied = await _copied(connection, THEIRS)
    what = f"import {count:,} people"
    bare = "bare COPY of the same rows and indexes"
    return [
        Figure(
            bench="importing", what=f"{what} through a mapping", measured=theirs, unit="s", baseline=copied, against=bare,
            budget=Budget(limit=60, kind="at most"),
        ),
        Figure(bench="importing", what=f"{what} in our layout", measured=ours, unit="s", baseline=copied, against=bare),
        Figure(bench="importing", what="of it: what the mapping costs", measured=theirs, unit="s", baseline=ours, against="our layout"),
    ]  # fmt: skip


def _files(count: int) -> dict[str, bytes]:
    place = place_named("dumai")
    found = {name: (place.directory / name).read_bytes() for name in ("policy.yaml", "units.csv")}
    return found | {"servants.csv": "".join(csv_lines(place, count)).encode()}


def _of(city: str, files: Mapping[str, bytes], *names: str) -> dict[str, bytes]:
    return {name: files[name].replace(THEIRS.encode(), city.encode()) for name in names}


def _theirs(content: bytes) -> bytes:
    """The same people as an office writes them: its own columns, grades, kinds, numbers with blanks, semicolons, a footer."""
    lines, out = csv.DictReader(io.StringIO(content.decode())), io.StringIO()
    table = csv.writer(out, delimiter=";")
    table.writerow(["DAFTAR NOMINATIF PEGAWAI"])
    names = lines.fieldnames or ()
    table.writerow([_HEADER.get(name, name.upper()) for name in names])
    table.writerows([line[name] for name in names] for line in map(_as_written, lines))
    table.writerow(["JUMLAH"])
    return out.getvalue().encode("utf-8-sig")


def _as_written(line: dict[str, str]) -> dict[str, str]:
    nip, grade = line["nip"], line["grade"]
    return line | {
        "nip": f"'{nip}",
        "grade": grade.upper() if "/" in grade else f"Gol. {grade}",
        "position_kind": _KINDS.get(line["position_kind"], line["position_kind"]),
        "rater_nip": _blanks(line["rater_nip"]),
        "employment_type": "Pegawai Negeri Sipil" if line["employment_type"] == "PNS" else "P3K",
    }


def _blanks(nip: str) -> str:
    return f"{nip[:8]} {nip[8:14]} {nip[14:15]} {nip[15:]}" if nip else ""


async def _timed(database: Database, office: Actor, files: Mapping[str, bytes]) -> float:
    watch = room.Stopwatch.start()
    await _bring(database, office, files)
    return watch.seconds


async def _bring(database: Database, office: Actor, files: Mapping[str, bytes]) -> None:
    sent = [Sent.of(name, content) for name, content in files.items()]
    async with read(database, office, sent) as reading, database.transaction(office.tenant_id, office) as session:
        await import_files(session, reading)


async def _confirm(database: Database, office: Actor, files: Mapping[str, bytes]) -> None:
    """As the office does once: what is proposed is right."""
    try:
        await _bring(database, office, files)
    except InvalidFiles as error:
        [proposal] = error.notes["mappings"]
    async with database.transaction(office.tenant_id, office) as session:
        await confirm(session, header=proposal["header"], columns=proposal["columns"], answers={})


async def _copied(connection: asyncpg.Connection, city: str) -> float:
    """Seconds to COPY what one city's import wrote into tables with the same indexes."""
    return sum([await _copy(connection, table, city) for table in _WRITTEN])


async def _copy(connection: asyncpg.Connection, table: str, city: str) -> float:
    rows = await connection.fetch(f"select * from {table} where tenant_id = $1", city)  # noqa: S608 - names of this file
    await connection.execute(f"create table bench_{table} (like {table} including defaults including indexes)")
    watch = room.Stopwatch.start()
    await connection.copy_records_to_table(f"bench_{table}", records=_records(rows))
    return watch.seconds


def _records(rows: list[asyncpg.Record]) -> Iterator[tuple[object, ...]]:
    return (tuple(row.values()) for row in rows)
