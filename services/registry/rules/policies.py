"""Judges a policy document together with the layer it inherits, and makes the effective policy of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from contracts.policy import Policy
from services.registry.files.documents import Document
from services.registry.files.mistakes import Mistakes
from services.registry.rules import clocks, shares
from services.registry.rules.hashing import content_hash
from services.registry.rules.keys import unknown_keys
from services.registry.rules.layers import inherited, lay
from services.registry.rules.pydantic_words import in_words

SCOPE = re.compile(r"\d{2}\.\d{2}(\.[0-9A-Za-z.-]+)?")


@dataclass(frozen=True, slots=True)
class Effective:
    """A policy after inheritance."""

    scope: str
    inherits: str | None
    document: Mapping[str, object]
    """As given."""
    policy: Policy
    content_hash: str
    """Of the effective content without its version number."""


def scope_of(document: Document) -> str | None:
    """The scope if it is written as it should be."""
    scope = document.data.get("scope")
    return scope if isinstance(scope, str) and SCOPE.fullmatch(scope) else None


def inherits_of(document: Mapping[str, object]) -> str | None:
    """The layer below: a scope such as ``16.71``, or the name of a regulation."""
    base = document.get("inherits")
    return None if base is None else str(base)


def judge_policy(document: Document, base: Mapping[str, object] | None, mistakes: Mistakes) -> Effective | None:
    """The effective policy, or None with what is wrong noted; ``base`` is the effective layer below."""
    before = len(mistakes.found)
    _judge_names(document, base, mistakes)
    _judge_keys(document, mistakes)
    merged = lay(document.data, inherited(base or {}))
    shares.judge(document, merged, base or {}, mistakes)
    clocks.judge(document, merged, mistakes)
    policy = _parse(document, merged, mistakes, quiet_about_sums=len(mistakes.found) > before)
    if policy is None or len(mistakes.found) > before:
        return None
    return Effective(policy.scope, inherits_of(document.data), document.data, policy, content_hash(policy))


def _judge_names(document: Document, base: Mapping[str, object] | None, mistakes: Mistakes) -> None:
    if scope_of(document) is None:
        scope = document.data.get("scope")
        mistakes.add(
            document.at(("scope",)),
            (f"scope {scope!r} is no code of a city or unit", f"scope {scope!r} bukan kode kota atau unit"),
            ('write it in quotation marks, e.g. scope: "16.71"', 'tulis dalam tanda kutip, contoh: scope: "16.71"'),
        )
    named = inherits_of(document.data)
    if named is not None and base is None:
        mistakes.add(
            document.at(("inherits",)),
            (f"nothing is known of '{named}' to inherit", f"'{named}' yang diwarisi tidak dikenal"),
            (
                "import that policy first, or name permenpanrb-6-2022",
                "impor kebijakan itu lebih dahulu, atau tulis permenpanrb-6-2022",
            ),
        )


def _judge_keys(document: Document, mistakes: Mistakes) -> None:
    given = {key: value for key, value in document.data.items() if key != "holidays"}
    for path, close in unknown_keys(Policy, given):
        shown = ".".join(str(part) for part in path)
        wrong = (f"unknown key '{shown}'", f"kunci '{shown}' tidak dikenal")
        mend = (f"did you mean '{close}'?", f"maksudnya '{close}'?") if close else ("remove it", "hapus")
        mistakes.add(document.at(path), wrong, mend)
    if "version" in given:
        mend = ("remove it: the registry counts versions", "hapus: nomor versi diberikan sistem")
        mistakes.add(document.at(("version",)), ("a document has no version", "dokumen tidak memuat versi"), mend)


def _parse(
    document: Document, merged: Mapping[str, object], mistakes: Mistakes, *, quiet_about_sums: bool
) -> Policy | None:
    """``Policy`` has the last word; what was told before in better words is not told again."""
    content = {key: value for key, value in merged.items() if key != "holidays"}
    base = inherits_of(document.data)
    content["inherits"] = base if base is not None and SCOPE.fullmatch(base) else None
    try:
        return Policy.model_validate(content)
    except ValidationError as error:
        for one in error.errors():
            path = one["loc"]
            if not path and quiet_about_sums:
                continue
            if path[:1] == ("scope",):
                continue
            mistakes.add(document.at(path), *in_words(one))
        return None
