"""A place's regional head, who rates the top official, and who acts for the head: the file, and what the registry is told."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from contracts.base import Role
from kinerja.stack.errors import StackError

FILE = "regional-head.yaml"
DELEGATE_ROLE = Role.CITY_LEADER


class RegionalHead(BaseModel):
    """As the file of a place names them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    head: str = Field(min_length=2, max_length=200)
    role: Role = Role.CITY_LEADER
    delegate: str = Field(min_length=2, max_length=200)
    """Who rates for the head; nobody who works under those whom he or she rates."""
    decree: str = Field(min_length=5, max_length=1000)


def read(directory: Path) -> RegionalHead | None:
    """What the place says; None where it says nothing. Raises StackError for a file that does not hold."""
    path = directory / FILE
    if not path.is_file():
        return None
    try:
        return RegionalHead.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise StackError(f"{path}: {error}") from error


def holding(name: str, role: Role, decree: str, day: date) -> dict[str, Any]:
    """Body of ``POST /office-holders``."""
    return {"role": role.value, "name": name, "from": day.isoformat(), "reason": decree}


def rating(head_id: UUID, delegate_id: UUID, decree: str, day: date) -> dict[str, Any]:
    """Body of ``POST /servants/{id}/raters``: the delegate rates, and the head is whom the export names."""
    return {
        "rater_id": str(delegate_id),
        "acting_for_id": str(head_id),
        "source": "DELEGATION",
        "from": day.isoformat(),
        "reason": decree,
    }


def unrated(people: list[dict[str, Any]]) -> list[UUID]:
    """Officials whom nobody rates: those whom the regional head does."""
    return [UUID(one["id"]) for one in people if one["rater_id"] is None and one["status"] == "ACTIVE"]
