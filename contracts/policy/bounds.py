"""How large the values of a policy may be: what a city could mean, and a database and a calendar can hold."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

LONGEST = 3_650
"""Days; ten years."""
MOST_PEOPLE = 1_000_000
Number = Annotated[Decimal, Field(ge=-1_000_000, le=1_000_000, max_digits=20, decimal_places=10)]
"""A figure of a policy; without a limit of places ``1E-999999`` would be one, too."""
Line = Annotated[str, StringConstraints(max_length=2_000)]
"""A text of a policy."""
