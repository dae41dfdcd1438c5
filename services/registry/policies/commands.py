"""Records policy versions; only what changes the rules makes a new one, what is said of them is kept up to date."""

from collections.abc import Iterable, Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.registry.policies import PolicyPublished
from kit.db import actor, clock
from kit.outbox import emit_all
from policy.judgement import Effective
from policy.provenance import written
from services.registry.policies.models import PolicyDocument


async def publish(
    session: AsyncSession, policies: Iterable[Effective], recorded: Mapping[str, PolicyDocument]
) -> list[PolicyDocument]:
    """A new version of each policy whose effective content is new.

    The same rules with other remarks (an article instead of a placeholder) are the same version, better explained.
    """
    rows, events = [], []
    for one in policies:
        before = recorded.get(one.scope)
        if before is not None and before.content_hash == one.content_hash:
            _explain(before, one)
            continue
        version = 1 if before is None else before.version + 1
        policy = one.policy.model_copy(update={"version": version})
        tenant_id = actor(session).tenant_id
        rows.append(
            PolicyDocument(
                tenant_id=tenant_id,
                scope=one.scope,
                version=version,
                inherits=one.inherits,
                document=dict(one.document),
                effective=policy.model_dump(mode="json"),
                provenance=written(one.origins),
                content_hash=one.content_hash,
                published_at=clock(session).now(),
                published_by=str(actor(session)),
            )
        )
        events.append(PolicyPublished(tenant_id=tenant_id, scope=one.scope, policy_version=version, policy=policy))
    session.add_all(rows)
    await emit_all(session, events)
    return rows


def _explain(row: PolicyDocument, one: Effective) -> None:
    """Keep what the document now says of the same rules; rows that say it already are left alone."""
    provenance = written(one.origins)
    if row.provenance != provenance:
        row.provenance, row.document, row.inherits = provenance, dict(one.document), one.inherits
