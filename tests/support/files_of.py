"""Judges files in memory, as an import does."""

from datetime import date

from kit.files.errors import FileError, FileErrors
from services.registry.imports.rules.judgement import Judged, KnownPolicy, judge
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.submission import Upload, read_all

TODAY = date(2026, 1, 5)
POLICY = """\
scope: "16.71"
name: "Kota Contoh"
inherits: permenpanrb-6-2022
method: WEIGHTED_CRITERIA
criteria:
  - code: results
    label: {id: Hasil, en: Results}
    axis: RESULT
    weight: 60
    measure: INDICATORS
  - code: behaviour
    label: {id: Perilaku, en: Behaviour}
    axis: BEHAVIOUR
    weight: 40
sources:
  - {role: SUPERIOR, share: 100}
"""
UNITS = """\
code,name,kind,parent_code,period_months
16.71,Kota Contoh,CITY,,
16.71.SETDA,Sekretariat Daerah,SECRETARIAT,16.71,
"""
HEADER = "nip,name,employment_type,grade,position,position_kind,unit_code,rater_nip,email,head,since\n"
TOP, BOSS, STAFF = "196001011985011001", "196502021990021001", "198004042005041001"
SERVANTS = HEADER + (
    f"{TOP},Satu,PNS,IV/d,Sekda,JPT_PRATAMA,16.71.SETDA,,satu@palembang.example,yes,2024-01-02\n"
    f"{BOSS},Dua,PNS,IV/a,Kabag,ADMINISTRATOR,16.71.SETDA,{TOP},dua@palembang.example,no,2024-01-02\n"
    f"{STAFF},Tiga,PNS,III/a,Staf,PELAKSANA,16.71.SETDA,{BOSS},tiga@palembang.example,no,\n"
)


def judged(
    *,
    policy: str | bytes | None = POLICY,
    units: str | bytes | None = UNITS,
    servants: str | bytes | None = SERVANTS,
    known: Known | None = None,
    policies: dict[str, KnownPolicy] | None = None,
) -> tuple[Judged, list[FileError]]:
    """What an import of these files comes to, with its errors in the order of the files."""
    texts = {"policy.yaml": policy, "units.csv": units, "servants.csv": servants}
    uploads = [
        Upload(name, text.encode() if isinstance(text, str) else text)
        for name, text in texts.items()
        if text is not None
    ]
    errors = FileErrors()
    submission = read_all(uploads, errors)
    found = judge(submission, known or Known(city="16.71", today=TODAY), policies or {}, errors)
    return found, errors.in_order()


def places(errors: list[FileError]) -> list[tuple[str, int, int]]:
    """Where they are."""
    return [(one.file, one.line, one.column) for one in errors]
