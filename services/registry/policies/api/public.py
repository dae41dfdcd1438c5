"""A city's policies for anybody, without a token: the public may see by what it is measured, other cities may take them."""

from typing import Annotated

from fastapi import Path

from contracts.base import Frozen, TenantId, Words
from contracts.policy import Policy
from kit.errors import NotFound
from kit.paging import Page, Paging, page_of
from kit.public import public, public_router
from kit.web import Session
from services.registry.policies import queries
from services.registry.policies.api.policies import PolicyResponse, PolicySummaryResponse
from services.registry.policies.models import PolicyDocument

router = public_router(tags=["public"])


class BenefitsResponse(Frozen):
    """What a place says its appraisal is good for."""

    scope: str
    version: int
    name: str
    """Of the policy."""
    title: Words
    paragraphs: tuple[Words, ...]

    @classmethod
    def of(cls, row: PolicyDocument) -> "BenefitsResponse":
        """From its row; raises NotFound where the policy says nothing of it."""
        policy = Policy.model_validate(row.effective)
        if (told := policy.benefits) is None:
            raise NotFound(
                f"the policy of {row.scope} has no page on its benefits",
                f"kebijakan {row.scope} tidak memiliki halaman manfaat",
            )
        return cls(scope=row.scope, version=row.version, name=policy.name, title=told.title, paragraphs=told.paragraphs)


City = Annotated[TenantId, Path(max_length=5, description="The city's code, e.g. 14.72.")]


@router.get(
    "/public/{city}/policies",
    summary="The policies in force in a city",
    **public(note="criteria are visible to everybody (BJI-9); the newest version of each scope"),
)
async def list_policies(city: City, session: Session, paging: Paging) -> Page[PolicySummaryResponse]:
    del city  # the transaction is that city's
    return page_of(await queries.in_force(session, window=paging), PolicySummaryResponse.of)


@router.get(
    "/public/{city}/policies/{scope}",
    summary="The policy in force in a scope, with the document that another city can import",
    **public(note="the same"),
)
async def read_policy(city: City, session: Session, scope: Annotated[str, Path(max_length=100)]) -> PolicyResponse:
    del city
    return PolicyResponse.of(await queries.policy(session, scope))


@router.get(
    "/public/{city}/policies/{scope}/benefits",
    summary="What the appraisal in a scope is good for, in the place's own words",
    **public(note="a page for everybody; it names nobody and decides nothing"),
)
async def read_benefits(city: City, session: Session, scope: Annotated[str, Path(max_length=100)]) -> BenefitsResponse:
    del city
    return BenefitsResponse.of(await queries.policy(session, scope))
