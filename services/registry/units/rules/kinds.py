"""What a unit can be, and which appraisal periods it can choose."""

from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit of a city government is."""

    CITY = "CITY"
    """The government as a whole; the root of its units."""
    SECRETARIAT = "SECRETARIAT"
    INSPECTORATE = "INSPECTORATE"
    OFFICE = "OFFICE"
    """Dinas."""
    AGENCY = "AGENCY"
    """Badan."""
    DISTRICT = "DISTRICT"
    """Kecamatan."""
    SUBDISTRICT = "SUBDISTRICT"
    """Kelurahan."""
    HOSPITAL = "HOSPITAL"
    HEALTH_CENTRE = "HEALTH_CENTRE"
    """Puskesmas."""
    SCHOOL = "SCHOOL"
    SECTION = "SECTION"
    """Bagian, bidang, seksi, UPTD."""


PERIODS = (1, 2, 3, 4, 6, 12)
"""Months that divide a year."""
