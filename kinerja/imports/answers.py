"""What the registry answers to files: a report, or what is wrong and what it asks."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field


class Finding(BaseModel):
    """One error or warning as the registry describes it."""

    file: str
    line: int
    column: int
    wrong: str
    mend: str
    sheet: str = ""


class Normalised(BaseModel):
    """So many cells of a column were read as something else."""

    column: str
    written: str = Field(alias="from")
    read: str = Field(alias="to")
    rows: int


class PassedOver(BaseModel):
    """A line that is no person."""

    row: int
    text: str
    why: str


class Outcome(BaseModel):
    """What an import did, or would do."""

    import_id: str | None
    policies: list[str]
    counts: dict[str, dict[str, int]]
    normalised: list[Normalised] = []
    passed_over: list[PassedOver] = []
    warnings: list[Finding] = []


class Reason(BaseModel):
    """Why a column is taken for a field, or what stands in for a field that no column gives."""

    header: str | None
    field: str | None
    reason: Mapping[str, str]


class Proposal(BaseModel):
    """What the columns of a table seem to be."""

    file: str
    sheet: str
    line: int
    header: list[str]
    columns: dict[str, str]
    """The header of the column by field."""
    missing: list[str]
    reasons: list[Reason]


class Question(BaseModel):
    """A value that may mean several things."""

    field: str
    value: str
    en: str
    id: str
    choices: list[str]
    rows: list[int]
    total: int


class Problem(BaseModel):
    """A refusal."""

    title: str = ""
    detail: str = ""
    errors: list[Any] = []
    mappings: list[Proposal] = []
    questions: list[Question] = []

    @property
    def found(self) -> list[Finding]:
        """What is wrong in the files."""
        return [Finding.model_validate(one) for one in self.errors if "wrong" in one]

    @property
    def said(self) -> str:
        """In one sentence, with what is wrong about the request where the registry names it."""
        where = "; ".join(f"{one['where']}: {one['detail']}" for one in self.errors if "where" in one)
        return (self.detail or self.title) + (f" ({where})" if where else "")
