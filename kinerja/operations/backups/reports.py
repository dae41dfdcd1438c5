"""What a drill found, service by service, and where its report is kept."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ValidationError

from kinerja.operations.backups.taking import MODE
from kinerja.stack.errors import StackError
from kinerja.stack.state import State, replace


class Restored(BaseModel):
    """What became of one service."""

    service: str
    taken_at: datetime
    database_bytes: int
    dump_bytes: int
    dump_seconds: float
    restore_seconds: float
    proof_seconds: float
    tables: int
    rows: int
    revision: str
    events: int
    signed_at: datetime | None
    """The last anchor that the copy was held against."""
    unsigned: int
    """Events that no anchor covers: only the chain protects them."""
    faults: list[str]


class Drill(BaseModel):
    """The report."""

    at: datetime
    seconds: float
    source: str
    """The backup that was restored; empty if it was made for the drill."""
    server: str
    restored: list[Restored]

    @property
    def holds(self) -> bool:
        """Whether everything came back as it was and nothing of it was edited."""
        return bool(self.restored) and not any(one.faults for one in self.restored)


@dataclass(frozen=True, slots=True)
class Reports:
    """Where the reports of drills are kept: each one in a folder of the state directory, or the last one in a file."""

    folder: Path
    file: Path | None = None

    @classmethod
    def of(cls, state: State, file: Path | None) -> "Reports":
        """Those of a state directory, unless a file is named."""
        return cls(state.root / "drills", file)

    def keep(self, drill: Drill) -> Path:
        """Write a report; returns where."""
        path = self.file or self.folder / f"{drill.at:%Y-%m-%dT%H%M%S.%fZ}.json"
        path.parent.mkdir(mode=MODE, parents=True, exist_ok=True)
        replace(path, drill.model_dump_json(indent=2), mode=0o600)
        return path

    def last(self) -> Drill | None:
        """The newest report; None if there was no drill. Raises StackError for one that cannot be read."""
        kept = [self.file] if self.file else sorted(self.folder.glob("*.json"))
        if not kept or not kept[-1].exists():
            return None
        try:
            return Drill.model_validate_json(kept[-1].read_text(encoding="utf-8"))
        except (OSError, ValidationError) as error:
            raise StackError(f"{kept[-1]} is no report of a drill: was it written by another version?") from error
