"""What a machine's client may read: scopes that its issuer has fixed, as published types."""

from collections.abc import Collection

from contracts.public.base import PublicType
from contracts.public.language import PUBLISHED, Language

CITY = "events"
"""Every published type that is about no single person."""
PERSON = "events:person"
"""Every published type, those about one civil servant as well."""


def scope_of(name: str) -> str:
    """The scope of one type alone, in all its versions; e.g. payroll's ``events:result-finalised``."""
    return f"events:{name}"


def readable(scopes: Collection[str], language: Language = PUBLISHED) -> frozenset[str]:
    """The CloudEvents types that a client with these scopes reads."""
    return frozenset(one.ce_type for one in language.types if _opens(one, scopes))


def _opens(one: PublicType, scopes: Collection[str]) -> bool:
    return scope_of(one.name) in scopes or PERSON in scopes or (CITY in scopes and not one.is_about_a_person)
