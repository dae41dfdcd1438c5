"""Policies over HTTP: everybody in the city may read what he or she is measured by."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path, Query

from contracts.base import Frozen, Relation
from contracts.policy import Policy
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.web import Session
from policy.provenance import Origin
from services.registry.policies import queries
from services.registry.policies.models import PolicyDocument

router = web.router(tags=["policies"])


class PolicySummaryResponse(Frozen):
    """One version of a scope's policy."""

    scope: str
    version: int
    name: str
    inherits: str | None
    placeholder: bool
    content_hash: str
    published_at: datetime

    @classmethod
    def of(cls, row: PolicyDocument) -> "PolicySummaryResponse":
        """From its row."""
        return cls.model_validate(
            {**row.model_dump(), "name": row.effective["name"], "placeholder": row.effective["placeholder"]}
        )


class PolicyResponse(PolicySummaryResponse):
    """The policy after inheritance, the document as the city gave it, and where every value comes from."""

    policy: Policy
    document: dict[str, Any]
    provenance: dict[str, Origin] | None
    """By path (``criteria.0.weight``): the layer, the place in it, and whether it is law, its own or a placeholder."""

    @classmethod
    def of(cls, row: PolicyDocument) -> "PolicyResponse":
        """From its row."""
        summary = PolicySummaryResponse.of(row).model_dump()
        rest = {"policy": row.effective, "document": row.document, "provenance": row.provenance}
        return cls.model_validate(summary | rest)


@router.get("/policies", **permits(Relation.ANYONE, note="everybody reads what he or she is measured by"))
async def list_policies(session: Session, paging: Paging) -> Page[PolicySummaryResponse]:
    """List every policy version of the city: by scope, its newest version first."""
    return page_of(await queries.page(session, window=paging), PolicySummaryResponse.of)


@router.get("/policies/{scope}", **permits(Relation.ANYONE))
async def read_policy(
    session: Session,
    scope: Annotated[str, Path(max_length=100)],
    version: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
) -> PolicyResponse:
    """Read the policy that applies in a scope: the newest, or one version."""
    return PolicyResponse.of(await queries.policy(session, scope, version=version))
