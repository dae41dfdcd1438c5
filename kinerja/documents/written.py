"""All documents as files."""

import json
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from contracts.base import DEPLOYED, SERVICES
from contracts.public.language import PUBLISHED
from kinerja.documents.api import openapi
from kinerja.documents.events import asyncapi
from kinerja.documents.permissions import page
from policy.json_schema import policy_schema

PLACE = Path(__file__).parents[2] / "docs" / "api"
"""Where they are kept, beside the code that they describe."""
PERMISSIONS = PLACE.parent / "permissions.md"


@cache
def documents() -> MappingProxyType[str, str]:
    """The text of every document by the name of its file; made once, for a process has one code."""
    made = {f"{service}.openapi.json": openapi(service) for service in SERVICES}
    made |= {f"{service}.asyncapi.json": asyncapi(service) for service in DEPLOYED}
    return MappingProxyType(_texts(made))


def schemas() -> dict[str, str]:
    """JSON Schemas of policies and of what integrators are told, by the name of the file that the gate compares."""
    made = {"policy.schema.json": policy_schema()}
    made |= {f"{one.name}.v{one.version}.schema.json": one.schema for one in PUBLISHED.types}
    return _texts(made)


def _texts(made: dict[str, Any]) -> dict[str, str]:
    return {name: json.dumps(one, indent=2, ensure_ascii=False) + "\n" for name, one in made.items()}


def write(place: Path) -> list[str]:
    """Bring the files up to date; returns the names of those that changed or went."""
    place.mkdir(parents=True, exist_ok=True)
    wanted, there = documents(), {path.name: path.read_text() for path in place.glob("*.json")}
    for name, text in wanted.items():
        (place / name).write_text(text)
    for name in there.keys() - wanted.keys():
        (place / name).unlink()
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def write_permissions(path: Path) -> list[str]:
    """Bring the page of permissions up to date; returns its name if it changed."""
    text = page()
    changed = not path.exists() or path.read_text() != text
    path.write_text(text)
    return [path.name] if changed else []
