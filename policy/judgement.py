"""Judges a policy document together with the layer it inherits, and makes the effective policy of it."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from contracts.policy import Policy
from kit.files.documents import Document
from kit.files.errors import FileErrors, quoted
from policy import markers
from policy.checks import chronology, law, numbers, references, totals
from policy.checks.pydantic_errors import in_words
from policy.checks.unknown_keys import unknown_keys
from policy.fingerprint import content_hash
from policy.inheritance import PROVINCE, SCOPE
from policy.provenance import Layered, Origins, resolved

BESIDE = frozenset({"holidays"})
"""Keys of a document that are no rules of the policy."""


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
    origins: Origins = field(default_factory=dict)
    """Of every value in ``policy``."""


def scope_of(document: Document) -> str | None:
    """The scope if it is written as it should be."""
    scope = document.data.get("scope")
    return scope if isinstance(scope, str) and SCOPE.fullmatch(scope) else None


def inherits_of(document: Mapping[str, object]) -> str | None:
    """The layer below: a scope such as ``16.71``, or the name of a regulation."""
    base = document.get("inherits")
    return None if base is None else str(base)


def judge_policy(document: Document, base: Layered | None, errors: FileErrors) -> Effective | None:
    """The effective policy, or None with what is wrong noted; without a ``base``, whose lack was noted, nothing is whole."""
    before = errors.total
    _judge_names(document, errors)
    layered = _laid(document, base or Layered(), errors)
    if base is None:
        return None
    policy = _parse(document, layered.content, errors, quiet_about_sums=errors.total > before)
    if policy is None or errors.total > before:
        return None
    origins = resolved(policy, layered.origins)
    return Effective(policy.scope, inherits_of(document.data), document.data, policy, content_hash(policy), origins)


def judge_ground(document: Document, base: Layered, errors: FileErrors) -> None:
    """Note what is wrong with a regulation or a province's policy, which need not be whole by themselves."""
    before = errors.total
    name = document.data.get("inherits")
    if name is not None and SCOPE.fullmatch(str(name)):
        wrong = (f"a regulation or province cannot inherit {name}", f"peraturan atau provinsi tidak mewarisi {name}")
        errors.add(document.at(("inherits",)), wrong, ("name a regulation", "tulis nama peraturan"))
    layered = _laid(document, base, errors)
    probe = {"name": "-", "method": "ACHIEVEMENT", "phases": [], "ladders": {}, **layered.content, "scope": "00.00"}
    probe.setdefault("criteria", [{"code": "x", "label": {"id": "-", "en": "-"}, "axis": "RESULT", "weight": 100}])
    probe.setdefault("sources", [{"role": "SUPERIOR", "share": 100}])
    _parse(document, probe, errors, quiet_about_sums=errors.total > before)


def _laid(document: Document, base: Layered, errors: FileErrors) -> Layered:
    """With everything noted that can be said in better words than a model's."""
    _judge_keys(document, errors)
    markers.judge(document, errors)
    layered = base.over(document)
    totals.judge(document, layered.content, base.content, errors)
    chronology.judge(document, layered.content, errors)
    references.judge(document, layered.content, errors)
    law.judge(document, layered, base, errors)
    return layered


def _judge_names(document: Document, errors: FileErrors) -> None:
    scope = document.data.get("scope")
    if scope_of(document) is None:
        shown = quoted(scope)
        errors.add(
            document.at(("scope",)),
            (f"scope {shown} is no code of a city or unit", f"scope {shown} bukan kode kota atau unit"),
            ('write it in quotation marks, e.g. scope: "16.71"', 'tulis dalam tanda kutip, contoh: scope: "16.71"'),
        )
        return
    name = inherits_of(document.data) or ""
    own = str(scope)[:5] if SCOPE.fullmatch(name) else str(scope)[:2]
    if (SCOPE.fullmatch(name) or PROVINCE.fullmatch(name)) and name[: len(own)] != own:
        wrong = (f"{scope} does not belong to {name}", f"{scope} bukan bagian dari {name}")
        fix = (f"inherit {own} or a regulation", f"warisi {own} atau peraturan")
        errors.add(document.at(("inherits",)), wrong, fix)


def _judge_keys(document: Document, errors: FileErrors) -> None:
    beside = BESIDE | ({"regulation"} if "scope" not in document.data else frozenset())
    given = {key: value for key, value in document.data.items() if key not in beside}
    for path, known in unknown_keys(Policy, given):
        shown = ".".join(quoted(part) for part in path)
        wrong = (f"unknown key '{shown}'", f"kunci '{shown}' tidak dikenal")
        # Looking for a likeness costs more than all the rest: nobody reads it of the hundred and first mistake.
        close = [] if errors.full else difflib.get_close_matches(str(path[-1]), known, n=1)
        fix = (f"did you mean '{close[0]}'?", f"maksudnya '{close[0]}'?") if close else ("remove it", "hapus")
        errors.add(document.at(path), wrong, fix)
    if "version" in given:
        fix = ("remove it: the registry counts versions", "hapus: nomor versi diberikan sistem")
        errors.add(document.at(("version",)), ("a document has no version", "dokumen tidak memuat versi"), fix)


def _parse(
    document: Document, merged: Mapping[str, object], errors: FileErrors, *, quiet_about_sums: bool
) -> Policy | None:
    """``Policy`` has the last word; what was noted before in better words is not noted again."""
    content = {key: value for key, value in merged.items() if key not in BESIDE}
    base = inherits_of(document.data)
    content["inherits"] = base if base is not None and SCOPE.fullmatch(base) else None
    try:
        policy = Policy.model_validate(content)
    except ValidationError as error:
        for one in error.errors():
            path = one["loc"]
            if quiet_about_sums and (not path or (path[0] == "criteria" and len(path) == 2)):
                continue
            if path[:1] == ("scope",):
                continue
            errors.add(document.at(path), *in_words(one))
        return None
    numbers.judge(document, policy, errors)
    return policy
