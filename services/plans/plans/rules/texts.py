"""Text that says something: what people write in plans, dialogues, reports and initiatives, and how long it may be."""

from typing import Annotated

from pydantic import StringConstraints

LONGEST_TEXT = 4000

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
