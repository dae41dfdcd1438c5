"""What a report must answer: the policy's checklist; and how its findings are numbered."""

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.policy.visits import ChecklistItem, ItemKind, VisitRule
from kit.errors import Invalid

Answers = Mapping[str, bool | str]
NumberedFinding = dict[str, Any]
"""``number``, ``what`` was seen, ``how`` to go on and the ``evidence`` of it."""


def check_checklist(rule: VisitRule, answers: Answers) -> None:
    """Raises Invalid, naming every item that is missing, unknown or answered in another way than it asks for."""
    items = {one.code: one for one in rule.checklist}
    wrong = [
        {"where": f"checklist.{code}", "detail": f"an answer is missing ({_expected(one)})"}
        for code, one in items.items()
        if one.required and code not in answers
    ]
    for code, answer in answers.items():
        if (item := items.get(code)) is None:
            known = ", ".join(items) or "nothing"
            wrong.append({"where": f"checklist.{code}", "detail": f"no item of the checklist, which asks for {known}"})
        elif not _fits(item, answer):
            wrong.append({"where": f"checklist.{code}", "detail": f"answer with {_expected(item)}"})
    if wrong:
        raise Invalid("the checklist is not answered as it asks", "daftar periksa belum terisi benar", errors=wrong)


def _fits(item: ChecklistItem, answer: bool | str) -> bool:  # noqa: FBT001 - the answer itself is a yes or no
    if item.kind is ItemKind.YES_NO:
        return isinstance(answer, bool)
    return isinstance(answer, str) and bool(answer.strip())


def _expected(item: ChecklistItem) -> str:
    return "true or false" if item.kind is ItemKind.YES_NO else "a text"


def numbered(findings: Sequence[Mapping[str, Any]]) -> list[NumberedFinding]:
    """Findings as they are stored: counted from 1 in the order of the report."""
    return [{"number": number, **one} for number, one in enumerate(findings, 1)]
