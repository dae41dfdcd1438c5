"""A profile as a table: a row for each criterion of each result, and for each technical competence of the post."""

from collections.abc import Iterator, Sequence

from kit.sheets.cells import Cell
from kit.sheets.tables import Table
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


def table(profile: ProfileResponse) -> Table:
    """With the names of its columns."""
    return Table("profile", COLUMNS, _lines(profile))


def _lines(profile: ProfileResponse) -> Iterator[Sequence[Cell]]:
    for result in profile.results:
        yield from (_row(result, criterion) for criterion in result.criteria)
        yield from (_competence(result, gap) for gap in result.competences)


def _row(result: ProfiledResult, one: ProfiledCriterion) -> list[Cell]:
    shared = [getattr(result, name) for name in _OF_RESULT]
    return [*shared, one.code, one.label.id, one.label.en, one.score, one.standing.value, None, None]


def _competence(result: ProfiledResult, one: CompetenceGap) -> list[Cell]:
    """In levels of 1 to 5, not in points."""
    shared = [getattr(result, name) for name in _OF_RESULT]
    return [*shared, one.code, one.name, one.name, one.assessed, None, one.required, one.gap]
