"""What the portal emits of papers: that one was made, and by which hashes it is recognised for ever."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from contracts.base import Event


class PaperKind(StrEnum):
    """Which official form it is, or what the tables on it are for."""

    PLAN = "PLAN"
    """Sasaran kinerja pegawai (SKP): results, behaviour and their annex."""
    EVALUATION = "EVALUATION"
    """Evaluasi kinerja pegawai of one period or of the whole cycle (form B)."""
    RESULT = "RESULT"
    """Dokumen evaluasi kinerja pegawai, signed by the rater (form D.1.1)."""
    RESULT_BY_SUPERIOR = "RESULT_BY_SUPERIOR"
    """The same, evaluated and signed by the rater's superior (form D.1.2)."""
    RESULT_AFTER_OBJECTION = "RESULT_AFTER_OBJECTION"
    """The same with objection, explanation, decision and three signatures (form D.1.3)."""
    OBJECTION = "OBJECTION"
    """The decision of an objection with everything that was said."""
    VISIT = "VISIT"
    """The report of a field visit with what those observed answered."""
    FILE = "FILE"
    """One's own file."""
    UPWARD = "UPWARD"
    """The report of a cycle's results to the competent official (PermenPANRB 6/2022, L V.A.7, 11; V.B.7-8)."""
    CITY_MEETING = "CITY_MEETING"
    """A city in numbers, for a meeting of its leadership."""
    PROVINCE_MEETING = "PROVINCE_MEETING"
    """The cities of a province in numbers, for a meeting there."""
    TEAM = "TEAM"
    """A rater's team as a list."""
    CASE = "CASE"
    """The file of an objection, for an auditor."""
    LISTING = "LISTING"
    """Any other tables."""


class PaperMade(Event):
    """A paper was made; whoever holds the file can have it compared with these hashes.

    The same content gives the same code and the same file: it is told once, however often it is made again.
    """

    topic: ClassVar[str] = "portal"
    code: str
    """What stands on the paper; it begins with the city's number."""
    paper: PaperKind
    subject_id: UUID
    """The plan, result, objection, visit, report, cycle or person that it is about; of other tables, an id of their own."""
    servant_id: UUID | None
    """Whose appraisal it is; None for a visit of a unit, and for what is about many."""
    cycle_id: UUID | None
    language: str
    content_hash: str
    """SHA-256 of what it says, in hexadecimal digits."""
    pdf_hash: str
    """SHA-256 of the file, byte for byte, in hexadecimal digits."""

    @property
    def key(self) -> str:
        return str(self.subject_id)

    @property
    def subject(self) -> str:
        return str(self.servant_id or self.subject_id)
