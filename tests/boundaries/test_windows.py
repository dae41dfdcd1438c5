"""Which stretches of time are constants of the code and no policy of a city: each with the reason why it is none."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
WHERE = ("services", "obligations", "directory", "scoring", "policy")
_TIME = re.compile(r"\b(working days?|days?|weeks?|months?|years?|hours?)\b", re.IGNORECASE)
_NAMED = re.compile(r"DAYS?\b|DAY_|WEEK|MONTH|YEAR|WITHIN|EXTENSION|_AFTER|_BACK")
_LAW, _TECHNIQUE, _HINT = "law", "how machines work", "a hint for people, which decides nothing"

LEFT = {
    # law: shorter or longer would be another regulation
    "services/evaluation/results/commands/receipt.py RETURN_TO_SUPERIOR": _LAW,  # L V.A.9-10
    "services/evaluation/proposals/rules/development.py IMPROVEMENT_MONTHS": _LAW,  # PP 30/2019 arts 56-58
    "services/feedback/improvement/rules.py MONTHS": _LAW,  # PP 30/2019 arts 56-58
    "services/feedback/improvement/rules.py LONGEST_EXTENSION": _LAW,  # never longer than the first time
    "services/registry/personnel/commands/own_leave.py LONGEST_DAYS": _LAW,  # PP 11/2017 art. 316
    "services/registry/servants/rules/nip.py FIRST_CONTRACT": _LAW,  # how numbers of PPPK are made
    "services/evaluation/cycles/rules/schedule.py YEAR": _LAW,  # the longest period
    "policy/checks/legal_limits.py _WEEK": _LAW,  # days, where limits of law are compared
    "scoring/credit_points.py _YEAR": _LAW,  # months, Peraturan BKN 3/2023
    "services/plans/daily_log/rules.py DAY_MINUTES": _LAW,  # a day has so many
    # the order in which machines look, whatever a city's limits are
    "services/evaluation/results/commands/receipt.py PROMPT": _TECHNIQUE,
    "services/evaluation/visits/commands/dates.py A_DAY": _TECHNIQUE,
    "services/evaluation/provinces/commands.py _EVERY": _TECHNIQUE,
    "services/registry/due.py EAST": _TECHNIQUE,
    "services/integrations/endpoints/rules/giving_up.py FAILING_FOR": _TECHNIQUE,
    "services/integrations/endpoints/rules/giving_up.py ROTATION": _TECHNIQUE,
    "services/portal/sessions/cookies.py _YEAR": _TECHNIQUE,
    "services/portal/evidence/abandoned.py KEPT": _TECHNIQUE,  # how long half an upload lies about
    "services/portal/duties/marks.py KEPT": _TECHNIQUE,
    "services/portal/audit/journal.py FILE_POSITIONS": _TECHNIQUE,  # a file that is made in memory
    "services/portal/diary/entries.py DAY_MINUTES": _LAW,  # a day has so many
    "services/registry/imports/rules/twins.py _BIRTH": _LAW,  # digits of a number that are a birth date
    "services/registry/imports/rules/identity.py _BIRTH": _LAW,  # likewise
    # shown to people, who judge themselves
    "services/portal/diary/pages.py _SHOWN_DAYS": _HINT,
    "services/portal/tasks/pages.py _SOON": _HINT,
    "services/portal/sessions/failures.py SHOWN_DAYS": _HINT,
    "services/portal/operations/alerts.py WEBHOOK_FAILS": _HINT,
    "services/portal/operations/alerts.py LEAST_SIGN_INS": _HINT,
    "services/portal/city/queries.py _DAYS": _HINT,  # a week, because that is what it is called
    "services/portal/feedback/entries.py _DAYS": _HINT,
    "services/plans/daily_log/rules.py LOOKS_BACK": _HINT,
    "services/evaluation/profiles/queries.py MOST": _HINT,
}


def _constants(path: Path) -> Iterator[str]:
    """Names of constants that are a stretch of time, or a number whose comment says of what: days, weeks, months."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    for place, statement in enumerate(body):
        if not isinstance(statement, ast.Assign | ast.AnnAssign):
            continue
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        if not isinstance(target, ast.Name) or not target.id.isupper():
            continue
        said = body[place + 1] if place + 1 < len(body) else None
        words = ""
        if isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant) and isinstance(said.value.value, str):
            words = said.value.value
        if _is_stretch(statement.value) or (
            _is_number(statement.value) and (_TIME.search(words) or _NAMED.search(target.id))
        ):
            yield target.id


def _is_stretch(value: ast.expr | None) -> bool:
    """``timedelta`` of hours or more; seconds and minutes are how a machine waits."""
    return (
        isinstance(value, ast.Call)
        and getattr(value.func, "id", "") == "timedelta"
        and any(one.arg in ("days", "weeks", "hours") for one in value.keywords)
    )


def _is_number(value: ast.expr | None) -> bool:
    if isinstance(value, ast.BinOp):
        return _is_number(value.left) and _is_number(value.right)
    return isinstance(value, ast.Constant) and isinstance(value.value, int)


def test_every_stretch_of_time_that_is_a_constant_is_listed_with_its_reason() -> None:
    """Limits of a city are policy (``policy``, ``deploy/regulations``); whoever adds a constant says why it is none."""
    found = {
        f"{path.relative_to(ROOT)} {name}"
        for part in WHERE
        for path in sorted((ROOT / part).rglob("*.py"))
        if "migrations" not in path.parts
        for name in _constants(path)
    }
    assert found == set(LEFT)
