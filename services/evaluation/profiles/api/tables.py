"""A profile as a table: a row for each criterion of each result, and for each technical competence of the post."""

import csv
from io import StringIO

from services.evaluation.competences.rules import CompetenceGap
from services.evaluation.profiles.api.bodies import ProfiledCriterion, ProfiledResult, ProfileResponse

COLUMNS = (
    "cycle",
    "period_start",
    "period_end",
    "version",
    "final",
    "predicate",
    "result_rating",
    "behaviour_rating",
    "local_score",
    "local_band",
    "criterion",
    "criterion_id",
    "criterion_en",
    "score",
    "standing",
    "required",
    "gap",
)
_OF_RESULT = COLUMNS[:10]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would calculate."""


def table(profile: ProfileResponse) -> str:
    """Comma-separated, with one line of names."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for result in profile.results:
        writer.writerows([_cell(one) for one in _row(result, criterion)] for criterion in result.criteria)
        writer.writerows([_cell(one) for one in _competence(result, gap)] for gap in result.competences)
    return text.getvalue()


def _row(result: ProfiledResult, one: ProfiledCriterion) -> list[object]:
    shared = [getattr(result, name) for name in _OF_RESULT]
    return [*shared, one.code, one.label.id, one.label.en, one.score, one.standing.value, None, None]


def _competence(result: ProfiledResult, one: CompetenceGap) -> list[object]:
    """In levels of 1 to 5, not in points."""
    shared = [getattr(result, name) for name in _OF_RESULT]
    return [*shared, one.code, one.name, one.name, one.assessed, None, one.required, one.gap]


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    # A name that somebody entered must stay a name when the file is opened.
    return f"'{text}" if text.startswith(_FORMULA) else text
