"""What a report must answer: the policy's checklist; and how its findings are numbered."""

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.base import Words
from contracts.policy.visits import ChecklistItem, ItemKind, VisitRule
from kit.errors import Invalid, fault

Answers = Mapping[str, bool | str]
NumberedFinding = dict[str, Any]
"""``number``, ``what`` was seen, ``how`` to go on and the ``evidence`` of it."""


def check_checklist(rule: VisitRule, answers: Answers) -> None:
    """Raises Invalid, naming every item that is missing, unknown or answered in another way than it asks for."""
    items = {one.code: one for one in rule.checklist}
    wrong = [
        fault(
            f"checklist.{code}", f"an answer is missing ({_expected(one).en})", f"belum dijawab ({_expected(one).id})"
        )
        for code, one in items.items()
        if one.required and code not in answers
    ]
    for code, answer in answers.items():
        if (item := items.get(code)) is None:
            known = ", ".join(items)
            wrong.append(
                fault(
                    f"checklist.{code}",
                    f"no item of the checklist, which asks for {known or 'nothing'}",
                    f"bukan butir daftar periksa, yang meminta {known or 'tidak ada'}",
                )
            )
        elif not _fits(item, answer):
            wrong.append(
                fault(f"checklist.{code}", f"answer with {_expected(item).en}", f"jawab dengan {_expected(item).id}")
            )
    if wrong:
        raise Invalid("the checklist is not answered as it asks", "daftar periksa belum terisi benar", errors=wrong)


def _fits(item: ChecklistItem, answer: bool | str) -> bool:  # noqa: FBT001 - the answer itself is a yes or no
    if item.kind is ItemKind.YES_NO:
        return isinstance(answer, bool)
    return isinstance(answer, str) and bool(answer.strip())


def _expected(item: ChecklistItem) -> Words:
    if item.kind is ItemKind.YES_NO:
        return Words(en="true or false", id="true atau false")
    return Words(en="a text", id="teks")


def numbered(findings: Sequence[Mapping[str, Any]]) -> list[NumberedFinding]:
    """Findings as they are stored: counted from 1 in the order of the report."""
    return [{"number": number, **one} for number, one in enumerate(findings, 1)]
