"""The shapes every contract is made of: events, identifiers and the value types of the regulation."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints
from uuid_utils.compat import uuid7

# [0-9] and not \d, which takes the digits of every script: Arabic-Indic ones would make a city of its own.
TenantId = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}\.[0-9]{2}$")]
"""A city by its Kemendagri code, e.g. ``16.71`` for Kota Palembang."""

ScopeCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}\.[0-9]{2}(\.[0-9A-Za-z.-]+)?$", max_length=100)]
"""Where a policy applies: a city (``16.71``) or a unit of it (``16.71.14`` = Kecamatan Plaju)."""

Score = Decimal
"""A score on the 0-120 scale of PP 30/2019 art. 41; exact, rounded once to two places."""

SERVICES = ("registry", "plans", "evaluation", "feedback", "notify", "integrations")
"""Every service with an API; the name is at once its topic, its task queue and its consumer group."""

PORTAL = "portal"
"""Its door is pages for people; it has a database, a topic and a worker as the services have."""

DEPLOYED = (*SERVICES, PORTAL)
"""Whatever has a database of its own, a topic and two processes."""

APART = "#"
"""In a key: what follows tells events apart that a compacted topic keeps one by one, and does not choose the partition."""


def new_id() -> UUID:
    """A time-ordered UUID version 7, made in code so that a row is known before it is stored."""
    return uuid7()


def first_id(at: datetime) -> UUID:
    """No id that is made at this moment of the wall or later is smaller: the first 48 bits of a UUIDv7 are milliseconds."""
    return UUID(int=int(at.timestamp() * 1000) << 80)


def born(made: UUID) -> datetime | None:
    """When an id was made, by the wall; of one that is not of version 7 it is not known."""
    return datetime.fromtimestamp((made.int >> 80) / 1000, UTC) if made.version == 7 else None


class Frozen(BaseModel):
    """A value that is emitted or asked: immutable, and silent about fields that a later version adds."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Event(Frozen):
    """A fact in the past tense; only ever extended with optional fields."""

    # A process knows of many more events than it ever tells or hears: each is made ready when it is first used.
    model_config = ConfigDict(defer_build=True)

    topic: ClassVar[str] = ""
    schema_version: ClassVar[int] = 1
    ce_name: ClassVar[str] = ""
    """Its name in the CloudEvents type, where the class was renamed: journals and consumers know the first one."""
    internal: ClassVar[bool] = False
    """For Kinerja's own services alone, because it tells who owes what about whom: never part of what others get."""
    withheld: ClassVar[bool] = False
    """Not on the timeline of whom it is about: it would tell who is asked to assess, or that, before there is a result."""
    abstract: ClassVar[bool] = False
    """What several events have in common, and no event itself: said in the class's own body."""
    known: ClassVar[dict[str, type["Event"]]] = {}

    tenant_id: TenantId

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Register every event by the type that its CloudEvents header names."""
        if cls.topic and not cls.__name__.startswith("_") and not cls.__dict__.get("abstract", False):
            Event.known[cls.ce_type()] = cls

    @classmethod
    @cache
    def ce_type(cls) -> str:
        """The CloudEvents type, e.g. ``id.kinerja.plans.plan-proposed.v1``."""
        name = cls.ce_name or re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()
        return f"id.kinerja.{cls.topic}.{name}.v{cls.schema_version}"

    @property
    def key(self) -> str:
        """The aggregate whose events keep their order: same key up to ``APART``, same partition.

        What is done to one person, plan, result or obligation has one key. A key that names the cycle is for what concerns
        all its members at once: whatever else it named would lie in one partition.
        """
        raise NotImplementedError

    @property
    def subject(self) -> str:
        """Whom or what the fact is about (``ce_subject``): a civil servant where there is one."""
        return self.key


class Words(Frozen):
    """A text for people in both languages."""

    id: Annotated[str, StringConstraints(max_length=4_000)]
    en: Annotated[str, StringConstraints(max_length=4_000)]


class Rating(StrEnum):
    """Rating of results or behaviour against the leader's expectation (PermenPANRB 6/2022, L IV.B)."""

    ABOVE = "ABOVE"
    MEETS = "MEETS"
    BELOW = "BELOW"


class Predicate(StrEnum):
    """The five predicates of the nine-cell table, best first (SIASN codes 1 to 5)."""

    VERY_GOOD = "VERY_GOOD"
    GOOD = "GOOD"
    NEEDS_IMPROVEMENT = "NEEDS_IMPROVEMENT"
    POOR = "POOR"
    VERY_POOR = "VERY_POOR"


class OrgPerformance(StrEnum):
    """Achievement of the organisation (PermenPANRB 6/2022, art. 24)."""

    OUTSTANDING = "OUTSTANDING"
    GOOD = "GOOD"
    NEEDS_IMPROVEMENT = "NEEDS_IMPROVEMENT"
    POOR = "POOR"
    VERY_POOR = "VERY_POOR"


class AssessorRole(StrEnum):
    """Where an assessment comes from."""

    SUPERIOR = "SUPERIOR"
    PEER = "PEER"
    PANEL = "PANEL"


class Phase(StrEnum):
    """The phases of an appraisal cycle, in their order."""

    PREPARATION = "PREPARATION"
    PLANNING = "PLANNING"
    EXECUTION = "EXECUTION"
    EVALUATION = "EVALUATION"
    MODERATION = "MODERATION"
    DISCLOSURE = "DISCLOSURE"
    OBJECTION = "OBJECTION"
    FINALISATION = "FINALISATION"
    FOLLOW_UP = "FOLLOW_UP"
    SYSTEM_REVIEW = "SYSTEM_REVIEW"


class Role(StrEnum):
    """Obligations of office beside one's position; they come from the registry and travel in the token."""

    PERFORMANCE_OFFICE = "PERFORMANCE_OFFICE"
    PANEL = "PANEL"
    APPOINTING_AUTHORITY = "APPOINTING_AUTHORITY"
    """Pejabat pembina kepegawaian: decides what the law gives to the competent official."""
    CITY_LEADER = "CITY_LEADER"
    """Mayor, deputy, secretary: the city in numbers, never a person but by relation."""
    AUDITOR = "AUDITOR"
    """Reads what was done and why, and changes nothing."""
    OPERATIONS = "OPERATIONS"
    """Whoever runs the system: counts, and nothing of what people wrote."""
    INTEGRATOR = "INTEGRATOR"
    """A machine that carries final results to the national application."""
    PROVINCE = "PROVINCE"
    """An official of the province: its cities in numbers, and nothing else anywhere."""


class Relation(StrEnum):
    """How one stands to the civil servant concerned; what one may do follows from it. In the order of the documents."""

    SELF = "SELF"
    RATER = "RATER"
    AUTHORITY = "AUTHORITY"
    DEBTOR = "DEBTOR"
    PEER = "PEER"
    PANEL = "PANEL"
    OFFICE = "OFFICE"
    APPOINTING = "APPOINTING"
    LEADER = "LEADER"
    AUDITOR = "AUDITOR"
    OPERATIONS = "OPERATIONS"
    INTEGRATOR = "INTEGRATOR"
    PROVINCE = "PROVINCE"
    ANYONE = "ANYONE"
    SYSTEM = "SYSTEM"

    @property
    def explanation(self) -> Words:
        """Who that is, for readers."""
        return _RELATIONS[self]


_RELATIONS = {
    Relation.SELF: Words(en="the civil servant concerned", id="pegawai yang bersangkutan"),
    Relation.RATER: Words(en="who rates this person in this cycle", id="pejabat penilai pegawai ini pada siklus ini"),
    Relation.AUTHORITY: Words(en="reviewing authority: the rater's rater", id="atasan pejabat penilai"),
    Relation.DEBTOR: Words(
        en="who owes the obligation in question now, e.g. after a hand-over to the superior",
        id="yang saat ini memikul kewajiban itu, misalnya setelah dialihkan kepada atasan",
    ),
    Relation.PEER: Words(
        en="a colleague who was asked to assess this person", id="rekan kerja yang diminta menilai pegawai ini"
    ),
    Relation.PANEL: Words(
        en="a member of the independent panel of this visit", id="anggota panel independen kunjungan ini"
    ),
    Relation.OFFICE: Words(en="the city's performance office", id="pengelola kinerja kota"),
    Relation.APPOINTING: Words(
        en="the appointing authority that the city has declared", id="pejabat pembina kepegawaian yang ditetapkan kota"
    ),
    Relation.LEADER: Words(
        en="the leadership of the city: numbers, never a person", id="pimpinan kota: angka, bukan data perorangan"
    ),
    Relation.AUDITOR: Words(en="an auditor, who changes nothing", id="auditor, yang tidak mengubah apa pun"),
    Relation.OPERATIONS: Words(
        en="whoever runs the system: counts alone", id="pengelola operasional sistem: jumlah saja"
    ),
    Relation.INTEGRATOR: Words(
        en="a machine that carries final results on", id="mesin yang meneruskan hasil akhir ke sistem nasional"
    ),
    Relation.PROVINCE: Words(
        en="an official of the province whom a city has declared: that city in numbers, and no other route",
        id="pejabat provinsi yang ditetapkan kota: angka kota itu saja",
    ),
    Relation.ANYONE: Words(
        en="every civil servant of the city; a list then holds only what the reader may see",
        id="setiap pegawai kota itu; daftar hanya memuat yang boleh dilihat pembacanya",
    ),
    Relation.SYSTEM: Words(en="a deadline or an event, no person", id="tenggat atau peristiwa, bukan orang"),
}
