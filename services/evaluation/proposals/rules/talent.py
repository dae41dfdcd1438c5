"""The nine boxes of talent management (PermenPANRB 3/2020): performance beside potential, and what each box suggests.

Potential is not measured here. Until a city imports an assessment of potential, the rating of behaviour stands for it,
and the proposal says so.
"""

from contracts.base import Rating
from contracts.policy import Words

BOXES: dict[tuple[Rating, Rating], int] = {
    # Written out, as the annex prints it: the numbers follow no formula.
    (Rating.ABOVE, Rating.BELOW): 4,
    (Rating.ABOVE, Rating.MEETS): 7,
    (Rating.ABOVE, Rating.ABOVE): 9,
    (Rating.MEETS, Rating.BELOW): 2,
    (Rating.MEETS, Rating.MEETS): 5,
    (Rating.MEETS, Rating.ABOVE): 8,
    (Rating.BELOW, Rating.BELOW): 1,
    (Rating.BELOW, Rating.MEETS): 3,
    (Rating.BELOW, Rating.ABOVE): 6,
}
"""(performance, potential) to box."""
PROMOTABLE = frozenset({7, 8, 9})
"""A decision of the head of BKN (41/2025)."""
_ADVICE: dict[int, tuple[str, str]] = {
    1: ("diproses sesuai ketentuan", "handle as the regulations say"),
    2: ("bimbingan, pengembangan, penempatan yang sesuai", "coach, develop, place where it fits"),
    3: ("bimbingan, konseling, pengembangan, penempatan yang sesuai", "coach, counsel, develop, place where it fits"),
    4: ("rotasi, pengembangan", "rotate, develop"),
    5: ("penempatan yang sesuai, bimbingan, pengembangan", "place where it fits, coach, develop"),
    6: ("penempatan yang sesuai, bimbingan, konseling", "place where it fits, coach, counsel"),
    7: (
        "dipertahankan, kelompok suksesi, rotasi atau pengayaan, tugas belajar",
        "retain, succession group, rotate or enrich, study leave",
    ),
    8: (
        "dipertahankan, kelompok suksesi, rotasi atau perluasan tugas, bimbingan",
        "retain, succession group, rotate or enlarge, coach",
    ),
    9: (
        "promosi dan dipertahankan, kelompok suksesi instansi atau nasional, penghargaan",
        "promote and retain, succession group of the agency or nation, award",
    ),
}


def box(performance: Rating, potential: Rating) -> int:
    """The box, 1 to 9."""
    return BOXES[performance, potential]


def advice(number: int) -> Words:
    """What is usually done for people in this box; a competent official decides."""
    indonesian, english = _ADVICE[number]
    return Words(id=indonesian, en=english)
