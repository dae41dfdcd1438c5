"""A policy in a file that somebody chose, judged as the registry would, with what it inherits from there or as shipped."""

import asyncio
from dataclasses import dataclass

from kit.files.documents import Document, read_document
from kit.files.errors import FileError, FileErrors
from policy.inheritance import SCOPE, beneath
from policy.judgement import Effective, judge_policy
from policy.shipped import shipped
from services.portal.web.visit import Visit

_DEEPEST = 10
"""Layers below a document: a unit, its city, its province, a regulation, and some to spare."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The effective policy of a file, or what is wrong in it."""

    effective: Effective | None
    errors: list[FileError]


async def judge(visit: Visit, name: str, content: bytes) -> Judged:
    """Nothing is raised for what a file holds, and nothing is written."""
    errors = FileErrors()
    document = await asyncio.to_thread(read_document, name, content, errors)
    if document is None:
        return Judged(None, errors.in_order())
    known = await _layers(visit, document)
    base = beneath(document, known.get, errors)
    found = await asyncio.to_thread(judge_policy, document, base, errors)
    return Judged(found, errors.in_order())


async def _layers(visit: Visit, document: Document) -> dict[str, Document]:
    """What it inherits, and what that inherits in turn; a layer that nobody knows is left out."""
    known: dict[str, Document] = {}
    current = document
    while (name := str(current.data.get("inherits") or "")) and name not in known and len(known) < _DEEPEST:
        found = shipped(name) or await _published(visit, name)
        if found is None:
            break
        known[name] = current = found
    return known


async def _published(visit: Visit, name: str) -> Document | None:
    if not SCOPE.fullmatch(name):
        return None
    told = await visit.ask.maybe("registry", f"/policies/{name}")
    return Document(name, told["document"]) if told else None
