"""Evidence points to where proof lies; what the community answered says how many did."""

import pytest
from pydantic import TypeAdapter, ValidationError

from contracts.evidence import COUNTED, Evidence, EvidenceKind, Evidences


@pytest.mark.parametrize("kind", sorted(COUNTED))
def test_what_the_community_answered_says_how_many(kind: EvidenceKind) -> None:
    assert Evidence(kind=kind, title="Warga", reference="SKM-2026", count=0).count == 0
    with pytest.raises(ValidationError, match="count says how many answered"):
        Evidence(kind=kind, title="Warga", reference="SKM-2026")


@pytest.mark.parametrize("kind", sorted(set(EvidenceKind) - COUNTED))
def test_what_was_not_asked_of_anybody_has_no_count(kind: EvidenceKind) -> None:
    assert Evidence(kind=kind, title="Foto posyandu", reference="https://contoh.go.id/foto").count is None
    with pytest.raises(ValidationError, match="count says how many answered"):
        Evidence(kind=kind, title="Foto posyandu", reference="https://contoh.go.id/foto", count=3)


def test_a_list_of_evidence_ends_somewhere() -> None:
    one = {"kind": "LINK", "title": "a", "reference": "b"}
    many = TypeAdapter(Evidences)
    assert len(many.validate_python([one] * 30)) == 30
    with pytest.raises(ValidationError):
        many.validate_python([one] * 31)
