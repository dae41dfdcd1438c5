"""docs/permissions.md: who may use which route, as the routes declare it."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from contracts.base import SERVICES, Relation
from kinerja.documents.api import openapi
from kit.access import DECLARED, Declaration
from kit.openapi import PUBLIC

_INTRODUCTION = """\
# Who may do what

Every route of every service that wants a bearer token, and who may use it about whom; made from what the routes declare
(`kit/access.py`) by `make contracts`. What one may do follows from how one stands to the civil servant concerned, not
from a position; the commands check it (`directory/relations.py`). Who may not gets 403 as problem+json; what belongs to
another city does not exist (404).
"""
_CHECKED = """\
A route that declares nothing is not built. `tests/permissions` asks each route, over HTTP and PostgreSQL, as each of
these people, as a colleague who has no part in it and as all of them again with tokens of another city: a new route
needs a probe there. The last column is for the reader and is not compared.
"""
_CONFLICTS = """\
## Acts of the performance office

Nobody acts for the office on a record, relation, case or result of his or her own, of those who rate him or her, or whom
he or she rates, today or in the cycle: another officer does, or, where none is free, the appointing authority
(`kit/conflicts.py`; [security.md](security.md)). Each route by which the office changes something says whom that
concerns, or it is not built; `tests/permissions/test_conflicts.py` asks each as an officer who is that person, who is
rated by and who rates that person.
"""
_ALIKE = """\
These treat everybody alike, by rule, and are no act on a person:
"""


_ASSISTED = """\
## For somebody without a computer

The performance office declares who assists whom (registry `POST /assistants`). By these routes alone the assistant acts for
that person, with the header `On-Behalf-Of`, as if he or she did: with no role of office, and never as somebody's rater.
Each write is recorded of both (`EnteredOnBehalf`, and feedback `GET /file`); every other route answers 403.
"""
_PUBLIC = """\
## Without a token

Anybody reads these (`kit/public.py`): each in a transaction of the city in its path that can change nothing, and none
tells of a person. Whoever adds one says why it may be public, or it is not built.
"""


class Permission(NamedTuple):
    """A guarded route and what it declares, if anything."""

    service: str
    route: str
    declared: Declaration | None


def permissions(documents: Mapping[str, Any]) -> list[Permission]:
    """Every guarded route in these OpenAPI documents, by service and path."""
    return [found for service, document in documents.items() for found in _guarded(service, document)]


def markdown(found: list[Permission]) -> str:
    """The page; raises LookupError if a route does not declare who may use it."""
    if silent := [f"{one.service} {one.route}" for one in found if one.declared is None]:
        raise LookupError(f"routes that do not say who may use them: {', '.join(silent)}")
    words = "".join(
        f"| `{one.value.lower()}` | {one.explanation.en} | {one.explanation.id} |\n"
        for one in Relation
        if one is not Relation.SYSTEM
    )
    rows = "".join(_row(one.service, one.route, one.declared) for one in found if one.declared is not None)
    return (
        f"{_INTRODUCTION}\n| word | who | siapa |\n|---|---|---|\n{words}\n{_CHECKED}\n"
        f"| service | route (below `/v1`) | who may | what, or when |\n|---|---|---|---|\n{rows}"
        f"\n{_CONFLICTS}\n| route | service | whom it concerns |\n|---|---|---|\n{_reasons(found, 'concerns')}"
        f"\n{_ALIKE}\n| route | service | why |\n|---|---|---|\n{_reasons(found, 'alike')}"
    )


def _reasons(found: list[Permission], kind: Literal["concerns", "alike"]) -> str:
    told = ((one, one.declared[kind]) for one in found if one.declared is not None)
    return "".join(f"| `{one.route}` | {one.service} | {why.replace('|', '/')} |\n" for one, why in told if why)


def page() -> str:
    """The page of all services."""
    documents = {service: openapi(service) for service in SERVICES}
    found = permissions(documents)
    return markdown(found) + assisted(found) + public(documents)


def assisted(found: list[Permission]) -> str:
    """The part about routes that an assistant may use for somebody else."""
    rows = "".join(
        f"| `{one.route}` | {one.service} |\n"
        for one in found
        if one.declared is not None and one.declared.get("assisted")
    )
    return f"\n{_ASSISTED}\n| route | service |\n|---|---|\n{rows}"


def public(documents: Mapping[str, Any]) -> str:
    """The part about routes that want no token."""
    rows = "".join(
        f"| `{method.upper()} {path.removeprefix('/v1')}` | {service} | {operation[PUBLIC].replace('|', '/')} |\n"
        for service, document in documents.items()
        for path, methods in sorted(document["paths"].items())
        for method, operation in sorted(methods.items())
        if PUBLIC in operation
    )
    return f"\n{_PUBLIC}\n| route | service | why |\n|---|---|---|\n{rows}"


def _guarded(service: str, document: Mapping[str, Any]) -> Iterator[Permission]:
    for path, methods in sorted(document["paths"].items()):
        for method, operation in sorted(methods.items()):
            if "security" in operation:
                yield Permission(service, f"{method.upper()} {path.removeprefix('/v1')}", operation.get(DECLARED))


def _row(service: str, route: str, declared: Declaration) -> str:
    return f"| {service} | `{route}` | {', '.join(declared['who'])} | {declared['note'].replace('|', '/')} |\n"
