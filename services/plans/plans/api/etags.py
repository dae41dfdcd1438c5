"""The version of a plan as an ETag: what a reader gets, and what a writer says to have read."""

import re
from typing import Annotated

from fastapi import Header, Response

from kit.errors import Invalid
from services.plans.plans.models import Plan

IfMatch = Annotated[str | None, Header(description="ETag of the version that was read", max_length=40)]
_VERSION = re.compile("[0-9]{1,9}")
"""Digits of ASCII, and no more than the column holds."""


def read_version(if_match: str | None) -> int | None:
    """The plan version in an If-Match header; raises Invalid for what is no ETag of a plan."""
    if if_match is None or if_match == "*":
        return None
    text = if_match.removeprefix("W/").strip('"')
    if not _VERSION.fullmatch(text):
        raise Invalid("If-Match: send the ETag of the plan as it was read", "If-Match: kirim ETag rencana")
    return int(text)


def tag(response: Response, plan: Plan) -> None:
    """Put the version into the ETag."""
    response.headers["ETag"] = f'"{plan.version}"'
