"""The place of the year: a small agency, its policy for a year on the regulation's own terms, and who works there."""

from zoneinfo import ZoneInfo

from contracts.base import Role
from kit.files.uploads import Sent

CITY = "16.71"
WIB = ZoneInfo("Asia/Jakarta")

POLICY = """\
scope: "16.71"
name: "Kota Contoh, setahun"
inherits: permenpanrb-6-2022
method: WEIGHTED_CRITERIA
period_months: 12
report_months: 3
effective_from: 2025-12-01
features: {periodic_evaluation: true}
criteria:
  - {code: results, label: {id: Hasil, en: Results}, axis: RESULT, weight: 60, measure: INDICATORS}
  - {code: behaviour, label: {id: Perilaku, en: Behaviour}, axis: BEHAVIOUR, weight: 40}
sources:
  - {role: SUPERIOR, share: 100}
phases:
  - {phase: PREPARATION, opens: {anchor: PERIOD_START, days: -31}, due: {anchor: PERIOD_START, days: -1}}
  - {phase: PLANNING, opens: {anchor: PERIOD_START, days: 1}, due: {anchor: PERIOD_START, days: 30}}
  - {phase: EXECUTION, opens: {anchor: PREVIOUS_PHASE}, due: {anchor: PERIOD_END}, ends_early: false}
  - {phase: EVALUATION, opens: {anchor: PERIOD_END, days: 1}, due: {anchor: PERIOD_END, days: 31}}
  - {phase: MODERATION, opens: {anchor: PREVIOUS_PHASE}, due: {anchor: PHASE_OPENING, days: 5, kind: WORKING}}
  - {phase: DISCLOSURE, opens: {anchor: PREVIOUS_PHASE}, due: {anchor: PHASE_OPENING, days: 25, kind: WORKING}}
  - phase: OBJECTION
    opens: {anchor: PREVIOUS_PHASE}
    due: {anchor: PHASE_OPENING, days: 14, kind: WORKING}
    ends_early: false
  - {phase: FINALISATION, opens: {anchor: PREVIOUS_PHASE}, due: {anchor: PHASE_OPENING, days: 10, kind: WORKING}}
  - {phase: FOLLOW_UP, opens: {anchor: PREVIOUS_PHASE}, due: {anchor: PHASE_OPENING, days: 20, kind: WORKING}}
  - {phase: SYSTEM_REVIEW, opens: {anchor: PREVIOUS_PHASE}, due: {anchor: PHASE_OPENING, days: 20, kind: WORKING}}
ladders:
  ASSESS:  # due with the window: 19 working days after it opens on 4 January 2027; then clock 5, L V.A.8
    due_days: 19
    rungs:
      - {days: -3, step: REMIND}
      - {days: 0, step: HAND_OVER}
      - {days: 14, step: OFFICE}
  ACKNOWLEDGE_RESULT:  # clock 4, L V.A.6
    due_days: 14
    rungs:
      - {days: -3, step: REMIND}
      - {days: 0, step: LAPSE}
"""
"""What is not named here is the regulation's: deploy/regulations/permenpanrb-6-2022.yaml."""

UNITS = """\
code,name,kind,parent_code,period_months
16.71,Kota Contoh,CITY,,
16.71.SETDA,Sekretariat Daerah,SECRETARIAT,16.71,
16.71.DINAS,Dinas Contoh,OFFICE,16.71,
16.71.A,Bidang A,SECTION,16.71.DINAS,
16.71.B,Bidang B,SECTION,16.71.DINAS,
"""

CAST: dict[str, tuple[str, str, str]] = {
    "petugas": ("16.71.SETDA", "no", "sekda"),
    "sekda": ("16.71.SETDA", "yes", ""),
    "kadis": ("16.71.DINAS", "yes", "sekda"),
    "kabid_a": ("16.71.A", "yes", "kadis"),
    "kabid_b": ("16.71.B", "yes", "kadis"),
    "ani": ("16.71.A", "no", "kabid_a"),
    "budi": ("16.71.A", "no", "kabid_a"),
    "citra": ("16.71.A", "no", "kabid_a"),
    "dewi": ("16.71.B", "no", "kabid_b"),
    "eko": ("16.71.B", "no", "kabid_b"),
    "fajar": ("16.71.B", "no", "kabid_b"),
}
"""Unit, whether head of it, and rater on the first day. The secretary is rated by nobody, so by the office: by the officer
whom he does not rate."""
ROLES = {"petugas": (Role.PERFORMANCE_OFFICE,), "eko": (Role.PERFORMANCE_OFFICE,)}

_HEADER = "nip,name,employment_type,grade,position,position_kind,unit_code,head,rater_nip,email,roles,language,since\n"


def _nip(name: str) -> str:
    return f"19{60 + list(CAST).index(name)}0202199002" + "1001"


def _line(name: str) -> str:
    unit, head, rater = CAST[name]
    rater_nip = _nip(rater) if rater else ""
    roles = "|".join(ROLES.get(name, ()))
    return (
        f"{_nip(name)},{name},PNS,III/d,Pejabat,PENGAWAS,{unit},{head},{rater_nip},"
        f"{name}@contoh.example,{roles},id,2024-01-02\n"
    )


def files(policy: str = POLICY) -> list[Sent]:
    """The files that the office brings to the registry."""
    people = _HEADER + "".join(_line(name) for name in CAST)
    texts = {"policy.yaml": policy, "units.csv": UNITS, "servants.csv": people}
    return [Sent.of(name, text.encode()) for name, text in texts.items()]
