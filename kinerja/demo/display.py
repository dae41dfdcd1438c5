"""Live progress of the demonstration: one line a place, with its phase and what is done."""

from collections import Counter
from collections.abc import Callable, Mapping

from rich.progress_bar import ProgressBar
from rich.table import Table

from contracts.base import Phase
from kinerja.demo.crowd import Crowd
from kinerja.demo.director import Scene
from kit.clock import Clock

_PHASES = list(Phase)


def board(scenes: list[Scene], crowds: Mapping[str, Crowd], clock: Clock) -> Table:
    """The table that is drawn again and again."""
    table = Table(title=f"business date {clock.now():%d %B %Y}", title_justify="left")
    for heading in ("place", "phase", "progress", "people", "obligations open", "done", "late", "handed over"):
        table.add_column(heading, justify="left" if heading in ("place", "phase", "progress") else "right")
    for scene in scenes:
        counts = _counts(scene, crowds[scene.place.city])
        table.add_row(
            scene.place.label,
            _phase(scene),
            ProgressBar(total=len(_PHASES), completed=_done(scene), width=20),
            str(scene.seen.get("members", 0)),
            *(str(counts[name]) for name in ("open", "done", "late", "handed")),
        )
    return table


class Phases:
    """For logs: one line when a place's phase begins, ``say`` prints it."""

    def __init__(self, say: Callable[[str], None], clock: Clock) -> None:
        self._say = say
        self._clock = clock
        self._told: dict[str, str] = {}

    def tell(self, scenes: list[Scene]) -> None:
        """Say what is new since the last call."""
        for scene in scenes:
            label, phase = scene.place.label, _phase(scene)
            if self._told.get(label) != phase:
                self._told[label] = phase
                self._say(f"{self._clock.now():%d %B %Y}  {label}: {phase}")


def _phase(scene: Scene) -> str:
    return "closed" if scene.closed else (scene.seen.get("phase") or "opening").replace("_", " ").lower()


def _done(scene: Scene) -> int:
    if scene.closed:
        return len(_PHASES)
    phase = scene.seen.get("phase")
    return _PHASES.index(Phase(phase)) if phase else 0


def _counts(scene: Scene, crowd: Crowd) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in crowd.obligations.values():
        if row["cycle_id"] == str(scene.cycle_id):
            counts["open" if row["state"] == "OPEN" else "done"] += 1
            counts["late"] += bool(row["late"])
            counts["handed"] += bool(row["handed_over"])
    return counts
