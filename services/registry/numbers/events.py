"""Numbers that gave way as the events that tell of it."""

from collections.abc import Iterable, Iterator

from contracts.registry.numbers import NipChanged, NumberKind
from services.registry.numbers.models import FormerNumber


def nips_changed(rows: Iterable[FormerNumber]) -> Iterator[NipChanged]:
    """One event a row."""
    for row in rows:
        yield NipChanged(
            tenant_id=row.tenant_id,
            number_id=row.id,
            servant_id=row.servant_id,
            kind=NumberKind(row.kind),
            nip=row.nip,
            former_nip=row.former_nip,
            effective_on=row.effective_on,
            reason=row.reason,
            document=row.document,
            recorded_by=row.recorded_by,
        )
