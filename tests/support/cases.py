"""Random cases of every kind that `kinerja compute` knows, in the shape of the domain's vectors; the seed decides all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

Case = dict[str, Any]

PLACES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "palembang": (("productivity", "community_impact", "creativity", "collaboration"), ()),
    "plaju": (("programme_contribution", "discipline", "competence", "service_quality"), ()),
    "sawahlunto": (("technical_competence", "communication", "teamwork", "leadership"), ("PEER",)),
    "binjai": (("innovation",), ()),
    "dumai": (("effectiveness", "efficiency"), ("PANEL",)),
}
"""What assessors score in each place, and who assesses beside the superior (docs/domain.md 5.1)."""
LEVELS = ("AHLI_PERTAMA", "AHLI_MUDA", "AHLI_MADYA", "AHLI_UTAMA", "PEMULA", "TERAMPIL", "MAHIR", "PENYELIA")
PREDICATES = ("VERY_GOOD", "GOOD", "NEEDS_IMPROVEMENT", "POOR", "VERY_POOR")
RATINGS = ("ABOVE", "MEETS", "BELOW")
PERFORMANCES = ("OUTSTANDING", "GOOD", "NEEDS_IMPROVEMENT", "POOR", "VERY_POOR")
DIRECTIONS = ("HIGHER_BETTER", "LOWER_BETTER")
WEIGHTS: Sequence[tuple[str, ...]] = (
    ("100",),
    ("50", "50"),
    ("70", "30"),
    ("33.33", "33.33", "33.34"),
    ("40", "30", "20", "10"),
    ("12.5", "12.5", "25", "25", "25"),
)
SHARES = {"score": 55, "pp30": 12, "achievement": 12, "quadrant": 5, "credit": 8, "deadline": 8}
"""Of a hundred cases, so many of each kind; scores are what people come for."""


def cases(count: int, *, seed: int) -> Iterator[Case]:
    """So many cases, the same for the same seed; every one can be computed."""
    random = Random(seed)  # noqa: S311
    for number in range(count):
        kind = random.choices(tuple(SHARES), tuple(SHARES.values()))[0]
        yield {"name": f"case {number}", "compute": kind} | _MADE[kind](random)


def of_kind(kind: str, random: Random) -> Case:
    """One case of that kind."""
    return {"compute": kind} | _MADE[kind](random)


def _score(random: Random) -> Case:
    place = random.choice(tuple(PLACES))
    codes, others = PLACES[place]
    sources = ["SUPERIOR"] * (random.random() < 0.95)
    sources += [other for other in others for _ in range(random.randrange(6))]
    random.shuffle(sources)
    head = random.random() < 0.15
    return {
        "policy": place,
        "indicators": [] if place == "dumai" else _indicators(random),
        "assessments": [{"source": source, "scores": {code: _points(random) for code in codes}} for source in sources],
        "result_rating": random.choice(RATINGS),
        "behaviour_rating": random.choice(RATINGS),
        "innovation_recognised": random.random() < 0.4,
        "unit_head": head,
        "org_performance": random.choice(PERFORMANCES),
    }


def _indicators(random: Random) -> list[Case]:
    return [
        {"id": f"k{number}", "weight": _shown(random, weight)} | _measured(random, silent=0.04)
        for number, weight in enumerate(random.choice(WEIGHTS), start=1)
    ]


def _measured(random: Random, *, silent: float = 0) -> Case:
    direction = random.choice(DIRECTIONS)
    lo = random.choice((0, 1, 3, 7, 20, 80, 1200, "2.5", "0.75")) if direction == "LOWER_BETTER" else _target(random)
    target = [lo, _shown(random, str(float(lo) + random.randrange(1, 9)))] if random.random() < 0.3 else lo
    about = float(lo) * random.choice((0, 0.5, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 1.5, 2, 3)) + random.choice((0, 0, 1, 3))
    actual = None if random.random() < silent else _shown(random, f"{about:.{random.randrange(4)}f}")
    return {"direction": direction, "target": target, "actual": actual}


def _target(random: Random) -> int | str:
    return random.choice((1, 3, 6, 7, 11, 80, 100, 365, 1200, "2.5", "0.3", "33.33"))


def _points(random: Random) -> int | str | float:
    """Mostly whole numbers, as people give them; the ends of the scale and the edges of bands often enough."""
    edge = random.choice((0, 49, 50, 69, 70, 89, 90, 100, 109, 110, 120))
    return random.choice((random.randrange(121), random.randrange(60, 111), edge, f"{random.uniform(0, 120):.2f}"))


def _pp30(random: Random) -> Case:
    parts = [random.choice((f"{random.uniform(0, 135):.3f}", str(random.randrange(131)), 89.99, 90)) for _ in range(2)]
    return {
        "skp": parts[0],
        "behaviour": parts[1],
        "considers_peers_and_reports": random.random() < 0.5,
        "innovation_recognised": random.random() < 0.5,
    }


def _achievement(random: Random) -> Case:
    return _measured(random)


def _quadrant(random: Random) -> Case:
    return {"result_rating": random.choice(RATINGS), "behaviour_rating": random.choice(RATINGS)}


def _credit(random: Random) -> Case:
    return {"level": random.choice(LEVELS), "predicate": random.choice(PREDICATES), "months": random.randrange(1, 13)}


def _deadline(random: Random) -> Case:
    start = date(2026, 1, 1) + timedelta(days=random.randrange(700))
    return {"start": start.isoformat(), "days": random.randrange(45), "kind": random.choice(("WORKING", "CALENDAR"))}


def _shown(random: Random, text: str) -> int | float | str:
    """A number as people write it: as a text, or as a number of JSON."""
    if random.random() < 0.5:
        return text
    return int(text) if text.isdecimal() else float(text)


_MADE: Mapping[str, Callable[[Random], Case]] = {
    "score": _score,
    "pp30": _pp30,
    "achievement": _achievement,
    "quadrant": _quadrant,
    "credit": _credit,
    "deadline": _deadline,
}
