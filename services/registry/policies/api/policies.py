"""Policies over HTTP: everybody in the city may read what he or she is measured by."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path, Query

from contracts.base import Frozen, Relation, Words
from contracts.policy import Policy
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.web import Session
from policy.differences import differences
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


class PolicyDifferencesResponse(Frozen):
    """What changed between two versions, a sentence each in both languages; none where both say the same."""

    scope: str
    before: int
    after: int
    differences: list[Words]


@router.get(
    "/policies/{scope}/differences",
    summary="What changed between two versions of a policy, in sentences",
    **permits(Relation.ANYONE, note="everybody reads what he or she is measured by"),
)
async def read_differences(
    session: Session,
    scope: Annotated[str, Path(max_length=100)],
    before: Annotated[int | None, Query(ge=1, le=1_000_000, description="By default the one before `after`.")] = None,
    after: Annotated[int | None, Query(ge=1, le=1_000_000, description="By default the newest.")] = None,
    compared_with: Annotated[
        str | None, Query(max_length=100, description="The scope of `before`, if it is another one.")
    ] = None,
) -> PolicyDifferencesResponse:
    new = await queries.policy(session, scope, version=after)
    earlier = before or (None if compared_with else max(1, new.version - 1))
    old = await queries.policy(session, compared_with or scope, version=earlier)
    said = differences(Policy.model_validate(old.effective), Policy.model_validate(new.effective))
    return PolicyDifferencesResponse(scope=scope, before=old.version, after=new.version, differences=said)


@router.get("/policies/{scope}", **permits(Relation.ANYONE))
async def read_policy(
    session: Session,
    scope: Annotated[str, Path(max_length=100)],
    version: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
) -> PolicyResponse:
    """Read the policy that applies in a scope: the newest, or one version."""
    return PolicyResponse.of(await queries.policy(session, scope, version=version))
